"""Integer arrays without what rows and columns have in common, against plain integers."""

from math import gcd

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.algebra.fields.field import QQ
from linnet_exact.algebra.ranks import primitive_part as module
from linnet_exact.algebra.ranks.primitive_part import (
    FEW,
    WORD,
    height_bits,
    integer_array,
    primitive_part,
)

FIELDS = [QQ, NumberField("sqrt(2)")]
Parts = list[list[list[int]]]


def divided(parts: Parts) -> Parts:
    """The same, each row and then each column divided by its greatest common divisor."""
    for _ in range(2):  # rows, and those of the transpose
        rows = zip(*parts, strict=True)
        contents = [gcd(*(x for row in all_parts for x in row)) or 1 for all_parts in rows]
        parts = [
            [[x // c for x in row] for c, row in zip(contents, part, strict=True)] for part in parts
        ]
        parts = [[list(column) for column in zip(*part, strict=True)] for part in parts]
    return parts


def matrix_of(parts: Parts, denominator: int) -> Matrix:
    field = FIELDS[len(parts) - 1]
    rows = zip(*parts, strict=True)
    entries = [
        [field.element(list(x), denominator) for x in zip(*row, strict=True)] for row in rows
    ]
    return Matrix(entries, field)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Parts, int]:
    """Numbers of different sizes with common factors in rows and columns."""
    e, m, n = draw(st.integers(1, 2)), draw(st.integers(1, 4)), draw(st.integers(1, 4))
    size = st.sampled_from([1, 2, 20, 58, 59, 60, 61, 62, 63, 64, 200])
    entry = size.flatmap(lambda bits: st.integers(-(2**bits), 2**bits))
    factors = st.sampled_from([1, 1, 0, -1, 6, 35, 2**31, 3**50])
    r, c = ([draw(factors) for _ in range(k)] for k in (m, n))
    parts = [[[r[i] * c[j] * draw(entry) for j in range(n)] for i in range(m)] for _ in range(e)]
    return parts, draw(st.sampled_from([1, 2, 10**30]))


@pytest.mark.parametrize("at_once", [module.AT_ONCE, 1, 6])
@given(case=cases())
@example(case=([[[0, 1, -(2**80)]]], 1))
def test_against_plain_integers(at_once: int, case: tuple[Parts, int]) -> None:
    parts, denominator = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "AT_ONCE", at_once)
        matrix = matrix_of(parts, denominator)
        numbers = [
            [[int(part[i, j]) for j in range(matrix.ncols)] for i in range(matrix.nrows)]
            for part in matrix.coefficients
        ]
        array = integer_array(matrix)
        assert array.tolist() == numbers
        assert array.dtype == (np.int64 if of_a_word(numbers) else object)
        expected = divided(numbers)
        for given_array in (None, array):
            found, coefficients = primitive_part(matrix, given_array)
            assert found.tolist() == expected
            assert found.dtype == (np.int64 if of_a_word(expected) else object)
            assert [
                [[int(x) for x in row] for row in part.table()] for part in coefficients
            ] == expected
            assert (coefficients is matrix.coefficients) == (expected == numbers)


def of_a_word(parts: Parts) -> bool:
    return max(abs(x).bit_length() for part in parts for row in part for x in row) <= WORD


@pytest.mark.parametrize("place", [FEW - 1, FEW, FEW + 3])
def test_entries_after_the_first_few_count(place: int) -> None:
    row = [6] * (FEW + 4)
    row[place] = 3
    for matrix in (Matrix([row, row]), Matrix([row, row]).T):
        found, _ = primitive_part(matrix)
        assert found.tolist() == divided([[[int(x) for x in r] for r in matrix.rows()]])


def test_the_height_is_that_of_the_largest_in_size() -> None:
    for numbers, bits in (([], 0), ([0], 0), ([3, -8], 4), ([-3, 8], 4), ([-7], 3), ([7], 3)):
        assert height_bits(np.array(numbers, dtype=np.int64)) == bits
    assert height_bits(np.array([-(2**63)], dtype=np.int64)) == 64
    assert height_bits(np.array([2**70, -1], dtype=object)) == 71
