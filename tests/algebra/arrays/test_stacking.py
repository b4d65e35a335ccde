"""Blocks joined at once are the same as joined side by side, then one above the other."""

import re

import pytest

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.algebra.arrays.stacking import join_grid
from linnet_exact.errors import ShapeError

K = NumberField("sqrt(2)")


@pytest.mark.parametrize(
    "grid",
    [
        [[Matrix([["1/2", 1]]), Matrix([["1/3"]])], [Matrix.zero(2, 2), Matrix([[1], ["1/5"]])]],
        [[Matrix([["a"]], K), Matrix([["1/2"]])], [Matrix.zero(1, 1), Matrix.identity(1, K)]],
        [[Matrix.zero(0, 2), Matrix.zero(0, 1)], [Matrix([[1, 2]]), Matrix([[3]])]],
        [[Matrix.zero(2, 0), Matrix.zero(2, 0)]],
        [[Matrix([[2**70, "1/4"]])]],
    ],
)
def test_a_grid_is_rows_of_blocks_one_above_the_other(grid):
    joined = join_grid(grid)
    assert joined == Matrix.vstack([Matrix.hstack(row) for row in grid])
    assert joined.field is (K if any(b.field is K for row in grid for b in row) else joined.field)


@pytest.mark.parametrize(
    ("grid", "shapes"),
    [
        ([], "none is given"),
        ([[]], "none is given"),
        ([[Matrix([[1]])], [Matrix([[1, 2]])]], "1x1; 1x2"),
        ([[Matrix([[1]]), Matrix([[1], [2]])]], "1x1, 2x1"),
        ([[Matrix([[1]]), Matrix([[1]])], [Matrix([[1, 2]])]], "1x1, 1x1; 1x2"),
    ],
)
def test_blocks_that_do_not_fit_are_refused(grid, shapes):
    with pytest.raises(ShapeError, match=re.escape(f"to a grid: {shapes}")):
        join_grid(grid)
