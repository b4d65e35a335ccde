"""Boxes of networks: all up to a depth, a width and a number of weights, smallest first."""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import takewhile
from math import isqrt

from linnet_exact.arguments import as_integer
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata.fiber import LIST_LIMIT
from linnet_exact.strata.values.network import Network
from linnet_exact.strata.values.notation import MAX_DEPTH

__all__ = [
    "NETWORK_LIMIT",
    "networks_in_box",
    "number_of_networks",
    "require_strata_in_reach",
]

NETWORK_LIMIT = 5_000_000


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
    if max_weight_dimension is not None:
        max_depth = min(max_depth, max_weight_dimension)  # a layer has a weight at least
    return (
        network
        for depth in range(1, max_depth + 1)
        for network in _networks_of_depth(depth, max_width, max_weight_dimension)
    )


def number_of_networks(max_depth: int, max_width: int) -> int:
    """Return how many networks a box has.

    Raises
    ------
    TooLargeError
        If there are more than `NETWORK_LIMIT`.

    Examples
    --------
    >>> number_of_networks(2, 2) == len(list(networks_in_box(2, 2)))
    True
    """
    deepest = min(max_depth, MAX_DEPTH)  # no network is deeper
    number: int = sum(max_width ** (depth + 1) for depth in range(1, deepest + 1))
    if number > NETWORK_LIMIT:
        raise TooLargeError(f"the box has {number} networks; the limit is {NETWORK_LIMIT}")
    return number


def require_strata_in_reach(
    max_depth: int, max_width: int, max_weight_dimension: int | None = None, rank: int = 0
) -> None:
    """Refuse a box with a fiber of at least `rank` that has too many strata to list.

    More layers and wider ones have more strata, and a higher rank fewer: it is enough to look at
    this rank, and at networks whose layers have one width and that are as deep as they can be.

    Raises
    ------
    TooLargeError
        If there are more than `LIST_LIMIT`, or they cannot be counted; nothing is listed for that.

    Examples
    --------
    >>> require_strata_in_reach(3, 9)
    >>> require_strata_in_reach(99, 1)
    Traceback (most recent call last):
    ...
    linnet_exact.errors.TooLargeError: the box has fibers of more than 1000000 strata, ... 1^100
    """
    deepest = min(max_depth, MAX_DEPTH)  # no network is deeper
    cubes: Iterable[tuple[int, int]] = [(deepest, max_width)]
    if (most := max_weight_dimension) is not None:
        cubes = (
            (depth, min(max_width, isqrt(most // depth)))
            for depth in range(1, min(deepest, most) + 1)
        )
    for depth, width in cubes:
        largest = Network(*[width] * (depth + 1))
        if rank <= width and largest.fiber(rank).has_more_strata_than(LIST_LIMIT):
            raise TooLargeError(
                f"the box has fibers of more than {LIST_LIMIT} strata, which are not listed; one "
                f"has the widths {width}^{depth + 1}"
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
