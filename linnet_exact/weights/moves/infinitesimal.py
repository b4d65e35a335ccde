"""Infinitesimal moves: tangent vectors of the fiber, and whether they are tangent to the stratum.

A vector X = (X_1, …, X_L) is tangent to the stratum if and only if X_j = H_j W_j − W_j H_{j−1} for
some H with H_L W = W H_0. It is not if some N with ⟨N, X⟩ ≠ 0 is orthogonal to all such vectors:
W_1ᵀ N_1 = 0, N_j W_jᵀ = W_{j+1}ᵀ N_{j+1} and N_L W_Lᵀ = 0. Either witness is checked by
multiplication (Shewchuk and Bhattacharya, arXiv 2404.14855, tangent and normal spaces).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from linnet_exact.algebra import Matrix
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.strata import Interval
from linnet_exact.strata.values.interval import ext
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.moves.two_matrix import TwoMatrixMove
from linnet_exact.weights.moves.vectors import move_along
from linnet_exact.weights.weight_vector import WeightVector

__all__ = ["TangentMove", "one_matrix_direction", "two_matrix_direction"]


@dataclass(frozen=True)
class TangentMove:
    """A vector of null dμ(θ) that a one- or two-matrix move gives, with a witness.

    Attributes
    ----------
    vector : tuple of Matrix
        X_1, …, X_L, shaped like the weights.
    tangent : bool
        Whether it is tangent to the stratum.
    witness : tuple of Matrix
        H_0, …, H_L if it is; N_1, …, N_L if it is not.
    """

    weights: WeightVector
    vector: tuple[Matrix, ...]
    tangent: bool
    witness: tuple[Matrix, ...]

    def check(self) -> None:
        """Check by multiplication that X is in null dμ, and tangent or not as it says.

        Raises
        ------
        CertificateError
            If it is not so.

        Examples
        --------
        >>> from linnet_exact.weights.weights import Weights
        >>> flow = Weights([[[0]], [[0]]]).flow()
        >>> one_matrix_direction(flow, 1, Interval(0, 0), Interval(1, 1), [1], [1]).check()
        """
        theta, depth, x = self.weights, self.weights.depth, self.vector
        first_order = Matrix.zero(*theta.product().shape, theta.field)
        for j, change in enumerate(x, start=1):
            first_order += theta.product(depth, j) @ change @ theta.product(j - 1, 0)
        if not first_order.is_zero():
            raise CertificateError("the product changes to first order")
        if not (self._is_orbit_direction() if self.tangent else self._is_off_the_orbit()):
            raise CertificateError("the witness does not fit the vector")

    def _is_orbit_direction(self) -> bool:
        theta, h = self.weights, self.witness
        return h[-1] @ theta.product() == theta.product() @ h[0] and all(
            change == h[j] @ matrix - matrix @ h[j - 1]
            for j, (change, matrix) in enumerate(
                zip(self.vector, theta.matrices, strict=True), start=1
            )
        )

    def _is_off_the_orbit(self) -> bool:
        w, n = self.weights.matrices, self.witness
        ends = (w[0].T @ n[0]).is_zero() and (n[-1] @ w[-1].T).is_zero()
        inside = all(n[j] @ w[j].T == w[j + 1].T @ n[j + 1] for j in range(len(w) - 1))
        traces = [(a.T @ b) for a, b in zip(n, self.vector, strict=True)]
        field = self.weights.field
        paired = sum((t[i, i] for t in traces for i in range(t.nrows)), start=field(0))
        return ends and inside and bool(paired)


def one_matrix_direction(
    flow: Flow,
    layer: int,
    source: Interval,
    target: Interval,
    vector: Sequence[object],
    covector: Sequence[object],
) -> TangentMove:
    """Return the derivative of the one-matrix move along a vector and a covector of two bars.

    Raises
    ------
    InputError
        As for `move_along`.

    Examples
    --------
    >>> from linnet_exact.weights.weights import Weights
    >>> flow = Weights([[[0]], [[0]]]).flow()
    >>> found = one_matrix_direction(flow, 2, Interval(1, 1), Interval(2, 2), [3], [1])
    >>> found.vector, found.tangent
    ((Matrix([[0]]), Matrix([[3]])), False)
    """
    # A step of size 0 is admissible wherever a strand is not cut, and checks all but the product.
    move_along(flow, layer, source, target, vector, covector, 0)
    theta = flow.weights
    if source.start == 0 and target.end == theta.depth:
        raise InputError(f"a move from {source} to {target} would change the product")
    v = list(_zero(theta))
    v[layer - 1] = _between(flow, layer, layer - 1, target, source, vector, covector)
    nonzero = any(map(bool, map(theta.field, vector))) and any(
        map(bool, map(theta.field, covector))
    )
    if nonzero and ext(source, target):
        return TangentMove(theta, tuple(v), False, _normal(flow, source, target, vector, covector))
    h = list(_zero_group(theta))
    if target.end <= source.end:
        for j in range(layer, target.end + 1):
            h[j] = _between(flow, j, j, target, source, vector, covector)
    elif not ext(source, target):
        for j in range(source.start, layer):
            h[j] = -_between(flow, j, j, target, source, vector, covector)
    return TangentMove(theta, tuple(v), True, tuple(h))


def two_matrix_direction(move: TwoMatrixMove, theta: WeightVector) -> TangentMove:
    """Return the derivative of a two-matrix move: X_j = H W_j and X_{j+1} = −W_{j+1} H.

    Examples
    --------
    >>> from linnet_exact.weights.weights import Weights
    >>> theta = Weights([[[2]], [[3]]])
    >>> move = TwoMatrixMove(1, Matrix([[1]]), 1, theta.barcode)
    >>> two_matrix_direction(move, theta).vector
    (Matrix([[2]]), Matrix([[-3]]))
    """
    h, v, j = list(_zero_group(theta)), list(_zero(theta)), move.layer
    h[j] = move.direction
    v[j - 1] = move.direction @ theta.matrices[j - 1]
    v[j] = -(theta.matrices[j] @ move.direction)
    return TangentMove(theta, tuple(v), True, tuple(h))


def _normal(
    flow: Flow,
    source: Interval,
    target: Interval,
    vector: Sequence[object],
    covector: Sequence[object],
) -> tuple[Matrix, ...]:
    """Return the sum of all slots from one strand to another, as a normal vector."""
    field = flow.weights.field
    q = next(at for at, x in enumerate(vector) if field(x))
    p = next(at for at, x in enumerate(covector) if field(x))
    normal = list(_zero(flow.weights))
    for j in range(target.start, source.end + 2):
        row = flow.inverses[j][[flow.column_range(target, j)[q]], :]
        column = flow.bases[j - 1][:, [flow.column_range(source, j - 1)[p]]]
        normal[j - 1] = row.T @ column.T
    return tuple(normal)


def _between(
    flow: Flow,
    after: int,
    before: int,
    target: Interval,
    source: Interval,
    vector: Sequence[object],
    covector: Sequence[object],
) -> Matrix:
    """Return u vᵀ, u of the target bar at one layer and v of the source bar at another."""
    field = flow.weights.field
    u = Matrix([[field(x)] for x in vector], field)
    v = Matrix([[field(x) for x in covector]], field)
    column = flow.bases[after][:, flow.column_range(target, after)] @ u
    return column @ v @ flow.inverses[before][flow.column_range(source, before), :]


def _zero(theta: WeightVector) -> tuple[Matrix, ...]:
    return tuple(Matrix.zero(*matrix.shape, theta.field) for matrix in theta.matrices)


def _zero_group(theta: WeightVector) -> tuple[Matrix, ...]:
    return tuple(Matrix.zero(width, width, theta.field) for width in theta.network.widths)
