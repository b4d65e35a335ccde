"""The cases of a box in order, as rows of the values of the quantities that are asked for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from linnet_exact.claims.domain import DOMAINS, Cover, Pair
from linnet_exact.claims.refutation.quantities import (
    FIBER_QUANTITIES,
    STRATUM_QUANTITIES,
)
from linnet_exact.claims.refutation.strata_table import StrataTable, strata_tables
from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Fiber, Stratum
from linnet_exact.strata.listing.covers import all_covers
from linnet_exact.strata.listing.listing import Listing
from linnet_exact.strata.order.moves import moves_of_fiber

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Batch", "batches", "groups", "python_batches"]

_STRATA_TOGETHER = 1 << 13
_FIBERS_TOGETHER = 128
_MOST_PAIRS = 1 << 14


class Batch(NamedTuple):
    """Some cases, one after the other.

    Attributes
    ----------
    values : iterator of tuple
        For each case the values of the quantities, in the order of their names.
    case : callable
        From the number of a case in this batch to the case itself: a `Fiber`, `Stratum`, `Cover`
        or `Pair`.
    """

    values: Iterator[tuple[Any, ...]]
    case: Callable[[int], Any]


def groups(over: str, fibers: Iterable[Fiber]) -> Iterator[list[Fiber]]:
    """Yield fibers of one depth together, so many that they have enough cases.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> fibers = [Network(*widths).fiber() for widths in ((1, 1), (1, 2), (1, 1, 1))]
    >>> [len(group) for group in groups("strata", fibers)]
    [2, 1]
    """
    size = 4  # few at first, so that a first counterexample is quick
    for _, of_one_depth in groupby(fibers, key=lambda fiber: fiber.network.depth):
        while group := list(islice(of_one_depth, size)):
            yield group
            if over == "fibers":
                size = min(2 * size, _FIBERS_TOGETHER)
            else:
                few = sum(map(_number_of_strata, group)) < _STRATA_TOGETHER
                size = 2 * size if few else max(1, size // 2)


def batches(over: str, fibers: Sequence[Fiber], names: tuple[str, ...]) -> Iterator[Batch]:
    """Yield all cases of fibers of one depth, in order, with the values of the named quantities.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> (batch,) = batches("strata", [Network(1, 1, 1).fiber()], ("dim", "L"))
    >>> list(batch.values), str(batch.case(1))
    ([(0, 2), (1, 2), (1, 2)], '0-0,1-2')
    """
    if over == "fibers":
        rows = _rows([FIBER_QUANTITIES[name].values(fibers) for name in names], len(fibers))
        yield Batch(rows, fibers.__getitem__)
        return
    listing = Listing([fiber.excess for fiber in fibers])
    if over == "strata":
        for table in strata_tables(listing):
            columns = [_column(table, name) for name in names]
            yield Batch(_rows(columns, len(table)), table.stratum)
        return
    table = _whole_table(listing)
    for ends in _covers(listing) if over == "covers" else _pairs(table):
        yield _pair_batch(over, table, ends, names)


def _number_of_strata(fiber: Fiber) -> int:
    try:
        return fiber.count()
    except TooLargeError:
        return _STRATA_TOGETHER


def _rows(columns: Sequence[Iterable[Any]], count: int) -> Iterator[tuple[Any, ...]]:
    return zip(*columns, strict=True) if columns else iter([()] * count)


def _column(table: StrataTable, name: str) -> list[Any]:
    if name in STRATUM_QUANTITIES:
        return STRATUM_QUANTITIES[name].column(table)
    numbers = table.fiber_of.tolist()
    present = list(dict.fromkeys(numbers))
    found = FIBER_QUANTITIES[name].values([table.fibers[number] for number in present])
    values = dict(zip(present, found, strict=True))
    return [values[number] for number in numbers]


class _Ends(NamedTuple):
    """Rows of a table in pairs, and the move between them where they are a cover."""

    lower: "NDArray[np.int64]"
    upper: "NDArray[np.int64]"
    moves: list[Any]


def _pair_batch(over: str, table: StrataTable, ends: _Ends, names: tuple[str, ...]) -> Batch:
    columns = []
    for name in names:
        end, _, rest = name.partition(".")
        if name == "move":
            columns.append([move.kind for move in ends.moves])
        elif end in ("lower", "upper"):
            of_strata = STRATUM_QUANTITIES[rest].column(table)
            rows = ends.lower if end == "lower" else ends.upper
            columns.append([of_strata[row] for row in rows.tolist()])
        else:
            of_fibers = _column(table, name)
            columns.append([of_fibers[row] for row in ends.lower.tolist()])

    def case(number: int) -> Pair | Cover:
        lower, upper = (table.stratum(int(rows[number])) for rows in (ends.lower, ends.upper))
        return Cover(lower, upper, ends.moves[number]) if over == "covers" else Pair(lower, upper)

    return Batch(_rows(columns, len(ends.lower)), case)


def _covers(listing: Listing) -> Iterator[_Ends]:
    covers = all_covers(listing)
    moves = moves_of_fiber(listing.fibers[0].network.depth)
    yield _Ends(covers.lower, covers.upper, [moves[label] for label in covers.move.tolist()])


def _pairs(table: StrataTable) -> Iterator[_Ends]:
    """Yield the pairs of strata by the closure order, in parts of bounded size."""
    import numpy as np

    ranks = table.ranks
    ends = np.searchsorted(table.fiber_of, table.fiber_of, side="right").tolist()
    lower: list[Any] = []
    upper: list[Any] = []
    waiting = 0
    for row, end in enumerate(ends):
        # A stratum comes before those above it in its fiber.
        above = row + 1 + np.flatnonzero((ranks[row + 1 : end] >= ranks[row]).all(axis=1))
        lower.append(np.full(len(above), row))
        upper.append(above)
        waiting += len(above)
        if waiting >= _MOST_PAIRS or row == len(ends) - 1:
            yield _Ends(np.concatenate(lower), np.concatenate(upper), [])
            lower, upper, waiting = [], [], 0


def _whole_table(listing: Listing) -> StrataTable:
    """Return the table of all strata of a listing, which must not be more than can be listed."""
    # A fiber refuses to list too many.
    strata = sum(len(network.fiber(rank).strata()) for network, rank in listing.fibers)
    (table,) = strata_tables(listing, block_size=strata)
    return table


def python_batches(over: str, fibers: Iterable[Fiber]) -> Iterator[Batch]:
    """Yield all cases of fibers, in order, each as the one value of its row.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> (batch,) = python_batches("covers", [Network(1, 1, 1).fiber()])
    >>> [str(cover.move) for (cover,) in batch.values]
    ['connect 0-0,1-1', 'connect 1-1,2-2']
    """
    for fiber in fibers:
        cases: list[Fiber | Stratum | Cover | Pair] = list(DOMAINS[over].cases(fiber))
        yield Batch(((case,) for case in cases), cases.__getitem__)
