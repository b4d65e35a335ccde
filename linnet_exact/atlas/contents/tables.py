"""The work of one unit: the columns of the tables that it adds to the atlas."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from linnet_exact.atlas.contents.units import Unit
from linnet_exact.strata import Fiber, Network
from linnet_exact.strata.formulas.dimension import tangent_dimension_of_fiber
from linnet_exact.strata.formulas.learning_coefficient import learning_invariants
from linnet_exact.strata.listing.components import components_of
from linnet_exact.strata.listing.covers import all_covers
from linnet_exact.strata.listing.expansion import BLOCK_SIZE
from linnet_exact.strata.listing.listing import Listing
from linnet_exact.strata.listing.look_up import bar_parts, joined_texts
from linnet_exact.strata.listing.table import stratum_columns
from linnet_exact.strata.values.excess import Excess

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "COLUMNS_OF",
    "INVARIANTS",
    "FiberWork",
    "StrataTable",
    "StratumInvariants",
    "UnitTables",
    "claim_rows",
    "data_columns",
    "unit_tables",
]


INVARIANTS = (
    "fiber",
    "dimension",
    "codimension",
    "learning_coefficient",
    "multiplicity",
    "top_components",
    "smooth",
    "components",
    "component_dimensions",
)
"""The columns of the invariants of a fiber."""

COLUMNS_OF = {
    "stored_strata": (
        "id",
        "barcode",
        "dimension",
        "tangent_dimension",
        "local_dimension",
        "real_components",
        "maximal",
    ),
    "edges": ("lower", "upper", "move"),
    "invariants": INVARIANTS,
    "claims": ("fiber", "claim", "checked", "failed", "witness"),
}
"""The columns of the tables that the units fill."""


class FiberWork(NamedTuple):
    """A fiber as it is sent to a worker."""

    number: int
    widths: tuple[int, ...]
    rank: int
    first_stratum: int

    @property
    def fiber(self) -> Fiber:
        """The fiber itself."""
        return Network(*self.widths).fiber(self.rank)


class StratumInvariants(NamedTuple):
    """What is known of each stratum besides its barcode and dimension."""

    tangent_dimension: NDArray[np.int64]
    local_dimension: NDArray[np.int64]
    real_components: NDArray[np.int64]
    maximal: NDArray[np.bool_]


class StrataTable(NamedTuple):
    """Consecutive strata: `first` is the number of the first one, `fiber` the place of its fiber.

    `invariants` is None if the atlas does not include them.
    """

    first: int
    fiber: NDArray[np.int64]
    barcode: list[str]
    dimension: NDArray[np.int64]
    invariants: StratumInvariants | None


class UnitTables(NamedTuple):
    """What one unit adds to the atlas: columns of strata and edges, rows of the smaller tables."""

    work: Sequence[FiberWork]
    fibers: tuple[Excess, ...]
    strata: StrataTable | None
    invariants: list[tuple[Any, ...]]
    edges: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]] | None
    claims: list[tuple[Any, ...]]


def unit_tables(unit: Unit, fibers: Sequence[FiberWork], with_invariants: bool) -> UnitTables:
    """Return the tables of one unit, whose fibers are `fibers`.

    Examples
    --------
    >>> unit = Unit(0, 0, 0, (), 40, 3, ("strata", "invariants", "dag"))
    >>> tables = unit_tables(unit, [FiberWork(7, (1, 1, 1), 0, 40)], True)
    >>> tables.strata.barcode, tables.strata.dimension.tolist()
    (['0-0,1-1,2-2', '0-0,1-2', '0-1,2-2'], [0, 1, 1])
    >>> [column.tolist() for column in tables.edges]
    [[40, 40], [42, 41], [0, 1]]
    """
    listing = Listing([work.fiber.excess for work in fibers])
    return UnitTables(
        fibers,
        listing.fibers,
        _strata(unit, listing, with_invariants) if "strata" in unit.contents else None,
        _invariants(listing, fibers) if "invariants" in unit.contents else [],
        _edges(listing, fibers) if "dag" in unit.contents else None,
        _claims(fibers) if "claims" in unit.contents else [],
    )


def data_columns(tables: UnitTables) -> dict[str, Sequence[Sequence[Any]]]:
    """Return what a unit adds to the columns of `COLUMNS_OF`, as SQLite has it: 0 and 1 stand for
    truths.

    Examples
    --------
    >>> unit = Unit(0, 0, 0, (), 40, 3, ("strata", "dag"))
    >>> columns = data_columns(unit_tables(unit, [FiberWork(7, (1, 1, 1), 0, 40)], False))
    >>> columns["edges"]
    [[40, 40], [42, 41], [0, 1]]
    >>> columns["stored_strata"][:3]
    [range(40, 43), ['0-0,1-1,2-2', '0-0,1-2', '0-1,2-2'], [0, 1, 1]]
    """
    import numpy as np

    invariants = [tuple(map(_without_truths, row)) for row in tables.invariants]
    columns: dict[str, Sequence[Sequence[Any]]] = {
        "stored_strata": (),
        "edges": (),
        "invariants": list(zip(*invariants, strict=True)),
        "claims": list(zip(*tables.claims, strict=True)),
    }
    if (strata := tables.strata) is not None:
        number = len(strata.barcode)
        known = [[None] * number for _ in range(4)]
        if strata.invariants is not None:
            known = [column.astype(np.int64).tolist() for column in strata.invariants]
        numbers = range(strata.first, strata.first + number)
        columns["stored_strata"] = [numbers, strata.barcode, strata.dimension.tolist(), *known]
    if tables.edges is not None:
        columns["edges"] = [column.tolist() for column in tables.edges]
    return columns


def _without_truths(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


def _strata(unit: Unit, listing: Listing, with_invariants: bool) -> StrataTable:
    import numpy as np

    ranks = np.array([fiber.rank for fiber in listing.fibers])
    through = listing.place_of_through
    names = [str(bar) for bar in listing.bars]
    names.insert(through, f"0-{listing.depth}")
    texts: list[str] = []
    blocks = []
    for prefix in unit.prefixes or ((),):
        for columns in stratum_columns(listing, prefix, 2 * BLOCK_SIZE):
            fiber = columns.fiber
            counts = list(columns.multiplicities.T)
            counts.insert(through, ranks[fiber])
            texts += joined_texts(bar_parts(names, counts, "csv"))
            known = StratumInvariants(
                columns.tangent_dimension,
                columns.local_fiber_dimension,
                np.left_shift(1, columns.real_component_exponent),
                columns.maximal,
            )
            blocks.append((fiber, columns.dimension, *known))
    fiber, dimension, *rest = (np.concatenate(column) for column in zip(*blocks, strict=True))
    invariants = StratumInvariants(*rest) if with_invariants else None
    return StrataTable(unit.first_stratum, fiber, texts, dimension, invariants)


def _invariants(listing: Listing, fibers: Sequence[FiberWork]) -> list[tuple[Any, ...]]:
    rows = []
    found = zip(listing.fibers, components_of(*listing.fibers).dimensions, strict=True)
    for work, (fiber, largest_first) in zip(fibers, found, strict=True):
        components = largest_first[::-1]
        smooth = tangent_dimension_of_fiber(fiber.minimal_barcode) == components[-1]
        known = learning_invariants(*fiber)
        rows.append(
            (
                work.number,
                fiber.network.weight_dimension - known.codimension,
                known.codimension,
                str(known.coefficient),
                known.multiplicity,
                known.top_components,
                smooth,
                len(components),
                json.dumps(components),
            )
        )
    return rows


def _edges(
    listing: Listing, fibers: Sequence[FiberWork]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    covers = all_covers(listing)
    first = fibers[0].first_stratum  # stored fibers follow one another without a gap
    return covers.lower + first, covers.upper + first, covers.move


def _claims(fibers: Sequence[FiberWork]) -> list[tuple[Any, ...]]:
    return [row for work in fibers for row in claim_rows(work.number, work.fiber)]


def claim_rows(number: int, fiber: Fiber) -> list[tuple[Any, ...]]:
    """Return how often each claim holds and fails on the cases of the fiber with this number."""
    from linnet_exact.claims import CLAIMS, verify

    ((_, tallies),) = verify(list(CLAIMS.values()), [fiber.network], rank=fiber.rank)
    rows = []
    for name, tally in tallies.items():
        witness = None if tally.witness is None else json.dumps(tally.witness, default=str)
        rows.append((number, name, tally.checked, tally.failed, witness))
    return rows
