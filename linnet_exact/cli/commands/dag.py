"""`linnet-exact dag`: which strata lie in the closures of which."""

from pathlib import Path

import click

from linnet_exact.cli.fiber_options import list_limit_option, requested_fiber
from linnet_exact.cli.options import (
    colours_option,
    output_options,
    rank_options,
    theme_for,
    widths_argument,
)
from linnet_exact.cli.output import Output
from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode, Network
from linnet_exact.strata.dag import StratumDAG
from linnet_exact.strata.dag_formats import dot_pieces, graphml_pieces, json_pieces
from linnet_exact.strata.sub_dag import SubDAG

__all__ = ["dag"]

_TEXTS = {"json": json_pieces, "dot": dot_pieces, "graphml": graphml_pieces}


@click.command()
@widths_argument
@rank_options
@click.option("--above", metavar="B", help="Only the strata with B in their closure, and B.")
@click.option("--below", metavar="B", help="Only the strata in the closure of B, and B.")
@click.option(
    "--between",
    nargs=2,
    metavar="B C",
    help="Only the strata in the closure of C with B in their closure, and these two.",
)
@list_limit_option()
@colours_option
@output_options("json", "dot", "svg", "graphml", "html", "pdf", "png")
def dag(
    network: Network,
    rank: int,
    target: Path | None,
    above: str | None,
    below: str | None,
    between: tuple[str, str] | None,
    list_limit: int,
    dark: bool | None,
    output: Output,
) -> None:
    """The stratum DAG: the strata of a fiber, with an edge for each cover of the closure order.

    An edge goes up from a stratum to one whose closure contains it, with nothing in between, by
    one connecting or swapping move. Up-sets, down-sets and intervals are drawn with --above,
    --below and --between, which take barcodes; their rank is then the rank of W. Pictures (svg,
    html, pdf, png) have a row for each dimension, and strata as flow diagrams; PDF and PNG need the
    extra draw.

    \b
    Examples:
      linnet-exact dag 2,3,2 --rank 1
      linnet-exact dag 2,2,2,2 -o dag.svg
      linnet-exact dag 3^4 --dark -o dag.html
      linnet-exact dag 3^4 --format dot | dot -Tpdf -o dot.pdf
      linnet-exact dag 2,2,2 --above 0-0:2,1-1,1-2,2-2
      linnet-exact dag 2,2,2 --between 0-0:2,1-1:2,2-2:2 0-0,0-1,1-2,2-2 \\
        --format dot
    """
    if between is not None and (above is not None or below is not None):
        raise click.UsageError(
            "give --between, or --above and --below", click.get_current_context()
        )
    lowest, highest = between or (above, below)
    bounds = [None if text is None else Barcode.parse(text) for text in (lowest, highest)]
    named = [bars for bars in bounds if bars is not None]
    if named and click.get_current_context().params.get("rank") is None and target is None:
        rank = named[0].rank
    fiber = requested_fiber(network, rank, target)
    for bars in named:
        if bars.fiber != fiber:
            raise InputError(
                f"barcode {bars} has widths {bars.network} and rank {bars.rank}, not {network} "
                f"and {fiber.rank}"
            )
    if output.format in _TEXTS:
        graph = _restricted(fiber.dag(list_limit), *bounds)
        output.pieces(_TEXTS[output.format](graph))
        return
    from linnet_exact.draw.dag.page import dag_to_html  # here, because texts need no drawing
    from linnet_exact.draw.dag.svg import NODE_LIMIT, dag_to_svg, too_many_to_draw

    if not named and fiber.has_more_strata_than(NODE_LIMIT):
        raise too_many_to_draw()  # before the edges are sought
    graph = _restricted(fiber.dag(list_limit), *bounds)
    if output.format == "html":
        output.text(dag_to_html(graph, theme_for(output.format, dark)))
    else:
        output.picture(dag_to_svg(graph, theme_for(output.format, dark)))


def _restricted(graph: StratumDAG, lowest: Barcode | None, highest: Barcode | None) -> StratumDAG:
    """Return the part of the DAG from one stratum up and from another one down."""
    if lowest is not None and highest is not None:
        nodes = graph.interval(graph.node(lowest), graph.node(highest))
        if not len(nodes):
            raise InputError(f"{lowest} is not in the closure of {highest}: nothing is between")
        return SubDAG(graph, nodes)
    if lowest is not None:
        return SubDAG(graph, graph.up_set(graph.node(lowest)))
    return graph if highest is None else SubDAG(graph, graph.down_set(graph.node(highest)))
