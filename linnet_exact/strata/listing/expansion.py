"""All strata of a fiber at memory speed: a layer-by-layer expansion in NumPy blocks.

Every stratum comes from the minimal one by connecting strands. Step (h, k) chooses how many of
the strands from layer h that are alive at layer k − 1 survive to layer k; each one turns the bars
[h, k − 1] and [k, k] into [h, k]. Taking the steps in the order k = 1, 2, …, L and h = 0, …, k − 1,
smallest choice first, lists the strata in the lexicographic order of their ranks r_1~0; r_2~0,
r_2~1; r_3~0, …, and every choice leads on to some stratum.

A row of multiplicities is packed into a few 64-bit words, so a step is one gather and one multiply
and add for many rows at a time; no multiplicity gets negative or overflows its cell, so the words
never carry into each other's cells. The codimension is paid as strands die, and the rank of the
differential is earned as strands reach the last layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata.formulas.dimension import product_variety_dimension
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.interval import Interval
from linnet_exact.strata.values.network import Network

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BLOCK_SIZE", "Block", "Listing"]

BLOCK_SIZE = 1 << 14
_MAX_STEPS = 2000
_DIMENSION_LIMIT = 2**62


class Block(NamedTuple):
    """Consecutive strata of a listing, one row each.

    `multiplicities` has one column for each bar of the listing; all dimensions are int64.
    """

    multiplicities: NDArray[np.unsignedinteger]
    orbit_codimension: NDArray[np.int64]
    dimension: NDArray[np.int64]
    tangent_dimension: NDArray[np.int64]


class _Nodes(NamedTuple):
    """Rows in the making: packed multiplicities, codimension paid and rank earned so far."""

    words: NDArray[np.uint64]
    paid: NDArray[np.int64]
    earned: NDArray[np.int64]


class Listing:
    """The strata of the fiber of `rank` as blocks of NumPy rows, in a fixed order.

    Attributes
    ----------
    bars
        The bars that some stratum has, sorted: the columns. The bar [0, L] is left out, because
        its multiplicity is the rank in every row.
    steps
        The bars [h, k] whose survivors are chosen, in the order of the choices.

    Raises
    ------
    TooLargeError
        If the dimensions would not fit into 64-bit integers or there would be thousands of steps;
        a listing of that size could not be finished.

    Examples
    --------
    >>> listing = Listing(Network(2, 2, 2), 1)
    >>> [str(bar) for bar in listing.bars]
    ['0-0', '0-1', '1-1', '1-2', '2-2']
    >>> for block in listing.blocks():
    ...     print(block.multiplicities.tolist(), block.dimension.tolist())
    [[1, 0, 1, 0, 1], [1, 0, 0, 1, 0], [0, 1, 0, 0, 1]] [3, 4, 4]
    """

    def __init__(self, network: Network, rank: int) -> None:
        import numpy as np

        self.network = network
        self.rank = rank
        self._widths = [width - rank for width in network.widths]
        if network.weight_dimension >= _DIMENSION_LIMIT:
            raise TooLargeError(f"the strata of {network} have dimensions beyond 64-bit integers")
        self.bars = tuple(self._possible_bars())
        self.steps = tuple(
            sorted((bar for bar in self.bars if bar.start < bar.end), key=lambda bar: bar[::-1])
        )
        if len(self.steps) > _MAX_STEPS:
            raise TooLargeError(f"the strata of {network} need {len(self.steps)} steps to list")
        self._column = {bar: column for column, bar in enumerate(self.bars)}
        self._cell = np.min_scalar_type(max(self._widths)).newbyteorder("<")
        self._per_word = 8 // self._cell.itemsize
        self._word_count = max(1, -(-len(self.bars) // self._per_word))
        self._over_all_products = network.weight_dimension - product_variety_dimension(
            network, rank
        )

    def _possible_bars(self) -> Iterator[Interval]:
        depth = self.network.depth
        for start in range(depth + 1):
            for end in range(start, depth + 1):
                if self._widths[end] == 0:
                    break
                if (start, end) != (0, depth):
                    yield Interval(start, end)

    def column(self, bar: Interval) -> int | None:
        """Return the column of `bar`, or None if no stratum has that bar (or it is [0, L]).

        Examples
        --------
        >>> listing = Listing(Network(2, 2, 2), 1)
        >>> listing.column(Interval(1, 1)), listing.column(Interval(0, 2))
        (2, None)
        """
        return self._column.get(bar)

    def blocks(self, prefix: Sequence[int] = (), block_size: int = BLOCK_SIZE) -> Iterator[Block]:
        """Yield the strata whose first choices are `prefix`, in blocks of at most `block_size`.

        Memory stays bounded by a few blocks for each step, however many strata there are.

        Raises
        ------
        InputError
            If the first steps do not allow the choices of `prefix`.

        Examples
        --------
        >>> listing = Listing(Network(2, 2, 2), 0)
        >>> [len(block.dimension) for block in listing.blocks(block_size=4)]
        [4, 2]
        >>> sum(len(block.dimension) for block in listing.blocks(prefix=(2,)))
        1
        """
        for nodes in self._leaves(self._node(prefix), len(prefix), block_size):
            yield self._block(nodes)

    def split(self, parts: int) -> list[tuple[int, ...]]:
        """Return prefixes that cover the listing: at least `parts`, if there are so many strata.

        The blocks of these prefixes, one after the other, are the listing; they may be made apart,
        by other processes or on other days.

        Examples
        --------
        >>> Listing(Network(2, 2, 2), 0).split(3)
        [(0,), (1,), (2,)]
        """
        prefixes: list[tuple[int, ...]] = [()]
        for step in range(len(self.steps)):
            if len(prefixes) >= parts:
                break
            prefixes = [
                (*prefix, choice)
                for prefix in prefixes
                for choice in range(self._most_survivors(self._node(prefix), step)[0] + 1)
            ]
        return prefixes

    @property
    def place_of_through(self) -> int:
        """The column that the bar [0, L] would have."""
        through = (0, self.network.depth)
        return sum(bar < through for bar in self.bars)

    def barcodes(self, multiplicities: NDArray[np.unsignedinteger]) -> Iterator[Barcode]:
        """Yield the barcodes of rows of multiplicities.

        Examples
        --------
        >>> listing = Listing(Network(1, 2, 1), 1)
        >>> [str(b) for block in listing.blocks() for b in listing.barcodes(block.multiplicities)]
        ['0-2,1-1']
        """
        place = self.place_of_through
        bars = [*self.bars[:place], Interval(0, self.network.depth), *self.bars[place:]]
        for row in multiplicities.tolist():
            row.insert(place, self.rank)
            present = [pair for pair in zip(bars, row, strict=True) if pair[1]]
            yield Barcode.of_network(self.network, present)

    def _node(self, prefix: Sequence[int]) -> _Nodes:
        """Return the single node that the choices of `prefix` lead to from the minimal stratum."""
        import numpy as np

        nodes = self._start()
        zero = np.zeros(1, dtype=np.int64)
        for step, choice in enumerate(prefix):
            most = self._most_survivors(nodes, step)[0] if step < len(self.steps) else -1
            if not 0 <= choice <= most:
                raise InputError(f"choice {step} of a prefix must be in 0..{most}, not {choice}")
            nodes = self._children(nodes, step, zero, zero + choice)
        return nodes

    def _start(self) -> _Nodes:
        """Return the minimal stratum, for which nothing has been paid or earned yet."""
        import numpy as np

        words = np.zeros((1, self._word_count), dtype="<u8")
        cells = words.view(self._cell)
        for layer, width in enumerate(self._widths):
            if width:
                cells[0, self._column[Interval(layer, layer)]] = width
        return _Nodes(words, np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64))

    def _leaves(self, nodes: _Nodes, step: int, block_size: int) -> Iterator[_Nodes]:
        """Yield the finished rows below `nodes`, which are about to take `step`, depth first."""
        stack = [iter([nodes])]
        while stack:
            following = next(stack[-1], None)
            if following is None:
                stack.pop()
            elif step + len(stack) > len(self.steps):
                yield following
            else:
                stack.append(self._pieces(following, step + len(stack) - 1, block_size))

    def _pieces(self, nodes: _Nodes, step: int, block_size: int) -> Iterator[_Nodes]:
        """Yield all nodes that `step` makes of `nodes`, at most `block_size` at a time."""
        import numpy as np

        counts = self._most_survivors(nodes, step) + 1
        ends = np.cumsum(counts)
        starts = ends - counts
        for low in range(0, int(ends[-1]), block_size):
            high = min(low + block_size, int(ends[-1]))
            first, last = np.searchsorted(ends, [low, high - 1], side="right")
            pieces = counts[first : last + 1].copy()
            pieces[0] = min(ends[first], high) - low
            if last > first:
                pieces[-1] = high - starts[last]
            parent = np.repeat(np.arange(first, last + 1), pieces)
            choice = np.arange(low, high) - np.repeat(starts[first : last + 1], pieces)
            yield self._children(nodes, step, parent, choice)

    def _most_survivors(self, nodes: _Nodes, step: int) -> NDArray[np.int64]:
        import numpy as np

        alive, room = self._alive_and_room(nodes, step)
        return np.minimum(alive, room)

    def _alive_and_room(
        self, nodes: _Nodes, step: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return, for each node, the strands that may survive and the places free for them."""
        import numpy as np

        start, end = self.steps[step]
        cells = nodes.words.view(self._cell)
        alive = cells[:, self._column[Interval(start, end - 1)]]
        room = cells[:, self._column[Interval(end, end)]]
        return alive.astype(np.int64), room.astype(np.int64)

    def _children(
        self,
        nodes: _Nodes,
        step: int,
        parent: NDArray[np.int64],
        choice: NDArray[np.int64],
    ) -> _Nodes:
        """Return the nodes in which `choice` strands of each `parent` survive the step."""
        start, end = self.steps[step]
        alive, room = self._alive_and_room(nodes, step)
        dead = alive[parent] - choice
        paid = nodes.paid[parent] + dead * (room[parent] - choice)
        earned = nodes.earned[parent]
        if end == self.network.depth:
            earned += choice * self._input_strands(nodes, start)[parent]
        words = nodes.words[parent]
        words += choice.view("<u8")[:, None] * self._connection(step)
        return _Nodes(words, paid, earned)

    def _input_strands(self, nodes: _Nodes, start: int) -> NDArray[np.int64]:
        """Return how many input strands die at a layer from `start` − 1 on, but before L − 1.

        A strand from `start` to the output meets these, and those that are alive at layer L − 1;
        the latter are counted at the end, for all output strands at once.
        """
        import numpy as np

        cells = nodes.words.view(self._cell)
        met = np.zeros(len(cells), dtype=np.int64)
        for k in range(start - 1, self.network.depth - 1):
            if (column := self._column.get(Interval(0, k))) is not None:
                met += cells[:, column]
        return met

    def _connection(self, step: int) -> NDArray[np.uint64]:
        """Return what one survivor adds to the packed words, modulo 2^64 in each."""
        import numpy as np

        start, end = self.steps[step]
        words = [0] * self._word_count
        for bar, change in ((start, end), 1), ((start, end - 1), -1), ((end, end), -1):
            word, cell = divmod(self._column[Interval(*bar)], self._per_word)
            words[word] += change << (8 * self._cell.itemsize * cell)
        return np.array([word % 2**64 for word in words], dtype="<u8")

    def _block(self, nodes: _Nodes) -> Block:
        """Return finished rows: settle what all strands of the last layer pay and earn."""
        cells = nodes.words.view(self._cell)[:, : len(self.bars)]
        paid, earned = nodes.paid, nodes.earned
        depth = self.network.depth
        if (column := self._column.get(Interval(0, depth - 1))) is not None:
            at_last_layer = cells[:, column].astype(paid.dtype) * self._widths[-1]
            paid, earned = paid + at_last_layer, earned + at_last_layer
        return Block(cells, paid, self._over_all_products - paid, self._over_all_products - earned)
