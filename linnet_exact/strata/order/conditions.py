"""The rank conditions of the closure of a stratum that do not follow from the others."""

from linnet_exact.strata.values.rank_list import RankList

__all__ = ["rank_conditions"]


def rank_conditions(ranks: RankList) -> list[tuple[int, int, int]]:
    """Return triples (k, i, r): rk W_{k~i} ≤ r cuts the closure of a stratum out of its fiber.

    A product has no larger rank than its factors, so a condition that only repeats the smaller of
    those on W_{k−1~i} and W_{k~i+1} is left out; so is that on the product of all matrices, which
    the fiber fixes.

    Examples
    --------
    >>> from linnet_exact.strata.values.barcode import Barcode
    >>> rank_conditions(Barcode.parse("0-0,0-2,1-1:2,2-2").rank_list)
    [(1, 0, 1), (2, 1, 1)]
    """
    return [
        (k, i, rank)
        for (k, i), rank in ranks.items()
        if k > i and k - i < ranks.depth and rank < min(ranks.r(k - 1, i), ranks.r(k, i + 1))
    ]
