"""The console script `linnet-exact`: its commands, and where each of them is."""

import os
import sys
from collections.abc import Sequence

import click

from linnet_exact import __version__
from linnet_exact.cli.errors import PROGRAM, run
from linnet_exact.cli.lazy import LazyCommand, LazyGroup

__all__ = ["cli", "main"]

# In the order in which --help lists them. The help lines are here because the modules, which may
# import what is slow to import, are only imported for the command that is run.
COMMANDS: list[LazyCommand] = [
    LazyCommand("fiber", "linnet_exact.cli.fiber:fiber", "The fiber at a glance."),
    LazyCommand("strata", "linnet_exact.cli.strata:strata", "Every stratum of a fiber."),
    LazyCommand("count", "linnet_exact.cli.count:count", "How many strata, without listing them."),
    LazyCommand("dag", "linnet_exact.cli.dag:dag", "Which strata lie in the closures of which."),
    LazyCommand("analyze", "linnet_exact.cli.analyze:analyze", "Which stratum weights are on."),
    LazyCommand(
        "crosscheck", "linnet_exact.cli.crosscheck:crosscheck", "Exact ranks beside SVD ranks."
    ),
    LazyCommand("snap", "linnet_exact.cli.snap:snap", "The exact weights of a stratum nearby."),
    LazyCommand("export", "linnet_exact.cli.export:export", "Hand over to other systems."),
    LazyCommand("check", "linnet_exact.cli.check:check", "Check a certificate again."),
    LazyCommand("flow", "linnet_exact.cli.flow:flow", "How information flows through a network."),
    LazyCommand("tangent", "linnet_exact.cli.tangent:tangent", "Tangent and normal bases."),
    LazyCommand("sample", "linnet_exact.cli.sample:sample", "An exact point of a stratum."),
    LazyCommand("move", "linnet_exact.cli.move:move", "One matrix changed, the product kept."),
    LazyCommand("path", "linnet_exact.cli.path:path", "An exact path inside a fiber."),
    LazyCommand("verify", "linnet_exact.cli.verify:verify", "Check theorems on a box of networks."),
    LazyCommand("prove", "linnet_exact.cli.prove:prove", "Prove theorems for all widths."),
    LazyCommand("refute", "linnet_exact.cli.refute:refute", "Search for a counterexample."),
    LazyCommand("atlas", "linnet_exact.cli.atlas:atlas", "Every fiber of a box, in one file."),
]


@click.group(
    cls=LazyGroup,
    commands=COMMANDS,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""
    WIDTHS are the widths of a network's layers, input side first: 2,3,2. 3^5 means 3,3,3,3,3.

    Exit status: 0 done (to a question: yes); 1 the answer is no; 2 bad usage or bad input; 130
    interrupted.
    """,
)
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
def cli() -> None:
    """Exact ranks, strata and fibers of linear neural networks."""


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
    sys.set_int_max_str_digits(0)  # exact integers are printed in full, however long
    return run(cli, sys.argv[1:] if arguments is None else arguments)
