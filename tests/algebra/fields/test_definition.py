"""Limits on what defines a field, and what it takes to be an instance of one."""

import re

import pytest
from flint import fmpq_poly

from linnet_exact.algebra import Field, NumberField
from linnet_exact.algebra.fields.definition import MAX_HEIGHT_BITS, defined_by_polynomial
from linnet_exact.errors import InputError, TooLargeError


def test_coefficients_may_be_as_long_as_is_said() -> None:
    for degree in (1, 2, 3):
        bits = MAX_HEIGHT_BITS // degree
        monic = [0] * (degree - 1) + [1]
        assert defined_by_polynomial(fmpq_poly([2 ** (bits - 1) + 2, *monic])) is not None
        with pytest.raises(TooLargeError, match=f"degree {degree} .* {bits} bits, not {bits + 1}"):
            defined_by_polynomial(fmpq_poly([2**bits + 2, *monic]))


def test_degrees_up_to_64() -> None:
    assert NumberField([3, *[0] * 63, 1]).degree == 64
    with pytest.raises(TooLargeError, match="at most 64, not 65"):
        NumberField([3, *[0] * 64, 1])


def test_a_number_that_holds_the_others_generates_alone() -> None:
    table = {
        ("sqrt(2)",): ("sqrt(2)", 2),
        ("sqrt(2)", "sqrt(8)"): ("sqrt(2)", 2),
        ("sqrt(2)", "sqrt(3)"): ("sqrt(2) + sqrt(3)", 4),
        ("sqrt(2)", "sqrt(1 + sqrt(2))"): ("sqrt(1 + sqrt(2))", 4),
        ("sqrt(1 + sqrt(2))", "sqrt(2)"): ("sqrt(1 + sqrt(2))", 4),
        ("7", "cbrt(2)"): ("cbrt(2)", 3),
        ("cbrt(2)", "7"): ("cbrt(2)", 3),
        ("sqrt(2)", "-sqrt(2)", "sqrt(3)"): ("sqrt(2) + sqrt(3)", 4),
        ("sqrt(2)", "sqrt(2) + sqrt(3)"): ("sqrt(2) + sqrt(3)", 4),
        ("cbrt(2)", "sqrt(2)"): ("cbrt(2) + sqrt(2)", 6),
    }
    for texts, (text, degree) in table.items():
        field = NumberField(*texts)
        assert (field._text, field.degree) == (text, degree)
        for each in texts:
            assert abs(float(field(each)) - float(NumberField(each).gen)) < 1e-12
    # sqrt(2) + 1*(-sqrt(2) + sqrt(3)) has no more conjugates than sqrt(3)
    field = NumberField("sqrt(2)", "sqrt(3) - sqrt(2)")
    assert field.degree == 4
    assert field.holds(NumberField("sqrt(2)"))
    assert field.holds(NumberField("sqrt(3)"))


def test_a_long_polynomial_is_cut_in_messages() -> None:
    for degree, constant, shown in (
        (10, 9 * 10**52, f"x^10 - 9{'0' * 52} has"),  # 60 characters
        (6, 10**54, f"x^6 - 1{'0' * 50}... has"),
    ):
        with pytest.raises(InputError, match=f"irreducible; {re.escape(shown)}"):
            NumberField([-constant, *[0] * (degree - 1), 1])


def test_a_field_has_to_say_how_it_reads_and_writes() -> None:
    assert Field.__abstractmethods__ == {
        "__call__",
        "coordinates",
        "element",
        "format",
        "latex",
        "to_jsonable",
        "to_sympy",
    }
