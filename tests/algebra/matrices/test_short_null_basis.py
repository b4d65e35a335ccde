"""Short null vectors: they span the null space; one block generates its integer vectors."""

from random import Random

import pytest
from flint import fmpz_mat
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.matrices.short_null_basis import pivots_modulo, reduced_null_basis
from linnet_exact.algebra.ranks.residue_maps import places
from tests.strategies import FIELDS, matrices


@given(st.data())
def test_basis_of_the_null_space(data) -> None:
    matrix = data.draw(matrices(data.draw(st.sampled_from(FIELDS))))
    basis = reduced_null_basis(matrix)
    assert basis.nrows == matrix.ncols - matrix.rank()
    assert basis.row_space() == matrix.null_space()
    assert basis.denominator == 1


def smith_diagonal(matrix: fmpz_mat) -> list[int]:
    form = matrix.snf()
    return [int(form[i, i]) for i in range(min(form.nrows(), form.ncols()))]


@pytest.mark.parametrize(
    ("m", "n", "rank"), [(2, 5, 2), (3, 9, 3), (6, 8, 4), (8, 8, 7), (4, 6, 3)]
)
def test_one_block_generates_all_integer_null_vectors(m: int, n: int, rank: int) -> None:
    """A lattice basis extends to one of Z^n exactly if its Smith form has ones only."""
    random = Random(m * n)

    def dense(rows: int, columns: int) -> Matrix:
        return Matrix([[random.randint(-99, 99) for _ in range(columns)] for _ in range(rows)])

    basis = reduced_null_basis(dense(m, rank) @ dense(rank, n))
    assert set(smith_diagonal(basis.coefficients[0])) == {1}


def test_many_blocks_and_zero_columns() -> None:
    random = Random(1)
    rows = [[random.randint(-99, 99) * (j % 3 > 0) for j in range(60)] for _ in range(9)]
    basis = reduced_null_basis(Matrix(rows))
    assert basis.row_space() == Matrix(rows).null_space()
    sizes = [max(abs(int(x)) for x in row) for row in basis.coefficients[0].table()]
    assert sizes == sorted(sizes)
    assert sizes[:20] == [1] * 20
    assert max(sizes) < 10**6


@pytest.mark.parametrize("smallest", [1, 2, 3])
@pytest.mark.parametrize("n", range(3, 9))
def test_blocks_of_any_size_give_a_basis(
    smallest: int, n: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "linnet_exact.algebra.matrices.short_null_basis.SMALLEST_BLOCK"
    monkeypatch.setattr(name, smallest)
    random = Random(n)
    for rank in (1, 2):
        A = Matrix([[random.randint(-9, 9) for _ in range(n)] for _ in range(rank)])
        basis = reduced_null_basis(A)
        assert basis.nrows == n - A.rank()
        assert basis.row_space() == A.null_space()


@given(matrices())
def test_pivots_are_independent_columns(matrix) -> None:
    pivots = pivots_modulo(matrix, next(places(matrix.field)))
    assert matrix[:, pivots].rank() == len(pivots) == matrix.rank()
