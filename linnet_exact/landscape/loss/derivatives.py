"""The loss on weight space and its first two derivatives, exactly.

With W = μ(θ) and G = W Σ − Γ, the gradient in W_j is W_{L~j}ᵀ G W_{j−1~0}ᵀ, and the second
derivative in direction (X_1, …, X_L) is tr(D Σ Dᵀ) + 2 Σ_{i<j} ⟨G, W_{L~j} X_j W_{j−1~i} X_i
W_{i−1~0}⟩ with D = Σ_j W_{L~j} X_j W_{j−1~0}. Weight space has the coordinates X_1, X_2, …, X_L,
each matrix by rows; by rows, the matrix of X ↦ A X B is A ⊗ Bᵀ.
"""

from collections.abc import Sequence

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.errors import ShapeError, TooLargeError
from linnet_exact.landscape.loss.data import Data, trace
from linnet_exact.weights import Weights

__all__ = ["gradient", "hessian", "loss", "residual", "second_derivative", "to_direction"]

MAX_HESSIAN = 1500
"""Largest number of weights for which the Hessian is made."""


def loss(theta: Weights, data: Data) -> Scalar:
    """Return the square loss at θ.

    Examples
    --------
    >>> loss(Weights([[[2]], [[1]]]), Data.from_target(Matrix([[5]])))
    Fraction(9, 2)
    """
    theta, data = Weights.of(theta), Data.of(data)
    data.require_fits(theta.network)
    return data.loss(theta.product())


def residual(theta: Weights, data: Data) -> Matrix:
    """Return G = W Σ − Γ, the derivative of the loss by W.

    Raises
    ------
    ShapeError
        If the data does not fit the network.

    Examples
    --------
    >>> residual(Weights([[[2]], [[1]]]), Data.from_target(Matrix([[5]])))
    Matrix([[-3]])
    """
    theta, data = Weights.of(theta), Data.of(data)
    data.require_fits(theta.network)
    return theta.product() @ data.sigma - data.gamma


def gradient(theta: Weights, data: Data) -> tuple[Matrix, ...]:
    """Return the gradient in W_1, …, W_L, matrices of the shapes of the W_j.

    Examples
    --------
    >>> gradient(Weights([[[2]], [[1]]]), Data.from_target(Matrix([[5]])))
    (Matrix([[-3]]), Matrix([[-6]]))
    """
    theta = Weights.of(theta)
    G, top = residual(theta, data), theta.depth
    return tuple(theta.product(top, j).T @ G @ theta.product(j - 1, 0).T for j in range(1, top + 1))


def second_derivative(theta: Weights, data: Data, direction: Sequence[Matrix]) -> Scalar:
    """Return d²/dt² of the loss of (W_j + t X_j)_j at t = 0, without the Hessian.

    Raises
    ------
    ShapeError
        If there is not one matrix for each W_j, of its shape.

    Examples
    --------
    >>> theta, data = Weights([[[0]], [[0]]]), Data.from_target(Matrix([[5]]))
    >>> second_derivative(theta, data, [Matrix([[1]]), Matrix([[1]])])
    Fraction(-10, 1)
    """
    theta, direction = Weights.of(theta), Weights.of(direction, "direction").matrices
    if [X.shape for X in direction] != [W.shape for W in theta.matrices]:
        raise ShapeError("a direction has one matrix for each W_j, of its shape")
    G = residual(theta, data)
    # The products of W_j + t X_j up to t²: constant, linear and quadratic terms.
    value = Matrix.identity(theta.network.widths[0], theta.field)
    linear = quadratic = Matrix.zero(*value.shape, theta.field)
    for W, X in zip(theta.matrices, direction, strict=True):
        quadratic = W @ quadratic + X @ linear
        linear = W @ linear + X @ value
        value = W @ value
    return trace(linear @ data.sigma @ linear.T) + 2 * trace(G.T @ quadratic)


def hessian(theta: Weights, data: Data) -> Matrix:
    """Return the matrix H of second derivatives, d_θ × d_θ: the second derivative is xᵀ H x.

    Raises
    ------
    TooLargeError
        If there are more than `MAX_HESSIAN` weights.
    ShapeError
        If the data does not fit the network.

    Examples
    --------
    >>> hessian(Weights([[[2]], [[1]]]), Data.from_target(Matrix([[5]])))
    Matrix([[1, -1], [-1, 4]])
    """
    theta = Weights.of(theta)
    size = theta.network.weight_dimension
    if size > MAX_HESSIAN:
        raise TooLargeError(
            f"the Hessian of {size} weights is {size}x{size}; it is made for at most {MAX_HESSIAN}"
        )
    G, top = residual(theta, data), theta.depth
    left = [theta.product(top, j) for j in range(1, top + 1)]
    right = [theta.product(j - 1, 0) for j in range(1, top + 1)]
    rows = []
    for j in range(top):
        # What comes from D: (W_{L~j}ᵀ W_{L~i}) ⊗ (W_{j−1~0} Σ W_{i−1~0}ᵀ), j and i from 1.
        before = right[j] @ data.sigma
        blocks = [(left[j].T @ left[i]).kronecker(before @ right[i].T) for i in range(top)]
        for i in range(j):
            blocks[i] = blocks[i] + _mixed(theta.product(j, i + 1), right[i] @ G.T @ left[j])
        rows.append(blocks)
    for j in range(top):
        for i in range(j):
            rows[i][j] = rows[j][i].T
    return Matrix.vstack(Matrix.hstack(blocks) for blocks in rows)


def _mixed(between: Matrix, complement: Matrix) -> Matrix:
    """Return the block of X_j, X_i ↦ tr(C X_j B X_i), C = W_{i−1~0} Gᵀ W_{L~j}, B = W_{j−1~i}."""
    block = complement.T.kronecker(between)  # columns by (row of C, column of B)
    p, q = complement.nrows, between.ncols
    return block[:, [a * q + d for d in range(q) for a in range(p)]]


def to_direction(theta: Weights, vector: Matrix) -> tuple[Matrix, ...]:
    """Return the matrices X_1, …, X_L of a column in weight space.

    Examples
    --------
    >>> to_direction(Weights([[[2, 3]], [[1]]]), Matrix([[1], [2], [3]]))
    (Matrix([[1, 2]]), Matrix([[3]]))
    """
    parts, start = [], 0
    for W in theta.matrices:
        flat = [row[0] for row in vector[start : start + W.nrows * W.ncols, :].rows()]
        rows = [flat[at : at + W.ncols] for at in range(0, len(flat), W.ncols)]
        parts.append(Matrix(rows, vector.field))
        start += len(flat)
    return tuple(parts)
