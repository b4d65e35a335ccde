"""Numbers found in fields again, by the polynomial arithmetic that finds them."""

from itertools import product

import pytest
from flint import fmpz_poly
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import Field, NumberField
from linnet_exact.algebra.fields.membership import (
    _add,
    _remainder,
    common_root,
    find_in_field,
    primitive_combination,
)
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from tests.strategies import FIELDS, elements

REAL = [field for field in FIELDS if 1 < field.degree < 8 and getattr(field, "root", None)]
K = NumberField("sqrt(2)")
POLYNOMIALS = st.lists(elements(K), max_size=4).map(
    lambda found: found if not found or found[-1] else [*found, K(1)]
)


@pytest.mark.parametrize("field", REAL, ids=repr)
@given(data=st.data())
def test_every_element_is_found(field: Field, data: st.DataObject) -> None:
    element = data.draw(elements(field))
    assert find_in_field(element.algebraic_number(), field) == element


@pytest.mark.parametrize("field", REAL, ids=repr)
def test_others_are_not_found(field: NumberField) -> None:
    for text in ("sqrt(7)", "cbrt(7)", "sqrt(-1)", "sqrt(2) + cbrt(7)", "-sqrt(11)"):
        root = NumberField(text).root
        number = root if root is not None else AlgebraicNumber.root_of_unity(4)
        assert find_in_field(number, field) is None


@given(POLYNOMIALS, POLYNOMIALS)
def test_sums_and_remainders(left: list, right: list) -> None:
    total = _add(left, right)
    for k in range(max(len(left), len(right)) + 1):
        expected = (left[k] if k < len(left) else 0) + (right[k] if k < len(right) else 0)
        assert (total[k] if k < len(total) else 0) == expected
    assert not total or total[-1] != 0
    if right:
        rest = _remainder(left, right)
        assert len(rest) < len(right)
        assert not rest or rest[-1] != 0
        # left - rest is a multiple of right: by long division without remainder
        negative = [-x for x in rest]
        assert _remainder(_add(left, negative), right) == []


def test_the_common_root_of_shifted_polynomials() -> None:
    a = K.gen
    for s, t in product((1, 2, -3), repeat=2):
        wanted = t * a
        # g has the roots t a and -t a; h(y + s a), with roots -(s + t) a and (s + t) a minus s a
        g, h = fmpz_poly([-2 * t * t, 0, 1]), fmpz_poly([-2 * (s + t) ** 2, 0, 1])
        if s + 2 * t:  # else both roots are common
            assert common_root(g, h, s * a) == wanted


def test_the_least_multiple_that_generates() -> None:
    two, three, eight = (NumberField(f"sqrt({n})").root for n in (2, 3, 8))
    assert primitive_combination(two, three)[1] == 1
    assert primitive_combination(two, two)[1] == 2
    assert primitive_combination(two, eight)[1] == 1
    assert primitive_combination(eight, two * 4)[1] == 1
