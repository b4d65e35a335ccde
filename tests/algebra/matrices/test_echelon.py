"""Echelon forms, solutions and inverses: both algorithms, against Gauss and Jordan on lists."""

from itertools import islice
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import QQ, Matrix, NumberField
from linnet_exact.algebra.matrices import echelon
from linnet_exact.algebra.ranks.residue_maps import places
from linnet_exact.errors import InputError
from tests.algebra.reference import reduced_echelon
from tests.strategies import FIELDS, matrices

QUARTIC = NumberField("sqrt(2) + sqrt(3)")


@pytest.mark.parametrize("small", [0, 10**9], ids=["solving", "regular"])
@pytest.mark.parametrize("field", FIELDS, ids=repr)
@given(data=st.data())
def test_both_algorithms_against_lists(field, small, data):
    matrix = data.draw(matrices(field))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(echelon, "SMALL", small)
        form, pivots = matrix.rref()
    rows, columns = reduced_echelon(matrix.rows(), matrix.ncols)
    assert (form.rows(), pivots) == (rows, columns)
    assert form.shape == (len(pivots), matrix.ncols)


def dense(field, nrows, ncols, seed):
    random, e = Random(seed), field.degree
    entries = [
        [field.element([random.randrange(-3, 4) for _ in range(e)], 1) for _ in range(ncols)]
        for _ in range(nrows)
    ]
    return Matrix(entries, field)


def test_pivots_that_a_prime_hides_are_found():
    """The first entry, and then the rank, vanish at the first places."""
    hidden = [QUARTIC.gen - place.roots[0] for place in islice(places(QUARTIC), 3)]
    number = hidden[0] * hidden[1] * hidden[2]
    rows = [[0] * 12 for _ in range(12)]
    for i in range(11):
        rows[i][i + 1] = 1
    rows[0][0] = number
    first = Matrix(rows, QUARTIC)
    assert first.rref()[1][:3] == (0, 2, 3)
    rows[11][0] = number
    assert Matrix(rows, QUARTIC).rref()[1] == tuple(range(12))


def test_larger_matrices_agree():
    matrix = dense(QUARTIC, 14, 9, 1) @ dense(QUARTIC, 9, 16, 2)
    form, pivots = matrix.rref()
    assert pivots == tuple(range(9))
    assert form[:, pivots] == Matrix.identity(9)
    assert matrix[:, pivots] @ form == matrix


@pytest.mark.parametrize("field", FIELDS, ids=repr)
def test_inverses_and_solutions(field):
    matrix = dense(field, 6, 6, 3)
    assert matrix.inverse() @ matrix == Matrix.identity(6)
    right = dense(field, 6, 2, 4)
    assert matrix @ matrix.solve(right) == right
    singular = Matrix.vstack([matrix[:5, :], matrix[:1, :]])
    with pytest.raises(InputError, match="singular"):
        singular.inverse()
    with pytest.raises(InputError, match="no solution"):
        singular.solve(right)


def test_the_inverse_of_nothing():
    assert Matrix([], QQ, (0, 0)).inverse().shape == (0, 0)
    assert Matrix([], QUARTIC, (0, 0)).inverse().shape == (0, 0)
