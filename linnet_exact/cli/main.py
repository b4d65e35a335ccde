"""The console script `linnet-exact`: its commands, and where each of them is."""

import os
import sys
from collections.abc import Sequence

import click

from linnet_exact import __version__
from linnet_exact.cli.errors import PROGRAM, run
from linnet_exact.cli.lazy import LazyCommand, LazyGroup
from linnet_exact.cli.options import ascii_option
from linnet_exact.cli.streams import settle_streams

__all__ = ["cli", "main"]

# In the order in which --help lists them. The help lines are here because the modules, which may
# import what is slow to import, are only imported for the command that is run.
HELP: dict[str, str] = {
    "fiber": "The fiber at a glance.",
    "strata": "Every stratum of a fiber.",
    "count": "How many strata, without listing them.",
    "dag": "Which strata lie in the closures of which.",
    "explore": "A page to look at strata and click.",
    "compare": "Is one stratum in the closure of another.",
    "moves": "Every move from a stratum, up and down.",
    "analyze": "Which stratum weights are on.",
    "crosscheck": "Exact ranks beside SVD ranks.",
    "survey": "Every matrix and head of a model.",
    "overlap": "What heads share, exactly.",
    "lora": "What an adapter adds to a model.",
    "snap": "The exact weights of a stratum nearby.",
    "critical": "Is the square loss stationary, and how.",
    "landscape": "Every critical value of the square loss.",
    "export": "Hand over to other systems.",
    "check": "Check a certificate again.",
    "theorem": "The Fundamental Theorem, for given weights.",
    "flow": "How information flows through a network.",
    "decompose": "Weight space, by kinds of moves.",
    "tangent": "Tangent and normal bases.",
    "balance": "What gradient flow keeps; balanced points.",
    "sample": "An exact point of a stratum.",
    "move": "Moves of weights that keep the product.",
    "path": "An exact path inside a fiber.",
    "cone": "How singular a fiber is at a stratum.",
    "degenerate": "A family from one stratum to another.",
    "transport": "What carries one point to another.",
    "verify": "Check theorems on a box of networks.",
    "prove": "Prove theorems for all widths.",
    "refute": "Search for a counterexample.",
    "atlas": "Every fiber of a box, in one file.",
    "guide": "The guide, in the terminal.",
}
COMMANDS: list[LazyCommand] = [
    LazyCommand(name, f"linnet_exact.cli.commands.{name}:{name}", short_help)
    for name, short_help in HELP.items()
]

TOUR = """: exact answers about linear neural networks W_L ... W_1

  linnet-exact fiber 2,3,2 --rank 1      all weights with one product of rank 1
  linnet-exact strata 2,3,2 --rank 1     the strata that this fiber is made of
  linnet-exact sample 2,3,2 --barcode 0-0,0-2,1-1:2,2-2 -o theta.json
  linnet-exact analyze theta.json        which stratum these weights are on
  linnet-exact flow theta.json           how information flows through them
  linnet-exact verify dimension          a theorem, checked on small networks
  linnet-exact refute "dim < 3"          a conjecture, tried on small networks
  linnet-exact guide                     the guide; --help lists all commands
"""
"""What the program says, after its name, to somebody who asked for nothing."""


@click.group(
    cls=LazyGroup,
    commands=COMMANDS,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""
    WIDTHS are the widths of a network's layers, input side first: 2,3,2. 3^5 means 3,3,3,3,3.

    Exit status: 0 done (to a question: yes); 1 the answer is no; 2 bad usage or bad input; 3 a
    limit such as --max-seconds ended the work; 130 interrupted.
    """,
)
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
@ascii_option
@click.pass_context
def cli(context: click.Context) -> None:
    """Exact ranks, strata and fibers of linear neural networks."""
    if context.invoked_subcommand is None:
        click.echo(f"{PROGRAM} {__version__}{TOUR}", nl=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line on `arguments` (default: those of the process).

    Returns
    -------
    int
        The exit status.

    Examples
    --------
    >>> main(["--version"])
    linnet-exact 0.1.0
    0
    """
    if "_LINNET_EXACT_COMPLETE" in os.environ:  # the shell asks for completions
        cli.main(prog_name=PROGRAM)
    settle_streams()
    sys.set_int_max_str_digits(0)  # exact integers are printed in full, however long
    return run(cli, sys.argv[1:] if arguments is None else arguments)
