"""The regular representation is a ring homomorphism and multiplies ranks by the degree."""

import pytest
from flint import fmpq_mat
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra.arrays.regular_representation import (
    from_coordinates,
    to_coordinates,
    to_regular,
)
from tests.strategies import FIELDS, matrices


def represented(matrix):
    regular, denominator = to_regular(matrix)
    return fmpq_mat(regular) / denominator


@pytest.mark.parametrize("field", FIELDS, ids=repr)
@given(data=st.data())
def test_products_and_sums(field, data):
    m, n, k = (data.draw(st.integers(1, 3)) for _ in range(3))
    a, b = data.draw(matrices(field, m, n)), data.draw(matrices(field, n, k))
    c = data.draw(matrices(field, m, n))
    assert represented(a @ b) == represented(a) * represented(b)
    assert represented(a + c) == represented(a) + represented(c)


@pytest.mark.parametrize("field", FIELDS, ids=repr)
@given(data=st.data())
def test_coordinates_are_the_first_columns(field, data):
    matrix = data.draw(matrices(field))
    regular, denominator = to_regular(matrix)
    assert (regular.nrows(), regular.ncols()) == tuple(field.degree * n for n in matrix.shape)
    coordinates = to_coordinates(matrix)
    first = [row[:: field.degree] for row in regular.table()]
    scale = denominator / matrix.denominator
    assert first == [[scale * x for x in row] for row in coordinates.table()]
    parts = from_coordinates(coordinates, field.degree)
    assert matrix.from_coefficients(field, parts, matrix.denominator) == matrix
