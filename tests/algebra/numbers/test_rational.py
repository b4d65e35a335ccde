"""Numbers go in and out exactly, and what is no rational number is refused."""

import decimal
import time
from decimal import Decimal
from fractions import Fraction

import flint
import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra.numbers.rational import (
    MAX_DIGITS,
    format_rational,
    parse_rational,
    to_fraction,
)
from linnet_exact.errors import InputError
from tests.strategies import any_rationals

THREE_QUARTERS = [
    Fraction(3, 4),
    0.75,
    "3/4",
    " 3 / 4\n",
    "+0.75",
    ".75",
    "75e-2",
    "0.0075E+2",
    "6/8",
    np.str_("3/4"),
    Decimal("0.75"),
    flint.fmpq(3, 4),
    sympy.Rational(3, 4),
    sympy.Float(0.75),
    np.float64(0.75),
    np.float32(0.75),
    np.float16(0.75),
    np.longdouble(0.75),
]
SEVEN = [
    7,
    7.0,
    "7",
    "7.",
    "007",
    "70e-1",
    Fraction(7),
    Decimal(7),
    flint.fmpz(7),
    flint.fmpq(7),
    sympy.Integer(7),
    sympy.Float(7),
    *(np.dtype(kind).type(7) for kind in "bhilqBHILQefdg"),
]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(value, Fraction(3, 4)) for value in THREE_QUARTERS]
    + [(value, Fraction(7)) for value in SEVEN]
    + [(value, Fraction(1)) for value in (True, np.True_, sympy.S.One)],
    ids=repr,
)
def test_every_kind_of_number_is_read(value: object, expected: Fraction) -> None:
    found = to_fraction(value)
    assert found == expected
    assert type(found) is Fraction
    assert type(found.numerator) is int
    assert type(found.denominator) is int


@pytest.mark.parametrize(
    "value",
    [
        *(kind(text) for kind in (float, Decimal) for text in ("nan", "inf", "-inf")),
        Decimal("sNaN"),
        *(np.dtype(kind).type(text) for kind in "efdg" for text in ("nan", "inf", "-inf")),
        sympy.nan,
        sympy.oo,
        -sympy.oo,
        sympy.zoo,
        sympy.Float("nan"),
    ],
    ids=repr,
)
def test_what_is_not_finite_is_refused(value: object) -> None:
    with pytest.raises(InputError, match=r"finite|rational"):
        to_fraction(value)


@pytest.mark.parametrize(
    "value",
    [
        1j,
        1 + 2j,
        np.complex128(1j),
        sympy.I,
        sympy.sqrt(2),
        sympy.pi,
        sympy.Symbol("x"),
        sympy.true,
        None,
        b"3",
        [1],
        (),
        {},
        object(),
        np.array([1]),
        np.array([[1, 2], [3, 4]]),
        np.datetime64("2020"),
        flint.arb(1),
        flint.nmod(1, 7),
        flint.fmpz_mat([[1]]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_rational_is_refused_in_one_line(value: object) -> None:
    with pytest.raises(InputError, match="expected") as caught:
        to_fraction(value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", ".", "e5", "+", "-", "- 3", "-+3", "--3", "1_000", "1,5", "1.2.3", "3 4", "a"),
        *("1/2/3", "1/-2", "1.5/2", "1/2e3", "1e", "1e1.5", "0x10", "nan", "inf", "1/", "/2"),
        *("٣", "−3", "½", "3\x00"),
    ],
)
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="expected a number such as"):
        parse_rational(text)


@pytest.mark.parametrize("text", ["1/0", "0/0", "-1/000"])
def test_division_by_zero_in_text_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="division by zero"):
        parse_rational(text)


def test_the_issue_of_a_decimal_in_text_is_exact() -> None:
    assert parse_rational("-1.25e-3") == Fraction(-1, 800)
    assert parse_rational("0.1") == Fraction(1, 10) != to_fraction(0.1)


@pytest.mark.parametrize(
    "value",
    [
        f"1e{MAX_DIGITS + 1}",
        f"1e-{MAX_DIGITS + 1}",
        "1e" + "9" * 5000,
        "1" * (MAX_DIGITS + 1),
        Decimal(f"1e{MAX_DIGITS + 1}"),
        sympy.Float(2) ** 10**12,
    ],
    ids=["exponent", "negative exponent", "long exponent", "digits", "Decimal", "SymPy"],
)
def test_numbers_that_would_fill_memory_are_refused(value: object) -> None:
    with pytest.raises(InputError, match="at most"):
        to_fraction(value)


@pytest.mark.parametrize(
    "text",
    [" " * 99_000 + "x", "1" * 99_000 + "x", "1" * 50_000 + " " * 49_000 + "x", "1." * 49_000],
    ids=["spaces", "digits", "digits and spaces", "points"],
)
def test_nonsense_is_refused_in_linear_time(text: str) -> None:
    start = time.process_time()
    with pytest.raises(InputError, match="expected a number"):
        parse_rational(text)
    assert time.process_time() - start < 2  # 30 s where the pattern backtracks


def test_more_digits_than_python_prints() -> None:
    # int() and str() refuse above 4300 digits.
    value = Fraction(10**9999 + 7, 3**20000)
    assert parse_rational(format_rational(value)) == value
    assert parse_rational("1" + "0" * 9999) == 10**9999
    assert parse_rational("0." + "0" * 9998 + "1") == Fraction(1, 10**9999)
    assert to_fraction(flint.fmpz(10) ** 9999) == 10**9999
    assert to_fraction(sympy.Integer(10) ** 9999) == 10**9999
    assert parse_rational("1e-" + "0" * 5000 + "2") == Fraction(1, 100)


@given(any_rationals())
def test_text_round_trip(value: Fraction) -> None:
    assert parse_rational(format_rational(value)) == value
    assert format_rational(value) == str(value)


@given(any_rationals())
def test_other_systems_round_trip(value: Fraction) -> None:
    p, q = value.numerator, value.denominator
    assert to_fraction(flint.fmpq(p, q)) == to_fraction(sympy.Rational(p, q)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_are_the_dyadic_rationals_they_are(value: float) -> None:
    exact = Fraction(value)
    assert to_fraction(value) == to_fraction(np.float64(value)) == exact
    assert to_fraction(Decimal(value)) == exact
    # SymPy keeps 53 bits of a float, but knows no subnormal numbers and no signed zero.
    assert to_fraction(sympy.Float(value, 17)) == exact


@given(hnp.from_dtype(np.dtype("g"), allow_nan=False, allow_infinity=False))
def test_long_doubles_are_not_rounded(value: np.longdouble) -> None:
    assert to_fraction(value) == Fraction(*value.as_integer_ratio())


def test_long_doubles_keep_the_bits_that_a_float64_drops() -> None:
    value = np.longdouble(1) + np.finfo(np.longdouble).eps
    assert to_fraction(value) == 1 + Fraction(*np.finfo(np.longdouble).eps.as_integer_ratio())


@given(st.decimals(allow_nan=False, allow_infinity=False, places=20))
def test_decimals_agree_with_their_text(value: Decimal) -> None:
    assert to_fraction(value) == parse_rational(str(value)) == Fraction(value)


def test_the_decimal_context_does_not_matter() -> None:
    with decimal.localcontext(prec=2):
        assert to_fraction(Decimal("0.123456789")) == Fraction(123456789, 10**9)


@given(st.text(alphabet="0123456789+-./eE ", max_size=12))
def test_the_grammar_lies_within_that_of_python(text: str) -> None:
    try:
        expected = Fraction(text.replace(" ", "") if "/" in text else text)
    except (ValueError, ZeroDivisionError):
        with pytest.raises(InputError):
            parse_rational(text)
        return
    try:
        assert parse_rational(text) == expected
    except InputError:  # Python reads "1 2" only because the spaces of "1/ 2" were taken out
        assert " " in text.strip()
