"""The strata of many fibers of one depth, listed together.

Most fibers of a box have a few dozen strata, too few for a pass over NumPy arrays to pay. A listing
only ever looks at one row at a time, so the rows of many fibers can go through it side by side: it
starts with one row for each fiber instead of one row in all. The strata of one fiber come one after
the other, in the order of its own `Listing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata.formulas.dimension import open_dimension
from linnet_exact.strata.listing.bar_sets import maximal_rows, real_component_exponents, supports
from linnet_exact.strata.listing.components import MaximalListing
from linnet_exact.strata.listing.covers import cover_table
from linnet_exact.strata.listing.expansion import BLOCK_SIZE, Block, Listing, _Nodes
from linnet_exact.strata.listing.ranks import rank_rows
from linnet_exact.strata.listing.table import Columns
from linnet_exact.strata.values.excess import Excess
from linnet_exact.strata.values.interval import Interval
from linnet_exact.strata.values.network import Network

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Family", "FamilyBlock", "FamilyCovers"]

_DIMENSION_LIMIT = 2**62


class FamilyBlock(NamedTuple):
    """Consecutive strata of a family: which fiber each one is in, by its place, and the rest."""

    fiber: NDArray[np.int64]
    columns: Columns


class FamilyCovers(NamedTuple):
    """Covers among the strata of a family, which are numbered through, fiber after fiber.

    One entry for each cover, sorted by `lower`, then by `move`, a place in `moves_of_fiber`.
    """

    lower: NDArray[np.int64]
    upper: NDArray[np.int64]
    move: NDArray[np.int64]


class Family:
    """Fibers of networks of one depth, of any ranks, whose strata are listed together.

    Attributes
    ----------
    fibers
        The fibers, in the order in which their strata come.
    bars
        The columns of multiplicities: all bars but [0, L], sorted.

    Raises
    ------
    InputError
        If there is no fiber, or if depths differ.
    TooLargeError
        If dimensions would not fit into 64-bit integers.

    Examples
    --------
    >>> family = Family([Excess(Network(1, 2, 1), 0), Excess(Network(2, 2, 2), 1)])
    >>> for fiber, columns in family.blocks():
    ...     print(fiber.tolist(), columns.dimension.tolist())
    [0, 0, 0, 0, 1, 1, 1] [0, 2, 2, 3, 3, 4, 4]
    """

    def __init__(self, fibers: Sequence[Excess]) -> None:
        if len({fiber.network.depth for fiber in fibers}) != 1:
            raise InputError("a family needs fibers of one depth, and at least one")
        self.fibers = tuple(fibers)
        self._listing = _FamilyListing(self.fibers)
        self.bars: tuple[Interval, ...] = self._listing.bars

    @cached_property
    def _components(self) -> _Components:
        return _Components(self.fibers)

    def blocks(
        self, prefix: Sequence[int] = (), block_size: int = BLOCK_SIZE
    ) -> Iterator[FamilyBlock]:
        """Yield the strata, in blocks of at most `block_size`.

        Parameters
        ----------
        prefix : sequence of int
            Only the strata whose first choices are these, as `CompletionCounts.split` gives them;
            for a family of one fiber.

        Raises
        ------
        InputError
            If the first steps do not allow the choices of `prefix`.
        """
        import numpy as np

        listing = self._listing
        no_ends = (listing.excess[:, [0, -1]] == 0).sum(axis=1)
        for fiber, block in listing.family_blocks(prefix, block_size):
            support = supports(block.multiplicities)
            ranks = rank_rows(listing, block.multiplicities)
            local = self._components.local_dimensions(fiber, block, ranks)
            columns = Columns(
                block.multiplicities,
                ranks,
                block.dimension,
                block.tangent_dimension,
                local,
                block.tangent_dimension > local,
                real_component_exponents(listing, support) - no_ends[fiber],
                maximal_rows(listing, support),
                np.logical_not(ranks.any(axis=0)),
            )
            yield FamilyBlock(fiber, columns)

    def component_dimensions(self) -> list[list[int]]:
        """Return for each fiber the dimensions of its irreducible components, sorted.

        Only candidates for maximal strata are listed for it, not all strata.

        Examples
        --------
        >>> family = Family([Excess(Network(1, 1, 1), 0), Excess(Network(2, 3, 2), 1)])
        >>> family.component_dimensions()
        [[1, 1], [8]]
        """
        components = self._components
        dimensions: list[list[int]] = [[] for _ in self.fibers]
        pairs = zip(components.fiber.tolist(), components.dimension.tolist(), strict=True)
        for fiber, dimension in pairs:
            dimensions[fiber].append(dimension)
        return [found[::-1] for found in dimensions]

    def smooth(self) -> list[bool]:
        """Return for each fiber whether no point is singular; its minimal stratum decides.

        Examples
        --------
        >>> Family([Excess(Network(2, 3, 2), rank) for rank in (0, 2)]).smooth()
        [False, True]
        """
        tangent = self._listing.minimal_strata().tangent_dimension.tolist()
        largest = [dimensions[-1] for dimensions in self.component_dimensions()]
        return [at_bottom == top for at_bottom, top in zip(tangent, largest, strict=True)]

    def covers(self) -> FamilyCovers:
        """Return the edges of the stratum DAGs of all fibers. All strata are held in memory.

        Examples
        --------
        >>> covers = Family([Excess(Network(1, 1, 1), 0), Excess(Network(2, 2, 2), 1)]).covers()
        >>> list(zip(covers.lower.tolist(), covers.upper.tolist()))
        [(0, 2), (0, 1), (3, 5), (3, 4)]
        """
        import numpy as np

        blocks = list(self._listing.family_blocks())
        fiber = np.concatenate([fiber for fiber, _ in blocks])
        rows = np.concatenate([block.multiplicities for _, block in blocks])
        table = cover_table(self._listing.network.depth, self.bars)
        lower, move = table.covers(supports(rows))
        random = np.random.default_rng(1).integers(0, 2**64, rows.shape[1] + 1, dtype=np.uint64)
        numbers = fiber.astype(np.uint64) * random[-1]
        change = np.zeros(len(table.label), dtype=np.uint64)
        for column, weight in enumerate(random[:-1]):
            numbers += rows[:, column] * weight
            change += table.change[:, column] * weight
        order = np.argsort(numbers)
        numbers = numbers[order]
        if (numbers[1:] == numbers[:-1]).any():
            raise TooLargeError("two strata share a random number; list fewer fibers together")
        ends = numbers[np.argsort(order)][lower] + change[move]
        return FamilyCovers(lower, order[np.searchsorted(numbers, ends)], table.label[move])


class _FamilyListing(Listing):
    """A listing of the widest fiber that starts with a row for each fiber.

    One more word in every row holds the place of its fiber; no step changes it.
    """

    def __init__(self, fibers: Sequence[Excess]) -> None:
        import numpy as np

        self.excess = np.array([fiber.widths for fiber in fibers])
        # A layer of width 0 would have no bars; with width 1, its bars have multiplicity 0.
        super().__init__(Network(*np.maximum(self.excess.max(axis=0), 1)), 0)
        self._word_count += 1
        over_all_products = [open_dimension(fiber) for fiber in fibers]
        if max(fiber.network.weight_dimension for fiber in fibers) >= _DIMENSION_LIMIT:
            raise TooLargeError("there are strata with dimensions beyond 64-bit integers")
        self.over_all_products = np.array(over_all_products, dtype=np.int64)

    def family_blocks(
        self, prefix: Sequence[int] = (), block_size: int = BLOCK_SIZE
    ) -> Iterator[tuple[NDArray[np.int64], Block]]:
        """Yield the places of the fibers and the strata, in blocks."""
        if prefix and len(self.excess) > 1:
            raise InputError("a prefix of choices is for one fiber, not for several")
        for nodes in self._leaves(self._node(prefix), len(prefix), block_size):
            yield nodes.words[:, -1].astype("i8"), self._block(nodes)

    def minimal_strata(self) -> Block:
        """Return the minimal stratum of each fiber."""
        return self._block(self._start())

    def _start(self) -> _Nodes:
        import numpy as np

        words = np.zeros((len(self.excess), self._word_count), dtype="<u8")
        cells = words.view(self._cell)
        for layer, widths in enumerate(self.excess.T):
            cells[:, self._column[Interval(layer, layer)]] = widths
        words[:, -1] = np.arange(len(words))
        zero = np.zeros(len(words), dtype=np.int64)
        return _Nodes(words, zero, zero)

    def _block(self, nodes: _Nodes) -> Block:
        fiber = nodes.words[:, -1].astype("i8")
        cells = nodes.words.view(self._cell)[:, : len(self.bars)]
        # As in a listing of one fiber, but each row has a last layer of its own width.
        last = cells[:, self._column[Interval(0, self.network.depth - 1)]].astype("i8")
        at_last_layer = last * self.excess[fiber, -1]
        base = self.over_all_products[fiber]
        paid, earned = nodes.paid + at_last_layer, nodes.earned + at_last_layer
        return Block(cells, paid, base - paid, base - earned)


class _MaximalListing(MaximalListing, _FamilyListing):
    """Lists the maximal strata of each fiber and a few others."""


class _Components:
    """The maximal strata of each fiber of a family, fiber after fiber, largest dimension first."""

    def __init__(self, family: Sequence[Excess]) -> None:
        import numpy as np

        listing = _MaximalListing(family)
        fibers, dimensions, ranks = [], [], []
        for fiber, block in listing.family_blocks():
            maximal = maximal_rows(listing, supports(block.multiplicities))
            fibers.append(fiber[maximal])
            dimensions.append(block.dimension[maximal])
            ranks.append(rank_rows(listing, block.multiplicities[maximal]))
        fiber, dimension = np.concatenate(fibers), np.concatenate(dimensions)
        order = np.lexsort((-dimension, fiber))
        self.fiber = fiber[order]
        self.dimension = dimension[order]
        self._ranks = np.concatenate(ranks, axis=1)[:, order]
        places = np.arange(len(family))
        self._first = np.searchsorted(self.fiber, places)
        self._number = np.searchsorted(self.fiber, places, side="right") - self._first

    def local_dimensions(
        self, fiber: NDArray[np.int64], block: Block, ranks: NDArray[np.unsignedinteger]
    ) -> NDArray[np.int64]:
        """Return the dimension of the largest component through each stratum of `block`."""
        import numpy as np

        local = block.dimension.copy()
        # At the other strata the tangent space settles it.
        open_rows = np.flatnonzero(block.tangent_dimension > block.dimension)
        for turn in range(int(self._number.max())):
            open_rows = open_rows[self._number[fiber[open_rows]] > turn]
            if not len(open_rows):
                break
            component = self._first[fiber[open_rows]] + turn
            inside = np.ones(len(open_rows), dtype=bool)
            for row, limits in zip(ranks, self._ranks, strict=True):
                inside &= row[open_rows] <= limits[component]
            local[open_rows[inside]] = self.dimension[component[inside]]
            open_rows = open_rows[~inside]
        return local
