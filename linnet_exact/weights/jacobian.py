"""Jacobians at a point of weight space, and the dimensions that their exact ranks give.

Nothing here uses a formula of the theory, so everything in it can be checked against this file.
Weight space has the coordinates X_1, X_2, …, X_L, each matrix by rows; the Lie algebra of
G = ∏ GL(d_j) has H_0, …, H_L likewise. By rows, the matrix of X ↦ A X B is A ⊗ Bᵀ.
"""

from linnet_exact.algebra import Matrix, Subspace
from linnet_exact.algebra.arrays.stacking import join_grid
from linnet_exact.weights.weight_vector import WeightVector

__all__ = [
    "differential",
    "orbit_differential",
    "orbit_pairing",
    "orbit_tangent_space",
    "orbit_with_condition",
    "stabilizer_condition",
    "stabilizer_condition_ends",
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
    return join_grid(_orbit_rows(theta))


def orbit_pairing(theta: WeightVector, forms: Matrix) -> list[Matrix]:
    """Return N D for linear forms N on weight space, by rows, and the `orbit_differential` D.

    Most of the blocks of D are zero, and take no time here.

    Returns
    -------
    list of Matrix
        The columns for H_0, …, H_L apart.

    Examples
    --------
    >>> theta = WeightVector([[[2]], [[3]]])
    >>> orbit_pairing(theta, Matrix([[1, 1]]))
    [Matrix([[-2]]), Matrix([[-1]]), Matrix([[3]])]
    """
    paired = [Matrix.zero(forms.nrows, width**2, theta.field) for width in theta.network.widths]
    start = 0
    for j, (before, after) in enumerate(_orbit_blocks(theta), start=1):
        part = forms[:, start : start + before.nrows]
        paired[j - 1] += part @ before
        paired[j] += part @ after
        start += before.nrows
    return paired


def _orbit_rows(theta: WeightVector) -> list[list[Matrix]]:
    rows = []
    for j, pair in enumerate(_orbit_blocks(theta), start=1):
        blocks = [
            Matrix.zero(pair[0].nrows, width**2, theta.field) for width in theta.network.widths
        ]
        blocks[j - 1 : j + 1] = pair
        rows.append(blocks)
    return rows


def _orbit_blocks(theta: WeightVector) -> list[tuple[Matrix, Matrix]]:
    """Return, for each W_j, the matrices of H ↦ −W_j H and of H ↦ H W_j, for H_{j−1} and H_j."""
    unit = [Matrix.identity(width, theta.field) for width in theta.network.widths]
    return [
        (-matrix.kronecker(unit[j - 1]), unit[j].kronecker(matrix.T))
        for j, matrix in enumerate(theta.matrices, start=1)
    ]


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
    return Matrix.hstack(_condition_row(theta))


def stabilizer_condition_ends(theta: WeightVector) -> Matrix:
    """Return the columns of `stabilizer_condition` for H_0 and H_L; the others are zero.

    Examples
    --------
    >>> stabilizer_condition_ends(WeightVector([[[2]], [[3]]]))
    Matrix([[-6, 6]])
    """
    row = _condition_row(theta)
    return Matrix.hstack([row[0], row[-1]])


def _condition_row(theta: WeightVector) -> list[Matrix]:
    widths, field, target = theta.network.widths, theta.field, theta.product()
    return [
        -target.kronecker(Matrix.identity(widths[0], field)),
        *(Matrix.zero(target.nrows * target.ncols, width**2, field) for width in widths[1:-1]),
        Matrix.identity(widths[-1], field).kronecker(target.T),
    ]


def orbit_with_condition(theta: WeightVector) -> Matrix:
    """Return the `orbit_differential` above the `stabilizer_condition`.

    Examples
    --------
    >>> orbit_with_condition(WeightVector([[[2]], [[3]]]))
    Matrix([[-2, 2, 0], [0, -3, 3], [-6, 0, 6]])
    """
    return join_grid([*_orbit_rows(theta), _condition_row(theta)])


def stratum_tangent_dimension(theta: WeightVector) -> int:
    """Return the exact dimension of the stratum at θ: the rank of the orbit map on ker of G_W.

    A linear map D restricted to the null space of C has rank rk [D; C] − rk C.

    Examples
    --------
    >>> stratum_tangent_dimension(WeightVector([[[1]], [[0]]]))
    1
    """
    return orbit_with_condition(theta).rank() - stabilizer_condition_ends(theta).rank()


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
