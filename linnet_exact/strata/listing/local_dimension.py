"""The dimension of a fiber at the points of one stratum, without listing the fiber where possible.

It is the largest dimension of a stratum at or above the given one. In order of cost: a tangent
space no larger than the stratum itself settles it, and so do the dimension of the whole fiber at
its minimal stratum and at strata of that dimension; where the candidates for components can be
listed, the stratum is compared with the components; else a recursion over the layers looks for the
smallest codimension among rank lists that are at least the given one, and gives up beyond a limit.
"""

from linnet_exact.errors import TooLargeError
from linnet_exact.strata.formulas.dimension import (
    open_dimension,
    stratum_dimension,
    tangent_dimension_of_fiber,
)
from linnet_exact.strata.formulas.learning_coefficient import learning_invariants
from linnet_exact.strata.order.moves import rising_moves
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.excess import Excess
from linnet_exact.strata.values.rank_list import RankList

__all__ = ["STEP_LIMIT", "codimension_above", "local_fiber_dimension"]

STEP_LIMIT = 200_000


def local_fiber_dimension(barcode: Barcode) -> int | None:
    """Return the largest dimension of a stratum of its fiber at or above that of `barcode`.

    None if the components cannot be listed and the recursion would need more than `STEP_LIMIT`
    steps.

    Examples
    --------
    >>> local_fiber_dimension(Barcode.parse("0-0:2,1-1,2-2:2"))
    2
    """
    network, rank = barcode.network, barcode.rank
    own = stratum_dimension(barcode)
    largest = network.weight_dimension - learning_invariants(network, rank).codimension
    if own in (tangent_dimension_of_fiber(barcode), largest):
        return own
    if all(bar.start == bar.end or bar.is_through(barcode.depth) for bar in barcode):
        return largest
    if next(rising_moves(barcode), None) is None:
        return own
    # Only here NumPy is needed; most questions about one stratum are answered above.
    from linnet_exact.strata.listing.components import components_of

    ranks = barcode.rank_list
    try:
        return components_of(Excess(network, rank)).local_dimension(ranks)
    except TooLargeError:
        codimension = codimension_above(ranks)
    if codimension is None:
        return None
    return open_dimension(Excess(network, rank)) - codimension


def codimension_above(ranks: RankList, step_limit: int = STEP_LIMIT) -> int | None:
    """Return the smallest orbit codimension above `ranks`, with the same widths and product rank.

    None if that takes more than `step_limit` steps.

    Examples
    --------
    >>> codimension_above(Barcode.parse("0-0:2,1-1,2-2:2").rank_list)
    2
    """
    steps = 0
    cheapest: dict[tuple[int, ...], int]
    cheapest = {(ranks.r(0, 0),): 0}  # by the number of alive strands of each start
    for layer in range(1, ranks.depth + 1):
        room = ranks.r(layer, layer)
        for start in range(layer):
            # The strands of one start after the other go on to `layer` or die, and those that die
            # pay for each strand at `layer` that starts after them.
            after: dict[tuple[int, ...], int] = {}
            for counts, cost in cheapest.items():
                older = sum(counts[:start])
                most = min(counts[start], room - older)
                if start == 0 and layer == ranks.depth:
                    most = min(most, ranks.rank)
                for survivors in range(max(ranks.r(layer, start) - older, 0), most + 1):
                    steps += 1
                    key = (*counts[:start], survivors, *counts[start + 1 :])
                    dead = counts[start] - survivors
                    price = cost + dead * (room - older - survivors)
                    after[key] = min(price, after.get(key, price))
                if steps > step_limit:
                    return None
            cheapest = after
        cheapest = {(*counts, room - sum(counts)): cost for counts, cost in cheapest.items()}
    return min(cheapest.values())
