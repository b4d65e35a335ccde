"""Exact numbers to and from SymPy, node by node; SymPy never reads text that a user wrote."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import sympy
from flint import fmpz_poly

from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.algebra.numbers.evaluation import evaluate_polynomial, evaluate_rational
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
from linnet_exact.algebra.numbers.parser import parse_expression
from linnet_exact.algebra.numbers.root_isolation import FIRST_PRECISION, real_roots
from linnet_exact.errors import InputError

if TYPE_CHECKING:
    from linnet_exact.algebra.fields.element import FieldElement

__all__ = ["element_to_sympy", "expression_from_sympy"]


def expression_from_sympy(value: Any) -> Expression:
    """Convert a SymPy number to an expression tree.

    Parameters
    ----------
    value : sympy.Expr
        Made from rationals, I, symbols (generators), sums, products, rational powers (odd roots
        of numbers >= 0 only: SymPy's others are not real) and real roots of polynomials.

    Raises
    ------
    InputError
        If there is anything else in it.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> NumberField("sqrt(2)")(1 / (3 - sympy.sqrt(8)))
    FieldElement('3 + 2*a')
    """
    match value:
        case sympy.Rational():
            return Number(Fraction(int(value.p), int(value.q)))
        case sympy.Symbol():
            return Name(value.name)
        case sympy.Add():
            return Sum(tuple(map(expression_from_sympy, value.args)))
        case sympy.Mul():
            return Product(tuple(map(expression_from_sympy, value.args)))
        case sympy.Pow(exp=sympy.Rational()):
            return _power(value)
        case sympy.core.numbers.ImaginaryUnit():
            return Radical(2, Number(Fraction(-1)), "sqrt(-1)")
        case sympy.CRootOf() if value.is_real:
            return _root(value)
        case _:
            text = str(value)[:40]
            raise InputError(f"expected an exact algebraic number from SymPy, not {text}")


def element_to_sympy(element: "FieldElement", text: str | None) -> sympy.Expr:
    """Convert an element of a field whose generator is the number `text`, if it was made from one.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> element_to_sympy(NumberField("x^3 - x - 1", near=1)("1 + 2*a"), None)
    1 + 2*CRootOf(x**3 - x - 1, 0)
    """
    field = element.field
    generator: sympy.Expr
    if text is not None:
        generator = _to_sympy(parse_expression(text))
    elif field.root is not None:
        generator = field.root.to_sympy()
    else:
        generator = sympy.Symbol(field.generator)
    total: sympy.Expr = sympy.Integer(0)
    for c in reversed(element.coordinates):  # Horner's rule: products of roots stay collected
        total = sympy.expand(total * generator + _rational(c))
    return total


def _power(power: Any) -> Expression:
    base, exponent = power.args
    root = expression_from_sympy(base)
    if exponent.q > 1:
        if exponent.q > 2 and not base.is_nonnegative:
            raise InputError(f"SymPy's {str(power)[:40]} is not known to be a real root")
        root = Radical(int(exponent.q), root, f"{str(base)[:40]}^(1/{exponent.q})")
    return Power(root, int(exponent.p))


def _root(root: Any) -> Expression:
    coefficients = [int(c) for c in reversed(root.poly.all_coeffs())]
    ball = real_roots(fmpz_poly(coefficients), FIRST_PRECISION)[root.index].real
    # The balls are disjoint, so the centre of one is nearer to its root than to any other.
    mantissa, exponent = ball.mid().man_exp()
    near = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    terms = (
        Product((Number(Fraction(c)), Power(Name("x"), k))) for k, c in enumerate(coefficients)
    )
    return RootOf(Sum(tuple(terms)), Number(near), str(root)[:40])


def _to_sympy(expression: Expression) -> sympy.Expr:
    match expression:
        case Number(value):
            return _rational(value)
        case Negative(operand):
            return -_to_sympy(operand)
        case Sum(terms):
            return sympy.Add(*map(_to_sympy, terms))
        case Product(factors):
            return sympy.Mul(*map(_to_sympy, factors))
        case Power(base, exponent):
            return _to_sympy(base) ** exponent
        case Radical(degree, radicand, _):
            number = _to_sympy(radicand)
            if degree % 2 and number.is_negative:
                return -sympy.root(-number, degree)
            return sympy.root(number, degree)
        case RootOf(polynomial, near, _):
            number = AlgebraicNumber.root_near(
                evaluate_polynomial(polynomial), evaluate_rational(near)
            )
            return number.to_sympy()
        case RootOfUnity(order):
            return sympy.exp(2 * sympy.pi * sympy.I / order)
        case Name(name):
            return sympy.Symbol(name)


def _rational(value: Fraction) -> sympy.Rational:
    return sympy.Rational(value.numerator, value.denominator)
