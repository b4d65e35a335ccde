"""The rationals as a field; the laws that all fields share are in test_element_laws.py."""

import copy
import pickle
from fractions import Fraction

import pytest
import sympy
from hypothesis import given

from linnet_exact.algebra import QQ, Matrix, NumberField
from linnet_exact.algebra.fields.field import common_field
from linnet_exact.errors import InputError
from tests.strategies import any_rationals


@given(any_rationals())
def test_round_trips(value: Fraction) -> None:
    numbers, denominator = QQ.coordinates(value)
    assert (*numbers, denominator) == value.as_integer_ratio()
    assert QQ.element(numbers, denominator) == value
    assert QQ(QQ.format(value)) == value
    assert QQ(QQ.to_sympy(value)) == value


def test_an_element_is_reduced() -> None:
    assert QQ.element((-6,), 4) == Fraction(-3, 2)


@pytest.mark.parametrize(
    ("value", "latex"),
    [("0", "0"), ("-7", "-7"), ("3/2", r"\frac{3}{2}"), ("-3/2", r"-\frac{3}{2}")],
)
def test_latex(value: str, latex: str) -> None:
    assert QQ.latex(QQ(value)) == latex == sympy.latex(sympy.Rational(value)).replace("- ", "-")


def test_there_is_one_field_of_rationals() -> None:
    assert copy.copy(QQ) is QQ
    assert copy.deepcopy([QQ])[0] is QQ
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(QQ, protocol)) is QQ
    assert QQ.to_jsonable() == repr(QQ) == "QQ"


def test_an_irrational_number_is_refused() -> None:
    with pytest.raises(InputError, match="expected a rational number"):
        QQ(sympy.sqrt(2))


def test_no_field_at_all_means_the_rationals() -> None:
    assert common_field([]) is QQ


def test_fields_that_hold_each_other_are_merged() -> None:
    small, large = NumberField("sqrt(6)"), NumberField("sqrt(2) + sqrt(3)")
    assert common_field([small, QQ, large]) == common_field([large, small]) == large
    product = Matrix([[small.gen]]) @ Matrix([[large("sqrt(2)")]])
    assert product == Matrix([[large("sqrt(12)")]], large)
    with pytest.raises(InputError, match="cannot mix"):
        common_field([small, NumberField("sqrt(2)")])
    with pytest.raises(InputError, match="cannot mix"):
        common_field([small, NumberField("x^2 + 1")])
