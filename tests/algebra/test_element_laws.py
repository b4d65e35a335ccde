"""Laws of elements, which are compared with rational matrices.

The companion matrix C of the minimal polynomial makes Q(a) a ring of e x e matrices,
c_0 + c_1 a + ... being c_0 + c_1 C + ....
"""

import copy
import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import QQ, Field
from linnet_exact.algebra.fields.field import Scalar, common_field
from linnet_exact.errors import InputError
from tests.algebra.laws import law, over_every_field
from tests.algebra.reference import multiply
from tests.strategies import elements, rationals
from tests.strategies_fields import REAL_FIELDS


def as_rational_matrix(field: Field, value: Scalar) -> list[list[Fraction]]:
    """The matrix of multiplication by an element, from powers of the companion matrix."""
    e = field.degree
    companion = [
        [Fraction(i == j + 1) if j < e - 1 else -field.minimal_polynomial[i] for j in range(e)]
        for i in range(e)
    ]
    power = [[Fraction(i == j) for j in range(e)] for i in range(e)]
    numbers, denominator = field.coordinates(value)
    total = [[Fraction(0)] * e for _ in range(e)]
    for number in numbers:
        scale = Fraction(number, denominator)
        total = [
            [x + scale * y for x, y in zip(*rows, strict=True)]
            for rows in zip(total, power, strict=True)
        ]
        power = multiply(power, companion, e)
    return total


@law
def test_ring_operations(field: Field, data: st.DataObject) -> None:
    x, y = data.draw(elements(field)), data.draw(elements(field))
    a, b = as_rational_matrix(field, x), as_rational_matrix(field, y)
    pairs = [list(zip(*rows, strict=True)) for rows in zip(a, b, strict=True)]
    assert as_rational_matrix(field, x + y) == [[p + q for p, q in row] for row in pairs]
    assert as_rational_matrix(field, x - y) == [[p - q for p, q in row] for row in pairs]
    assert as_rational_matrix(field, x * y) == multiply(a, b, field.degree)
    assert (x == y) == (a == b)
    assert x + y - y == x
    assert hash(x + y - y) == hash(x)


@law
def test_division(field: Field, data: st.DataObject) -> None:
    x, y = data.draw(elements(field)), data.draw(elements(field))
    if y == 0:
        with pytest.raises(ZeroDivisionError):
            x / y
    else:
        assert x / y * y == x
        assert y * (1 / y) == 1


@law
def test_elements_round_trip(field: Field, data: st.DataObject) -> None:
    x = data.draw(elements(field))
    assert field(x) == x
    assert field.element(*field.coordinates(x)) == x
    assert field(field.format(x)) == x
    assert field(field.to_sympy(x)) == x
    assert pickle.loads(pickle.dumps(x)) == x
    assert copy.deepcopy(x) == x
    assert "\n" not in field.latex(x)


@over_every_field
@given(value=rationals())
def test_rationals_lie_in_every_field(field: Field, value: Fraction) -> None:
    x = field(value)
    assert x == value
    assert hash(x) == hash(value)
    assert QQ(x) == value
    assert x + Fraction(1, 2) == value + Fraction(1, 2)
    assert float(x) == float(value)


@pytest.mark.parametrize("field", [QQ, *REAL_FIELDS], ids=repr)
@given(data=st.data())
def test_the_order_is_that_of_the_real_values(field: Field, data: st.DataObject) -> None:
    x, y = data.draw(elements(field)), data.draw(elements(field))
    assert (x < y) + (x == y) + (x > y) == 1
    assert (x < y) == (x - y < 0)
    assert float(x) == pytest.approx(float(field.to_sympy(x).evalf(40)), rel=1e-12, abs=1e-12)


@over_every_field
def test_what_is_not_in_the_field_is_refused(field: Field) -> None:
    for value in (float("nan"), float("inf"), None, 1j, [1], "", "one", b"1"):
        with pytest.raises(InputError):
            field(value)


@over_every_field
def test_fields_are_values(field: Field) -> None:
    assert pickle.loads(pickle.dumps(field)) == field == copy.deepcopy(field)
    assert hash(pickle.loads(pickle.dumps(field))) == hash(field)
    assert field.minimal_polynomial[-1] == 1
    assert len(field.minimal_polynomial) == field.degree + 1
    assert common_field([QQ, field, QQ, field]) == field
