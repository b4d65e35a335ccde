"""`linnet-exact dag`: which strata lie in the closures of which."""

import json
from pathlib import Path

import click

from linnet_exact.cli.fiber_options import list_limit_option, requested_fiber
from linnet_exact.cli.options import output_options, rank_options, widths_argument
from linnet_exact.cli.output import Output
from linnet_exact.draw.dag_svg import dag_to_svg
from linnet_exact.strata import Network
from linnet_exact.strata.dag_formats import dag_to_dot, dag_to_graphml

__all__ = ["dag"]

_TEXTS = {"dot": dag_to_dot, "svg": dag_to_svg, "graphml": dag_to_graphml}


@click.command()
@widths_argument
@rank_options
@list_limit_option
@output_options("json", "dot", "svg", "graphml")
def dag(network: Network, rank: int, target: Path | None, list_limit: int, output: Output) -> None:
    """The stratum DAG: the strata of a fiber, with an edge for each cover of the closure order.

    An edge goes up from a stratum to one whose closure contains it, with nothing in between, by
    one connecting or swapping move.

    \b
    Examples:
      linnet-exact dag 2,3,2 --rank 1
      linnet-exact dag 2,2,2,2 --format svg -o dag.svg
      linnet-exact dag 3^4 --format dot | dot -Tpdf -o dag.pdf
    """
    graph = requested_fiber(network, rank, target).dag(list_limit)
    if output.format == "json":
        output.text(json.dumps(graph.to_jsonable()))
    else:
        output.text(_TEXTS[output.format](graph))
