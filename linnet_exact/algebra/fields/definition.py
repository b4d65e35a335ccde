"""From a minimal polynomial, or from numbers, to what defines a number field."""

from collections.abc import Sequence
from typing import NamedTuple

from flint import fmpq, fmpq_poly, fmpz_poly

from linnet_exact.algebra.fields.membership import primitive_combination
from linnet_exact.algebra.fields.scopes import IMAGINARY_UNITS, AlgebraicScope
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.algebra.numbers.evaluation import MAX_DEGREE, evaluate, evaluate_polynomial
from linnet_exact.algebra.numbers.expression import Expression, names_in
from linnet_exact.algebra.numbers.parser import parse_expression
from linnet_exact.algebra.numbers.polynomial_text import format_polynomial
from linnet_exact.algebra.numbers.rational import to_fraction
from linnet_exact.algebra.numbers.root_isolation import number_of_real_roots
from linnet_exact.errors import InputError, TooLargeError

__all__ = [
    "Definition",
    "defined_by_numbers",
    "defined_by_polynomial",
    "primitive_element",
    "read_definition",
]

MAX_HEIGHT_BITS = 400_000
"""Largest size of a coefficient of a minimal polynomial times its degree: 120,000 digits in all."""


class Definition(NamedTuple):
    """What defines a field: the minimal polynomial over Z, its real root, the text of the root."""

    polynomial: fmpz_poly
    root: AlgebraicNumber | None
    text: str | None


def read_definition(definition: Sequence[object], near: object = None) -> Definition:
    """Return the definition that the arguments of `NumberField` stand for.

    Raises
    ------
    InputError
        If they are neither a minimal polynomial nor numbers.

    Examples
    --------
    >>> read_definition(["x^2 - 2"], near=1).polynomial
    x^2 + (-2)
    """
    first = definition[0] if len(definition) == 1 else None
    if isinstance(first, list | tuple):
        coefficients = [to_fraction(c) for c in first]
        return defined_by_polynomial(
            fmpq_poly([fmpq(c.numerator, c.denominator) for c in coefficients]), near
        )
    expressions = [_expression(part) for part in definition]
    if len(expressions) == 1 and names_in(expressions[0]).difference(IMAGINARY_UNITS):
        return defined_by_polynomial(evaluate_polynomial(expressions[0]), near)
    if not expressions or near is not None:
        raise InputError(
            "expected a minimal polynomial with an optional near=, or numbers such as 'sqrt(2)'"
        )
    texts = [part if isinstance(part, str) else None for part in definition]
    return defined_by_numbers(expressions, texts)


def defined_by_polynomial(polynomial: fmpq_poly, near: object = None) -> Definition:
    """Return the definition by a minimal polynomial and, when there is one, a real root.

    The real root is the one nearest to `near`, or the only one there is.

    Raises
    ------
    InputError
        If the polynomial is constant, reducible or too large, or `near` chooses no root.

    Examples
    --------
    >>> defined_by_polynomial(fmpq_poly([-2, 0, 1])).root is None
    True
    """
    _limit(polynomial)
    if polynomial.degree() < 1:
        raise InputError("a minimal polynomial must have degree at least 1")
    factors = [factor for factor, count in polynomial.numer().factor()[1] for _ in range(count)]
    if len(factors) > 1:
        raise InputError(
            f"the minimal polynomial must be irreducible; {_text(polynomial)} "
            f"has the factor {_text(fmpq_poly(factors[0]))}"
        )
    if near is None:
        return Definition(factors[0], _only_real_root(factors[0]), None)
    return Definition(
        factors[0], AlgebraicNumber.root_near(fmpq_poly(factors[0]), to_fraction(near)), None
    )


def defined_by_numbers(
    expressions: Sequence[Expression], texts: Sequence[str | None]
) -> Definition:
    """Return the definition of the field that several numbers generate together.

    The generator is the number itself when there is one; else a sum of small multiples of those
    that the ones before do not hold, as the text of the definition says (None if a number has no
    text).

    Raises
    ------
    InputError
        If an expression is not an algebraic number.
    TooLargeError
        If the degrees are too large.

    Examples
    --------
    >>> texts = ["sqrt(2)", "sqrt(3)", "sqrt(6)"]
    >>> defined_by_numbers([parse_expression(text) for text in texts], texts).text
    'sqrt(2) + sqrt(3)'
    """
    scope = AlgebraicScope()
    return primitive_element([evaluate(part, scope) for part in expressions], texts)


def primitive_element(
    numbers: Sequence[AlgebraicNumber], texts: Sequence[str | None]
) -> Definition:
    """Return the definition of the field that numbers generate; see `defined_by_numbers`.

    Raises
    ------
    InputError
        If the generator is not real, but has a real conjugate.
    TooLargeError
        If the degrees are too large.

    Examples
    --------
    >>> from fractions import Fraction
    >>> primitive_element([AlgebraicNumber.rational(Fraction(2)).radical(2)], ["sqrt(2)"]).text
    'sqrt(2)'
    """
    number, text = numbers[0], texts[0]
    for other, other_text in zip(numbers[1:], texts[1:], strict=True):
        total, scale = primitive_combination(other, number)
        if total.degree == other.degree > number.degree:
            number, text = other, other_text
        elif total.degree > number.degree:
            number, text = total, _sum_text(text, scale, other_text)
    _limit(fmpq_poly(number.polynomial))
    if number.is_real:
        return Definition(number.polynomial, number, text)
    if _only_real_root(number.polynomial) is not None:
        raise InputError("the number is not real, but a conjugate is; choose the real one")
    return Definition(number.polynomial, None, text)


def _expression(part: object) -> Expression:
    if isinstance(part, str):
        return parse_expression(part)
    if type(part).__module__.partition(".")[0] == "sympy":
        from linnet_exact.algebra.fields.sympy_bridge import expression_from_sympy

        return expression_from_sympy(part)
    raise InputError(f"expected a number such as 'sqrt(2)' as text, not {type(part).__name__}")


def _sum_text(text: str | None, scale: int, other: str | None) -> str | None:
    if text is None or other is None:
        return None
    return f"{text} + {other}" if scale == 1 else f"{text} + {scale}*({other})"


def _only_real_root(polynomial: fmpz_poly) -> AlgebraicNumber | None:
    only = number_of_real_roots(polynomial) == 1
    return AlgebraicNumber.real_root(polynomial, 0) if only else None


def _limit(polynomial: fmpq_poly) -> None:
    degree, bits = polynomial.degree(), polynomial.numer().height_bits()
    if degree > MAX_DEGREE:
        raise TooLargeError(f"a number field may have degree at most {MAX_DEGREE}, not {degree}")
    if bits * degree > MAX_HEIGHT_BITS:
        raise TooLargeError(
            f"a minimal polynomial of degree {degree} may have coefficients of at most "
            f"{MAX_HEIGHT_BITS // degree} bits, not {bits}"
        )


def _text(polynomial: fmpq_poly) -> str:
    text = format_polynomial(polynomial, "x", descending=True)
    return text if len(text) <= 60 else f"{text[:57]}..."
