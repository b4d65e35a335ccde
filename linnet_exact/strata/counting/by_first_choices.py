"""How many strata of a fiber begin with given choices: to split a listing into parts of known size.

The choices are those of `linnet_exact.strata.listing.expansion`: step (h, k) says how many of the
strands from layer h that are alive at layer k − 1 survive to layer k. What can follow depends only
on the strands that are still alive and on the room that is left, so a recursion counts it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linnet_exact.errors import TooLargeError
from linnet_exact.strata.counting.counts import vectors_below
from linnet_exact.strata.values.network import Network

__all__ = ["STATE_LIMIT", "CompletionCounts", "Part"]

STATE_LIMIT = 2_000_000

Part = tuple[tuple[int, ...], int]  # the first choices, and the number of strata that have them


class State(NamedTuple):
    """What can still happen depends on this alone: about to take step (start, end)."""

    start: int
    end: int
    alive: tuple[int, ...]
    """Strands by their start: at layer `end` for starts below `start`, else at the one before."""
    room: int


class CompletionCounts:
    """Counts the strata of the fiber of `rank` by their first choices.

    Examples
    --------
    >>> counts = CompletionCounts(Network(2, 2, 2), 0)
    >>> counts.total, counts.split(3)
    (6, [((0,), 3), ((1,), 2), ((2,), 1)])
    """

    def __init__(self, network: Network, rank: int, state_limit: int = STATE_LIMIT) -> None:
        self._widths = [width - rank for width in network.widths]
        self._depth = network.depth
        self._state_limit = state_limit
        self._known: dict[State, int] = {}

    @property
    def total(self) -> int:
        """The number of strata.

        Raises
        ------
        TooLargeError
            If the recursion would need more than the limit on states.
        """
        return self._count(self._start())

    def split(self, largest: int) -> list[Part]:
        """Return prefixes that cover the listing, each with at most `largest` strata, in order.

        Raises
        ------
        TooLargeError
            If the recursion would need more than the limit on states.
        """
        return list(self._parts(largest))

    def beginning_with(self, prefix: Sequence[int]) -> int:
        """Return the number of strata whose first choices are `prefix`; 0 if none can be.

        Examples
        --------
        >>> counts = CompletionCounts(Network(2, 2, 2), 0)
        >>> [counts.beginning_with(prefix) for prefix in ((), (0,), (2,), (3,))]
        [6, 3, 1, 0]
        """
        state = self._start()
        for choice in prefix:
            if state.end == self._depth and state.start + 1 >= state.end:
                return 0  # the last step of all is no choice: it takes all that is left
            following = dict(enumerate(self._following(state)))
            if choice not in following:
                return 0
            state = following[choice]
        return self._count(state)

    def _start(self) -> State:
        return State(int(self._depth == 1), 1, (self._widths[0],), self._widths[1])

    def _parts(self, largest: int) -> Iterator[Part]:
        waiting: list[tuple[tuple[int, ...], State]] = [((), self._start())]
        while waiting:
            prefix, state = waiting.pop()
            count = self._count(state)
            if count <= largest:
                yield prefix, count
                continue
            following = enumerate(self._following(state))
            waiting += reversed([((*prefix, choice), after) for choice, after in following])

    def _count(self, state: State) -> int:
        """Return the number of ways to go on from `state`."""
        waiting = [state]  # a stack of our own: there may be more steps than Python calls nest
        while waiting:
            if waiting[-1] in self._known:
                waiting.pop()
            elif waiting[-1].end == self._depth:
                last = waiting.pop()
                self._known[last] = vectors_below(last.alive[last.start :], last.room)
            else:
                following = list(self._following(waiting[-1]))
                unknown = [after for after in following if after not in self._known]
                if unknown:
                    waiting += unknown
                else:
                    total = sum(self._known[after] for after in following)
                    self._known[waiting.pop()] = total
            if len(self._known) > self._state_limit:
                raise TooLargeError(
                    f"splitting these strata would need more than {self._state_limit} states"
                )
        return self._known[state]

    def _following(self, state: State) -> Iterator[State]:
        """Yield the state after each choice of survivors, 0 first."""
        start, end, alive, room = state
        for choice in range(min(alive[start], room) + 1):
            chosen = (*alive[:start], choice, *alive[start + 1 :])
            if start + 1 < end:
                yield State(start + 1, end, chosen, room - choice)
            else:
                # The next layer. At the last one no strand from the input may survive.
                first = int(end + 1 == self._depth)
                yield State(first, end + 1, (*chosen, room - choice), self._widths[end + 1])
