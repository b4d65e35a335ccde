"""Pseudo-random networks, fibers and strata, from boxes too large to exhaust."""

from collections.abc import Iterator
from random import Random

from linnet_exact.arguments import as_integer
from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode, Fiber, Interval, Network, Stratum

__all__ = ["random_fiber", "random_networks", "random_stratum"]

_DRAWS_BEFORE_GIVING_UP = 1000


def random_networks(
    max_depth: int,
    max_width: int,
    random: Random,
    max_weight_dimension: int | None = None,
    min_width: int = 1,
) -> Iterator[Network]:
    """Yield pseudo-random networks of a box without end; depth and widths are equally likely.

    Raises
    ------
    InputError
        If a thousand draws in a row are above `max_weight_dimension`.

    Examples
    --------
    >>> from itertools import islice
    >>> [str(network) for network in islice(random_networks(3, 9, Random(1)), 3)]
    ['2,5', '8,8', '7,4,2']
    """
    max_depth = as_integer(max_depth, "max_depth", least=1)
    max_width = as_integer(max_width, "max_width", least=1)
    while True:
        for _ in range(_DRAWS_BEFORE_GIVING_UP):
            depth = random.randint(1, max_depth)
            widths = [random.randint(min_width, max_width) for _ in range(depth + 1)]
            network = Network(*widths)
            if max_weight_dimension is None or network.weight_dimension <= max_weight_dimension:
                yield network
                break
        else:
            raise InputError(
                f"hardly any network of depth ≤ {max_depth} and widths ≤ {max_width} has at most "
                f"{max_weight_dimension} weights; make the box smaller"
            )


def random_fiber(network: Network, random: Random) -> Fiber:
    """Return the fiber of a pseudo-random rank.

    Examples
    --------
    >>> random_fiber(Network(1, 1), Random(1)).rank
    0
    """
    return network.fiber(random.randint(0, network.min_width))


def random_stratum(fiber: Fiber, random: Random) -> Stratum:
    """Return a pseudo-random stratum of a fiber, without listing the others.

    Layer by layer, each bar start in turn is given a number of strands that live on.

    Examples
    --------
    >>> fiber = Network(9, 8, 7).fiber(2)
    >>> str(random_stratum(fiber, Random(1)))
    '0-0:6,0-1,0-2:2,1-1:3,1-2:2,2-2:3'
    """
    widths, rank = fiber.network.widths, fiber.rank
    last = fiber.network.depth
    alive = [widths[0] - rank]
    bars: dict[Interval, int] = {}
    for layer in range(1, last + 1):
        room = widths[layer] - rank
        starts = list(range(layer))
        random.shuffle(starts)
        for start in starts:
            may_live = (start, layer) != (0, last)
            surviving = random.randint(0, min(alive[start], room)) if may_live else 0
            bars[Interval(start, layer - 1)] = alive[start] - surviving
            alive[start] = surviving
            room -= surviving
        alive.append(room)
    bars |= {Interval(start, last): count for start, count in enumerate(alive) if start > 0}
    bars[Interval(0, last)] = rank
    return Stratum(fiber, Barcode(bars))
