"""`linnet-exact atlas`: batch enumeration of small networks into a file."""

import click

from linnet_exact.cli.lazy import LazyCommand, LazyGroup

__all__ = ["atlas"]

ROOM = "linnet_exact.cli.commands.atlas"
COMMANDS: list[LazyCommand] = [
    LazyCommand("build", f"{ROOM}.build:build", "Enumerate a box of networks."),
    LazyCommand("resume", f"{ROOM}.build:resume", "Go on with an unfinished atlas."),
    LazyCommand("status", f"{ROOM}.status:status", "How far an atlas is."),
    LazyCommand("verify", f"{ROOM}.verify:verify", "Check an atlas against theory."),
    LazyCommand("query", f"{ROOM}.query:query", "Ask an atlas a question."),
    LazyCommand("schema", f"{ROOM}.schema:schema", "The tables that SQL may ask."),
    LazyCommand("export", f"{ROOM}.export:export", "Write out a row a stratum."),
]


@click.group(cls=LazyGroup, commands=COMMANDS, no_args_is_help=True)
def atlas() -> None:
    """Every fiber of a box of networks in one file: strata, DAGs, invariants, claims.

    An atlas is built unit by unit and may be interrupted, even killed, at any moment.

    \b
    Examples:
      linnet-exact atlas build -o small.atlas --max-depth 4 --max-width 4 --jobs 2
      linnet-exact atlas query small.atlas \\
        "SELECT count(*) FROM strata WHERE singular"
      linnet-exact atlas export small.atlas --format csv -o strata.csv
    """
