"""What numbers and expressions mean in a number field, and expressions before there is one."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import fmpq, fmpq_poly

from linnet_exact.algebra.fields.element import FieldElement
from linnet_exact.algebra.fields.membership import find_in_field
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.algebra.numbers.evaluation import evaluate, limit_bits, rational_root
from linnet_exact.algebra.numbers.expression import Expression, names_in
from linnet_exact.algebra.numbers.parser import parse_expression
from linnet_exact.algebra.numbers.rational import is_complex, to_fraction
from linnet_exact.errors import InputError, TooLargeError

if TYPE_CHECKING:
    from linnet_exact.algebra.fields.number_field import NumberField

__all__ = ["IMAGINARY_UNITS", "AlgebraicScope", "FieldScope", "evaluate_in_field", "read_element"]

COST_OF_DEGREE = 16
"""Each degree of an algebraic number weighs like this many times its bits, in limits on size."""

MAX_DEGREES = 1000
"""Largest sum, over all operations of a definition, of the degrees of their results, minus 1."""


IMAGINARY_UNITS = ("i", "I")
"""Names of the square root of -1, where they are not the name of a generator."""


class AlgebraicScope:
    """Values are algebraic numbers; names have none.

    A scope serves one definition: it bounds the work of all the evaluations in it together.
    """

    def __init__(self) -> None:
        self._degrees = 0

    def number(self, value: Fraction) -> AlgebraicNumber:
        """Return a rational number."""
        return AlgebraicNumber.rational(value)

    def name(self, name: str) -> AlgebraicNumber:
        """Refuse every name but that of the imaginary unit."""
        if name in IMAGINARY_UNITS:
            return AlgebraicNumber.root_of_unity(4)
        raise InputError(f"expected a number such as sqrt(2), not the name {name!r}")

    def radical(self, degree: int, radicand: AlgebraicNumber, source: str) -> AlgebraicNumber:
        """Return the root of a number; the principal one if it is a square root and not real."""
        root = radicand.radical(degree)
        self.limit(root)
        return root

    def root(self, polynomial: fmpq_poly, near: Fraction, source: str) -> AlgebraicNumber:
        """Return the nearest real root."""
        return AlgebraicNumber.root_near(polynomial, near)

    def unity(self, order: int) -> AlgebraicNumber:
        """Return exp(2 pi i / order)."""
        root = AlgebraicNumber.root_of_unity(order)
        self.limit(root)
        return root

    def limit(self, value: AlgebraicNumber, exponent: int = 1) -> None:
        """Bound the size of the coefficients, more so in high degrees, and the work so far."""
        self._degrees += value.degree - 1
        if self._degrees > MAX_DEGREES:
            raise TooLargeError("the text has too many operations with numbers that are irrational")
        bits = value.polynomial.height_bits()
        limit_bits(bits if value.degree == 1 else bits * value.degree * COST_OF_DEGREE, exponent)


class FieldScope:
    """Values are elements of one field, whose generator is the only name."""

    def __init__(self, field: "NumberField") -> None:
        self._field = field

    def number(self, value: Fraction) -> FieldElement:
        """Return a rational number."""
        return self._field.element([value.numerator], value.denominator)

    def name(self, name: str) -> FieldElement:
        """Return the generator."""
        if name in IMAGINARY_UNITS and self._field.is_gaussian:
            return self._field.gen
        if name != self._field.generator:
            raise InputError(
                f"the generator of the field is named {self._field.generator!r}, not {name!r}"
            )
        return self._field.gen

    def radical(self, degree: int, radicand: FieldElement, source: str) -> FieldElement:
        """Return the root when it is in the field; in Q, even without a real embedding."""
        if radicand.is_rational:
            rational = radicand.to_rational()
            root = rational_root(degree, fmpq(rational.numerator, rational.denominator))
            if root is not None:
                return self.number(to_fraction(root))
        if degree == 2 and radicand == -1 and self._field.is_gaussian:
            return self._field.gen
        number = radicand.algebraic_number()
        return self._find(number.radical(degree), source)

    def root(self, polynomial: fmpq_poly, near: Fraction, source: str) -> FieldElement:
        """Return the nearest real root when it is in the field."""
        return self._find(AlgebraicNumber.root_near(polynomial, near), source)

    def unity(self, order: int) -> FieldElement:
        """Return exp(2 pi i / order) in a cyclotomic field, where the generator is taken as one."""
        conductor = int(self._field.integer_polynomial.is_cyclotomic())  # or 0
        field = repr(self._field)
        if conductor and conductor % order == 0:
            return self._field.gen ** (conductor // order)
        if conductor and conductor % 2 and 2 * conductor % order == 0:
            root = -(self._field.gen ** ((conductor + 1) // 2))  # exp(pi i / conductor)
            return root ** (2 * conductor // order)
        if conductor or self._field.root is not None:
            raise InputError(f"zeta({order}) is not in the field {field}")
        raise InputError(
            f"zeta({order}) cannot be found in {field}; it is in NumberField('zeta({order})')"
        )

    def limit(self, value: FieldElement, exponent: int = 1) -> None:
        """Bound the bits of the coordinates; powers of others than rationals grow faster."""
        bits = value.height_bits()
        if value.is_rational:
            limit_bits(bits, exponent)
        elif exponent == 1:
            limit_bits(bits * self._field.degree)
        elif value != self._field.gen or exponent >= self._field.degree:
            limit_bits(bits + self._field.integer_polynomial.height_bits(), exponent)

    def _find(self, number: AlgebraicNumber, source: str) -> FieldElement:
        element = find_in_field(number, self._field)
        if element is not None:
            return element
        if self._field.root is None:
            raise InputError(
                f"{source} cannot be found in a field without a real embedding; "
                f"write it in the generator {self._field.generator}"
            )
        raise InputError(f"{source} is not in the field {self._field!r}")


def evaluate_in_field(expression: Expression, field: "NumberField") -> FieldElement:
    """Return the value of an expression in a field.

    Raises
    ------
    InputError
        If it is not in the field.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> from linnet_exact.algebra.numbers.parser import parse_expression
    >>> evaluate_in_field(parse_expression("sqrt(2)*sqrt(3)"), NumberField("sqrt(6)"))
    FieldElement('a')
    """
    try:
        element: FieldElement = evaluate(expression, FieldScope(field))
    except InputError:
        # All of it may be in the field though a part is not.
        if field.root is None or names_in(expression):
            raise
        found = find_in_field(evaluate(expression, AlgebraicScope()), field)
        if found is None:
            raise
        return found
    return element


def read_element(value: object, field: "NumberField") -> FieldElement:
    """Return the element of a field that a number, text, SymPy expression or element stands for.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> read_element("1/2 + sqrt(8)", NumberField("sqrt(2)"))
    FieldElement('1/2 + 2*a')
    """
    if isinstance(value, FieldElement):
        return value if value.field == field else _of_another_field(value, field)
    if isinstance(value, str):
        return evaluate_in_field(parse_expression(value), field)
    if type(value).__module__.partition(".")[0] == "sympy":
        from linnet_exact.algebra.fields.sympy_bridge import expression_from_sympy

        return evaluate_in_field(expression_from_sympy(value), field)
    if is_complex(value):
        return _complex_number(value, field)
    number = to_fraction(value)
    return field.element([number.numerator], number.denominator)


def _of_another_field(value: FieldElement, field: "NumberField") -> FieldElement:
    element = find_in_field(value.algebraic_number(), field)
    if element is None:
        raise InputError(f"{value} of {value.field!r} is not in the field {field!r}")
    return element


def _complex_number(value: Any, field: "NumberField") -> FieldElement:
    real, imaginary = to_fraction(value.real), to_fraction(value.imag)
    if imaginary and not field.is_gaussian:
        raise InputError(
            f"{value} is not in the field {field!r}; complex numbers are in "
            "NumberField('x^2 + 1', generator='i')"
        )
    return field.element([1], 1) * real + (field.gen * imaginary if imaginary else 0)
