"""`linnet-exact atlas verify`: check an atlas against counting, and a sample of it in full."""

from pathlib import Path

import click

from linnet_exact import atlas
from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.options import output_options, seed_option
from linnet_exact.cli.output import Output, warn

__all__ = ["verify"]


@click.command()
@click.argument("file", metavar="FILE", type=INPUT_FILE)
@click.option(
    "--sample",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"How many strata and fibers to derive anew. [default: all of up to {atlas.EXHAUSTIVE} "
    "strata, else 1000]",
)
@seed_option
@output_options()
def verify(file: Path, sample: int | None, seed: int, output: Output) -> int:
    """Check an atlas: its file, its plan, its counts, and what it says of strata and fibers.

    The box is planned anew: all its fibers, moves and units must be there, and all strata of each
    fiber. Then strata and fibers are derived anew, by the definitions: all of a small atlas, of a
    large one a sample without replacement. The exit status is 1 if something differs.

    \b
    Examples:
      linnet-exact atlas verify small.atlas
      linnet-exact atlas verify small.atlas --sample 10000 --seed 7
    """
    with atlas.open_atlas(file, thorough=True) as opened:
        checks = atlas.check_atlas(opened, sample, seed)
    for check in checks:
        if check.first_failure is not None:
            warn(f"{file}: {check.name}: {check.first_failure}")
    columns = ["check", "checked", "failed"]
    rows = [
        {"check": check.name, "checked": check.checked, "failed": check.failed} for check in checks
    ]
    output.rows(rows, columns)
    return int(any(check.failed for check in checks))
