"""Triangular factors: shapes, signs and products, for many matrices of each size."""

from itertools import product

import pytest
from hypothesis import assume, given

from linnet_exact import QQ, Matrix, NumberField
from linnet_exact.algebra.fields.ways_past_zero import avoids_zero, has_signs, waypoint
from linnet_exact.algebra.matrices.triangular import triangular_factors
from linnet_exact.errors import InputError, ShapeError
from tests.algebra.reference import determinant
from tests.strategies import matrices
from tests.strategies_fields import IMAGINARY, QUADRATIC


def is_unitriangular(matrix: Matrix, lower: bool) -> bool:
    rows = matrix.rows()
    return all(
        x == (i == j)
        for i, row in enumerate(rows)
        for j, x in enumerate(row)
        if i == j or (i < j) == lower
    )


def check_factors(matrix: Matrix) -> None:
    factors = triangular_factors(matrix, avoids_zero)
    assert factors.product() == matrix
    assert is_unitriangular(factors.lower, lower=True)
    assert is_unitriangular(factors.upper, lower=False)
    assert is_unitriangular(factors.second_lower, lower=True)
    assert is_unitriangular(factors.second_upper, lower=False)
    pivots = [factors.diagonal[i, i] for i in range(matrix.nrows)]
    assert all(map(avoids_zero, pivots[:-1]))
    total = 1
    for pivot in pivots:
        total = total * pivot
    assert total == determinant(matrix.rows())


def test_every_small_matrix() -> None:
    check_factors(Matrix.identity(0))
    for size, entries in ((1, range(-3, 4)), (2, range(-2, 3))):
        for flat in product(entries, repeat=size * size):
            matrix = Matrix([flat[i * size : (i + 1) * size] for i in range(size)])
            if determinant(matrix.rows()):
                check_factors(matrix)
            else:
                with pytest.raises(InputError, match="singular"):
                    triangular_factors(matrix, avoids_zero)


def test_every_signed_permutation_of_four() -> None:
    for signs in product((-1, 1), repeat=4):
        for rows in ((0, 1, 2, 3), (3, 2, 1, 0), (1, 2, 3, 0), (0, 2, 1, 3)):
            check_factors(
                Matrix([[s * (i == j) for j in range(4)] for s, i in zip(signs, rows, strict=True)])
            )


@given(matrices(QUADRATIC, 3, 3))
def test_over_a_real_field(matrix: Matrix) -> None:
    assume(determinant(matrix.rows()) != 0)
    check_factors(matrix)


@given(matrices(IMAGINARY, 3, 3))
def test_over_a_field_without_signs(matrix: Matrix) -> None:
    assume(determinant(matrix.rows()) != 0)
    check_factors(matrix)


def test_not_square() -> None:
    with pytest.raises(ShapeError, match="square"):
        triangular_factors(Matrix([[1, 2]]), avoids_zero)


def test_signs() -> None:
    assert (avoids_zero(QQ(2)), avoids_zero(QQ(0)), avoids_zero(QQ(-2))) == (True, False, False)
    a = QUADRATIC.gen
    assert (avoids_zero(a - 1), avoids_zero(a - 2)) == (True, False)
    assert (has_signs(QQ), has_signs(QUADRATIC), has_signs(IMAGINARY)) == (True, True, False)
    with pytest.raises(InputError, match="several real embeddings"):
        has_signs(NumberField([-2, 0, 1]))


def test_ways_round_zero() -> None:
    field = NumberField([1, 0, 0, 0, 1])  # a is a primitive eighth root of unity
    a = field.gen
    for number in (field(-1), field(-3), -a, -(a + 1), field(2)):
        stop = waypoint(number)
        assert avoids_zero(stop)
        assert avoids_zero(number / stop)
    assert [avoids_zero(x) for x in (field(0), a - a**3, -a * a)] == [False, False, True]
    with pytest.raises(InputError, match="cannot be moved past 0"):
        waypoint(QQ(-1))
