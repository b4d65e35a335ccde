"""Number expressions: what is read, what is refused, and how quickly hostile text is."""

import re
import time
from contextlib import suppress
from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra.numbers.evaluation import evaluate_polynomial, evaluate_rational
from linnet_exact.algebra.numbers.expression import Power, Radical
from linnet_exact.algebra.numbers.parser import parse_expression
from linnet_exact.errors import InputError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", "3"),
        (" -1.25e-3 ", "-1/800"),
        ("+.5", "1/2"),
        ("5.", "5"),
        ("1E2", "100"),
        ("1 + 2*3", "7"),
        ("2*-3", "-6"),
        ("--1", "1"),
        ("-2^2", "-4"),
        ("(-2)**2", "4"),
        ("2^-3", "1/8"),
        ("2**(-3)", "1/8"),
        ("2^003", "8"),
        ("8/4/2", "1"),
        ("1 - 2 - 3", "-4"),
        ("1/3*3", "1"),
        ("((((7))))", "7"),
        ("0^0", "1"),
        ("sqrt(4)", "2"),
        ("sqrt(9/16)*2", "3/2"),
        ("cbrt(-8)", "-2"),
        ("sqrt(0)", "0"),
        ("root(2*x - 1, 7)", "1/2"),
        ("root((x - 1)*(x - 3)*(x - 2), 2)", "2"),
        ("root(x^2*x - 8, sqrt(4))", "2"),
    ],
)
def test_rational_values(text: str, value: str) -> None:
    assert evaluate_rational(parse_expression(text)) == Fraction(value)


@pytest.mark.parametrize(
    "text",
    [
        *["", "   ", "+", "1 +", "* 2", "()", "(1", "1)", "1e", "1..2", "2a", "2 3", "2(3)"],
        *["(2)(3)", "1,5", "1_000", "0x10", "'1'", "a.b", "a[0]", "a;b", "lambda: 1", "\x00"],
        *["½", "\u0663", "\uff11", "2\u00d73", "\u221a2", "1\u00a0+ 1", "π"],
        *["2^a", "2^1.5", "2^(1/2)", "2^1e3", "2^3^4", "a^b", "sqrt", "sqrt 2", "sqrt()"],
        *["sqrt(1,2)", "exp(1)", "__import__(1)", "root(x)", "root(x, 1, 2)", "cbrt(1,)"],
    ],
)
def test_malformed(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        evaluate_rational(parse_expression(text))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "text",
    [
        *["1/0", "0^-1", "1/(1 - 1)", "sqrt(2)", "sqrt(-4)", "cbrt(2)", "x"],
        *["root(x^2 - 2, 1)", "root(x^2 + 1, 0)", "root(x^2 - 1, 0)", "root(3, 0)"],
        *["root(y - 1, 0)", "root(1/x, 1)", "root(sqrt(x), 1)", "root(x^65, 1)", "root(x - 1, y)"],
    ],
)
def test_no_rational_value(text: str) -> None:
    with pytest.raises(InputError):
        evaluate_rational(parse_expression(text))


@pytest.mark.parametrize(
    "text",
    [
        "9**9**9",
        "9^9999^9999",
        "(9^9999)^9999",
        "((9^999)^999)^999",
        "1e999999999",
        "1e-999999999",
        "1e" + "9" * 5000,
        "2^" + "9" * 5000,
        "+".join(["1e99999"] * 5000),
        "*".join(["9^9999"] * 10_000),
        "+".join(f"1/{n}^999" for n in range(2, 9000)),
        "(" * 10_000 + "1" + ")" * 10_000,
        "sqrt(" * 10_000 + "1" + ")" * 10_000,
        "(" * 90_000,
        "1" * 1_000_000,
        "-" * 1_000_000 + "1",
        "root((x^60 + x + 1)^9999, 1)",
        "root((((x^9)^9)^9)^9, 1)",
    ],
    ids=range(18),
)
def test_hostile_text_is_refused_quickly(text: str) -> None:
    start = time.process_time()
    with pytest.raises(InputError):
        evaluate_rational(parse_expression(text))
    assert time.process_time() - start < 2  # well under half a second on an idle machine


def test_long_flat_text_is_no_deep_tree() -> None:
    assert evaluate_rational(parse_expression("+".join(["1"] * 40_000))) == 40_000
    assert evaluate_rational(parse_expression("-" * 50_000 + "1")) == 1


def test_long_numerals() -> None:
    assert evaluate_rational(parse_expression("7" * 90_000)) == Fraction(7 * (10**90_000 - 1), 9)


def test_position_of_the_mistake() -> None:
    with pytest.raises(InputError, match="operator before '3' at position 7 of "):
        parse_expression("1 + 2 3")


def test_position_of_characters_that_are_no_symbols() -> None:
    text = " 1 + 2*(3 - sqrt(5)) "
    for at in range(len(text)):
        with pytest.raises(InputError, match=rf"character '\$' at position {at + 1} of "):
            parse_expression(f"{text[:at]}${text[at:]}")


INTEGERS = st.integers(-9, 9).map(str)
TEXTS = st.recursive(
    INTEGERS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]}){t[1]}({t[2]})"),
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"{t[0]} {t[1]} ({t[2]})"),
        st.tuples(inner, st.integers(0, 3)).map(lambda t: f"({t[0]})**{t[1]}"),
        inner.map(lambda t: f"-({t})"),
    ),
    max_leaves=8,
)


@given(TEXTS)
def test_agrees_with_python(text: str) -> None:
    # Numerals other than exponents become Fractions, and Python computes.
    python = re.sub(r"(?<!\*\*)(\d)", r"F(\1)", text)
    try:
        expected = eval(python, {"F": Fraction})
    except ZeroDivisionError:
        with pytest.raises(InputError):
            evaluate_rational(parse_expression(text))
    else:
        assert evaluate_rational(parse_expression(text)) == expected


@given(st.text(alphabet="0123456789.eE+-*/^() ,axsqrtcbo", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(InputError):
        evaluate_rational(parse_expression(text))


def test_polynomials_agree_with_sympy() -> None:
    text = "(x^2 - 3*x + 1/2)^3*(x - 1) - x^5/7"
    x = sympy.Symbol("x")
    expected = sympy.Poly((x**2 - 3 * x + sympy.Rational(1, 2)) ** 3 * (x - 1) - x**5 / 7, x)
    coefficients = [Fraction(str(c)) for c in reversed(expected.all_coeffs())]
    result = evaluate_polynomial(parse_expression(text))
    assert [Fraction(int(c.p), int(c.q)) for c in result.coeffs()] == coefficients


LONG = "abcdefghijklmnopqrstuvwxyzabcdefghijk"  # 37 characters
PLACES = [
    ("  ", "expected a number, not an empty text"),
    ("1 +", "expected a number, not the end at position 4 of '1 +'"),
    ("2(3)", "expected an operator before '(' at position 2 of '2(3)'"),
    ("2)", "expected the end before ')' at position 2 of '2)'"),
    ("2 ,3", "expected the end before ',' at position 3 of '2 ,3'"),
    ("a b", "expected an operator before 'b' at position 3 of 'a b'"),
    ("(2", "expected ')' at position 3 of '(2'"),
    ("(2 3)", "expected ')' at position 4 of '(2 3)'"),
    ("2^3^4", "expected parentheses in a power of a power at position 4 of '2^3^4'"),
    ("2**3**4", "expected parentheses in a power of a power at position 5 of '2**3**4'"),
    ("2^x", "expected an integer here at position 3 of '2^x'"),
    ("2^1.5", "expected an integer here at position 3 of '2^1.5'"),
    ("2^()", "expected an integer here at position 4 of '2^()'"),
    ("2^(1/0)", "expected an exponent without a division by zero at position 6 of '2^(1/0)'"),
    ("2^(1/2", "expected ')' at position 7 of '2^(1/2'"),
    ("2^10001", "an exponent must be at most 10000 in size at position 3 of '2^10001'"),
    ("2^-0010001", "an exponent must be at most 10000 in size at position 4 of '2^-0010001'"),
    ("sqrt(2", "expected ')' at position 7 of 'sqrt(2'"),
    ("zeta(0)", "expected a root of unity of order at least 1 at position 1 of 'zeta(0)'"),
    ("zeta(3", "expected ')' at position 7 of 'zeta(3'"),
    ("root(x^2)", "expected ',' at position 9 of 'root(x^2)'"),
    ("root(x^2, 1", "expected ')' at position 12 of 'root(x^2, 1'"),
    ("1 + * 3", "expected a number, not '*' at position 5 of '1 + * 3'"),
    ("f(2)", "expected sqrt, cbrt, root or zeta, not the function 'f' at position 1 of 'f(2)'"),
    (f"1 {LONG}", f"expected an operator before '{LONG}' at position 3 of '1 {LONG}'"),
    (f"1 {LONG}x", f"expected an operator before '{LONG}x' at position 3 of '1 {LONG}x'"),
    (f"1 {LONG}xy", f"expected an operator before '{LONG}xy' at position 3 of '1 {LONG[:35]}...'"),
    ("(" * 51, "parentheses may be nested at most 50 deep"),
    ("1" * 100_001, "a number may have at most 100000 characters, not 100001"),
    ("1e50000 + 1e-50001", "decimal exponents may add up to at most 100000 in size"),
]


@pytest.mark.parametrize(("text", "message"), PLACES, ids=range(len(PLACES)))
def test_mistakes_and_their_places(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_expression(text)
    assert str(caught.value) == message


def test_what_lies_at_a_limit_is_read() -> None:
    for text in ("(" * 50 + "1" + ")" * 50, "1" * 100_000, "1e50000 + 1e-50000", "0^000010000"):
        assert parse_expression(text) is not None
    assert parse_expression("(1) + " * 60 + "1") is not None  # one after the other is not deep
    powers = {"2^10000": 10_000, "2**-10000": -10_000, "2^(-6/4)": -3, "2^+3": 3, "2^(4/2)": 2}
    for text, exponent in powers.items():
        found = parse_expression(text)
        assert isinstance(found, Power)
        assert found.exponent == exponent
    root = parse_expression("2^(-6/4)")
    assert isinstance(root, Power)
    assert isinstance(root.base, Radical)
    assert root.base.degree == 2
