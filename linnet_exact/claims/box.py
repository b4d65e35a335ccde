"""Boxes of networks: all up to a depth, a width and a number of weights, smallest first."""

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import takewhile

from linnet_exact.arguments import as_integer
from linnet_exact.errors import InputError
from linnet_exact.strata import Network

__all__ = ["networks_in_box"]


def networks_in_box(
    max_depth: int, max_width: int, max_weight_dimension: int | None = None
) -> Iterator[Network]:
    """Return the networks with depth ≤ max_depth and widths ≤ max_width, smallest first.

    They come by depth, then by the dimension of weight space, then by widths, so that the first
    counterexample in this order is a smallest one.

    Raises
    ------
    InputError
        If the box is empty.

    Examples
    --------
    >>> [str(network) for network in networks_in_box(2, 2)][:7]
    ['1,1', '1,2', '2,1', '2,2', '1,1,1', '1,1,2', '2,1,1']
    >>> [str(network) for network in networks_in_box(3, 9, max_weight_dimension=2)]
    ['1,1', '1,2', '2,1', '1,1,1']
    """
    max_depth = as_integer(max_depth, "max_depth")
    max_width = as_integer(max_width, "max_width")
    if max_weight_dimension is not None:
        max_weight_dimension = as_integer(max_weight_dimension, "max_weight_dimension")
    if max_depth < 1 or max_width < 1:
        raise InputError(
            f"the largest depth and width must be at least 1, not {max_depth} and {max_width}"
        )
    return (
        network
        for depth in range(1, max_depth + 1)
        for network in _networks_of_depth(depth, max_width, max_weight_dimension)
    )


def _networks_of_depth(
    depth: int, max_width: int, max_weight_dimension: int | None
) -> Iterator[Network]:
    networks = _from_the_smallest(depth, max_width)
    if max_weight_dimension is None:
        return networks
    return takewhile(lambda network: network.weight_dimension <= max_weight_dimension, networks)


def _from_the_smallest(depth: int, max_width: int) -> Iterator[Network]:
    """Search from the smallest network up; the frontier is kept in order, the box is not."""
    start = Network(*[1] * (depth + 1))
    # Only layers from `at` on may grow further, so each network is reached in one way.
    frontier = [(start.weight_dimension, start.widths, 0, start)]
    while frontier:
        _, widths, at, network = heappop(frontier)
        yield network
        for layer in range(at, depth + 1):
            if widths[layer] < max_width:
                wider = Network(*widths[:layer], widths[layer] + 1, *widths[layer + 1 :])
                heappush(frontier, (wider.weight_dimension, wider.widths, layer, wider))
