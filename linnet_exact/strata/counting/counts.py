"""The number of strata of a fiber, without listing them, by a recursion on states.

Go through the layers from the input. What can come next depends only on how many strands of each
start are alive, and in how many ways only on the multiset of these counts: that is a state. Any
smaller counts that fit into the next layer may survive, so the number of ways is a sum over a box
of counts; inclusion and exclusion gives it from boxes that are one smaller in some directions.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from math import comb

from linnet_exact.arguments import as_integer
from linnet_exact.errors import TooLargeError
from linnet_exact.strata.values.network import Network

__all__ = [
    "STATE_LIMIT",
    "count_strata",
    "more_strata_than",
    "require_listable",
    "vectors_below",
]

STATE_LIMIT = 200_000
_ASTRONOMICAL = 10**15
_TERM_LIMIT = 1_000_000  # some seconds

Counts = tuple[int, ...]  # how many strands of each start are alive: positive, largest first
Ways = Callable[[Counts], int]


@lru_cache(maxsize=1024)
def count_strata(network: Network, rank: int, state_limit: int = STATE_LIMIT) -> int:
    """Return the number of strata of the fiber of `rank`, exactly.

    Raises
    ------
    TooLargeError
        If the recursion would need more than `state_limit` states, or sums of a million terms.

    Examples
    --------
    >>> count_strata(Network(3, 3, 3, 3, 3), 0)
    535
    >>> count_strata(Network(1000, 300, 1000), 100)
    20301
    """
    widths = [width - rank for width in network.widths]
    barcodes = _count_barcodes(widths, state_limit)
    if min(widths) == 0:
        return barcodes
    # Adding a bar [0, L] pairs the barcodes of widths − 1 with those that have such a bar.
    return barcodes - _count_barcodes([width - 1 for width in widths], state_limit)


def more_strata_than(network: Network, rank: int, limit: int) -> bool:
    """Return whether the fiber of `rank` has more than `limit` strata, or too many to count.

    Examples
    --------
    >>> more_strata_than(Network(2, 3, 2), 0, 9), more_strata_than(Network(*[30] * 12), 0, 9)
    (False, True)
    """
    try:
        return count_strata(network, rank) > as_integer(limit, "limit")
    except TooLargeError:
        return True


def require_listable(network: Network, rank: int, limit: int) -> None:
    """Refuse to list more than `limit` strata.

    Raises
    ------
    TooLargeError
        Says how many there are, or that even counting them is beyond reach.

    Examples
    --------
    >>> require_listable(Network(2, 3, 2), 0, 9)
    """
    limit = as_integer(limit, "list_limit")
    try:
        count = count_strata(network, rank)
    except TooLargeError as error:
        raise TooLargeError(
            f"the fiber has too many strata to list; even counting them is beyond reach: {error}"
        ) from None
    if count > limit:
        raise TooLargeError(
            f"the fiber has {count} strata, above the limit {limit} for listing them"
        )


def _count_barcodes(widths: list[int], state_limit: int) -> int:
    """Return the number of barcodes with these widths (zeros allowed), [0, L] included."""
    states, widths = min((_number_of_states(way), way) for way in (widths, widths[::-1]))
    if states > state_limit:
        raise TooLargeError(
            f"counting these strata would need {states} states or more; the limit is {state_limit}"
        )

    def last_step(alive: Counts) -> int:
        return vectors_below(alive, widths[-1])

    terms = sum(_number_of_terms(widths, layer) for layer in range(len(widths) - 2))
    if terms > _TERM_LIMIT:
        raise TooLargeError(
            f"counting these strata would need sums of {terms} terms or more; "
            f"the limit is {_TERM_LIMIT}"
        )
    ways: Ways = last_step
    for layer in range(len(widths) - 3, -1, -1):
        ways = _one_layer_earlier(widths, layer, ways)
    return ways((widths[0],) if widths[0] else ())


def _one_layer_earlier(widths: list[int], layer: int, ways_after: Ways) -> Ways:
    """Return the number of ways from each state at `layer`, given those from the layer after it."""
    room = widths[layer + 1]
    largest = min(widths[layer], room)
    table: dict[Counts, int] = {}
    # In lexicographic order, every state comes after those that are smaller in some directions.
    for alive in _states(layer + 1, largest, widths[layer]):
        born = room - sum(alive)
        ways = ways_after(_with_part(alive, born)) if born >= 0 else 0
        table[alive] = ways + sum(sign * table[smaller] for sign, smaller in _shrunk(alive))

    def lookup(alive: Counts) -> int:
        # More strands than there is room for behave like just as many as there is room for.
        return table[tuple(min(count, largest) for count in alive) if largest else ()]

    return lookup


def _states(parts: int, largest: int, total: int) -> Iterator[Counts]:
    """Yield the multisets of at most `parts` counts up to `largest`, of sum up to `total`."""
    yield ()
    if parts:
        for first in range(1, min(largest, total) + 1):
            for rest in _states(parts - 1, first, total - first):
                yield (first, *rest)


def _number_of_terms(widths: list[int], layer: int) -> int:
    """Return how many pairs of a state at `layer` and one that `_shrunk` makes of it there are.

    A state with m equal counts c has m + 1 ways to shrink them.
    """
    total, parts = widths[layer], layer + 1
    largest = min(total, widths[layer + 1])
    if parts <= 3:
        return 0  # at most 8 for each state, so the limit on states is enough
    terms = {(0, 0): 1}  # by the number of counts and their sum
    for count in range(1, largest + 1):
        after = dict(terms)
        for (used, weight), number in terms.items():
            for size in range(1, min(parts - used, (total - weight) // count) + 1):
                key = used + size, weight + size * count
                after[key] = after.get(key, 0) + (size + 1) * number
        terms = after
    return sum(terms.values())


def _with_part(alive: Counts, born: int) -> Counts:
    return tuple(sorted((*alive, born), reverse=True)) if born else alive


def _shrunk(alive: Counts) -> list[tuple[int, Counts]]:
    """Return the states with some counts smaller by one, each with its inclusion–exclusion sign."""
    found: list[tuple[int, Counts]] = [(-1, ())]
    for count, group in groupby(alive):
        size = len(list(group))
        below = (count - 1,) if count > 1 else ()
        ways = [
            ((-1) ** n * comb(size, n), (count,) * (size - n) + below * n) for n in range(size + 1)
        ]
        found = [(sign * factor, head + tail) for sign, head in found for factor, tail in ways]
    return found[1:]


def vectors_below(alive: Sequence[int], room: int) -> int:
    """Return the number of integer vectors from 0 to `alive`, entry by entry, of sum ≤ `room`."""
    if sum(alive) <= room:
        ways = 1
        for count in alive:
            ways *= count + 1
        return ways
    signed = {0: 1}  # by the sum of (count + 1) over the entries that are forced to be too large
    for count in alive:
        for used, sign in list(signed.items()):
            beyond = used + count + 1
            if beyond <= room:
                signed[beyond] = signed.get(beyond, 0) - sign
    return sum(sign * comb(room - used + len(alive), len(alive)) for used, sign in signed.items())


def _number_of_states(widths: Sequence[int]) -> int:
    """Return the number of states, or a lower bound when it is slow to find or astronomical."""
    states = 0
    for layer in range(len(widths) - 2):
        largest = min(widths[layer], widths[layer + 1])
        states += _number_of_multisets(layer + 1, largest, widths[layer])
        if states > _ASTRONOMICAL:
            return _ASTRONOMICAL
    return states


def _number_of_multisets(parts: int, largest: int, total: int) -> int:
    """Return how many multisets `_states` yields, or fewer when `total` is in the thousands."""
    parts = min(parts, total)
    if parts * largest <= total:
        return comb(parts + largest, parts)
    if parts == 1:
        return min(largest, total) + 1
    if parts * total > 20_000:
        return comb(parts + min(largest, total // parts), parts)
    # The Gaussian binomial [parts + largest choose parts], summed up to the power `total`.
    powers = [1] + [0] * total
    for part in range(1, parts + 1):
        for power in range(total, largest + part - 1, -1):
            powers[power] -= powers[power - largest - part]
        for power in range(part, total + 1):
            powers[power] += powers[power - part]
    return sum(powers)
