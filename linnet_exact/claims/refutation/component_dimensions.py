"""The dimensions of the components of many fibers: of those with few candidates, all at once."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Fiber
from linnet_exact.strata.listing.components import Components
from linnet_exact.strata.listing.few_components import FEW, candidates_up_to

__all__ = ["component_dimensions"]

_SEVERAL = 8
"""So many fibers pay for a pass over NumPy arrays."""


def component_dimensions(fibers: Sequence[Fiber]) -> Iterator[tuple[int, ...]]:
    """Yield, for each of some fibers of one depth, the dimensions of its components, sorted.

    A fiber with many candidates for components has to wait until it is asked for.

    Raises
    ------
    TooLargeError
        When it comes to a fiber with too many candidates.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> list(component_dimensions([Network(2, 1, 2).fiber(), Network(2, 3, 2).fiber(1)]))
    [(2, 2), (8,)]
    """
    few = tuple([f for f in fibers if candidates_up_to(f.excess, FEW) <= FEW])
    known = _together(few) if len(few) >= _SEVERAL else {}
    for fiber in fibers:
        yield known[fiber] if fiber in known else _alone(fiber)


@lru_cache(maxsize=8)
def _together(fibers: tuple[Fiber, ...]) -> dict[Fiber, tuple[int, ...]]:
    found = Components([fiber.excess for fiber in fibers]).dimensions
    return {fiber: tuple(of_one[::-1]) for fiber, of_one in zip(fibers, found, strict=True)}


@lru_cache(maxsize=4096)
def _alone(fiber: Fiber) -> tuple[int, ...]:
    dimensions = fiber.component_dimensions()
    if dimensions is None:
        raise TooLargeError(
            f"the fiber of widths {fiber.network} and rank {fiber.rank} has too many strata to "
            f"list its components"
        )
    return tuple(dimensions)
