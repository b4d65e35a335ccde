"""What one prime tells: echelon forms by rows and columns, minors, and how many places it takes."""

from itertools import combinations, product
from math import prod

import pytest
from flint import nmod_mat
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra.ranks.minors import Image, largest_minor, places_beyond, rank_exceeds
from linnet_exact.algebra.ranks.residue_maps import Place


@st.composite
def images(draw: st.DrawFn) -> Image:
    """Matrices modulo 5, often of a small rank, sometimes symmetric."""
    m, n, r = (draw(st.integers(0, 4)) for _ in range(3))
    digits = st.integers(0, 4)
    left = nmod_mat(m, r, [draw(digits) for _ in range(m * r)], 5)
    right = nmod_mat(r, n, [draw(digits) for _ in range(r * n)], 5)
    matrix = left * left.transpose() if draw(st.booleans()) else left * right
    return Image(matrix, draw(digits))


def entries(matrix: nmod_mat) -> list[list[int]]:
    return [[int(matrix[i, j]) for j in range(matrix.ncols())] for i in range(matrix.nrows())]


@given(images())
def test_minors_are_first_of_their_size(image: Image) -> None:
    """Pivots are the first columns, or rows, that are independent of those before."""
    matrix = image.matrix
    for each, numbers in (
        (image.by_columns, matrix),
        (image.by_rows, matrix.transpose()),
    ):
        assert entries(each.form) == entries(numbers.rref()[0])
        table = entries(numbers)
        independent: list[int] = []
        for j in range(numbers.ncols()):
            chosen = [*independent, j]
            block = nmod_mat(
                numbers.nrows(), len(chosen), [row[c] for row in table for c in chosen], 5
            )
            if block.rank() == len(chosen):
                independent = chosen
        assert each.pivots == tuple(independent)
    minor = image.minor
    assert minor == largest_minor(matrix, image.root)
    assert (minor.prime, minor.root) == (5, image.root)
    assert len(minor.rows) == len(minor.columns) == matrix.rank()
    table = entries(matrix)
    block = [table[i][j] for i, j in product(minor.rows, minor.columns)]
    assert nmod_mat(len(minor.rows), len(minor.rows), block, 5).det() != 0
    assert minor.columns == image.by_columns.pivots
    assert minor.rows == image.by_rows.pivots


def test_a_symmetric_matrix_is_eliminated_once() -> None:
    image = Image(nmod_mat(2, 2, [1, 2, 2, 4], 7), 0)
    assert image.by_rows is image.by_columns
    other = Image(nmod_mat(2, 2, [1, 2, 3, 6], 7), 0)
    assert other.by_rows is not other.by_columns
    assert other.by_rows.form[0, 1] == 3


PLACES = [Place(7, (1, 2)), Place(11, (5,)), Place(13, (1, 2, 3)), Place(17, (0,))]


@pytest.mark.parametrize("count", range(5))
def test_as_many_places_as_it_takes(count: int) -> None:
    square = prod(place.prime ** (2 * len(place.roots)) for place in PLACES[:count])
    bounds = [square] if count in (0, 4) else [square, square + 1]
    found = [places_beyond(bound, PLACES) for bound in bounds]
    assert found == [tuple(PLACES[: count + more]) for more in range(len(bounds))]


def test_all_images_at_all_places_are_looked_at() -> None:
    from flint import fmpz_mat

    parts = (fmpz_mat([[-2, 0], [0, 0]]), fmpz_mat([[1, 0], [0, 0]]))  # a - 2 in the corner
    for chosen in combinations([Place(7, (2,)), Place(7, (2, 3)), Place(5, (2,))], 2):
        larger = any(root != 2 for place in chosen for root in place.roots)
        assert rank_exceeds(0, parts, chosen) == larger
        assert not rank_exceeds(1, parts, chosen)
    assert not rank_exceeds(0, parts, [])
