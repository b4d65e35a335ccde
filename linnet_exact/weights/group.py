"""The group G = ∏ GL(d_j) of changes of basis at all layers, acting on weights."""

from collections.abc import Sequence
from itertools import pairwise

from linnet_exact.algebra import Matrix
from linnet_exact.errors import ShapeError
from linnet_exact.weights.weight_vector import WeightVector
from linnet_exact.weights.weights import Weights

__all__ = ["act"]


def act(group: Sequence[Matrix], theta: WeightVector) -> Weights:
    """Return g·θ = (g_j W_j g_{j−1}^{-1})_j for g = (g_0, …, g_L), one matrix for each layer.

    It has the barcode of θ, and the same product if g_L W = W g_0 (Shewchuk and Bhattacharya,
    arXiv 2404.14855).

    Raises
    ------
    ShapeError
        If the matrices are not d_j × d_j, j = 0, …, L.
    InputError
        If one of them is singular.

    Examples
    --------
    >>> act([Matrix([[2]]), Matrix([[1]])], Weights([[[6]]])).matrices
    (Matrix([[3]]),)
    """
    widths = theta.network.widths
    shapes = [matrix.shape for matrix in group]
    if shapes != [(width, width) for width in widths]:
        raise ShapeError(
            f"expected square matrices of sizes {theta.network}, not of shapes {shapes}",
            expected=[(width, width) for width in widths],
            found=shapes,
        )
    # W_j g_{j−1}^{-1} and the singularity of any g are both found by inverting every g_j.
    inverses = [matrix.inverse() for matrix in group]
    moved = [
        after @ matrix @ before_inverse
        for matrix, (_, after), before_inverse in zip(
            theta.matrices, pairwise(group), inverses, strict=False
        )
    ]
    return Weights(moved)
