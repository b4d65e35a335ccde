"""The stratum DAG: all strata of a fiber, with an edge for each cover of the closure order.

Covers come from local moves (`linnet_exact.strata.order.moves`), so nothing is compared pairwise:
for each kind of move, one comparison of bit words finds the strata that it leads up from by a
cover. Each stratum has a number that a move changes by a constant, so a search in the sorted
numbers finds where the move leads.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from linnet_exact.above import above
from linnet_exact.errors import InputError
from linnet_exact.notebook import html_table, page_of
from linnet_exact.strata.dag_formats import dag_to_jsonable, dag_to_networkx
from linnet_exact.strata.listing.covers import covers_among
from linnet_exact.strata.listing.listing import Listing
from linnet_exact.strata.listing.ranks import rank_rows
from linnet_exact.strata.listing.stratum_numbers import Numbering
from linnet_exact.strata.listing.table import Columns, columns_of
from linnet_exact.strata.order.moves import Move, moves_of_fiber
from linnet_exact.strata.stratum import Stratum
from linnet_exact.strata.values.barcode import Barcode

if TYPE_CHECKING:
    from linnet_exact.strata.fiber import Fiber

__all__ = ["StratumDAG"]

PICTURE_LIMIT = 150
"""Strata up to which a notebook draws the DAG."""


class StratumDAG:
    """The strata of `fiber`, numbered in the order of their listing, and the covers among them.

    Attributes
    ----------
    moves
        The kinds of rising moves, as `moves_of_fiber` gives them.
    multiplicities
        One row for each stratum, one column for each of `listing.bars`.
    dimension
        The dimension of each stratum.
    lower, upper, move
        One entry for each edge: the numbers of its ends, and its place in `moves`; sorted by
        `lower`, then by move. A stratum has a smaller number than those above it.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> dag = Network(1, 1, 1).fiber().dag()
    >>> [(a, b, str(move)) for a, b, move in dag.edges()]
    [(0, 2, 'connect 0-0,1-1'), (0, 1, 'connect 1-1,2-2')]
    >>> dag.ranks.shape, dag.level.tolist()
    ((2, 3), [0, 1, 1])
    """

    def __init__(self, fiber: Fiber) -> None:
        self.fiber = fiber
        self.listing = Listing([fiber.excess])
        self.moves = moves_of_fiber(fiber.network.depth)
        rows = self._rows = self.listing.whole()
        self.multiplicities: NDArray[np.unsignedinteger] = rows.multiplicities
        self.dimension: NDArray[np.int64] = rows.dimension
        self._numbering = Numbering(self.listing, rows.multiplicities)
        covers = covers_among(self.listing, rows.multiplicities, self._numbering)
        self.lower, self.upper, self.move = covers

    def __len__(self) -> int:
        return len(self.dimension)

    def barcode(self, node: int) -> Barcode:
        """Return the barcode of a stratum by its number.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> str(Network(1, 1, 1).fiber().dag().barcode(0))
        '0-0,1-1,2-2'
        """
        (barcode,) = self.listing.barcodes(self.multiplicities[node : node + 1])
        return barcode

    def barcodes(self) -> Iterator[Barcode]:
        """Yield the barcodes of all strata, in order.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> [str(barcode) for barcode in Network(1, 1, 1).fiber().dag().barcodes()]
        ['0-0,1-1,2-2', '0-0,1-2', '0-1,2-2']
        """
        return self.listing.barcodes(self.multiplicities)

    def edges(self) -> Iterator[tuple[int, int, Move]]:
        """Yield the edges as (number of the lower stratum, of the upper one, move).

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> len(list(Network(2, 2, 2, 2).fiber().dag().edges()))
        49
        """
        ends = zip(self.lower.tolist(), self.upper.tolist(), self.move.tolist(), strict=True)
        return ((lower, upper, self.moves[label]) for lower, upper, label in ends)

    def node(self, stratum: Stratum | Barcode | str) -> int:
        """Return the number of a stratum.

        Raises
        ------
        InputError
            If it is not a stratum of this fiber.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> Network(1, 1, 1).fiber().dag().node(Barcode.parse("0-1,2-2"))
        2
        """
        barcode = Barcode.of(stratum, "stratum")
        if barcode.fiber != self.fiber:
            raise InputError(
                f"barcode {barcode} is not a stratum of the fiber of widths {self.fiber.network} "
                f"and rank {self.fiber.rank}"
            )
        row = np.zeros((1, len(self.listing.bars)), dtype=self.multiplicities.dtype)
        for bar, count in barcode.items():
            if (column := self.listing.column(bar)) is not None:
                row[0, column] = count
        return int(self._numbering.find(self._numbering.number(row))[0])

    @cached_property
    def columns(self) -> Columns:
        """Everything that is known about each stratum, in columns.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> Network(1, 1, 1).fiber().dag().columns.maximal.tolist()
        [False, True, True]
        """
        return columns_of(self.listing, self._rows)

    @cached_property
    def ranks(self) -> NDArray[np.unsignedinteger]:
        """The ranks r_k~i less the rank of the fiber: a row for each step [i, k] of the listing."""
        return rank_rows(self.listing, self.multiplicities)

    def up_set(self, node: int) -> NDArray[np.int64]:
        """Return the numbers of the strata whose closure contains the given one, itself included.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> dag = Network(1, 1, 1).fiber().dag()
        >>> dag.up_set(0).tolist(), dag.up_set(1).tolist()
        ([0, 1, 2], [1])
        """
        return np.flatnonzero((self.ranks >= self.ranks[:, node, None]).all(axis=0))

    def down_set(self, node: int) -> NDArray[np.int64]:
        """Return the numbers of the strata in the closure of the given one, itself included.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> Network(1, 1, 1).fiber().dag().down_set(2).tolist()
        [0, 2]
        """
        return np.flatnonzero((self.ranks <= self.ranks[:, node, None]).all(axis=0))

    def interval(self, lower: int, upper: int) -> NDArray[np.int64]:
        """Return the numbers of the strata between two given ones, both included; perhaps none.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> Network(1, 1, 1).fiber().dag().interval(0, 2).tolist()
        [0, 2]
        """
        return np.intersect1d(self.up_set(lower), self.down_set(upper), assume_unique=True)

    @cached_property
    def level(self) -> NDArray[np.int64]:
        """The length of a longest chain from the minimal stratum up to each stratum."""
        level = np.zeros(len(self), dtype=np.int64)
        # Every edge raises the sum of all ranks, so by then its lower end has its final level.
        height = self.ranks.sum(axis=0, dtype=np.int64)[self.lower]
        order = np.argsort(height, kind="stable")
        cuts = np.flatnonzero(np.diff(height[order])) + 1
        for edges in np.split(order, cuts):
            np.maximum.at(level, self.upper[edges], level[self.lower[edges]] + 1)
        return level

    def levels(self) -> list[NDArray[np.int64]]:
        """Return the numbers of the strata by level, the minimal stratum first.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> [nodes.tolist() for nodes in Network(1, 1, 1).fiber().dag().levels()]
        [[0], [1, 2]]
        """
        return [np.flatnonzero(self.level == height) for height in range(self.level.max() + 1)]

    def maximal(self) -> NDArray[np.int64]:
        """Return the numbers of the strata that are in the closure of no other.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> Network(1, 1, 1).fiber().dag().maximal().tolist()
        [1, 2]
        """
        return np.setdiff1d(np.arange(len(self)), self.lower)

    def svg(self, theme: str = "auto") -> str:
        """Return a picture as the text of an SVG file: rows by dimension, edges around boxes.

        Parameters
        ----------
        theme : str
            ``"light"``, ``"dark"``, or ``"auto"``: dark where the reader's system is.

        Raises
        ------
        InputError
            If there is no such theme.
        TooLargeError
            If there are too many strata for a picture.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> Network(1, 1, 1).fiber().dag().svg().count('class="node"')
        3
        """
        picture: str = above("dag_to_svg")(self, theme)
        return picture

    def plot(self, ax: Any = None) -> Any:
        """Draw the strata by dimension on Matplotlib axes, new ones unless given.

        Raises
        ------
        MissingExtraError
            If Matplotlib is not installed.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> Network(1, 1, 1).fiber().dag().plot().get_ylabel()
        'dimension'
        """
        return above("plot_dag")(self, ax)

    def __repr__(self) -> str:
        return f"{self.fiber!r}.dag()"

    def __str__(self) -> str:
        return f"{len(self)} strata and {len(self.lower)} covers of the {self.fiber}"

    def _repr_svg_(self) -> str | None:
        return self.svg("light") if len(self) <= PICTURE_LIMIT else None

    def _repr_html_(self) -> str:
        if len(self) <= PICTURE_LIMIT:
            return page_of(self.svg("light"))
        return html_table(str(self), [], [["too many for a picture; to_networkx() has them all"]])

    def to_jsonable(self) -> dict[str, Any]:
        """Return the DAG as the command ``dag`` prints it: `widths`, `rank`, `nodes` and `edges`.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> Network(1, 1).fiber().dag().to_jsonable()["nodes"]
        [{'id': 0, 'barcode': {'0-0': 1, '1-1': 1}, 'dimension': 0}]
        """
        return dag_to_jsonable(self)

    def to_networkx(self) -> Any:
        """Return the DAG as a ``networkx.DiGraph``; see `dag_to_networkx`.

        Raises
        ------
        MissingExtraError
            If networkx is not installed.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> Network(2, 2, 2).fiber().dag().to_networkx().number_of_nodes()
        6
        """
        return dag_to_networkx(self)
