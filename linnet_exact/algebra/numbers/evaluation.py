"""Values of number expressions: the walk over the tree, and the two simplest places to take it.

A `Scope` says what constants, names and roots mean; `evaluate` does the rest. Rational numbers and
polynomials in x are read here; number fields bring scopes of their own.
"""

from fractions import Fraction
from typing import Any, Protocol, TypeVar

from flint import fmpq, fmpq_poly, fmpz

from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.algebra.numbers.expression import (
    Expression,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Radical,
    RootOf,
    RootOfUnity,
    Sum,
)
from linnet_exact.errors import InputError

__all__ = [
    "MAX_DEGREE",
    "RationalScope",
    "Scope",
    "evaluate",
    "evaluate_polynomial",
    "evaluate_rational",
    "limit_bits",
    "rational_root",
]

MAX_BITS = 400_000
"""Largest size of an intermediate value, in bits of its numerators and denominator."""

MAX_DEGREE = 64
"""Largest degree of a polynomial written as text, and of a number field."""

Value = TypeVar("Value")


class Scope(Protocol[Value]):
    """What the leaves of an expression mean; values support ``+``, ``*`` and ``**``."""

    def number(self, value: Fraction) -> Value:
        """Return the value of a rational constant."""

    def name(self, name: str) -> Value:
        """Return the value of a name, or raise `InputError`."""

    def radical(self, degree: int, radicand: Value, source: str) -> Value:
        """Return a root of a value, or raise `InputError`; `source` is its text."""

    def root(self, polynomial: fmpq_poly, near: Fraction, source: str) -> Value:
        """Return the real root of the polynomial nearest to `near`, or raise `InputError`."""

    def unity(self, order: int) -> Value:
        """Return exp(2 pi i / order) for an order of at least 3, or raise `InputError`."""

    def limit(self, value: Value, exponent: int = 1) -> None:
        """Raise `InputError` if that power of the value would be too large to work with."""


def evaluate(expression: Expression, scope: Scope[Any]) -> Any:
    """Return the value of an expression in a scope.

    Raises
    ------
    InputError
        If a name or root has no value in the scope, a divisor is zero, or an intermediate value
        has more than `MAX_BITS` bits.

    Examples
    --------
    >>> from linnet_exact.algebra.numbers.parser import parse_expression
    >>> evaluate(parse_expression("(1 + 1/2)^2"), RationalScope())
    9/4
    """
    match expression:
        case Number(value):
            return _limited(scope.number(value), scope)
        case Name(name):
            return scope.name(name)
        case Negative(operand):
            return evaluate(operand, scope) * -1
        case Sum(terms):
            total = evaluate(terms[0], scope)
            for term in terms[1:]:
                total = _limited(total + evaluate(term, scope), scope)
            return total
        case Product(factors):
            product = evaluate(factors[0], scope)
            for factor in factors[1:]:
                product = _limited(product * evaluate(factor, scope), scope)
            return product
        case Power(base, exponent):
            return _power(evaluate(base, scope), exponent, scope)
        case Radical(degree, radicand, source):
            return scope.radical(degree, evaluate(radicand, scope), source)
        case RootOf(polynomial, near, source):
            return scope.root(evaluate_polynomial(polynomial), evaluate_rational(near), source)
        case RootOfUnity(order):
            return scope.number(Fraction(3 - 2 * order)) if order < 3 else scope.unity(order)


def evaluate_rational(expression: Expression) -> Fraction:
    """Return the value of an expression as a rational number.

    Raises
    ------
    InputError
        As `evaluate`; and for a name, or a root that is not rational.

    Examples
    --------
    >>> from linnet_exact.algebra.numbers.parser import parse_expression
    >>> evaluate_rational(parse_expression("sqrt(9/4) - 2^-3"))
    Fraction(11, 8)
    """
    value = evaluate(expression, RationalScope())
    return Fraction(int(value.p), int(value.q))


def evaluate_polynomial(expression: Expression) -> fmpq_poly:
    """Return the value of an expression as a polynomial in x with rational coefficients.

    Raises
    ------
    InputError
        As `evaluate`; and for a name other than x, a divisor that is not constant, a root that is
        not rational, or a degree above `MAX_DEGREE`.

    Examples
    --------
    >>> from linnet_exact.algebra.numbers.parser import parse_expression
    >>> evaluate_polynomial(parse_expression("x*(x^2 - 1) - 1/2"))
    x^3 + (-1)*x + (-1/2)
    """
    polynomial: fmpq_poly = evaluate(expression, _PolynomialScope())
    return polynomial


class RationalScope:
    """Values are rationals (FLINT `fmpq`, faster than `Fraction`); a root must be rational too."""

    def number(self, value: Fraction) -> fmpq:
        """Return the constant itself."""
        return fmpq(value.numerator, value.denominator)

    def name(self, name: str) -> fmpq:
        """Refuse every name."""
        raise InputError(f"expected a rational number, not one with the name {name!r}")

    def radical(self, degree: int, radicand: fmpq, source: str) -> fmpq:
        """Return the root when it is rational."""
        root = rational_root(degree, radicand)
        if root is None:
            raise InputError(f"{source} is not rational; use a NumberField that holds it")
        return root

    def root(self, polynomial: fmpq_poly, near: Fraction, source: str) -> fmpq:
        """Return the root when it is rational."""
        root = AlgebraicNumber.root_near(polynomial, near)
        if root.degree > 1:
            raise InputError(f"{source} is not rational; use a NumberField that holds it")
        return fmpq(-root.polynomial[0], root.polynomial[1])

    def unity(self, order: int) -> fmpq:
        """Refuse: a root of unity of order at least 3 is not rational."""
        raise InputError(f"zeta({order}) is not rational; use a NumberField that holds it")

    def limit(self, value: fmpq, exponent: int = 1) -> None:
        """Bound the bits of numerator and denominator."""
        limit_bits(value.height_bits(), exponent)


class _PolynomialScope:
    """Values are polynomials in x over Q."""

    def number(self, value: Fraction) -> fmpq_poly:
        return fmpq_poly([fmpq(value.numerator, value.denominator)])

    def name(self, name: str) -> fmpq_poly:
        if name != "x":
            raise InputError(f"a polynomial must be in x, not in {name!r}")
        return fmpq_poly([0, 1])

    def radical(self, degree: int, radicand: fmpq_poly, source: str) -> fmpq_poly:
        if radicand.degree() > 0:
            raise InputError(f"{source} is not a polynomial in x")
        return fmpq_poly([RationalScope().radical(degree, radicand[0], source)])

    def root(self, polynomial: fmpq_poly, near: Fraction, source: str) -> fmpq_poly:
        return fmpq_poly([RationalScope().root(polynomial, near, source)])

    def unity(self, order: int) -> fmpq_poly:
        return fmpq_poly([RationalScope().unity(order)])

    def limit(self, value: fmpq_poly, exponent: int = 1) -> None:
        degree = value.degree() * exponent
        if degree > MAX_DEGREE:
            raise InputError(f"a polynomial may have degree at most {MAX_DEGREE}, not {degree}")
        bits = max(value.numer().height_bits(), value.denom().height_bits())
        limit_bits(bits * max(1, value.degree()), exponent)


def limit_bits(bits: int, exponent: int = 1) -> None:
    """Raise `InputError` if a value of this many bits, or a power of it, exceeds `MAX_BITS`.

    Examples
    --------
    >>> limit_bits(10, 100)
    """
    if bits * exponent > MAX_BITS:
        raise InputError(f"a number may have at most {MAX_BITS} bits")


def rational_root(degree: int, radicand: fmpq) -> fmpq | None:
    """Return the rational root of a rational number, or None when there is none.

    Examples
    --------
    >>> rational_root(3, fmpq(-8, 27)), rational_root(2, fmpq(2)), rational_root(2, fmpq(-4))
    (-2/3, None, None)
    """
    numerator, denominator = radicand.p, radicand.q
    if numerator < 0 and degree % 2 == 0:
        return None
    sign = -1 if numerator < 0 else 1
    root = fmpq(sign * fmpz(abs(numerator)).root(degree), denominator.root(degree))
    return root if root**degree == radicand else None


def _power(base: Any, exponent: int, scope: Scope[Any]) -> Any:
    scope.limit(base, abs(exponent))
    try:
        return (base if exponent >= 0 else _inverse(base)) ** abs(exponent)
    except ZeroDivisionError:
        raise InputError("expected a divisor that is not zero") from None


def _inverse(base: Any) -> Any:
    if not isinstance(base, fmpq_poly):
        return base**-1
    if base.degree() > 0:
        raise InputError("a polynomial may be divided by numbers only")
    return fmpq_poly([fmpq(1) / base[0]])


def _limited(value: Any, scope: Scope[Any]) -> Any:
    scope.limit(value)
    return value
