"""Commands that are imported when they are run, so that `linnet-exact --help` stays quick."""

from importlib import import_module

import click

from linnet_exact.cli.streams import spelled

__all__ = ["LazyCommand", "LazyGroup"]


class _Formatter(click.HelpFormatter):
    def getvalue(self) -> str:
        return spelled(super().getvalue())


class _Context(click.Context):
    formatter_class = _Formatter


class LazyCommand(click.Command):
    """Stands for a command in its group's help and in completion without importing it.

    Parameters
    ----------
    name : str
        The command's name on the command line.
    target : str
        Where the command is, as `"module:attribute"`.
    short_help : str
        One line for the list of commands.
    """

    def __init__(self, name: str, target: str, short_help: str) -> None:
        super().__init__(name, short_help=short_help)
        self.target = target

    def load(self) -> click.Command:
        """Import the command and return it."""
        module, attribute = self.target.split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command), self.target
        command.context_class = _Context
        return command


class LazyGroup(click.Group):
    """A click group whose commands may be `LazyCommand`: only the one that is run is imported.

    Its help lists the commands in the order in which they were given.

    Examples
    --------
    >>> cards = click.Command("cards", callback=lambda: click.echo("a card"))
    >>> group = LazyGroup("shop", commands=[LazyCommand("cards", f"{__name__}:no", "Sell cards.")])
    >>> "Sell cards." in group.get_help(click.Context(group))
    True
    """

    context_class = _Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in the order in which they were given."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that `args` begin with, and import it."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.load() if isinstance(command, LazyCommand) else command, rest
