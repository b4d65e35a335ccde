"""What an atlas will hold, from counting alone, and the units of work that fill it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from linnet_exact.atlas.contents.units import Unit, units_of
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata import Network
from linnet_exact.strata.box import NETWORK_LIMIT, networks_in_box, number_of_networks
from linnet_exact.strata.counting.box import count_covers_in_box, count_strata_in_box, table_work
from linnet_exact.strata.counting.counts import count_strata

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["CONTENTS", "Box", "Plan", "PlannedFiber", "plan"]

CONTENTS = ("strata", "invariants", "dag", "claims")
STRATA_LIMIT = 1_000_000_000
DAG_LIMIT = 2_000_000  # the DAG of a fiber needs all its strata in memory at once
_TABLE_WORK = 2 * 10**9
_MOST_COVERS = 8  # per stratum, a guess where counting covers would take too long


@dataclass(frozen=True)
class Box:
    """Which networks an atlas covers, and what it says of them.

    Raises
    ------
    InputError
        If the box is empty, or the contents are not among `CONTENTS`.

    Examples
    --------
    >>> Box(2, 3).contents
    ('strata', 'invariants')
    >>> Box(2, 3, contents=("dag", "strata")).contents
    ('strata', 'dag')
    """

    max_depth: int
    max_width: int
    max_weight_dimension: int | None = None
    contents: tuple[str, ...] = ("strata", "invariants")

    def __post_init__(self) -> None:
        for name in self.contents:
            if name not in CONTENTS:
                raise InputError(f"an atlas can include {', '.join(CONTENTS)}, not {name!r}")
        if not self.contents:
            raise InputError(f"an atlas needs something to include: {', '.join(CONTENTS)}")
        ordered = tuple(name for name in CONTENTS if name in self.contents)
        object.__setattr__(self, "contents", ordered)

    def networks(self) -> Iterator[Network]:
        """Yield the networks, smallest first.

        Raises
        ------
        TooLargeError
            If there are more than `NETWORK_LIMIT`; that may only be found out on the way.
        """
        networks = networks_in_box(self.max_depth, self.max_width, self.max_weight_dimension)
        if self.max_weight_dimension is None:
            number_of_networks(self.max_depth, self.max_width)
        for number, network in enumerate(networks):
            if number >= NETWORK_LIMIT:
                raise TooLargeError(f"the box has more than {NETWORK_LIMIT} networks")
            yield network


class PlannedFiber(NamedTuple):
    """A fiber of the box and its place in the atlas.

    `same_as` is the number of the fiber with reversed widths if the strata are stored there;
    `first_stratum` is the number of the first stratum stored for this fiber, else None.
    `multiplicity` is how many fibers its strata are stored for, 1 or 2; None with `same_as`.
    """

    number: int
    network: Network
    rank: int
    strata: int
    same_as: int | None
    first_stratum: int | None
    multiplicity: int | None


@dataclass(frozen=True)
class Plan:
    """The fibers of a box, the units of work, and how much there will be.

    Attributes
    ----------
    strata, stored_strata
        Strata of all fibers, and those that are stored: the others are in fibers of reversed
        networks.
    covers
        Edges of the stored stratum DAGs; 0 if they are not included.
    covers_exact
        Whether `covers` is their number; otherwise it is a guess.
    """

    box: Box
    fibers: list[PlannedFiber]
    units: list[Unit]
    strata: int
    stored_strata: int
    covers: int
    covers_exact: bool

    def to_jsonable(self) -> dict[str, Any]:
        """Return the figures: fibers, strata, edges and units."""
        return {
            "fibers": len(self.fibers),
            "stored_fibers": sum(fiber.same_as is None for fiber in self.fibers),
            "strata": self.strata,
            "stored_strata": self.stored_strata,
            "edges": self.covers,
            "units": len(self.units),
        }


def plan(box: Box, strata_limit: int = STRATA_LIMIT) -> Plan:
    """Return the plan of an atlas of `box`. Nothing is listed for it.

    Raises
    ------
    InputError
        If the box is empty.
    TooLargeError
        If there are more than `strata_limit` strata to store, or some fiber cannot be counted,
        or has too many strata for its DAG.

    Examples
    --------
    >>> plan(Box(2, 2)).to_jsonable()
    {'fibers': 26, 'stored_fibers': 20, 'strata': 54, 'stored_strata': 41, 'edges': 0, 'units': 2}
    """
    counter = _Counter(box)
    fibers: list[PlannedFiber] = []
    totals = _Totals()
    number_of: dict[tuple[Network, int], int] = {}
    for network, excess_of in _with_ranks(box):
        mirror = network.reversed()
        for rank, excess in excess_of:
            strata = counter.strata(network, rank, excess)
            same_as = number_of.get((mirror, rank)) if mirror != network else None
            number = len(fibers)
            if same_as is None and mirror != network:
                number_of[network, rank] = number
            first = totals.stored_strata if same_as is None else None
            # Reversed widths are in the box, too: it bounds depth, width and weights.
            stands_for = (1 if mirror == network else 2) if same_as is None else None
            fibers.append(PlannedFiber(number, network, rank, strata, same_as, first, stands_for))
            totals.add(strata, counter.covers(excess, strata) if same_as is None else None)
            if strata > DAG_LIMIT and "dag" in box.contents:
                raise TooLargeError(
                    f"the fiber of widths {network} and rank {rank} has {strata} strata; "
                    f"stratum DAGs are stored up to {DAG_LIMIT}"
                )
    if totals.stored_strata > strata_limit:
        raise TooLargeError(
            f"the box has {len(fibers)} fibers with {totals.strata} strata, {totals.stored_strata} "
            f"of them to store; the limit is {strata_limit}"
        )
    stored = [fiber for fiber in fibers if fiber.same_as is None]
    units = list(units_of(box, stored, totals.stored_strata))
    return Plan(
        box,
        fibers,
        units,
        totals.strata,
        totals.stored_strata,
        totals.covers if "dag" in box.contents else 0,
        counter.exact,
    )


@dataclass
class _Totals:
    strata: int = 0
    stored_strata: int = 0
    covers: int = 0

    def add(self, strata: int, covers: int | None) -> None:
        self.strata += strata
        if covers is not None:
            self.stored_strata += strata
            self.covers += covers


def _with_ranks(box: Box) -> Iterator[tuple[Network, list[tuple[int, tuple[int, ...]]]]]:
    """Yield the networks with their ranks and, for each, the widths less the rank."""
    for network in box.networks():
        widths = network.widths
        ranks = range(network.min_width + 1)
        yield network, [(rank, tuple(width - rank for width in widths)) for rank in ranks]


@dataclass
class _Counter:
    """Counts strata and covers: from a table for all widths, or one by one where it is too long."""

    box: Box
    exact: bool = True
    _strata: dict[int, NDArray[Any] | None] = field(default_factory=dict)
    _covers: dict[int, NDArray[Any] | None] = field(default_factory=dict)
    _counted: dict[tuple[int, ...], int] = field(default_factory=dict)

    def strata(self, network: Network, rank: int, excess: tuple[int, ...]) -> int:
        depth = network.depth
        if depth not in self._strata:
            self._strata[depth] = self._table(depth, covers=False)
        table = self._strata[depth]
        if table is not None:
            return int(table[excess])
        key = min(excess, excess[::-1])
        if key not in self._counted:
            self._counted[key] = count_strata(network, rank)
        return self._counted[key]

    def covers(self, excess: tuple[int, ...], strata: int) -> int:
        if "dag" not in self.box.contents:
            return 0
        depth = len(excess) - 1
        if depth not in self._covers:
            self._covers[depth] = self._table(depth, covers=True)
        table = self._covers[depth]
        if table is None:
            self.exact = False
            return strata * _MOST_COVERS
        return int(table[excess])

    def _table(self, depth: int, covers: bool) -> NDArray[Any] | None:
        width = self._largest_width(depth)
        if table_work(depth, width, covers) > _TABLE_WORK:
            return None
        return (count_covers_in_box if covers else count_strata_in_box)(depth, width)

    def _largest_width(self, depth: int) -> int:
        """Return the largest width at this depth: of one hidden layer, say, with the others 1."""
        width, most = self.box.max_width, self.box.max_weight_dimension or inf
        return int(min(width, most if depth == 1 else max(1, most - depth + 1)))
