"""Arithmetic in a number field: polynomials in the generator modulo its minimal polynomial."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from flint import fmpq, fmpq_mat, fmpq_poly, fmpz

from linnet_exact.algebra.fields.field import common_field
from linnet_exact.algebra.numbers.multiplication_matrices import multiplication_matrix, power_modulo
from linnet_exact.algebra.numbers.rational import to_fraction
from linnet_exact.errors import DivisionByZeroError, InputError
from linnet_exact.frozen import Frozen

if TYPE_CHECKING:
    from linnet_exact.algebra.fields.number_field import NumberField

__all__ = ["ResidueClass"]


class ResidueClass(Frozen):
    """A polynomial over Q modulo the minimal polynomial of a field's generator.

    What an element is apart from any embedding; `FieldElement` is the class that users meet.
    """

    __slots__ = ("_field", "_polynomial")

    _field: "NumberField"
    _polynomial: fmpq_poly

    def __init__(self, field: "NumberField", polynomial: fmpq_poly) -> None:
        object.__setattr__(self, "_field", field)
        object.__setattr__(self, "_polynomial", polynomial)  # of degree < e; never changed

    @property
    def field(self) -> "NumberField":
        """The field of the element.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> NumberField("sqrt(2)").gen.field
        NumberField('sqrt(2)')
        """
        return self._field

    @property
    def coordinates(self) -> tuple[Fraction, ...]:
        """The rational numbers (c_0, ..., c_(e-1)).

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> NumberField("sqrt(2)")("1/2 + 3*a").coordinates
        (Fraction(1, 2), Fraction(3, 1))
        """
        return tuple(to_fraction(self._polynomial[i]) for i in range(self._field.degree))

    @property
    def is_rational(self) -> bool:
        """Whether the element is a rational number.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> a = NumberField("sqrt(2)").gen
        >>> a.is_rational, (a * a).is_rational
        (False, True)
        """
        return bool(self._polynomial.degree() < 1)

    def to_rational(self) -> Fraction:
        """Return the element as a `Fraction`.

        Raises
        ------
        InputError
            If the element is not rational.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> (NumberField("sqrt(2)").gen ** 2).to_rational()
        Fraction(2, 1)
        """
        if not self.is_rational:
            raise InputError(f"expected a rational number, not {self}")
        return to_fraction(self._polynomial[0])

    def height_bits(self) -> int:
        """Return the bits of the largest of the coordinates' numerators and common denominator.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> NumberField("sqrt(2)")("1/2 + 9*a").height_bits()
        5
        """
        numerator, denominator = self._polynomial.numer(), self._polynomial.denom()
        return max(int(numerator.height_bits()), int(denominator.height_bits()))

    def multiplication_matrix(self) -> tuple[list[list[int]], int]:
        """Return integers R (e rows of length e) and d > 0: R / d is multiplication by the element.

        Column j holds the coordinates of the element times a^j. Products of elements become
        products of matrices: this is the regular representation.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> NumberField("sqrt(2)")("1 + a/2").multiplication_matrix()
        ([[2, 2], [1, 2]], 2)
        """
        numerators, denominator = self._matrix().numer_denom()
        return [[int(x) for x in row] for row in numerators.tolist()], int(denominator)

    def __add__(self, other: object) -> Self:
        return self._combine(other, lambda x, y, _: x + y)

    __radd__ = __add__

    def __sub__(self, other: object) -> Self:
        return self._combine(other, lambda x, y, _: x - y)

    def __rsub__(self, other: object) -> Self:
        return self._combine(other, lambda x, y, _: y - x)

    def __mul__(self, other: object) -> Self:
        return self._combine(other, lambda x, y, modulus: x * y % modulus)

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Self:
        return self._combine(other, lambda x, y, modulus: x * _inverse(y, modulus) % modulus)

    def __rtruediv__(self, other: object) -> Self:
        return self._combine(other, lambda x, y, modulus: y * _inverse(x, modulus) % modulus)

    def __pow__(self, exponent: int) -> Self:
        if not isinstance(exponent, int):
            return NotImplemented
        modulus = self._field.modulus
        base = self._polynomial if exponent >= 0 else _inverse(self._polynomial, modulus)
        return self._new(power_modulo(base, abs(exponent), modulus))

    def __neg__(self) -> Self:
        return self._new(-self._polynomial)

    def __pos__(self) -> Self:
        return self

    def __bool__(self) -> bool:
        return bool(self._polynomial)

    def inverse(self) -> Self:
        """Return 1 / self.

        Raises
        ------
        DivisionByZeroError
            If the element is zero.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> (1 + NumberField("sqrt(2)").gen).inverse()
        FieldElement('-1 + a')
        """
        return self._new(_inverse(self._polynomial, self._field.modulus))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ResidueClass) and other._field != self._field:
            return self.is_rational and other.is_rational and self.to_rational() == other
        try:
            operand = self._operand(other)
        except InputError:  # infinity, nan
            return False
        return NotImplemented if operand is None else bool(self._polynomial == operand)

    def __hash__(self) -> int:
        if self.is_rational:
            return hash(self.to_rational())
        # The same for equal numbers of two fields: traces divided by degrees, of x and of x^2.
        square = self._polynomial * self._polynomial % self._field.modulus
        return hash((self._mean(self._polynomial), self._mean(square)))

    def _mean(self, polynomial: fmpq_poly) -> Fraction:
        """Return the mean of the conjugates of an element."""
        matrix = multiplication_matrix(polynomial, self._field.modulus)
        degree = self._field.degree
        return to_fraction(sum((matrix[i, i] for i in range(degree)), fmpq(0))) / degree

    def _matrix(self) -> fmpq_mat:
        return multiplication_matrix(self._polynomial, self._field.modulus)

    def _new(self, polynomial: fmpq_poly) -> Self:
        return type(self)(self._field, polynomial)

    def _operand(self, other: object) -> fmpq_poly | None:
        """Return another element as a polynomial, or None when it is not a number to mix with."""
        if isinstance(other, ResidueClass):
            return other._polynomial
        if isinstance(other, int | Fraction | fmpq | fmpz):
            return fmpq_poly([fmpq(other.numerator, other.denominator)])
        if isinstance(other, float | Decimal | Rational):
            if type(other).__module__.startswith("sympy"):
                return None  # SymPy's numbers take over, exactly, through `_sympy_`
            number = to_fraction(other)
            return fmpq_poly([fmpq(number.numerator, number.denominator)])
        return None

    def _combine(self, other: object, operation: "Operation") -> Self:
        """Apply an operation, in the larger field when one of the two holds the other."""
        if isinstance(other, ResidueClass) and other._field != self._field:
            field: Any = common_field([self._field, other._field])
            combined: Self = field(self)._combine(field(other), operation)
            return combined
        operand = self._operand(other)
        if operand is None:
            return NotImplemented  # type: ignore[no-any-return]
        return self._new(operation(self._polynomial, operand, self._field.modulus))


Operation: TypeAlias = Callable[[fmpq_poly, fmpq_poly, fmpq_poly], fmpq_poly]
"""Two polynomials and the modulus -> a polynomial of a smaller degree than the modulus."""


def _inverse(polynomial: fmpq_poly, modulus: fmpq_poly) -> fmpq_poly:
    if not polynomial:
        raise DivisionByZeroError("expected a divisor that is not zero")
    return polynomial.xgcd(modulus)[1]
