"""Orthonormal null flags: the strata seen by an SVD.

At layer j the null spaces null W_{j+1~j} ⊆ null W_{j+2~j} ⊆ … form a flag, whose steps have one
dimension for each bar that is alive at j and ends at e = j, j+1, …, L. Weights lie in the closure
of a stratum if and only if each W_{j+1} takes, for some flags with the dimensions of the stratum,
what ends by e to what ends by e, and what ends at j to 0. In orthonormal bases that follow the
flags these are blocks of zeros, so the nearest such weights for given flags are found by setting
blocks to zero, and the flags can be improved one layer at a time by eigenvectors. Orthonormal bases
that follow the flow of information are an idea of Shewchuk and Bhattacharya, arXiv 2404.14855.
"""

from collections.abc import Sequence
from itertools import accumulate, combinations, pairwise
from typing import TypeAlias

from linnet_exact.arrays import Array
from linnet_exact.strata import RankList

__all__ = ["Flag", "flag_steps", "nearest_flags", "projected"]

_SWEEPS = 40
_PROGRESS = 1e-3

# From the layer e at which strands end to an orthonormal basis, as columns, of one step of a flag.
Flag: TypeAlias = "dict[int, Array]"


def flag_steps(ranks: RankList) -> list[dict[int, int]]:
    """Return for each layer j how many strands alive there end at e = j, …, L.

    Examples
    --------
    >>> from linnet_exact.strata import Barcode
    >>> flag_steps(Barcode.parse("0-0,0-2,1-1:2,2-2").rank_list)
    [{0: 1, 1: 0, 2: 1}, {1: 2, 2: 1}, {2: 2}]
    """
    depth = ranks.depth
    return [
        {e: ranks.r(e, j) - ranks.r(e + 1, j) for e in range(j, depth + 1)}
        for j in range(depth + 1)
    ]


def nearest_flags(matrices: Sequence[Array], ranks: RankList) -> list[Flag]:
    """Return flags for which the weights are, locally, as near as possible to the stratum.

    Parameters
    ----------
    matrices : sequence of ndarray
        W_1, …, W_L, each divided by its norm if distances are to be relative.

    Examples
    --------
    >>> import numpy as np
    >>> from linnet_exact.strata import Barcode
    >>> ranks = Barcode.parse("0-0,0-1,1-1").rank_list
    >>> flags = nearest_flags([np.array([[1.0, 0.0], [0.0, 0.1]])], ranks)
    >>> abs(flags[0][0].ravel()).round(3).tolist()
    [0.0, 1.0]
    """
    steps = flag_steps(ranks)
    flags = [_first_flag(matrices[j:], at, j) for j, at in enumerate(steps)]
    before = _misfit(matrices, flags)
    for _ in range(_SWEEPS):
        for j in range(len(matrices)):
            flags[j] = _improved(matrices, flags, j)
        misfit = _misfit(matrices, flags)
        if misfit >= (1 - _PROGRESS) * before:
            break
        before = misfit
    return flags


def projected(matrix: Array, before: Flag, after: Flag) -> Array:
    """Return, of the matrices that respect two flags, the nearest one.

    Examples
    --------
    >>> import numpy as np
    >>> before, after = {0: np.eye(2)[:, :1], 1: np.eye(2)[:, 1:]}, {1: np.eye(1)}
    >>> projected(np.array([[3.0, 4.0]]), before, after).tolist()
    [[0.0, 4.0]]
    """
    import numpy as np

    found = np.zeros_like(matrix)
    for e, columns in before.items():
        reachable = [basis for f, basis in after.items() if f <= e]
        if reachable:
            rows = np.hstack(reachable)
            found += rows @ (rows.T @ matrix @ columns) @ columns.T
    return found


def _first_flag(matrices: Sequence[Array], steps: dict[int, int], j: int) -> Flag:
    """Return nested null spaces of W_{L~j}, …, W_{j+1~j}, as an SVD sees them."""
    import numpy as np

    width = sum(steps.values())
    products = list(accumulate(matrices, lambda product, matrix: _unit(matrix @ product)))
    inside, flag = np.eye(width), {}
    for e in sorted(steps, reverse=True):
        if e == j:
            flag[e] = inside
            break
        right = np.linalg.svd(products[e - 1 - j] @ inside)[2].T
        flag[e], inside = inside @ right[:, : steps[e]], inside @ right[:, steps[e] :]
    return dict(sorted(flag.items()))


def _improved(matrices: Sequence[Array], flags: Sequence[Flag], j: int) -> Flag:
    """Return the flag at layer j that is best, step against step, when the others stay."""
    import numpy as np

    flag, price = dict(flags[j]), {}
    for e, basis in flag.items():
        price[e] = np.zeros((len(basis), len(basis)))
        outgoing = matrices[j]
        for f, rows in flags[j + 1].items():
            if f <= e:
                outgoing = outgoing - rows @ (rows.T @ matrices[j])
        price[e] += outgoing.T @ outgoing
        for f, columns in flags[j - 1].items() if j else ():
            if f < e:
                incoming = matrices[j - 1] @ columns
                price[e] += incoming @ incoming.T
    for e, f in combinations(flag, 2):
        count = flag[e].shape[1]
        if count and flag[f].shape[1]:
            both = np.hstack([flag[e], flag[f]])
            vectors = both @ np.linalg.eigh(both.T @ (price[e] - price[f]) @ both)[1]
            flag[e], flag[f] = vectors[:, :count], vectors[:, count:]
    return flag


def _misfit(matrices: Sequence[Array], flags: Sequence[Flag]) -> float:
    """Return the squared distance to the weights that respect the flags."""
    return sum(
        float(((matrix - projected(matrix, before, after)) ** 2).sum())
        for matrix, (before, after) in zip(matrices, pairwise(flags), strict=True)
    )


def _unit(matrix: Array) -> Array:
    """Scale to norm 1: of a product only the directions matter here."""
    import numpy as np

    return matrix / (np.linalg.norm(matrix) or 1.0)
