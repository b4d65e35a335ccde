"""`linnet-exact count`: how many strata and points a fiber has, without listing them."""

from pathlib import Path
from typing import Any

import click

from linnet_exact.cli.fiber_options import polynomials_option, requested_fiber
from linnet_exact.cli.options import output_options, rank_options, widths_argument
from linnet_exact.cli.output import Output
from linnet_exact.strata import Network
from linnet_exact.strata.fiber_summary import fiber_polynomials

__all__ = ["count"]


@click.command()
@widths_argument
@rank_options
@click.option(
    "--by",
    "distribution",
    type=click.Choice(["codimension"]),
    help="Also how many of each orbit codimension in weight space.",
)
@click.option("--points", "q", type=int, metavar="Q", help="Also the points over the field F_Q.")
@polynomials_option
@output_options("table", "json", "csv")
def count(
    network: Network,
    rank: int,
    target: Path | None,
    distribution: str | None,
    q: int | None,
    polynomials: bool,
    output: Output,
) -> None:
    """How many strata a fiber has, without listing them.

    \b
    Examples:
      linnet-exact count 10^5
      linnet-exact count 3^4 --by codimension
      linnet-exact count 2,2,2 --rank 1 --points 2
      linnet-exact count 2,2,2 --rank 1 --polynomials
    """
    fiber = requested_fiber(network, rank, target)
    found: dict[str, Any] = {"widths": list(network.widths), "rank": fiber.rank}
    found["strata"] = fiber.count()
    if distribution is not None:
        found["by_codimension"] = fiber.count_by_codimension()
    if q is not None:
        found["points"] = fiber.points(q)
    if polynomials:
        found |= fiber_polynomials(fiber) | {
            "euler_characteristic": fiber.euler_characteristic,
            "real_components": fiber.real_components,
        }
    output.value(found)
