"""Jacobians at a point of weight space, and the dimensions that their exact ranks give.

Nothing here uses a formula of the theory, so everything in it can be checked against this file.
Weight space has the coordinates X_1, X_2, …, X_L, each matrix by rows; the Lie algebra of
G = ∏ GL(d_j) has H_0, …, H_L likewise. By rows, the matrix of X ↦ A X B is A ⊗ Bᵀ.
"""

from linnet_exact.algebra import Matrix, Subspace
from linnet_exact.weights.weight_vector import WeightVector

__all__ = [
    "differential",
    "orbit_differential",
    "orbit_tangent_space",
    "stabilizer_condition",
    "stratum_tangent_dimension",
    "stratum_tangent_space",
]


def differential(theta: WeightVector) -> Matrix:
    """Return the matrix of dμ(θ): X ↦ Σ_j W_{L~j} X_j W_{j−1~0}.

    Returns
    -------
    Matrix
        (d_L d_0) × d_θ; the columns belong to the coordinates of weight space. Its null space is
        the Zariski tangent space of the fiber.

    Examples
    --------
    >>> differential(WeightVector([[[2]], [[3]]]))
    Matrix([[3, 2]])
    """
    top = theta.depth
    return Matrix.hstack(
        theta.product(top, j).kronecker(theta.product(j - 1, 0).T) for j in range(1, top + 1)
    )


def orbit_differential(theta: WeightVector) -> Matrix:
    """Return the matrix of H ↦ (H_j W_j − W_j H_{j−1})_j, the differential of g ↦ g·θ at 1.

    Returns
    -------
    Matrix
        d_θ × Σ d_j²; its column space is the tangent space of the orbit of θ in weight space.

    Examples
    --------
    >>> orbit_differential(WeightVector([[[2]], [[3]]]))
    Matrix([[-2, 2, 0], [0, -3, 3]])
    """
    widths, field = theta.network.widths, theta.field
    unit = [Matrix.identity(width, field) for width in widths]
    rows = []
    for j, matrix in enumerate(theta.matrices, start=1):
        blocks = [Matrix.zero(matrix.nrows * matrix.ncols, width**2, field) for width in widths]
        blocks[j - 1] = -matrix.kronecker(unit[j - 1])
        blocks[j] = unit[j].kronecker(matrix.T)
        rows.append(Matrix.hstack(blocks))
    return Matrix.vstack(rows)


def stabilizer_condition(theta: WeightVector) -> Matrix:
    """Return the matrix of H ↦ H_L W − W H_0, whose null space is the Lie algebra of G_W.

    Returns
    -------
    Matrix
        (d_L d_0) × Σ d_j².

    Examples
    --------
    >>> stabilizer_condition(WeightVector([[[2]], [[3]]]))
    Matrix([[-6, 0, 6]])
    """
    widths, field, target = theta.network.widths, theta.field, theta.product()
    hidden = sum(width**2 for width in widths[1:-1])
    return Matrix.hstack(
        [
            -target.kronecker(Matrix.identity(widths[0], field)),
            Matrix.zero(target.nrows * target.ncols, hidden, field),
            Matrix.identity(widths[-1], field).kronecker(target.T),
        ]
    )


def stratum_tangent_dimension(theta: WeightVector) -> int:
    """Return the exact dimension of the stratum at θ: the rank of the orbit map on ker of G_W.

    A linear map D restricted to the null space of C has rank rk [D; C] − rk C.

    Examples
    --------
    >>> stratum_tangent_dimension(WeightVector([[[1]], [[0]]]))
    1
    """
    condition = stabilizer_condition(theta)
    stacked = Matrix.vstack([orbit_differential(theta), condition])
    return stacked.rank() - condition.rank()


def stratum_tangent_space(theta: WeightVector) -> Subspace:
    """Return the tangent space of the stratum at θ, inside weight space.

    Examples
    --------
    >>> stratum_tangent_space(WeightVector([[[1]], [[0]]])).dimension
    1
    """
    stabilizer = stabilizer_condition(theta).null_space()
    return stabilizer.image(orbit_differential(theta))


def orbit_tangent_space(theta: WeightVector) -> Subspace:
    """Return the tangent space at θ of its orbit under all of G, inside weight space.

    Examples
    --------
    >>> orbit_tangent_space(WeightVector([[[1]], [[1]]])).dimension
    2
    """
    return orbit_differential(theta).column_space()
