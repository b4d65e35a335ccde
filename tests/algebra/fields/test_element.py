"""Elements of number fields: order, enclosures, invariants, text; ring laws are in conformance."""

import math
import pickle
from fractions import Fraction
from typing import Any

import flint
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import NumberField
from linnet_exact.errors import DivisionByZeroError, InputError
from tests.strategies import elements
from tests.strategies_fields import CUBIC, NUMBER_FIELDS, OCTIC, QUADRATIC, QUARTIC, REAL_FIELDS

over_number_fields = pytest.mark.parametrize("field", NUMBER_FIELDS, ids=repr)
over_real_fields = pytest.mark.parametrize("field", REAL_FIELDS, ids=repr)


def product(factors: Any) -> Any:
    total = flint.acb(1)
    for factor in factors:
        total *= factor
    return total


@over_number_fields
@given(data=st.data())
def test_conjugates_norm_and_trace(field: NumberField, data: st.DataObject) -> None:
    x: Any = data.draw(elements(field))
    with flint.ctx.workprec(200):
        conjugates = x.conjugates(200)
        norm, trace = x.norm(), x.trace()
        assert product(conjugates).overlaps(flint.acb(flint.fmpq(norm.numerator, norm.denominator)))
        total = sum(conjugates, flint.acb(0))
        assert total.overlaps(flint.acb(flint.fmpq(trace.numerator, trace.denominator)))
    assert len(conjugates) == field.degree
    assert all(not x or z.rel_accuracy_bits() >= 200 for z in conjugates)


@over_number_fields
@given(data=st.data())
def test_minimal_and_characteristic_polynomials(field: NumberField, data: st.DataObject) -> None:
    x: Any = data.draw(elements(field))
    for polynomial in (x.minimal_polynomial(), x.characteristic_polynomial()):
        assert polynomial[-1] == 1
        assert sum((c * x**k for k, c in enumerate(polynomial)), field(0)) == 0
    minimal, whole = map(len, (x.minimal_polynomial(), x.characteristic_polynomial()))
    assert whole == field.degree + 1
    assert (whole - 1) % (minimal - 1) == 0
    assert (minimal == 2) == x.is_rational


@over_number_fields
@given(data=st.data())
def test_multiplication_matrix(field: NumberField, data: st.DataObject) -> None:
    x: Any = data.draw(elements(field))
    y: Any = data.draw(elements(field))
    rows, denominator = x.multiplication_matrix()
    product = [
        sum((c * z for c, z in zip(row, y.coordinates, strict=True)), Fraction(0)) / denominator
        for row in rows
    ]
    assert tuple(product) == (x * y).coordinates


@over_number_fields
@given(data=st.data())
def test_powers(field: NumberField, data: st.DataObject) -> None:
    x: Any = data.draw(elements(field))
    assert x**0 == 1
    assert x**5 == x * x * x * x * x
    if x:
        assert x**-2 == 1 / (x * x)


@over_number_fields
@given(data=st.data())
def test_text_is_read_back(field: NumberField, data: st.DataObject) -> None:
    x: Any = data.draw(elements(field))
    assert field(str(x)) == x
    assert pickle.loads(pickle.dumps(x)) == x
    if x.is_rational:
        assert {x.to_rational(): 1}[x] == 1
        assert x == x.to_rational()


@over_real_fields
@given(data=st.data())
def test_order_agrees_with_high_precision(field: NumberField, data: st.DataObject) -> None:
    x: Any = data.draw(elements(field))
    y: Any = data.draw(elements(field))
    assert (x < y) + (x == y) + (x > y) == 1
    assert (x <= y) == (not x > y)
    difference = (x - y).enclosure(300) if x != y else flint.arb(0)
    assert (x > y) == (difference > 0)
    assert abs(x) == (x if x >= 0 else -x)
    assert math.floor(x) <= x < math.floor(x) + 1
    assert math.ceil(x) - 1 < x <= math.ceil(x)
    assert x.sign() == (x > 0) - (x < 0)


@pytest.mark.parametrize("bits", [1, 53, 100, 1000])
@over_real_fields
def test_enclosures(field: NumberField, bits: int) -> None:
    ball = (field.gen / 3 - 1).enclosure(bits)
    assert ball.rel_accuracy_bits() >= bits
    with flint.ctx.workprec(bits + 100):
        assert (3 * (ball + 1)).overlaps(field.real_root(bits + 100))


def test_sign_of_what_nearly_vanishes() -> None:
    a = QUADRATIC.gen
    small = a - Fraction(math.isqrt(2 * 10**4000), 10**2000)
    assert small > 0
    assert small.sign() == 1
    assert -small < 0 < small < Fraction(1, 10**1999)
    assert (small - small).sign() == 0
    assert float(small**100) == 0.0
    assert small.enclosure(60).rel_accuracy_bits() >= 60


def test_floats_are_correctly_rounded() -> None:
    for text in ("a", "1/3 - a", "10^300*a", "a/10^320", "cbrt(2*a)"):
        value = QUADRATIC(text)
        exact = sympy.N(value.to_sympy(), 400)
        assert float(value) == float(exact)
    with pytest.raises(OverflowError):
        float(QUADRATIC("10^400*a"))


def test_mixing() -> None:
    a = QUADRATIC.gen
    third = Fraction(1, 3)
    assert third + a == a + third == QUADRATIC("1/3 + a")
    assert third - a == -(a - third)
    assert third / a == QUADRATIC("a/6")
    assert flint.fmpz(2) * a == a * flint.fmpq(2) == 2 * a
    assert 1 < a < 2
    assert Fraction(7, 5) < a
    assert a != "a"
    assert a != 1.5
    for other in ("1", None, 1j):
        with pytest.raises(TypeError):
            a + other
        with pytest.raises(TypeError):
            a < other  # noqa: B015


def test_different_fields_do_not_mix() -> None:
    a, b = QUADRATIC.gen, CUBIC.gen
    for operation in (lambda: a + b, lambda: a * b, lambda: a < b, lambda: b / a):
        with pytest.raises(InputError, match="cannot mix"):
            operation()
    assert a != b
    assert QUADRATIC(3) == CUBIC(3)
    assert hash(QUADRATIC(3)) == hash(CUBIC(3)) == hash(3)


def test_division_by_zero() -> None:
    for field in NUMBER_FIELDS:
        zero = field.gen - field.gen
        for divide in (lambda: field(1) / zero, zero.inverse, lambda: 1 / zero, lambda: zero**-1):  # noqa: B023
            with pytest.raises(DivisionByZeroError):
                divide()
        with pytest.raises(DivisionByZeroError):
            field.gen / 0
        with pytest.raises(InputError):
            field("1/(1 - 1)")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("0", "0"),
        ("a", "a"),
        ("-a", "-a"),
        ("3*a + 1/2", "1/2 + 3*a"),
        ("-3/2*a^3 - 1", "-1 - 3/2*a^3"),
        ("a^2 - a", "-a + a^2"),
        ("10^5000", "1" + "0" * 5000),
    ],
)
def test_canonical_text(text: str, printed: str) -> None:
    assert str(QUARTIC(text)) == printed


def test_latex() -> None:
    assert QUARTIC("1/2 - 3*a^2")._repr_latex_() == r"$\frac{1}{2} - 3 a^{2}$"
    assert QUADRATIC._repr_latex_() == r"$\mathbb{Q}(a),\ a^{2} - 2 = 0$"
    assert NumberField("sqrt(2)", generator="s1").gen._repr_latex_() == r"$\mathrm{s1}$"


def test_a_rational_in_a_field_is_recognised() -> None:
    value = OCTIC("sqrt(2)*sqrt(1 + sqrt(2))^2 - sqrt(2)")
    assert value.is_rational
    assert value.to_rational() == 2
    assert value == 2
    with pytest.raises(InputError, match="expected a rational number"):
        OCTIC.gen.to_rational()


def test_arithmetic_changes_no_operand() -> None:
    a = QUARTIC.gen
    before = str(a), hash(a)
    a + a, a * a, a**7, 1 / a, -a, abs(a), a.conjugates(), a < 3
    assert (str(a), hash(a)) == before
