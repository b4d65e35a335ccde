"""Limits that are as wide as they say, and what refusals quote."""

from fractions import Fraction
from itertools import combinations, product

import pytest
from flint import acb_poly, fmpz_poly
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import QQ, NumberField
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.algebra.numbers.root_isolation import complex_roots, real_roots
from linnet_exact.errors import DivisionByZeroError, InputError, TooLargeError


def test_roots_of_unity_of_large_order_and_small_degree() -> None:
    root = AlgebraicNumber.root_of_unity(420)
    assert (root.degree, root.polynomial(1)) == (96, 1)  # 420 is no power of a prime
    for order in (521, 2 * 128**2 + 1, 10**30):
        with pytest.raises(TooLargeError, match="degree"):
            AlgebraicNumber.root_of_unity(order)


def test_enclosures_of_a_single_bit() -> None:
    K = NumberField("sqrt(2)")
    assert K.real_root(1).contains(K.real_root(300))
    with pytest.raises(InputError, match="bits"):
        K.real_root(0)


@pytest.mark.parametrize("length", [1, 38, 39, 400])
def test_long_texts_are_cut_off_where_they_are_quoted(length: int) -> None:
    value = ["x" * (length - 1)]
    text = str(value)
    shown = repr(text) if len(text) <= 40 else repr(text[:37] + "...")
    with pytest.raises(InputError) as caught:
        QQ(value)  # type: ignore[arg-type]
    assert str(caught.value) == f"expected a rational number, not {shown} (list)"


NUMBERS = [
    *(AlgebraicNumber.rational(Fraction(x)) for x in ("0", "1", "-1", "3/2", "-7")),
    *(AlgebraicNumber.rational(Fraction(x)).radical(2) for x in (2, 3, "8/9", -1, -2)),
    *(AlgebraicNumber.rational(Fraction(x)).radical(3) for x in (2, -2, "5/4")),
    *(AlgebraicNumber.real_root(fmpz_poly([1, -3, 0, 1]), index) for index in range(3)),
    *(AlgebraicNumber.root_of_unity(order) for order in (3, 5)),
]
numbers = st.sampled_from(NUMBERS)


def approximated(number: AlgebraicNumber) -> complex:
    return complex(number.enclosure(60))


def is_the_number(number: AlgebraicNumber, value: complex) -> bool:
    """Whether a ball is near a value, and the polynomial is the minimal one of a root there."""
    polynomial = number.polynomial
    assert polynomial.content() == 1
    assert polynomial[polynomial.degree()] > 0
    assert [count for _, count in polynomial.factor()[1]] == [1]
    assert number.enclosure(200).rel_accuracy_bits() >= 200 or number.is_zero
    assert acb_poly(polynomial)(number.enclosure(200)).contains(0)
    assert number.is_real == (abs(value.imag) < 1e-9)
    assert number.is_zero == (abs(value) < 1e-9)
    assert number.degree == polynomial.degree()
    return abs(approximated(number) - value) < 1e-9 * max(1, abs(value))


@given(numbers, numbers, st.integers(-2, 3))
def test_sums_and_products(left: AlgebraicNumber, right: AlgebraicNumber, scale: int) -> None:
    x, y = approximated(left), approximated(right)
    assert is_the_number(left + right, x + y)
    assert is_the_number(left * right, x * y)
    assert is_the_number(left * scale, x * scale)
    total, differ = left.scaled_sum(scale, right)
    assert is_the_number(total, scale * x + y)
    conjugates = [
        [complex(z) for z in complex_roots(each.polynomial, 60)] for each in (left, right)
    ]
    sums = [scale * a + b for a, b in product(*conjugates)]
    assert differ == all(abs(a - b) > 1e-9 for a, b in combinations(sums, 2))


@given(numbers, st.integers(-4, 5))
def test_powers(number: AlgebraicNumber, exponent: int) -> None:
    if number.is_zero and exponent < 0:
        with pytest.raises(DivisionByZeroError, match="not zero"):
            number**exponent
        return
    assert is_the_number(number**exponent, approximated(number) ** exponent)


@given(numbers, st.integers(2, 5))
def test_radicals(number: AlgebraicNumber, degree: int) -> None:
    """Real ones where there are, else the principal square root."""
    x = approximated(number)
    if number.is_real and (x.real >= 0 or degree % 2):
        size = abs(x) ** (1 / degree)
        assert is_the_number(number.radical(degree), size if x.real >= 0 else -size)
    elif degree == 2:
        expected = 1j * abs(x) ** 0.5 if number.is_real else x**0.5
        assert is_the_number(number.radical(2), expected)
    else:
        with pytest.raises(InputError, match="must be a square root"):
            number.radical(degree)


@given(numbers, numbers)
def test_real_numbers_are_compared(left: AlgebraicNumber, right: AlgebraicNumber) -> None:
    if not (left.is_real and right.is_real):
        return
    x, y = approximated(left).real, approximated(right).real
    assert left.sign() == (x > 0) - (x < 0)
    assert left.is_same_real(right) == (abs(x - y) < 1e-9)
    smaller = [z for z in real_roots(left.polynomial, 60) if float(z.real) < x - 1e-9]
    assert left.root_index() == len(smaller)
    again = AlgebraicNumber.real_root(left.polynomial, left.root_index())
    assert again.is_same_real(left)
    assert complex(left.to_sympy().evalf(30)) == pytest.approx(x)


def test_degrees_of_results_are_limited() -> None:
    large = AlgebraicNumber.rational(Fraction(2)).radical(65)
    root = AlgebraicNumber.rational(Fraction(3)).radical(2)
    for combine in (lambda: large + root, lambda: large * root, lambda: large.radical(2)):
        with pytest.raises(TooLargeError, match="degree 130; the limit is 128"):
            combine()
    assert (large * 3).degree == 65
    assert AlgebraicNumber.rational(Fraction(2)).radical(128).degree == 128
