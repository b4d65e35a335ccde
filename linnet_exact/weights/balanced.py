"""Balanced points: weights with W_{j+1}ᵀ W_{j+1} = W_j W_jᵀ at every hidden layer.

Then all matrices have the same nonzero singular values, those of W are their L-th powers (S. Arora,
N. Cohen and E. Hazan, ICML 2018), and all ranks are r: the point is on the minimal stratum.
"""

from itertools import pairwise
from random import Random

from flint import fmpq_mat, fmpq_poly, fmpz_poly

from linnet_exact.algebra import QQ, Field, FieldElement, Matrix
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.algebra.fields.generation import common_elements
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.algebra.numbers.root_isolation import number_of_real_roots
from linnet_exact.errors import CertificateError, InputError, TooLargeError
from linnet_exact.strata import Barcode
from linnet_exact.weights.sample import (
    DEFAULT_HEIGHT,
    checked_point,
    require_height,
    require_target,
)
from linnet_exact.weights.weights import Weights

__all__ = ["MAX_DEGREE", "balanced", "is_balanced"]

MAX_DEGREE = 16
"""Largest degree of a field to which roots are adjoined."""


def is_balanced(theta: Weights) -> bool:
    """Return whether W_{j+1}ᵀ W_{j+1} = W_j W_jᵀ for 0 < j < L.

    Examples
    --------
    >>> is_balanced(Weights([[[2]], [[-2]]])), is_balanced(Weights([[[1]], [[2]]]))
    (True, False)
    """
    return all(after.T @ after == before @ before.T for before, after in pairwise(theta.matrices))


def balanced(
    barcode: Barcode,
    seed: int | str = 0,
    height: int = DEFAULT_HEIGHT,
    field: Field = QQ,
    target: Matrix | None = None,
) -> Weights:
    """Return a pseudo-random balanced point of a minimal stratum.

    Parameters
    ----------
    seed : int or str
        The same seed gives the same weights.
    height : int
        Without a target: the singular values are integers of at most this size (over Q(a):
        combinations of 1 and a with such coefficients). The entries are fractions of them.
    target : Matrix, optional
        The product W, rational. The needed roots, such as the 2L-th roots of the eigenvalues of
        WᵀW, are adjoined to Q.

    Raises
    ------
    InputError
        If there is no balanced point, because the stratum is not minimal; if the target is not
        rational or has another rank.
    TooLargeError
        If the roots that the target needs generate a field of degree above `MAX_DEGREE`.
    CertificateError
        If the weights found fail their exact check: a fault of this program.

    Examples
    --------
    >>> theta = balanced(Barcode.parse("0-0,0-2,1-1:2,2-2"), target=Matrix([[4, 0], [0, 0]]))
    >>> is_balanced(theta), theta.product()
    (True, Matrix([[4, 0], [0, 0]]))
    """
    require_height(height)
    minimal = barcode.fiber.minimal_stratum.barcode
    if barcode != minimal:
        raise InputError(
            f"no point with barcode {barcode} is balanced: the matrices of balanced weights have "
            f"all the rank of their product, which is so for {minimal} only"
        )
    random = Random(f"{seed}:{barcode}")
    if target is None:
        return _without_target(barcode, random, height, field)
    require_target(barcode, target)
    if target.field.degree > 1 or field.degree > 1:
        raise InputError("balanced weights are made for a rational target without --field")
    core = _roots_of_product(barcode, target)
    turns = [_orthogonal(width, random) for width in barcode.widths[1:-1]]
    identity = [Matrix.identity(barcode.widths[end]) for end in (0, -1)]
    turns = [identity[0], *turns, identity[1]]
    return _checked(_turned(core, turns), barcode, target)


def _checked(theta: Weights, barcode: Barcode, target: Matrix | None) -> Weights:
    if not is_balanced(theta):
        raise CertificateError("the weights found are not balanced")
    return checked_point(theta, barcode, target)


def _without_target(barcode: Barcode, random: Random, height: int, field: Field) -> Weights:
    """Singular values of our choice between orthogonal matrices."""
    values = [_singular_value(field, height, random) for _ in range(barcode.rank)]
    diagonal = Matrix.zero(0, 0, field)
    if values:
        ends = range(len(values))
        diagonal = Matrix([[values[i] if i == j else 0 for j in ends] for i in ends], field)
    layers = [_padded(diagonal, after, before) for before, after in pairwise(barcode.widths)]
    turns = [_orthogonal(width, random) for width in barcode.widths]
    return _checked(_turned(layers, turns), barcode, None)


def _singular_value(field: Field, height: int, random: Random) -> Scalar:
    size = random.randint(1, height)
    others = [random.randint(1, height)] if field.degree > 1 else []
    return field.element([size, *others, *[0] * (field.degree - 1 - len(others))], 1)


def _turned(layers: list[Matrix], turns: list[Matrix]) -> Weights:
    """Change the orthonormal basis of every layer."""
    return Weights(
        after @ matrix @ before.T
        for matrix, (before, after) in zip(layers, pairwise(turns), strict=True)
    )


def _orthogonal(size: int, random: Random) -> Matrix:
    """Return a rational orthogonal matrix: the product of two reflections."""
    unit = Matrix.identity(size)
    turn = unit
    for _ in range(2):
        places = random.sample(range(size), min(size, random.randint(2, 4)))
        mirror = [random.choice((-1, 1)) if at in places else 0 for at in range(size)]
        normal = Matrix([mirror])
        turn = turn @ (unit - QQ(2) / len(places) * (normal.T @ normal))
    return turn


def _padded(matrix: Matrix, nrows: int, ncols: int) -> Matrix:
    """Put a matrix into the upper left corner of a larger zero matrix."""
    field, (m, n) = matrix.field, matrix.shape
    wide = Matrix.hstack([matrix, Matrix.zero(m, ncols - n, field)])
    return Matrix.vstack([wide, Matrix.zero(nrows - m, ncols, field)])


def _roots_of_product(barcode: Barcode, target: Matrix) -> list[Matrix]:
    """Return balanced matrices with a given rational product W, in simple position.

    With S = (WᵀW)^{1/2L} and Q an isometry from the hidden layers onto the row space of W, they
    are QᵀS, QᵀSQ, …, W S^{1−L} Q, where S^{1−L} acts on the row space only. Q is the identity if
    all hidden layers are as wide as the input.
    """
    widths, depth = barcode.widths, barcode.depth
    if depth == 1 or barcode.rank == 0:
        return [target] if depth == 1 else [Matrix.zero(m, n) for n, m in pairwise(widths)]
    narrowest = min(widths[1:-1])
    if widths[-1] <= narrowest < widths[0]:
        transposed = _roots_of_product(barcode.reversed(), target.T)
        return [matrix.T for matrix in reversed(transposed)]
    square = target.T @ target
    roots = _roots_of_eigenvalues(square, 2 * depth)
    basis = _orthogonal_rows(target) if narrowest < widths[0] else Matrix.identity(widths[0])
    norms = [QQ(_entry(row @ row.T)) for row in (basis[[i], :] for i in range(basis.nrows))]
    found = _field_with([*roots, *(AlgebraicNumber.rational(norm).radical(2) for norm in norms)])
    field, values = found[0].field, found[: len(roots)]
    root, inverse = _functions(square.change_field(field), values, depth)
    lengths = [1 / norm for norm in found[len(roots) :]]
    size = range(len(norms))
    scale = Matrix([[lengths[i] if i == j else 0 for j in size] for i in size], field)
    isometry = (scale @ basis).T
    first, middle = isometry.T @ root, isometry.T @ root @ isometry
    last = target @ inverse @ isometry
    hidden = [_padded(middle, m, n) for n, m in pairwise(widths[1:-1])]
    return [
        _padded(first, widths[1], widths[0]),
        *hidden,
        _padded(last, widths[-1], widths[-2]),
    ]


def _functions(square: Matrix, values: list[FieldElement], depth: int) -> tuple[Matrix, Matrix]:
    """Return S and S^{1−L} on the row space, S^{2L} = WᵀW, by interpolation in the eigenvalues."""
    size, field = square.nrows, square.field
    unit = Matrix.identity(size, field)
    eigenvalues = [value ** (2 * depth) for value in values]
    root = inverse = Matrix.zero(size, size, field)
    for value, own in zip(values, eigenvalues, strict=True):
        projector = square * (1 / own)
        for other in eigenvalues:
            if other != own:
                projector = projector @ (square - unit * other) * (1 / (own - other))
        root = root + projector * value
        inverse = inverse + projector * value ** (1 - depth)
    return root, inverse


def _roots_of_eigenvalues(square: Matrix, exponent: int) -> list[AlgebraicNumber]:
    """Return the positive `exponent`-th roots of the nonzero eigenvalues of a symmetric matrix.

    Roots are told apart by their index among the real roots of a polynomial, never by digits.
    """
    found = []
    for factor in _factors(fmpq_mat(square.to_flint()).charpoly()):
        if factor[0] == 0:
            continue
        spread = [0] * (factor.degree() * exponent + 1)
        spread[::exponent] = [int(c) for c in factor.coeffs()]
        for polynomial in _factors(fmpz_poly(spread)):
            roots = [
                AlgebraicNumber.real_root(polynomial, index)
                for index in range(number_of_real_roots(polynomial))
            ]
            positive = [root for root in roots if root.sign() > 0]
            if positive and polynomial.degree() > MAX_DEGREE:
                raise _too_large(polynomial.degree())
            found += positive
    return found


def _factors(polynomial: fmpq_poly | fmpz_poly) -> list[fmpz_poly]:
    return [factor for factor, _ in fmpz_poly(fmpq_poly(polynomial).numer()).factor()[1]]


def _field_with(numbers: list[AlgebraicNumber]) -> list[FieldElement]:
    """Return real numbers as elements of the field that they generate together."""
    try:
        found = common_elements(numbers)
    except TooLargeError:
        raise _too_large(None) from None
    if found[0].field.degree > MAX_DEGREE:
        raise _too_large(found[0].field.degree)
    return found


def _too_large(degree: int | None) -> TooLargeError:
    size = f"of degree {degree} or more" if degree else "too large to be made"
    return TooLargeError(
        f"balanced weights with this product need roots that generate a field {size}; fields of "
        f"degree up to {MAX_DEGREE} are used"
    )


def _orthogonal_rows(target: Matrix) -> Matrix:
    """Return orthogonal rational vectors, as ROWS, that span the row space (Gram–Schmidt)."""
    rows = target.row_space().basis
    found: list[Matrix] = []
    for at in range(rows.nrows):
        row = rows[[at], :]
        for other in found:
            row = row - other * (_entry(row @ other.T) / _entry(other @ other.T))
        found.append(int(row.denominator) * row)
    return Matrix.vstack(found)


def _entry(matrix: Matrix) -> Scalar:
    return matrix[0, 0]
