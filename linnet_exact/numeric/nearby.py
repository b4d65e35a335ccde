"""Rank lists of strata that weights may be near, lowest first: guesses, to be tried."""

from collections.abc import Iterator, Sequence

from linnet_exact.arrays import Array
from linnet_exact.strata import RankList

__all__ = ["nearby_rank_lists"]

_HALVINGS = 50


def nearby_rank_lists(matrices: Sequence[Array], tolerance: float) -> Iterator[RankList]:
    """Yield rank lists, lower ones first, that weights within a relative distance may have.

    A change of every W_j by t ‖W_j‖ moves the singular values of W_{k~i} by no more than
    t Σ_j ‖W_{k~j}‖ ‖W_j‖ ‖W_{j−1~i}‖ to first order. Those up to that bound are taken for 0, for
    the tolerance, its half, its quarter and so on. Ranks that no weights have are lowered where
    a singular value is smallest, compared to its bound.

    Examples
    --------
    >>> import numpy as np
    >>> found = nearby_rank_lists([np.diag([1.0, 1e-3])], 0.01)
    >>> [ranks.rank for ranks in found]
    [1, 2]
    """
    relative = _relative_singular_values(matrices)
    last = None
    for halving in range(_HALVINGS):
        ranks = {at: int((v > tolerance / 2**halving).sum()) for at, v in relative.items()}
        found = _made_valid(ranks, relative)
        if found != last:
            yield found
            last = found


def _relative_singular_values(matrices: Sequence[Array]) -> dict[tuple[int, int], Array]:
    """Return, for all k ≥ i, singular values of W_{k~i} over the bound of their change."""
    import numpy as np

    depth = len(matrices)
    product = {(j, j): np.eye(matrices[j].shape[1]) for j in range(depth)}
    product[depth, depth] = np.eye(len(matrices[-1]))
    for i in range(depth):
        for k in range(i + 1, depth + 1):
            product[k, i] = matrices[k - 1] @ product[k - 1, i]
    values = {at: np.linalg.svd(matrix, compute_uv=False) for at, matrix in product.items()}
    sizes = [float(np.linalg.norm(matrix)) for matrix in matrices]
    relative = {}
    for (k, i), found in values.items():
        bound = sum(
            values[k, j][0] * sizes[j - 1] * values[j - 1, i][0] for j in range(i + 1, k + 1)
        )
        if k == i:
            relative[k, i] = np.full(len(found), np.inf)
        else:
            relative[k, i] = found / bound if bound else np.zeros(len(found))
    return relative


def _made_valid(
    ranks: dict[tuple[int, int], int], relative: dict[tuple[int, int], Array]
) -> RankList:
    """Return a valid rank list, found by lowering ranks."""
    ranks = dict(ranks)
    depth = max(k for k, _ in ranks)

    def rank(k: int, i: int) -> int:
        return ranks[k, i] if i >= 0 and k <= depth else 0

    while True:
        broken = [
            (k, i)
            for k, i in ranks
            if rank(k, i) - rank(k, i - 1) - rank(k + 1, i) + rank(k + 1, i - 1) < 0
        ]
        if not broken:
            return RankList(ranks)
        k, i = broken[0]
        # ω_{ki} < 0 means r_{k~i−1} + r_{k+1~i} > r_{k~i} + r_{k+1~i−1} >= 0.
        too_large = [at for at in ((k, i - 1), (k + 1, i)) if rank(*at) > 0]
        at = min(too_large, key=lambda at: float(relative[at][ranks[at] - 1]))
        ranks[at] -= 1
