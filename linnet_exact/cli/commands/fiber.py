"""`linnet-exact fiber`: a fiber at a glance."""

from pathlib import Path

import click

from linnet_exact.cli.fiber_options import (
    list_limit_option,
    polynomials_option,
    requested_fiber,
)
from linnet_exact.cli.options import output_options, rank_options, widths_argument
from linnet_exact.cli.output import Output, warn
from linnet_exact.strata import Network
from linnet_exact.strata.fiber_summary import fiber_polynomials

__all__ = ["fiber"]


@click.command()
@widths_argument
@rank_options
@list_limit_option("candidates that components are found among")
@polynomials_option
@output_options("table", "json", "csv")
def fiber(
    network: Network,
    rank: int,
    target: Path | None,
    list_limit: int,
    polynomials: bool,
    output: Output,
) -> None:
    """The fiber of a matrix W of rank R: all weights of the network whose product is W.

    Components are found among candidates, mostly far fewer than the strata. Above the list limit
    `components` and `component_dimensions` are left out (null in JSON). `real components` are
    connected components over the real numbers, 2 for each hidden layer of width R if R > 0; the
    Euler characteristic, with compact support, is that of the complex fiber.

    \b
    Examples:
      linnet-exact fiber 2,3,2 --rank 1
      linnet-exact fiber 3^5 --format json
      linnet-exact fiber 2,3,2 --rank 1 --polynomials
      linnet-exact fiber 2,3,2 --target W.json
    """
    chosen = requested_fiber(network, rank, target)
    glance = chosen.to_jsonable(list_limit)
    if glance["components"] is None:
        warn(
            f"more than {list_limit} candidates for components: components and "
            f"component_dimensions are left out (--list-limit raises the limit)"
        )
    if output.format == "table":
        glance["minimal_stratum"] = str(chosen.minimal_stratum)
    output.value(glance | (fiber_polynomials(chosen) if polynomials else {}))
