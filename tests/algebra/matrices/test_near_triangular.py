"""Rounded triangular factors: exact products, short numbers, and what is left is dominant."""

from random import Random

import pytest

from linnet_exact import Matrix, NumberField
from linnet_exact.algebra.matrices.near_triangular import is_dominant, near_factors
from linnet_exact.algebra.matrices.norms import height_bits


def positive(pivot: object) -> bool:
    return pivot > 0


def random_matrix(size: int, bits: int, seed: int) -> Matrix:
    random = Random(seed)
    rows = [[random.getrandbits(bits) - (1 << bits - 1) for _ in range(size)] for _ in range(size)]
    found = Matrix(rows)
    return found if found.det() > 0 else Matrix([[-x for x in rows[0]], *rows[1:]])


def check(matrix: Matrix) -> int:
    """Check what is promised, with determinants; return the bits of the longest unit factor."""
    factors, rest = near_factors(matrix, positive)
    assert factors.product() @ rest == matrix
    lower, upper, second_lower, diagonal, second_upper = factors
    size = range(matrix.nrows)
    for part in factors:
        assert all(part[i, i] == 1 or part is diagonal for i in size)
    assert all(part[i, j] == 0 for part in (lower, second_lower) for j in size for i in range(j))
    assert all(part[j, i] == 0 for part in (upper, second_upper) for j in size for i in range(j))
    assert all(diagonal[i, i] > 0 for i in size)
    for t in ("1/4", "1/2", "3/4", 1):
        assert (Matrix.identity(matrix.nrows) * (1 - Matrix([[t]])[0, 0]) + rest * t).det() > 0
    return max(height_bits(part) for part in factors if part is not diagonal)


@pytest.mark.parametrize("seed", range(4))
def test_long_numbers_get_short_factors(seed: int) -> None:
    for size, bits in ((2, 900), (5, 400), (8, 300)):
        assert check(random_matrix(size, bits, seed)) < bits / 2


def test_rows_of_very_different_size_and_nearly_singular() -> None:
    scaled = Matrix([[x << 40 * i for x in row] for i, row in enumerate(integers(5, 400))])
    check(scaled if scaled.det() > 0 else -scaled)
    huge = 10**500
    check(Matrix([[huge, huge - 1], [huge + 1, huge]]))  # of determinant 1
    check(Matrix([[0, -huge], [1, 0]]))
    check(Matrix([[-1, 0], [0, f"-1/{huge}"]]))


def integers(size: int, bits: int) -> list[list[int]]:
    return [[int(x) for x in row] for row in random_matrix(size, bits, 9).rows()]


def test_short_numbers_and_other_fields_stay_exact() -> None:
    field = NumberField("sqrt(2)")
    for matrix in (
        Matrix([[2, 1], [4, 5]]),
        Matrix.identity(3),
        Matrix([[1, 0], [0, field.gen * 3**1000]], field),
    ):
        factors, rest = near_factors(matrix, positive)
        assert factors.product() == matrix
        assert rest == Matrix.identity(matrix.nrows)


def test_dominant() -> None:
    assert is_dominant(Matrix([[3, "-3/2", 1], [0, 1, 0], ["1/3", "-1/3", 1]]))
    for rows in ([[1, 1], [0, 1]], [[-2, 1], [0, 1]], [[2, -2], [0, 1]], [[0]]):
        assert not is_dominant(Matrix(rows))
    assert is_dominant(Matrix([], shape=(0, 0)))
    assert not is_dominant(Matrix([["sqrt(2)"]], NumberField("sqrt(2)")))
