"""Elements of a number field: order, enclosures, invariants and text."""

import re
from collections.abc import Callable
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Any

from flint import acb, acb_poly, arb, arb_poly, ctx

from linnet_exact.algebra.fields.residue_class import ResidueClass
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.algebra.numbers.polynomial_text import format_polynomial, latex_polynomial
from linnet_exact.algebra.numbers.rational import to_fraction
from linnet_exact.algebra.numbers.root_isolation import MAX_BITS, complex_roots
from linnet_exact.algebra.numbers.root_selection import select_root, sign_by_refinement
from linnet_exact.arguments import as_integer
from linnet_exact.errors import InputError

if TYPE_CHECKING:
    import sympy

__all__ = ["FieldElement"]


class FieldElement(ResidueClass):
    """An element c_0 + c_1 a + ... + c_(e-1) a^(e-1) of a number field Q(a).

    Made by calling the field, or by arithmetic; never changed. Integers, `Fraction` and FLINT
    rationals mix in, floats and decimals as the rationals that they are. Elements of two fields mix
    when one of the fields holds the other; else see `NumberField.compositum`. SymPy's numbers turn
    elements into SymPy expressions, exactly. Comparisons are those of real numbers and need a field
    with a real embedding.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> a = NumberField("sqrt(2)").gen
    >>> (1 + a) ** 3, 1 / a, a > Fraction(7, 5)
    (FieldElement('7 + 5*a'), FieldElement('1/2*a'), True)
    """

    __slots__ = ()

    def __lt__(self, other: object) -> bool:
        return self._compare(other, lambda sign: sign < 0)

    def __le__(self, other: object) -> bool:
        return self._compare(other, lambda sign: sign <= 0)

    def __gt__(self, other: object) -> bool:
        return self._compare(other, lambda sign: sign > 0)

    def __ge__(self, other: object) -> bool:
        return self._compare(other, lambda sign: sign >= 0)

    def __eq__(self, other: object) -> bool:
        """Return whether two are the same element; of two fields, the same real number."""
        same = super().__eq__(other)
        if not isinstance(other, FieldElement) or same or self.field == other.field:
            return same
        if self.is_rational or other.is_rational or not (self.field.root and other.field.root):
            return False
        return self.algebraic_number().is_same_real(other.algebraic_number())

    __hash__ = ResidueClass.__hash__

    def sign(self) -> int:
        """Return -1, 0 or 1, through the real embedding of the field.

        Raises
        ------
        InputError
            If the element is not rational and the field has no real embedding.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> NumberField("sqrt(2)")("1414213562373095/10^15 - a").sign()
        -1
        """
        if self.is_rational:
            rational = self.to_rational()
            return (rational > 0) - (rational < 0)
        return sign_by_refinement(self._ball)

    def __abs__(self) -> "FieldElement":
        return -self if self.sign() < 0 else self

    def __floor__(self) -> int:
        if self.is_rational:
            return self.to_rational().__floor__()
        bits = 64  # an irrational number has a ball that holds no integer
        while True:
            with ctx.workprec(bits):
                floor = self._ball(bits).floor().unique_fmpz()
            if floor is not None:
                return int(floor)
            bits *= 2

    def __ceil__(self) -> int:
        return -(-self).__floor__()

    def __float__(self) -> float:
        """Return the nearest float to the real number."""
        if self.is_rational:
            return float(self.to_rational())
        bits = 64  # an irrational number lies halfway between no two floats
        while True:
            with ctx.workprec(bits):
                ball = self._ball(bits)
                low, high = float(_exact(ball.lower())), float(_exact(ball.upper()))
            if low == high:
                return low
            bits *= 2

    def enclosure(self, bits: int = 53) -> arb:
        """Return a ball around the real number with at least `bits` correct bits.

        Raises
        ------
        InputError
            If the element is not rational and the field has no real embedding.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> NumberField("sqrt(2)").gen.enclosure(100).str(20)
        '[1.4142135623730950488 +/- 1.69e-21]'
        """
        as_integer(bits, "bits", 1, MAX_BITS)
        if self.is_rational:
            with ctx.workprec(bits + 4):
                return arb(self._polynomial[0])
        ball: arb = _accurate(lambda precision: [self._ball(precision)], bits)[0]
        return ball

    def conjugates(self, bits: int = 53) -> list[acb]:
        """Return balls around the e conjugates, each with at least `bits` correct bits.

        They are the images under the embeddings of the field into the complex numbers: real
        embeddings first, by the image of the generator in ascending order; then the others. A
        conjugate that occurs more than once is repeated.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> [z.str(3, radius=False) for z in NumberField("x^3 - 2").gen.conjugates()]
        ['1.26', '-0.630 + 1.09j', '-0.630 - 1.09j']
        """
        as_integer(bits, "bits", 1, MAX_BITS)
        if not self:
            return [acb(0)] * self._field.degree

        def images(precision: int) -> list[acb]:
            roots = complex_roots(self._field.integer_polynomial, precision)
            with ctx.workprec(precision):
                return [acb_poly(self._polynomial)(root) for root in roots]

        return _accurate(images, bits)

    def algebraic_number(self) -> AlgebraicNumber:
        """Return the real number that the element is, apart from its field.

        Raises
        ------
        InputError
            If the element is not rational and the field has no real embedding.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> (NumberField("sqrt(2)").gen + 1).algebraic_number().polynomial
        x^2 + (-2)*x + (-1)
        """
        if self.is_rational:
            return AlgebraicNumber.rational(self.to_rational())
        minimal = self._matrix().minpoly().numer()
        return AlgebraicNumber(*select_root(minimal, lambda bits: acb(self._ball(bits))))

    def norm(self) -> Fraction:
        """Return the norm over Q: the product of the conjugates.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> NumberField("sqrt(2)")("3 + a").norm()
        Fraction(7, 1)
        """
        return to_fraction(self._field.modulus.resultant(self._polynomial)) if self else Fraction(0)

    def trace(self) -> Fraction:
        """Return the trace over Q: the sum of the conjugates.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> NumberField("sqrt(2)")("3 + a").trace()
        Fraction(6, 1)
        """
        return self._mean(self._polynomial) * self._field.degree

    def minimal_polynomial(self) -> tuple[Fraction, ...]:
        """Return the coefficients of the monic minimal polynomial over Q, constant term first.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> NumberField("sqrt(2)")("1/2").minimal_polynomial()
        (Fraction(-1, 2), Fraction(1, 1))
        """
        return tuple(map(to_fraction, self._matrix().minpoly().coeffs()))

    def characteristic_polynomial(self) -> tuple[Fraction, ...]:
        """Return the coefficients of the polynomial of degree e whose roots are the conjugates.

        Constant term first; a power of the minimal polynomial.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> NumberField("sqrt(2)")("1/2").characteristic_polynomial()
        (Fraction(1, 4), Fraction(-1, 1), Fraction(1, 1))
        """
        return tuple(map(to_fraction, self._matrix().charpoly().coeffs()))

    def __str__(self) -> str:
        return format_polynomial(self._polynomial, self._field.generator)

    def __repr__(self) -> str:
        return f"FieldElement('{self}')"

    def _repr_latex_(self) -> str:
        return f"${latex_polynomial(self._polynomial, self._field.generator)}$"

    def _repr_html_(self) -> str:
        text = re.sub(r"\^(\d+)", r"<sup>\1</sup>", escape(str(self)))
        return f"<span>{text.replace('*', ' ')}</span>"

    def to_sympy(self) -> "sympy.Expr":
        """Return an exact SymPy expression, a polynomial in that of the generator.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> NumberField("sqrt(2)")("1/2 + 3*a").to_sympy()
        1/2 + 3*sqrt(2)
        """
        return self._field.to_sympy(self)

    def _sympy_(self) -> "sympy.Expr":
        """Let SymPy take the element exactly, where it would ask for a float."""
        if self.is_rational or self._field.root is not None:
            return self.to_sympy()
        raise InputError(
            f"{self} has no real embedding, so SymPy cannot take it as a number; to_sympy() writes "
            f"it with the symbol {self._field.generator}"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return self._field.element, self._field.coordinates(self)

    def _compare(self, other: object, decide: Callable[[int], bool]) -> bool:
        difference = self.__sub__(other)
        if difference is NotImplemented:
            return NotImplemented  # type: ignore[no-any-return]
        return decide(difference.sign())

    def _ball(self, bits: int) -> arb:
        """Return the value of the polynomial at a ball around the real root, at a precision."""
        root = self._field.real_root(bits)
        with ctx.workprec(bits):
            return arb_poly(self._polynomial)(root)


def _accurate(enclose: Callable[[int], list[Any]], bits: int) -> list[Any]:
    """Return enclosures of nonzero numbers with at least `bits` correct bits each."""
    precision = bits + 16
    while True:
        balls = enclose(precision)
        if all(ball.rel_accuracy_bits() >= bits for ball in balls):
            return balls
        precision *= 2


def _exact(point: arb) -> Fraction:
    mantissa, exponent = point.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
