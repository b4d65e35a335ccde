"""Numbers to SymPy and back: the same real number by its decimals, the same element again."""

from math import isclose

import pytest
import sympy

from linnet_exact.algebra import NumberField
from linnet_exact.errors import InputError

NUMBERS = {
    "sqrt(2)": 2**0.5,
    "cbrt(2)": 2 ** (1 / 3),
    "cbrt(-2)": -(2 ** (1 / 3)),
    "cbrt(-2/3)": -((2 / 3) ** (1 / 3)),
    "-sqrt(3)": -(3**0.5),
    "sqrt(2) + sqrt(3)": 2**0.5 + 3**0.5,
    "sqrt(2)*cbrt(5) - 1/2": 2**0.5 * 5 ** (1 / 3) - 0.5,
    "1/sqrt(7)": 7**-0.5,
    "sqrt(1 + sqrt(2))": (1 + 2**0.5) ** 0.5,
    "root(x^3 - x - 1, 1)": 1.324717957244746,
    "root(x^5 - 3, 1)": 3**0.2,
    "root(3*x^2 - x - 5, 2)": (1 + 61**0.5) / 6,
    "root(3*x^2 - x - 5, -2)": (1 - 61**0.5) / 6,
    "root(7*x^3 - 2, 1)": (2 / 7) ** (1 / 3),
    "sqrt(2)^3": 2**1.5,
}


@pytest.mark.parametrize("text", NUMBERS)
def test_the_generator_is_the_number(text: str) -> None:
    K = NumberField(text)
    there = K.to_sympy(K.gen)
    assert isclose(float(there.evalf(30)), NUMBERS[text], rel_tol=1e-12)
    assert isclose(float(K.gen), NUMBERS[text], rel_tol=1e-12)
    for element in (K.gen, K.gen**2 - 1, 3 - K.gen / 5):
        assert isclose(float(K.to_sympy(element).evalf(30)), float(element), rel_tol=1e-12)


@pytest.mark.parametrize("near", [-3, 0, 1, 2])
def test_roots_of_polynomials(near: int) -> None:
    """Close together, with a leading coefficient, and no text that SymPy could read."""
    for polynomial in (["-5", "-1", "3"], [1, -3, 0, 1], [-1, 1, 10**6, 7], [2, -4001, 2 * 10**6]):
        K = NumberField(polynomial, near=near)
        there = K.to_sympy(K.gen)
        assert isclose(float(there.evalf(40)), float(K.gen), rel_tol=1e-12)
        assert sympy.expand(sum(c * there**k for k, c in enumerate(map(int, polynomial)))) == 0 or (
            abs(sum(c * there**k for k, c in enumerate(map(int, polynomial))).evalf(60)) < 1e-30
        )


def test_numbers_from_sympy() -> None:
    K = NumberField("sqrt(2) + sqrt(3)")
    two, three = sympy.sqrt(2), sympy.sqrt(3)
    for number in (two, three, two * three, 1 / (two + three), (two - three) ** 3, two**-3):
        assert isclose(float(K(number)), float(number.evalf(30)), rel_tol=1e-12)
    x = sympy.Symbol("x")
    for index in range(3):
        root = sympy.CRootOf(x**3 - 3 * x + 1, index)
        L = NumberField(root)
        assert isclose(float(L.gen), float(root.evalf(30)), rel_tol=1e-12)


def test_the_imaginary_unit() -> None:
    K = NumberField("x^2 + 1")
    assert K(sympy.I) ** 2 == -1
    assert K(2 + 3 * sympy.I) * K(2 - 3 * sympy.I) == 13


@pytest.mark.parametrize("value", [sympy.pi, sympy.zoo, sympy.cbrt(-2), sympy.sin(1), sympy.nan])
def test_what_is_no_real_algebraic_number(value: sympy.Expr) -> None:
    with pytest.raises(InputError, match="SymPy"):
        NumberField(value)
