"""Number expressions as trees of frozen dataclasses: what was written, not what it is worth."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

__all__ = [
    "Expression",
    "Name",
    "Negative",
    "Number",
    "Power",
    "Product",
    "Radical",
    "RootOf",
    "RootOfUnity",
    "Sum",
    "names_in",
]


@dataclass(frozen=True, slots=True)
class Number:
    """A rational constant."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Name:
    """The generator of a field, or the unknown of a polynomial."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus the operand."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of the terms; flat, so that a long sum is not a deep tree."""

    terms: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Product:
    """The product of the factors; a quotient is a product with a power -1."""

    factors: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Power:
    """An integer power."""

    base: "Expression"
    exponent: int


@dataclass(frozen=True, slots=True)
class Radical:
    """The real root of degree `degree` of the radicand (for a square root, the one >= 0)."""

    degree: int
    radicand: "Expression"
    source: str


@dataclass(frozen=True, slots=True)
class RootOf:
    """The real root of a polynomial in x nearest to a rational number."""

    polynomial: "Expression"
    near: "Expression"
    source: str


@dataclass(frozen=True, slots=True)
class RootOfUnity:
    """The number exp(2 pi i / order)."""

    order: int


Expression: TypeAlias = (
    Number | Name | Negative | Sum | Product | Power | Radical | RootOf | RootOfUnity
)


def names_in(expression: Expression) -> frozenset[str]:
    """Return the names that occur outside the polynomials of ``root(...)``.

    Examples
    --------
    >>> from linnet_exact.algebra.numbers.parser import parse_expression
    >>> sorted(names_in(parse_expression("a + b*sqrt(c) + root(x^2 - 2, 1)")))
    ['a', 'b', 'c']
    """
    match expression:
        case Name(name):
            return frozenset({name})
        case Negative(inner) | Power(inner, _) | Radical(_, inner, _):
            return names_in(inner)
        case Sum(parts) | Product(parts):
            return frozenset().union(*map(names_in, parts))
        case _:
            return frozenset()
