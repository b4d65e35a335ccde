"""How many strata there are of each codimension, without listing them.

The same expansion as the listing, strand group by strand group, but with equal states merged: a
state is how many strands of each start are alive. Strands that die pay their codimension, so each
state carries a polynomial Σ n_c t^c. It is kept as one integer with a field of bits for each n_c:
multiplying by t^c is a shift, and adding polynomials is one addition.
"""

from collections import Counter
from itertools import pairwise

from linnet_exact.errors import TooLargeError
from linnet_exact.strata.counting.counts import count_strata, vectors_below
from linnet_exact.strata.listing.listing import Listing
from linnet_exact.strata.values.excess import Excess
from linnet_exact.strata.values.network import Network

__all__ = ["LISTED", "STATE_LIMIT", "count_by_codimension"]

STATE_LIMIT = 20_000
_BIT_LIMIT = 2 * 10**9
LISTED = 200_000  # so few strata are counted one by one, whatever their widths

States = dict[tuple[int, ...], int]


def count_by_codimension(
    network: Network, rank: int, state_limit: int = STATE_LIMIT, listed: int = LISTED
) -> dict[int, int]:
    """Return {c: number of strata of the fiber whose orbits have codimension c}, sorted by c.

    Raises
    ------
    TooLargeError
        If there are more than `listed` strata, and more than `state_limit` states, or the
        polynomials of all states together would be too long.

    Examples
    --------
    >>> count_by_codimension(Network(2, 2, 2), 0)
    {3: 1, 4: 2, 5: 2, 8: 1}
    """
    total = count_strata(network, rank)
    if total <= listed:
        return _tally(network, rank)
    widths = [width - rank for width in network.widths]
    states, widths = min((_most_states(way), way) for way in (widths, widths[::-1]))
    if states > state_limit:
        raise TooLargeError(
            f"counting by codimension would need {states} states; the limit is {state_limit}"
        )
    bits = total.bit_length()
    largest = sum(a * b for a, b in pairwise(widths))
    if states * largest * bits > _BIT_LIMIT:
        raise TooLargeError(
            f"counting by codimension would need {states} states with {largest} codimensions each"
        )
    packed = _packed_counts(widths, bits)
    counts = {}
    for codimension in range(-(-packed.bit_length() // bits)):
        if number := (packed >> (bits * codimension)) & ((1 << bits) - 1):
            counts[codimension] = number
    return counts


def _tally(network: Network, rank: int) -> dict[int, int]:
    counts: Counter[int] = Counter()
    for block in Listing([Excess(network, rank)]).blocks():
        counts.update(block.orbit_codimension.tolist())
    return dict(sorted(counts.items()))


def _packed_counts(widths: list[int], bits: int) -> int:
    """Return the polynomial of the strata with rank 0, with `bits` bits for each coefficient."""
    states: States = {(widths[0],): 1}
    for layer in range(1, len(widths) - 1):
        for start in range(layer):
            _choose_survivors(states, start, widths[layer], bits)
        states = {(*alive, widths[layer] - sum(alive)): p for alive, p in states.items()}
    return _last_layer(states, len(widths) - 1, widths[-1], bits)


def _choose_survivors(states: States, start: int, width: int, bits: int) -> None:
    """Let the strands from `start` go on or die, in all states; most states have none."""
    deciding = [alive for alive in states if alive[start]]
    before = [(alive, states.pop(alive)) for alive in deciding]
    for alive, packed in before:
        room = width - sum(alive[:start])
        for survivors in range(min(alive[start], room) + 1):
            key = (*alive[:start], survivors, *alive[start + 1 :])
            cost = (alive[start] - survivors) * (room - survivors)
            states[key] = states.get(key, 0) + (packed << (bits * cost))


def _last_layer(states: States, starts: int, width: int, bits: int) -> int:
    """Return the sum of the states after the last layer, where only free room counts."""
    merged: States = {}  # by the room and the strands still to go on or die
    for alive, packed in states.items():
        key = (width, *alive[1:])
        merged[key] = merged.get(key, 0) + (packed << (bits * alive[0] * width))  # no bar [0, L]
    for _ in range(1, starts):
        after: States = {}
        for (room, first, *rest), packed in merged.items():
            for survivors in range(min(first, room) + 1):
                key = (room - survivors, *rest)
                cost = (first - survivors) * (room - survivors)
                after[key] = after.get(key, 0) + (packed << (bits * cost))
        merged = after
    return sum(merged.values())


def _most_states(widths: list[int]) -> int:
    """Return the largest number of states at one layer."""
    return max(
        vectors_below([min(widths[start : layer + 1]) for start in range(layer)], widths[layer])
        for layer in range(len(widths) - 1)
    )
