"""The eigenvalues of exact symmetric matrices, as real algebraic numbers in order.

Over Q they are the roots of the characteristic polynomial. Over Q(a) they are among the roots of
that of the regular representation, the product of all conjugates' characteristic polynomials; which
ones, and how often, is told by the exact inertia of A − c between them. No float decides an order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import ceil

from flint import arb, ctx, fmpq_mat, fmpz_poly

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.arrays.regular_representation import to_regular
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.algebra.numbers.root_isolation import FIRST_PRECISION, complex_roots, is_real
from linnet_exact.errors import TooLargeError
from linnet_exact.interruption import interruptible
from linnet_exact.landscape.inertia.inertia import inertia
from linnet_exact.landscape.inertia.signs import require_symmetric
from linnet_exact.weights.forms import as_matrix

__all__ = [
    "Eigenvalue",
    "cut_between",
    "decimal_enclosure",
    "eigenvalues",
    "exact_fraction",
    "to_ball",
]

MAX_SIZE = 100
"""Largest size, times the degree of the field, of a matrix whose eigenvalues are isolated."""


@dataclass(frozen=True)
class Eigenvalue:
    """A real algebraic number, and how often it is an eigenvalue.

    Attributes
    ----------
    polynomial : tuple of int
        Its minimal polynomial over Z, constant term first, primitive, leading coefficient positive.
    root : int
        How many real roots of the polynomial are smaller.
    multiplicity : int

    Examples
    --------
    >>> larger, smaller = eigenvalues(Matrix([[1, 1], [1, 2]]))
    >>> larger.polynomial, larger.root, smaller.root, larger.to_fraction()
    ((1, -3, 1), 1, 0, None)
    """

    polynomial: tuple[int, ...]
    root: int
    multiplicity: int = 1

    @property
    def degree(self) -> int:
        """The degree over Q."""
        return len(self.polynomial) - 1

    @property
    def is_zero(self) -> bool:
        """Whether it is 0."""
        return self.polynomial == (0, 1)

    @cached_property
    def number(self) -> AlgebraicNumber:
        """The algebraic number."""
        return AlgebraicNumber.real_root(fmpz_poly(list(self.polynomial)), self.root)

    def to_fraction(self) -> Fraction | None:
        """Return it as a fraction; None if it is irrational."""
        return Fraction(-self.polynomial[0], self.polynomial[1]) if self.degree == 1 else None

    def same_number(self, other: "Eigenvalue") -> bool:
        """Return whether the two numbers are equal, whatever their multiplicities."""
        return (self.polynomial, self.root) == (other.polynomial, other.root)

    def enclosure(self, bits: int = FIRST_PRECISION) -> arb:
        """Return a ball around it with about `bits` correct bits."""
        return complex_roots(fmpz_poly(list(self.polynomial)), bits)[self.root].real

    def isolating_interval(self) -> tuple[Fraction, Fraction]:
        """Return rational ends between which the polynomial has no other root."""
        return _ends(self.enclosure())


def eigenvalues(matrix: Matrix) -> tuple[Eigenvalue, ...]:
    """Return the different eigenvalues of a symmetric matrix, the largest first.

    Raises
    ------
    InputError
        If the matrix is not symmetric, or its field has no real embedding.
    TooLargeError
        If the matrix is larger than `MAX_SIZE`.

    Examples
    --------
    >>> [str(x.to_fraction()) for x in eigenvalues(Matrix([[0, 2], [2, 3]]))]
    ['4', '-1']
    """
    matrix = as_matrix(matrix, "matrix")
    require_symmetric(matrix)
    size = matrix.nrows * matrix.field.degree
    if size > MAX_SIZE:
        raise TooLargeError(
            f"the eigenvalues of a {matrix.nrows}x{matrix.nrows} matrix over a field of degree "
            f"{matrix.field.degree} are roots of a polynomial of degree {size}; the limit is "
            f"{MAX_SIZE}"
        )
    regular, denominator = to_regular(matrix)
    polynomial = interruptible(fmpq_mat.charpoly, fmpq_mat(regular) / denominator).numer()
    factors = polynomial.factor()[1] if size else []
    candidates = _sorted_roots([factor for factor, _ in factors])
    if matrix.field.degree == 1:
        exponents = {_coefficients(factor): int(exponent) for factor, exponent in factors}
        counts = [exponents[coefficients] for coefficients, _, _ in candidates]
    else:
        counts = _multiplicities(matrix, [ball for _, _, ball in candidates])
    found = [
        Eigenvalue(coefficients, root, count)
        for (coefficients, root, _), count in zip(candidates, counts, strict=True)
        if count
    ]
    return tuple(reversed(found))


def cut_between(smaller: Eigenvalue, larger: Eigenvalue) -> Fraction:
    """Return a rational number between two, with a short denominator.

    Examples
    --------
    >>> larger, smaller = eigenvalues(Matrix([[1, 1], [1, 2]]))
    >>> cut_between(smaller, larger)
    Fraction(2, 1)
    """
    bits = FIRST_PRECISION
    while True:
        low, high = smaller.enclosure(bits), larger.enclosure(bits)
        if low < high:
            return _short_between(low, high)
        bits *= 2


def _short_between(low: arb, high: arb) -> Fraction:
    """Return the largest number strictly between two balls of the least power of 2 below."""
    (_, least), (most, _) = _ends(low), _ends(high)
    scale = 1
    while True:
        cut = Fraction(ceil(most * scale) - 1, scale)
        if cut > least:
            return cut
        scale *= 2


def decimal_enclosure(ball: arb, digits: int = 12) -> tuple[str, str]:
    """Return decimals at most and at least what a ball encloses, with some digits after the point.

    Examples
    --------
    >>> decimal_enclosure(arb(1) / 3, 4)
    ('0.3333', '0.3334')
    """
    scale = 10**digits
    lower = exact_fraction(ball.lower()) * scale
    upper = exact_fraction(ball.upper()) * scale
    return _decimal(lower.__floor__(), digits), _decimal(upper.__ceil__(), digits)


def to_ball(number: Scalar, bits: int = 128) -> arb:
    """Return a ball around an exact real number.

    Examples
    --------
    >>> to_ball(Fraction(1, 4))
    0.250000000000000
    """
    if isinstance(number, Fraction):
        with ctx.workprec(bits):
            return arb(number.numerator) / number.denominator
    return number.enclosure(bits)


def exact_fraction(number: arb) -> Fraction:
    """Return the dyadic rational that an exact ball is.

    Examples
    --------
    >>> exact_fraction(arb("0.75"))
    Fraction(3, 4)
    """
    mantissa, exponent = (int(part) for part in number.mid().man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


def _ends(ball: arb) -> tuple[Fraction, Fraction]:
    """Return the ends of a ball; FLINT's own are rounded outwards, and those of two can overlap."""
    middle, radius = exact_fraction(ball.mid()), exact_fraction(ball.rad())
    return middle - radius, middle + radius


def _decimal(scaled: int, digits: int) -> str:
    whole, rest = divmod(abs(scaled), 10**digits)
    return f"{'-' if scaled < 0 else ''}{whole}.{rest:0{digits}}"


def _coefficients(polynomial: fmpz_poly) -> tuple[int, ...]:
    return tuple(int(c) for c in polynomial.coeffs())


def _sorted_roots(factors: Sequence[fmpz_poly]) -> list[tuple[tuple[int, ...], int, arb]]:
    """Return the real roots of different irreducible polynomials in ascending order.

    Each comes with its polynomial, the number of smaller real roots of it, and a ball; the balls
    are disjoint.
    """
    bits = FIRST_PRECISION
    while True:
        roots = [
            (_coefficients(factor), root, ball.real)
            for factor in factors
            for root, ball in enumerate(complex_roots(factor, bits))
            if is_real(ball)
        ]
        roots.sort(key=lambda found: exact_fraction(found[2].mid()))
        if all(before[2] < after[2] for before, after in pairwise(roots)):
            return roots
        bits *= 2


def _multiplicities(matrix: Matrix, balls: Sequence[arb]) -> list[int]:
    """Return how often each candidate is an eigenvalue: differences of the numbers below cuts."""
    unit = Matrix.identity(matrix.nrows, matrix.field)
    cuts = [_short_between(low, high) for low, high in pairwise(balls)]
    below = [0, *(inertia(matrix - cut * unit).negative for cut in cuts), matrix.nrows]
    return [after - before for before, after in pairwise(below)]
