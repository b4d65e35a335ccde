"""The work of one unit: the columns of the tables that it adds to the atlas."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from linnet_exact.atlas.barcode_text import barcode_texts
from linnet_exact.atlas.units import Unit
from linnet_exact.strata import Fiber, Network
from linnet_exact.strata.formulas.learning_coefficient import learning_invariants
from linnet_exact.strata.listing.expansion import BLOCK_SIZE
from linnet_exact.strata.listing.listing import Family
from linnet_exact.strata.values.excess import Excess

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "INVARIANTS",
    "FiberWork",
    "StrataTable",
    "StratumInvariants",
    "UnitTables",
    "claim_rows",
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
    family = Family([work.fiber.excess for work in fibers])
    return UnitTables(
        fibers,
        family.fibers,
        _strata(unit, family, with_invariants) if "strata" in unit.contents else None,
        _invariants(family, fibers) if "invariants" in unit.contents else [],
        _edges(family, fibers) if "dag" in unit.contents else None,
        _claims(fibers) if "claims" in unit.contents else [],
    )


def _strata(unit: Unit, family: Family, with_invariants: bool) -> StrataTable:
    import numpy as np

    ranks = np.array([fiber.rank for fiber in family.fibers])
    depth = family.fibers[0].network.depth
    texts: list[str] = []
    blocks = []
    for prefix in unit.prefixes or ((),):
        for fiber, columns in family.blocks(prefix, 2 * BLOCK_SIZE):
            texts += barcode_texts(family.bars, columns.multiplicities, ranks[fiber], depth)
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


def _invariants(family: Family, fibers: Sequence[FiberWork]) -> list[tuple[Any, ...]]:
    rows = []
    found = zip(family.fibers, family.component_dimensions(), family.smooth(), strict=True)
    for work, (fiber, components, smooth) in zip(fibers, found, strict=True):
        known = learning_invariants(fiber.network, fiber.rank)
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
    family: Family, fibers: Sequence[FiberWork]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    covers = family.covers()
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
