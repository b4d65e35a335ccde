"""Algebraic numbers: an irreducible polynomial over Z and a ball that isolates one of its roots.

These are the numbers that fields are made from, before any field exists. Sums and products are
roots of characteristic polynomials of small matrices: the companion matrices of the operands,
combined by Kronecker products (Cohen, A Course in Computational Algebraic Number Theory, section
4.2). The right irreducible factor is the one that still has a root in an enclosure of the result
when the enclosure has been refined until no other has.
"""

from fractions import Fraction
from typing import TYPE_CHECKING

from flint import acb, fmpq_mat, fmpq_poly, fmpz_poly

from linnet_exact.algebra.numbers.multiplication_matrices import (
    kronecker_product,
    kronecker_sum,
    monic,
    multiplication_matrix,
    power_modulo,
)
from linnet_exact.algebra.numbers.nearest_root import nearest_real_root
from linnet_exact.algebra.numbers.root_isolation import (
    FIRST_PRECISION,
    is_real,
    real_roots,
)
from linnet_exact.algebra.numbers.root_selection import (
    limit_degree,
    locate_root,
    root_of_unity,
    select_root,
    sign_by_refinement,
)
from linnet_exact.algebra.numbers.sympy_roots import root_to_sympy
from linnet_exact.errors import DivisionByZeroError, InputError
from linnet_exact.frozen import Frozen

if TYPE_CHECKING:
    import sympy

__all__ = ["AlgebraicNumber"]


class AlgebraicNumber(Frozen):
    """A complex algebraic number.

    Attributes
    ----------
    polynomial : fmpz_poly
        The minimal polynomial over Z: irreducible, primitive, leading coefficient positive.

    Examples
    --------
    >>> root_two = AlgebraicNumber.rational(Fraction(2)).radical(2)
    >>> (root_two + AlgebraicNumber.rational(Fraction(3)).radical(2)).polynomial
    x^4 + (-10)*x^2 + 1
    >>> (root_two * root_two).polynomial
    x + (-2)
    """

    __slots__ = ("_ball", "polynomial")

    polynomial: fmpz_poly
    _ball: acb

    def __init__(self, polynomial: fmpz_poly, ball: acb) -> None:
        object.__setattr__(self, "polynomial", polynomial)
        object.__setattr__(self, "_ball", ball)  # a ball of `complex_roots`, at some precision

    @classmethod
    def rational(cls, value: Fraction) -> "AlgebraicNumber":
        """Return a rational number as an algebraic one.

        Examples
        --------
        >>> AlgebraicNumber.rational(Fraction(1, 2)).polynomial
        2*x + (-1)
        """
        polynomial = fmpz_poly([-value.numerator, value.denominator])
        return cls(polynomial, real_roots(polynomial, FIRST_PRECISION)[0])

    @classmethod
    def real_root(cls, polynomial: fmpz_poly, index: int) -> "AlgebraicNumber":
        """Return the real root with `index` smaller ones of a primitive irreducible polynomial.

        Examples
        --------
        >>> AlgebraicNumber.real_root(fmpz_poly([-2, 0, 1]), 1).enclosure(53).real > 0
        True
        """
        return cls(polynomial, real_roots(polynomial, FIRST_PRECISION)[index])

    @classmethod
    def root_near(cls, polynomial: fmpq_poly, near: Fraction) -> "AlgebraicNumber":
        """Return the real root of a polynomial over Q that is nearest to `near`.

        Raises
        ------
        InputError
            If the polynomial is constant, has no real root, or has two nearest ones.

        Examples
        --------
        >>> AlgebraicNumber.root_near(fmpq_poly([-2, 0, 1]), Fraction(1)).enclosure(53).real.str(9)
        '[1.41421356 +/- 2.38e-9]'
        """
        return cls(*nearest_real_root(polynomial, near))

    @classmethod
    def root_of_unity(cls, order: int) -> "AlgebraicNumber":
        """Return exp(2 pi i / order).

        Raises
        ------
        TooLargeError
            If the degree is too large.

        Examples
        --------
        >>> AlgebraicNumber.root_of_unity(5).polynomial
        x^4 + x^3 + x^2 + x + 1
        """
        return cls(*root_of_unity(order))

    @property
    def degree(self) -> int:
        """The degree over Q.

        Examples
        --------
        >>> AlgebraicNumber.rational(Fraction(5)).degree
        1
        """
        return int(self.polynomial.degree())

    @property
    def is_real(self) -> bool:
        """Whether the number is real.

        Examples
        --------
        >>> AlgebraicNumber.rational(Fraction(-1)).radical(2).is_real
        False
        """
        return is_real(self._ball)

    @property
    def is_zero(self) -> bool:
        """Whether the number is zero.

        Examples
        --------
        >>> AlgebraicNumber.rational(Fraction(0)).is_zero
        True
        """
        return bool(self.polynomial[0] == 0)

    def sign(self) -> int:
        """Return -1, 0 or 1 for a real number.

        Examples
        --------
        >>> AlgebraicNumber.rational(Fraction(-2)).sign()
        -1
        """
        return 0 if self.is_zero else sign_by_refinement(lambda bits: self.enclosure(bits).real)

    @property
    def matrix(self) -> fmpq_mat:
        """The companion matrix of the minimal polynomial.

        Examples
        --------
        >>> AlgebraicNumber.rational(Fraction(2)).radical(2).matrix.tolist()
        [[0, 2], [1, 0]]
        """
        return self._multiplication(fmpq_poly([0, 1]))

    def enclosure(self, bits: int) -> acb:
        """Return a ball around the number with about `bits` correct bits; real numbers get 0j.

        Examples
        --------
        >>> root = AlgebraicNumber.rational(Fraction(-4)).radical(2)
        >>> root.enclosure(53).imag.str(9, radius=False)
        '2.00000000'
        """
        return locate_root(self.polynomial, self._ball, bits)[1]

    def root_index(self) -> int:
        """Return how many real roots of the minimal polynomial are smaller than this real one.

        Examples
        --------
        >>> AlgebraicNumber.rational(Fraction(2)).radical(2).root_index()
        1
        """
        return locate_root(self.polynomial, self._ball, FIRST_PRECISION)[0]

    def is_same_real(self, other: "AlgebraicNumber") -> bool:
        """Return whether two real numbers are equal.

        Examples
        --------
        >>> root_two = AlgebraicNumber.rational(Fraction(2)).radical(2)
        >>> root_two.is_same_real(root_two * -1)
        False
        """
        same = self.polynomial == other.polynomial
        return bool(same and self.root_index() == other.root_index())

    def to_sympy(self) -> "sympy.Expr":
        """Return the number as an exact SymPy expression.

        Examples
        --------
        >>> AlgebraicNumber.rational(Fraction(2)).radical(2).to_sympy()
        sqrt(2)
        """
        index = self.root_index() if self.is_real else None
        return root_to_sympy(self.polynomial, index, self.enclosure)

    _sympy_ = to_sympy  # SymPy asks for it where it meets the number

    def scaled_sum(self, scale: int, other: "AlgebraicNumber") -> tuple["AlgebraicNumber", bool]:
        """Return scale * self + other, and whether all the sums of their conjugates differ.

        Examples
        --------
        >>> root_two = AlgebraicNumber.rational(Fraction(2)).radical(2)
        >>> [root_two.scaled_sum(s, root_two)[1] for s in (1, 2)]
        [False, True]
        """
        limit_degree(self.degree * other.degree)
        sums = kronecker_sum(scale * self.matrix, other.matrix).charpoly().numer()
        total = select_root(sums, lambda bits: scale * self.enclosure(bits) + other.enclosure(bits))
        return AlgebraicNumber(*total), bool(sums.gcd(sums.derivative()).degree() == 0)

    def __add__(self, other: "AlgebraicNumber") -> "AlgebraicNumber":
        return self.scaled_sum(1, other)[0]

    def __mul__(self, other: "AlgebraicNumber | int") -> "AlgebraicNumber":
        if isinstance(other, int):
            other = AlgebraicNumber.rational(Fraction(other))
        limit_degree(self.degree * other.degree)
        products = kronecker_product(self.matrix, other.matrix).charpoly().numer()
        return AlgebraicNumber(
            *select_root(products, lambda bits: self.enclosure(bits) * other.enclosure(bits))
        )

    def __pow__(self, exponent: int) -> "AlgebraicNumber":
        if exponent < 0:
            return self._inverse() ** -exponent
        power = power_modulo(fmpq_poly([0, 1]), exponent, monic(fmpq_poly(self.polynomial)))
        minimal = self._multiplication(power).minpoly().numer()
        return AlgebraicNumber(*select_root(minimal, lambda bits: self.enclosure(bits) ** exponent))

    def radical(self, degree: int) -> "AlgebraicNumber":
        """Return the root of this degree: of a real number the real one, the one >= 0 of two.

        A square root that is not real is the principal one, with positive real part or, on the
        imaginary axis, positive imaginary part.

        Raises
        ------
        InputError
            If the root is not real, and not a square root.

        Examples
        --------
        >>> AlgebraicNumber.rational(Fraction(-8)).radical(3).polynomial
        x + 2
        """
        limit_degree(self.degree * degree)
        if self.is_zero:
            return self
        negative = self.is_real and self.sign() < 0
        if negative and degree % 2:
            return (self * -1).radical(degree) * -1
        if degree != 2 and (negative or not self.is_real):
            raise InputError("a root that is not real must be a square root")

        def enclose(bits: int) -> acb:
            ball = self.enclosure(bits)
            if negative:
                return acb(0, (-ball.real).sqrt())
            return acb(ball.real.root(degree)) if self.is_real else ball.sqrt()

        substituted = self.polynomial(fmpz_poly([0] * degree + [1]))
        return AlgebraicNumber(*select_root(substituted, enclose))

    def _inverse(self) -> "AlgebraicNumber":
        if self.is_zero:
            raise DivisionByZeroError("expected a number that is not zero")
        mirrored = fmpz_poly(self.polynomial.coeffs()[::-1])
        return AlgebraicNumber(*select_root(mirrored, lambda bits: 1 / self.enclosure(bits)))

    def _multiplication(self, element: fmpq_poly) -> fmpq_mat:
        return multiplication_matrix(element, monic(fmpq_poly(self.polynomial)))
