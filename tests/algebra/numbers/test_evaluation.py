"""Values of expressions: polynomials, limits on sizes and degrees, and rational roots."""

from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra.numbers.evaluation import (
    evaluate_polynomial,
    evaluate_rational,
    limit_bits,
    rational_root,
)
from linnet_exact.algebra.numbers.parser import parse_expression
from linnet_exact.errors import InputError

VALUES = [
    ("x^64", 64, None),
    ("x^65", None, "a polynomial may have degree at most 64, not 65"),
    ("x*x^63", 64, None),
    ("x*x^64", None, "a polynomial may have degree at most 64, not 65"),
    ("(x^2)^33", None, "a polynomial may have degree at most 64, not 66"),
    ("x^-1", None, "a polynomial may be divided by numbers only"),
    ("1/(x - x)", None, "expected a divisor that is not zero"),
    ("y + x", None, "a polynomial must be in x, not in 'y'"),
    ("sqrt(x)", None, "sqrt(x) is not a polynomial in x"),
    ("sqrt(2)*x", None, "sqrt(2) is not rational; use a NumberField that holds it"),
    ("sqrt(4)*x + root(x^2 - 9, 2) + zeta(2)", 1, None),
    ("zeta(3)*x", None, "zeta(3) is not rational; use a NumberField that holds it"),
    ("2^(1/2)", None, "a root of degree 2 is not rational; use a NumberField that holds it"),
    ("root(x^2 - 2, 1)", None, "root(x^2 - 2, 1) is not rational; use a NumberField that holds it"),
]


@pytest.mark.parametrize(("text", "degree", "message"), VALUES)
def test_polynomials_and_their_limits(text: str, degree: int | None, message: str | None) -> None:
    if message is None:
        assert evaluate_polynomial(parse_expression(text)).degree() == degree
        return
    with pytest.raises(InputError) as caught:
        evaluate_polynomial(parse_expression(text))
    assert str(caught.value) == message


def test_the_bits_of_values_are_limited() -> None:
    """2^k has k + 1 bits; a power is refused before it is computed, by its bits times k."""
    top = 400_000
    for bits, exponent in ((top, 1), (1, top), (1000, 400)):
        limit_bits(bits, exponent)
    for bits, exponent in ((top + 1, 1), (1, top + 1), (1000, 401)):
        with pytest.raises(InputError, match="at most 400000 bits"):
            limit_bits(bits, exponent)
    word = "(2^9999)"  # of 10000 bits
    for text, fine in ((f"{word}^40", True), (f"{word}^41", False), (f"{word}^-40", True)):
        if fine:
            assert evaluate_rational(parse_expression(text)) == Fraction(2) ** (
                9999 * 40 * (-1 if "-" in text else 1)
            )
        else:
            with pytest.raises(InputError, match="at most 400000 bits"):
                evaluate_rational(parse_expression(text))
    with pytest.raises(InputError, match="at most 400000 bits"):
        evaluate_rational(parse_expression(f"{word}^40*2^1000"))
    with pytest.raises(InputError, match="at most 400000 bits"):
        evaluate_rational(parse_expression(f"{word}^-40 + 1/3^999"))


@given(st.integers(2, 7), st.fractions(max_denominator=50), st.integers(-1, 1))
def test_rational_roots(degree: int, number: Fraction, change: int) -> None:
    power = number**degree + change
    root = rational_root(degree, fmpq(power.numerator, power.denominator))
    if change == 0:
        assert root is not None
        assert Fraction(int(root.p), int(root.q)) == (number if degree % 2 else abs(number))
    elif root is not None:
        assert Fraction(int(root.p), int(root.q)) ** degree == power
