"""The invariants of gradient flow, and a balanced point in the part of the fiber that θ is in.

For every loss of W_L ⋯ W_1, gradient flow dW_j/dt = −∂ℓ/∂W_j keeps W_{j+1}ᵀ W_{j+1} − W_j W_jᵀ
at every hidden layer (S. Arora, N. Cohen and E. Hazan, ICML 2018); where all are 0 the weights are
balanced. Over a field without a real embedding, conjugate transposes take the place of transposes.
"""

from dataclasses import dataclass
from itertools import pairwise

from linnet_exact.algebra import QQ, Matrix
from linnet_exact.algebra.fields.ways_past_zero import has_signs
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.weights.balanced import balanced
from linnet_exact.weights.group import act
from linnet_exact.weights.weights import Weights

__all__ = ["NearbyBalance", "balanced_point_of_fiber", "invariants"]


@dataclass(frozen=True)
class NearbyBalance:
    """A balanced point of the fiber of θ, connected with θ, or why there is none here.

    Attributes
    ----------
    point : Weights or None
        It has the product of θ and, over the real numbers, is on the same connected component of
        the fiber. Its field may be larger.
    reason : str
        Where it comes from, or why it is None.
    """

    point: Weights | None
    reason: str


def invariants(theta: Weights) -> list[Matrix]:
    """Return W_{j+1}ᵀ W_{j+1} − W_j W_jᵀ for the hidden layers j = 1, …, L − 1.

    Raises
    ------
    InputError
        If the field has neither a real embedding nor complex conjugation.

    Examples
    --------
    >>> invariants(Weights([[[1, 2]], [[3]], [[1]]]))
    [Matrix([[4]]), Matrix([[-8]])]
    """
    return [
        after.conjugate().T @ after - before @ before.conjugate().T
        for before, after in pairwise(theta.matrices)
    ]


def balanced_point_of_fiber(theta: Weights) -> NearbyBalance:
    """Return a balanced point of the fiber that θ is on, connected with θ in it.

    Over the real numbers every fiber has balanced points, all on its minimal stratum. Here they
    are made for products that are rational or 0, with roots adjoined; mirrors at hidden layers of
    width r, which keep the balance, lead to the component of θ.

    Examples
    --------
    >>> found = balanced_point_of_fiber(Weights([[[-8]], [[-2]]]))
    >>> found.point.matrices
    (Matrix([[-4]]), Matrix([[-4]]))
    """
    if all(matrix.is_zero() for matrix in invariants(theta)):
        return NearbyBalance(theta, "the weights themselves")
    product = theta.product()
    if product.is_zero():
        zero = Weights([Matrix.zero(*matrix.shape, theta.field) for matrix in theta.matrices])
        return NearbyBalance(zero, "the zero weights, in the closure of every stratum")
    if not has_signs(theta.field):
        return NearbyBalance(None, "the field has no real embedding; none is made there")
    try:
        target = product.change_field(QQ)
    except InputError:
        return NearbyBalance(None, "the product is not rational; none is made for such products")
    try:
        point = balanced(theta.fiber.minimal_stratum.barcode, target=target)
    except TooLargeError as error:
        return NearbyBalance(None, str(error))
    mirrors = [
        Matrix.identity(width) if same else _mirror(width)
        for width, same in zip(theta.network.widths, _same_signs(theta, point), strict=True)
    ]
    return NearbyBalance(act(mirrors, point), "made from singular values of the product")


def _mirror(width: int) -> Matrix:
    size = range(width)
    return Matrix([[(1 - 2 * (i == 0)) * (i == j) for j in size] for i in size])


def _same_signs(theta: Weights, other: Weights) -> list[bool]:
    """Return for each layer whether the minors of W_{j~0} that cannot vanish have the same sign."""
    widths, rank = theta.network.widths, theta.fiber.rank
    columns = theta.product().row_space().pivots
    return [
        not 0 < j < theta.depth
        or width != rank
        or _is_negative(theta, j, columns) == _is_negative(other, j, columns)
        for j, width in enumerate(widths)
    ]


def _is_negative(theta: Weights, j: int, columns: tuple[int, ...]) -> bool:
    return bool(theta.product(j, 0)[:, columns].det() < 0)
