"""`linnet-exact explore`: the strata of a fiber as a page to look at and click."""

from pathlib import Path
from typing import Any

import click

from linnet_exact.cli.fiber_options import fiber_of_target
from linnet_exact.cli.file_arguments import names_a_file, read_too
from linnet_exact.cli.options import output_options, rank_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.progress import progress
from linnet_exact.cli.weights_options import layer_option
from linnet_exact.draw.explore import explore_page, require_room_for_page
from linnet_exact.errors import InputError
from linnet_exact.files import read_weights
from linnet_exact.strata import Fiber, Network

__all__ = ["explore"]


@click.command()
@click.argument("source", metavar="FILE|WIDTHS")
@rank_options
@layer_option()
@output_options("html")
def explore(
    source: str, rank: int, target: Path | None, layers: tuple[str, ...], output: Output
) -> None:
    """One page, without network access, to look at the strata of a fiber and click through them.

    A click shows a stratum: its strands, ranks, dimensions, real components, points over finite
    fields, whether the fiber is singular there and why, its equations, the moves up and down, an
    exact point, and texts to copy. The page has a search, filters, and a list; it works with the
    keyboard alone, in the dark, and on paper. With a FILE of weights, the fiber is that of their
    product, and their stratum is marked. Points have that product, or the one of --target.

    \b
    Examples:
      linnet-exact explore 2,3,2 --rank 1 -o page.html
      linnet-exact explore 3^5 -o page.html
      linnet-exact explore 2,3,2 --target W.json -o page.html
      linnet-exact explore theta.json -o page.html
    """
    fiber, known = _requested(source, rank, target, layers)
    require_room_for_page(fiber)
    with progress("strata", fiber.count()) as bar:
        page = explore_page(fiber, tick=lambda: bar.update(1), **known)
    output.text(page)


def _requested(
    source: str, rank: int, target: Path | None, layers: tuple[str, ...]
) -> tuple[Fiber, dict[str, Any]]:
    """Return the fiber that is asked for, and what else the page is told about it."""
    if names_a_file(source, "0123456789,^ "):
        read_too(Path(source))
        if rank or target is not None:
            raise InputError("--rank and --target go with WIDTHS, not with a file")
        theta = read_weights(Path(source), layers)
        name = "standard input" if source == "-" else source
        return theta.fiber, {"weights": theta, "weights_name": name}
    if layers:
        raise InputError("--layer goes with a file, not with WIDTHS")
    network = Network.parse(source)
    if target is None:
        return network.fiber(rank), {}
    fiber, matrix = fiber_of_target(network, target)
    return fiber, {"target": matrix, "target_name": str(target)}
