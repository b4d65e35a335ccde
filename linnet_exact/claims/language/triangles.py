"""Numbers for pairs of layers L ≥ k ≥ i ≥ 0, such as r_{k~i} and ω_{ki}, row k after row k−1."""

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt

from linnet_exact.claims.language.arithmetic import UndefinedError, integer

__all__ = ["entry_of_triangle"]


def entry_of_triangle(
    triangle: Sequence[int], k: int | Fraction, i: int | Fraction, text: str
) -> int:
    """Return the number for layers k and i; it is 0 for i = −1 and for k = L+1, as in the papers.

    Raises
    ------
    UndefinedError
        If there are no such layers; it says so of `text`.

    Examples
    --------
    >>> entry_of_triangle([2, 1, 2], 1, 0, "r(1, 0)"), entry_of_triangle([2, 1, 2], 2, 0, "r(2, 0)")
    (1, 0)
    >>> entry_of_triangle([2, 1, 2], 3, 0, "r(k, 0)")
    Traceback (most recent call last):
    ...
    linnet_exact.claims.language.arithmetic.UndefinedError: r(k, 0) with k = 3, i = 0, where L = 1
    """
    k, i = (
        integer(k, f"{text} with k = {k}, i = {i}:"),
        integer(i, f"{text} with k = {k}, i = {i}:"),
    )
    place = k * (k + 1) // 2 + i
    if 0 <= i <= k and place < len(triangle):
        return triangle[place]
    depth = (isqrt(8 * len(triangle) + 1) - 1) // 2 - 1
    if (i == -1 and 0 <= k <= depth + 1) or (k == depth + 1 and 0 <= i <= depth):
        return 0
    raise UndefinedError(f"{text} with k = {k}, i = {i}, where L = {depth}")
