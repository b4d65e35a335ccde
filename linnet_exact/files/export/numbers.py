"""Exact entries as text that other systems read."""

from linnet_exact.algebra import Field, Matrix
from linnet_exact.algebra.fields.field import Scalar

__all__ = ["entry_text", "minimal_polynomial_text", "rows_text"]


def entry_text(field: Field, value: Scalar) -> str:
    """Return an entry with the generator named `a`, whatever it was named: (1 + 2*a)/3.

    Examples
    --------
    >>> from linnet_exact import NumberField
    >>> K = NumberField("sqrt(2)")
    >>> entry_text(K, (1 + 2 * K.gen) / 3), entry_text(K, K("-1/2")), entry_text(K, K(0))
    ('(1 + 2*a)/3', '-1/2', '0')
    """
    numbers, denominator = field.coordinates(value)
    text = polynomial_text([int(number) for number in numbers])
    if denominator == 1:
        return text
    return f"({text})/{denominator}" if any(numbers[1:]) else f"{text}/{denominator}"


def minimal_polynomial_text(field: Field) -> str:
    """Return the minimal polynomial of the generator, with integer coefficients.

    Examples
    --------
    >>> from linnet_exact import NumberField
    >>> minimal_polynomial_text(NumberField("sqrt(2)/2"))
    '-1 + 2*a^2'
    """
    from math import lcm

    scale = lcm(*(c.denominator for c in field.minimal_polynomial))
    return polynomial_text([int(c * scale) for c in field.minimal_polynomial])


def polynomial_text(coefficients: list[int]) -> str:
    """Return c_0 + c_1 a + c_2 a^2 + … as text.

    Examples
    --------
    >>> polynomial_text([0, -1, 3])
    '-a + 3*a^2'
    """
    terms = []
    for power, c in enumerate(coefficients):
        if c:
            generator = "" if power == 0 else "a" if power == 1 else f"a^{power}"
            if not generator:
                terms.append(f"{c}")
            else:
                factor = {1: "", -1: "-"}.get(c, f"{c}*")
                terms.append(factor + generator)
    return " + ".join(terms).replace("+ -", "- ") or "0"


def rows_text(matrix: Matrix) -> list[list[str]]:
    """Return the entries of a matrix as texts, by rows."""
    return [[entry_text(matrix.field, entry) for entry in row] for row in matrix.rows()]
