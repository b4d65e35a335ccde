"""Laws of matrices, compared with the textbook algorithms of `reference`, entry by entry."""

import copy
import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import QQ, Field, Matrix
from linnet_exact.errors import InputError
from tests.algebra.laws import entries, law, over_every_field
from tests.algebra.reference import determinant, multiply, rank_by_minors, reduced_echelon
from tests.strategies import elements, matrices

SQUARES = st.shared(st.integers(0, 3), key="size of a square matrix")


@law
def test_sums_and_products(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    b = data.draw(matrices(field, *a.shape))
    c = data.draw(matrices(field, nrows=a.ncols))
    x = data.draw(elements(field))
    pairs = [zip(*rows, strict=True) for rows in zip(entries(a), entries(b), strict=True)]
    assert entries(a + b) == [[p + q for p, q in row] for row in pairs]
    assert entries(a @ c) == multiply(entries(a), entries(c), c.ncols)
    assert (a @ c).shape == (a.nrows, c.ncols)
    assert entries(x * a) == [[x * y for y in row] for row in entries(a)]
    assert a * x == x * a
    assert a - b + b == a
    assert (a - a).is_zero()
    assert -a + a == Matrix.zero(*a.shape)
    assert (a + b) @ c == a @ c + b @ c
    assert (a @ c).T == c.T @ a.T
    assert a @ Matrix.identity(a.ncols, field) == a == Matrix.identity(a.nrows, field) @ a


@law
def test_kronecker_product(field: Field, data: st.DataObject) -> None:
    small = st.integers(0, 2)
    a, b = (data.draw(matrices(field, small, small)) for _ in "ab")
    k = a.kronecker(b)
    (m, n), (p, q) = a.shape, b.shape
    assert k.shape == (m * p, n * q)
    for i in range(m * p):
        for j in range(n * q):
            assert k[i, j] == a[i // p, j // q] * b[i % p, j % q]


@law
def test_rank_and_echelon_form(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    form, pivots = a.rref()
    assert (entries(form), pivots) == reduced_echelon(entries(a), a.ncols)
    assert form.ncols == a.ncols
    assert a.rank() == a.T.rank() == len(pivots) == rank_by_minors(entries(a), a.ncols)


@law
def test_determinant_and_inverse(field: Field, data: st.DataObject) -> None:
    a, b = (data.draw(matrices(field, SQUARES, SQUARES)) for _ in "ab")
    assert a.det() == determinant(entries(a))
    assert (a @ b).det() == a.det() * b.det()
    if a.det() == 0:
        with pytest.raises(InputError, match="singular"):
            a.inverse()
    else:
        assert a @ a.inverse() == Matrix.identity(a.nrows) == a.inverse() @ a


@law
def test_linear_systems(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    b = data.draw(matrices(field, nrows=a.nrows, ncols=st.integers(0, 2)))
    if all(column in a.column_space() for column in entries(b.T)):
        x = a.solve(b)
        assert x.shape == (a.ncols, b.ncols)
        assert a @ x == b
        free = [j for j in range(a.ncols) if j not in a.rref()[1]]
        assert x[free, :].is_zero()
    else:
        with pytest.raises(InputError, match="no solution"):
            a.solve(b)


@law
def test_null_row_and_column_space(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    null, rows, columns = a.null_space(), a.row_space(), a.column_space()
    assert (null.ambient_dimension, rows.ambient_dimension) == (a.ncols, a.ncols)
    assert columns.ambient_dimension == a.nrows
    assert null.dimension == a.ncols - a.rank()
    assert rows.dimension == columns.dimension == a.rank()
    assert (a @ null.basis.T).is_zero()
    assert all(row in rows for row in entries(a))
    assert all(column in columns for column in entries(a.T))
    for space in (null, rows, columns):
        assert space.basis.rref() == (space.basis, space.pivots)


@law
def test_matrices_are_values(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    # The same matrix by another way is equal, and hashes and prints alike.
    other = (3 * a + a) * Fraction(1, 4)
    assert a == other
    assert hash(a) == hash(other)
    assert repr(a) == repr(other)
    assert Matrix(entries(a), field, a.shape) == a
    for twin in (pickle.loads(pickle.dumps(a)), copy.copy(a), copy.deepcopy(a)):
        assert twin == a
        assert (twin.field, twin.shape, hash(twin)) == (a.field, a.shape, hash(a))


@over_every_field
@given(a=matrices(QQ))
def test_a_rational_matrix_is_the_same_over_every_field(field: Field, a: Matrix) -> None:
    lifted = a.change_field(field)
    assert lifted == a
    assert hash(lifted) == hash(a)
    assert lifted.change_field(QQ) == a
    assert lifted.change_field(QQ).field is QQ
    assert lifted.row_space() == a.row_space()
    assert hash(lifted.row_space()) == hash(a.row_space())
    assert (a + lifted).field == field
    assert a.to_flint() == lifted.to_flint()


@law
def test_indexing_and_joining(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    i, j = (data.draw(st.integers(0, size)) for size in a.shape)
    left, right, top, bottom = a[:, :j], a[:, j:], a[:i, :], a[i:, :]
    assert Matrix.hstack([left, right]) == a == Matrix.vstack([top, bottom])
    assert (left.shape, bottom.shape) == ((a.nrows, j), (a.nrows - i, a.ncols))
    assert a[::-1, :][::-1, :] == a
    blocks = Matrix.block_diagonal([left, right])
    assert blocks[: a.nrows, :j] == left
    assert blocks[a.nrows :, j:] == right
    assert blocks.rank() == left.rank() + right.rank()


@law
def test_to_sympy_and_back(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field, st.integers(0, 2), st.integers(0, 2)))
    assert Matrix(a.to_sympy(), field) == a
