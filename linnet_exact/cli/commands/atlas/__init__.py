"""`linnet-exact atlas` and its commands."""

from linnet_exact.cli.commands.atlas.group import atlas

__all__ = ["atlas"]
