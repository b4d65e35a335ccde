"""Bilinear operations on matrix polynomials in a."""

from fractions import Fraction
from typing import Any

import flint
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra.arrays.products import power_means, power_table
from linnet_exact.algebra.numbers.multiplication_matrices import kronecker_product
from tests.strategies import FIELDS

SMALL = st.tuples(*[st.integers(0, 3)] * 4)


@given(SMALL, st.data())
def test_kronecker_product_agrees_with_numpy(
    sizes: tuple[int, int, int, int], data: st.DataObject
) -> None:
    m, n, p, q = sizes
    left, right = (
        data.draw(st.lists(st.integers(-5, 5), min_size=size, max_size=size))
        for size in (m * n, p * q)
    )
    product = kronecker_product(flint.fmpz_mat(m, n, left), flint.fmpz_mat(p, q, right))
    expected = np.einsum(
        "ij,kl->ikjl",
        np.array(left, dtype=int).reshape(m, n),
        np.array(right, dtype=int).reshape(p, q),
    ).reshape(m * p, n * q)
    assert (product.nrows(), product.ncols()) == expected.shape
    assert [int(x) for x in product.entries()] == expected.ravel().tolist()


@pytest.mark.parametrize("field", FIELDS, ids=repr)
def test_high_powers_of_the_generator(field) -> None:  # type: ignore[no-untyped-def]
    e = field.degree
    generator = field.element([int(k == 1) for k in range(e)], 1) if e > 1 else None
    rows, denominator = power_table(field)
    assert len(rows) == max(e - 1, 0)
    for k, row in enumerate(rows):
        assert field.element(row, denominator) == generator ** (e + k)


@pytest.mark.parametrize("field", FIELDS, ids=repr)
def test_means_of_the_conjugates_of_powers(field: Any) -> None:
    means = power_means(field)
    assert len(means) == field.degree
    for k, mean in enumerate(means):
        trace = (field.gen**k).trace() if field.degree > 1 else 1
        assert Fraction(int(mean.p), int(mean.q)) == trace / field.degree
