"""The strata of fibers at memory speed: a layer-by-layer expansion in NumPy blocks.

Every stratum comes from the minimal one by connecting strands. Step (h, k) chooses how many of
the strands from layer h that are alive at layer k − 1 survive to layer k; each one turns the bars
[h, k − 1] and [k, k] into [h, k]. Taking the steps in the order k = 1, 2, …, L and h = 0, …, k − 1,
smallest choice first, lists the strata in the lexicographic order of their ranks r_1~0; r_2~0,
r_2~1; r_3~0, …, and every choice leads on to some stratum.

A step only ever looks at one row at a time, so the rows of many fibers of one depth can go through
the steps side by side: most fibers have a few dozen strata, too few for a pass over NumPy arrays to
pay. The strata of one fiber still come one after the other, in the order that they have alone.

A row of multiplicities is packed into a few 64-bit words, so a step is one gather and one multiply
and add for many rows at a time; no multiplicity gets negative or overflows its cell, so the words
never carry into each other's cells. The codimension is paid as strands die, and the rank of the
differential is earned as strands reach the last layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata.values.interval import Interval

__all__ = ["BLOCK_SIZE", "Expansion", "Rows"]

BLOCK_SIZE = 1 << 14
_BLOCK_BYTES = 1 << 28  # of all blocks that wait, one for each step
_MAX_STEPS = 2000
_LARGEST = 2**62


class Rows(NamedTuple):
    """Consecutive strata, one row each.

    `fiber` is the place of the fiber that each is in, `multiplicities` has a column for each bar.
    What is `paid` is the codimension of the orbit; what is `earned` is the rank of the differential
    less the dimension of the variety of all products.
    """

    fiber: NDArray[np.int64]
    multiplicities: NDArray[np.unsignedinteger]
    paid: NDArray[np.int64]
    earned: NDArray[np.int64]


class _Nodes(NamedTuple):
    """Rows in the making: packed multiplicities, codimension paid and rank earned so far."""

    words: NDArray[np.uint64]
    paid: NDArray[np.int64]
    earned: NDArray[np.int64]


class Expansion:
    """Makes the rows of all strata of some fibers of one depth.

    Parameters
    ----------
    widths
        For each fiber, d_0 − r, …, d_L − r.
    maximal_only
        Whether to make only the maximal strata and a few others. A strand from a layer h > 0 that
        dies although there is room for it can be connected to what takes that room. So in a maximal
        stratum as many of them survive as find room, and only the strands from the input have a
        choice: they may not all reach the output.

    Attributes
    ----------
    bars
        The columns of multiplicities: the bars that some stratum may have, sorted, but [0, L].
    column
        The place of each bar among them.
    steps
        The bars [h, k] whose survivors are chosen, in the order of the choices.

    Raises
    ------
    TooLargeError
        If codimensions would not fit into 64-bit integers or there would be thousands of steps.
    """

    def __init__(self, widths: Sequence[Sequence[int]], maximal_only: bool = False) -> None:
        if max(sum(a * b for a, b in pairwise(row)) for row in widths) >= _LARGEST:
            raise TooLargeError("there are strata with codimensions beyond 64-bit integers")
        self._widths = np.array(widths, dtype=np.int64)
        self._maximal_only = maximal_only
        self._depth = self._widths.shape[1] - 1
        self.largest: list[int] = self._widths.max(axis=0).tolist()
        self.bars = tuple(self._possible_bars())
        self.column = {bar: column for column, bar in enumerate(self.bars)}
        self.steps = tuple(
            sorted((bar for bar in self.bars if bar.start < bar.end), key=lambda bar: bar[::-1])
        )
        if len(self.steps) > _MAX_STEPS:
            raise TooLargeError(f"these strata need {len(self.steps)} steps to list")
        self._cell = np.min_scalar_type(max(self.largest)).newbyteorder("<")
        self._per_word = 8 // self._cell.itemsize
        self._word_count = max(1, -(-len(self.bars) // self._per_word))

    def _possible_bars(self) -> Iterator[Interval]:
        for start in range(self._depth + 1):
            for end in range(start, self._depth + 1):
                if self.largest[end] == 0:
                    break
                if (start, end) != (0, self._depth):
                    yield Interval(start, end)

    def rows(self, prefix: Sequence[int], block_size: int | None) -> Iterator[Rows]:
        """Yield the strata whose first choices are `prefix`, in blocks of at most `block_size`.

        None stands for `BLOCK_SIZE`, or less where rows are so long that blocks would fill memory.
        """
        if block_size is None:
            choices = sum(step.start == 0 or not self._maximal_only for step in self.steps)
            bytes_of_a_row = 8 * (self._word_count + 3) * max(1, choices)
            block_size = min(BLOCK_SIZE, max(1, _BLOCK_BYTES // bytes_of_a_row))
        for nodes in self._leaves(self._node(prefix), len(prefix), block_size):
            yield self._finished(nodes)

    def minimal_rows(self) -> Rows:
        """Return the minimal stratum of each fiber."""
        return self._finished(self._start())

    def most_choices(self, prefix: Sequence[int]) -> int:
        """Return the largest choice after the choices of `prefix`."""
        return int(self._most_survivors(self._node(prefix), len(prefix))[0])

    def _node(self, prefix: Sequence[int]) -> _Nodes:
        """Return the nodes that the choices of `prefix` lead to from the minimal strata."""
        nodes = self._start()
        if prefix and len(nodes.words) > 1:
            raise InputError("a prefix of choices is for one fiber, not for several")
        zero = np.zeros(1, dtype=np.int64)
        for step, choice in enumerate(prefix):
            most = self._most_survivors(nodes, step)[0] if step < len(self.steps) else -1
            if not 0 <= choice <= most:
                raise InputError(f"choice {step} of a prefix must be in 0..{most}, not {choice}")
            nodes = self._children(nodes, step, zero, zero + choice)
        return nodes

    def _start(self) -> _Nodes:
        """Return the minimal strata, for which nothing has been paid or earned yet."""
        fibers = len(self._widths)
        # Where there are several fibers, one more word, which no step changes, has their places.
        words = np.zeros((fibers, self._word_count + (fibers > 1)), dtype="<u8")
        cells = words.view(self._cell)
        for layer, widths in enumerate(self._widths.T):
            if (column := self.column.get(Interval(layer, layer))) is not None:
                cells[:, column] = widths
        if fibers > 1:
            words[:, -1] = np.arange(fibers)
        return _Nodes(words, np.zeros(fibers, dtype=np.int64), np.zeros(fibers, dtype=np.int64))

    def _leaves(self, nodes: _Nodes, step: int, block_size: int) -> Iterator[_Nodes]:
        """Yield the finished rows below `nodes`, which are about to take `step`, depth first."""
        stack = [iter([nodes])]
        while stack:
            following = next(stack[-1], None)
            if following is None:
                stack.pop()
                continue
            at = step + len(stack) - 1
            if at == len(self.steps):
                yield following
            elif self._maximal_only and self.steps[at].start > 0:
                stack.append(self._without_choice(following, at))
            else:
                stack.append(self._pieces(following, at, block_size))

    def _without_choice(self, nodes: _Nodes, step: int) -> Iterator[_Nodes]:
        """Yield the nodes in which as many strands as possible survive `step`."""
        start, end = self.steps[step]
        alive, room = self._alive_and_room(nodes, step)
        choice = np.minimum(alive, room)
        words, paid, earned = nodes
        paid += (alive - choice) * (room - choice)
        if end == self._depth:
            earned += choice * self._input_strands(nodes, start)
        # In place: there may be hundreds of such steps, and nobody else holds these rows.
        cells, survivors = words.view(self._cell), choice.astype(self._cell)
        cells[:, self.column[Interval(start, end)]] += survivors
        cells[:, self.column[Interval(start, end - 1)]] -= survivors
        cells[:, self.column[Interval(end, end)]] -= survivors
        yield _Nodes(words, paid, earned)

    def _pieces(self, nodes: _Nodes, step: int, block_size: int) -> Iterator[_Nodes]:
        """Yield all nodes that `step` makes of `nodes`, at most `block_size` at a time."""
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
        alive, room = self._alive_and_room(nodes, step)
        return np.minimum(alive, room)

    def _alive_and_room(
        self, nodes: _Nodes, step: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return, for each node, the strands that may survive and the places free for them."""
        start, end = self.steps[step]
        cells = nodes.words.view(self._cell)
        alive = cells[:, self.column[Interval(start, end - 1)]]
        room = cells[:, self.column[Interval(end, end)]]
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
        if end == self._depth:
            earned += choice * self._input_strands(nodes, start)[parent]
        words = nodes.words[parent]
        change = self._connection(step)
        words[:, : len(change)] += choice.view("<u8")[:, None] * change
        return _Nodes(words, paid, earned)

    def _input_strands(self, nodes: _Nodes, start: int) -> NDArray[np.int64]:
        """Return how many input strands die at a layer from `start` − 1 on, but before L − 1.

        A strand from `start` to the output meets these, and those that are alive at layer L − 1;
        the latter are counted at the end, for all output strands at once.
        """
        cells = nodes.words.view(self._cell)
        met = np.zeros(len(cells), dtype=np.int64)
        for k in range(start - 1, self._depth - 1):
            if (column := self.column.get(Interval(0, k))) is not None:
                met += cells[:, column]
        return met

    def _connection(self, step: int) -> NDArray[np.uint64]:
        """Return what one survivor adds to the packed words, modulo 2^64 in each."""
        start, end = self.steps[step]
        words = [0] * self._word_count
        for bar, change in ((start, end), 1), ((start, end - 1), -1), ((end, end), -1):
            word, cell = divmod(self.column[Interval(*bar)], self._per_word)
            words[word] += change << (8 * self._cell.itemsize * cell)
        return np.array([word % 2**64 for word in words], dtype="<u8")

    def _finished(self, nodes: _Nodes) -> Rows:
        """Return finished rows: settle what all strands of the last layer pay and earn."""
        alone = len(self._widths) == 1
        fiber = np.zeros(len(nodes.paid), np.int64) if alone else nodes.words[:, -1].astype("i8")
        cells = nodes.words.view(self._cell)[:, : len(self.bars)]
        paid, earned = nodes.paid, nodes.earned
        if (column := self.column.get(Interval(0, self._depth - 1))) is not None:
            last = self._widths[:, -1] if alone else self._widths[fiber, -1]
            at_last_layer = cells[:, column].astype(np.int64) * last
            paid, earned = paid + at_last_layer, earned + at_last_layer
        return Rows(fiber, cells, paid, earned)
