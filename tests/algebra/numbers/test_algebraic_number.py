"""Limits that are as wide as they say, and what refusals quote."""

import pytest

from linnet_exact.algebra import QQ, NumberField
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.errors import InputError, TooLargeError


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
