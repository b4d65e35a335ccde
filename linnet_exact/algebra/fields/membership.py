"""Finding a given algebraic number in a number field.

The norm method (Trager, Algebraic factoring and rational function integration, SYMSAC 1976): for a
number b with minimal polynomial g, and s such that all sums of a conjugate of b and s times a
conjugate of the generator a differ, b lies in Q(a) exactly when b + s a has degree e; and then b
is the one common root in Q(a) of g(y) and h(y + s a), h the minimal polynomial of b + s a.
"""

from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from flint import fmpz_poly

from linnet_exact.algebra.fields.element import FieldElement
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber

if TYPE_CHECKING:
    from linnet_exact.algebra.fields.number_field import NumberField

__all__ = ["common_root", "find_in_field", "primitive_combination"]

Coefficients: TypeAlias = list[FieldElement]
"""A polynomial over a number field, constant term first, without leading zeros."""


def primitive_combination(
    first: AlgebraicNumber, second: AlgebraicNumber
) -> tuple[AlgebraicNumber, int]:
    """Return b + s a for the least s > 0 that makes it generate Q(a, b), and s.

    Raises
    ------
    TooLargeError
        If the product of the degrees is too large.

    Examples
    --------
    >>> from fractions import Fraction
    >>> two, three = (AlgebraicNumber.rational(Fraction(n)).radical(2) for n in (2, 3))
    >>> number, s = primitive_combination(two, three)
    >>> number.polynomial, s
    (x^4 + (-10)*x^2 + 1, 1)
    """
    # All the sums of conjugates differ for all but finitely many s (primitive element theorem).
    for s in count(1):
        number, sums_differ = first.scaled_sum(s, second)
        if sums_differ:
            return number, s
    raise AssertionError


def find_in_field(number: AlgebraicNumber, field: "NumberField") -> FieldElement | None:
    """Return the element whose real embedding is `number`, or None if the field does not hold it.

    Raises
    ------
    TooLargeError
        If the product of the degrees of the number and the field is too large.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> K = NumberField("sqrt(2) + sqrt(3)")
    >>> find_in_field(AlgebraicNumber.rational(Fraction(2)).radical(2), K)
    FieldElement('-9/2*a + 1/2*a^3')
    >>> find_in_field(AlgebraicNumber.rational(Fraction(5)).radical(2), K)
    """
    if number.degree == 1:
        return field.element([-int(number.polynomial[0])], int(number.polynomial[1]))
    if field.root is None or not number.is_real or field.degree % number.degree:
        return None
    return _find_real(tuple(map(int, number.polynomial.coeffs())), number.root_index(), field)


@lru_cache(maxsize=1024)  # the entries of a matrix share their roots
def _find_real(
    coefficients: tuple[int, ...], root_index: int, field: "NumberField"
) -> FieldElement | None:
    assert field.root is not None
    number = AlgebraicNumber.real_root(fmpz_poly(list(coefficients)), root_index)
    if number.polynomial == field.integer_polynomial and root_index == field.root.root_index():
        return field.gen
    total, s = primitive_combination(field.root, number)
    if total.degree != field.degree:
        return None
    return common_root(number.polynomial, total.polynomial, s * field.gen)


def common_root(g: fmpz_poly, h: fmpz_poly, shift: FieldElement) -> FieldElement:
    """Return the one common root, in the field of the shift, of g(y) and h(y + shift).

    Examples
    --------
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> a = NumberField("sqrt(2)").gen
    >>> common_root(fmpz_poly([-8, 0, 1]), fmpz_poly([-18, 0, 1]), a)
    FieldElement('2*a')
    """
    field = shift.field
    divisor = [field(c) for c in g.coeffs()]
    remainder: Coefficients = []
    for c in reversed(h.coeffs()):  # Horner's rule modulo g
        shifted = _add([field(0), *remainder], [shift * x for x in remainder])
        remainder = _remainder(_add(shifted, [field(c)]), divisor)
    while remainder:
        divisor, remainder = remainder, _remainder(divisor, remainder)
    constant, slope = divisor
    return -constant / slope


def _add(left: Coefficients, right: Coefficients) -> Coefficients:
    longer, shorter = (left, right) if len(left) >= len(right) else (right, left)
    return _trimmed([x + y for x, y in zip(longer, shorter, strict=False)] + longer[len(shorter) :])


def _remainder(dividend: Coefficients, divisor: Coefficients) -> Coefficients:
    rest = list(dividend)
    inverse = divisor[-1].inverse()
    while len(rest) >= len(divisor):
        factor = rest[-1] * inverse
        start = len(rest) - len(divisor)
        for i, c in enumerate(divisor):
            rest[start + i] -= factor * c
        rest = _trimmed(rest)
    return rest


def _trimmed(coefficients: Coefficients) -> Coefficients:
    while coefficients and not coefficients[-1]:
        coefficients.pop()
    return coefficients
