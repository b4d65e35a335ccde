"""`Matrix` and `Subspace` in the manner of NumPy and SymPy."""

import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import QQ, Matrix, NumberField, Subspace
from linnet_exact.errors import InputError, LinnetError, ShapeError
from tests.strategies import matrices
from tests.strategies_fields import NUMBER_FIELDS

A = Matrix([[1, 2], [3, "1/2"]])
K = NumberField("sqrt(2)")


@pytest.mark.parametrize("index", [2, -3, (0, 2), (-3, 0), (slice(None), 7), [0, 5], ([2], 0)])
def test_out_of_range_is_an_index_error(index: Any) -> None:
    with pytest.raises(IndexError, match="there is no") as caught:
        A[index]
    assert isinstance(caught.value, LinnetError)


@pytest.mark.parametrize("index", ["0", None, 1.5, (0, 0, 0), (0, "x"), {}, True, ...])
def test_wrong_indices(index: Any) -> None:
    with pytest.raises(InputError):
        A[index]


@given(matrices(QQ), st.data())
def test_rows_as_numpy_has_them(a: Matrix, data: st.DataObject) -> None:
    array = np.asarray(a)
    assert len(a) == len(array) == a.nrows
    assert [list(row) for row in a] == array.tolist() == a.tolist() == a.rows()
    start, stop = data.draw(st.tuples(st.integers(-5, 5), st.integers(-5, 5)))
    assert a[start:stop].tolist() == array[start:stop].tolist()
    if a.nrows:
        i = data.draw(st.integers(-a.nrows, a.nrows - 1))
        assert list(a[i]) == array[i].tolist()
    assert bool(a)


@given(st.integers(0, 4).flatmap(lambda n: matrices(QQ, n, n)), st.integers(-3, 4))
def test_agrees_with_sympy(a: Matrix, exponent: int) -> None:
    theirs = a.to_sympy()
    assert a.trace() == QQ(theirs.trace())
    coefficients = theirs.charpoly().all_coeffs() if a.nrows else [1]
    assert list(a.charpoly()) == [QQ(c) for c in reversed(coefficients)]
    assert a.transpose() == Matrix(theirs.T, shape=a.shape)
    if exponent >= 0 or theirs.det():
        assert a**exponent == Matrix(theirs**exponent, shape=a.shape)


@pytest.mark.parametrize("field", NUMBER_FIELDS, ids=repr)
def test_cayley_and_hamilton(field: NumberField) -> None:
    g = field.gen
    a = Matrix([[g, 1, g / 3], [0, g * g, 2], [1, 1 - g, g]], field)
    total = Matrix.zeros(3, field=field)
    for k, c in enumerate(a.charpoly()):
        total += a**k * c
    assert total.is_zero()
    assert a.charpoly()[3] == 1
    assert a.charpoly()[0] == -a.det()
    assert a**-2 @ a**2 == Matrix.eye(3, field)


def test_makers() -> None:
    assert Matrix(2, 2, [1, 2, 3, "1/2"]) == A
    assert Matrix(np.int64(1), 2, (1, 2)) == Matrix([[1, 2]])
    assert Matrix(0, 3, []).shape == (0, 3)
    assert Matrix(1, 1, [K.gen]).field == K
    assert Matrix.zeros(2) == Matrix.zero(2, 2)
    assert Matrix.diag([1, 2]) == Matrix.diag(1, 2) == Matrix([[1, 0], [0, 2]])
    assert Matrix.diag(A, 1).shape == (3, 3)
    assert Matrix.diag(K.gen, 1).field == K
    for entries in ([1, 2, 3], "1234", 5, None):
        with pytest.raises(ShapeError):
            Matrix(2, 2, entries)


def test_operators() -> None:
    assert A * Fraction(1, 2) == A / 2
    assert A / K.gen * K.gen == A
    assert A / 0.5 == 2 * A
    assert Matrix([[5], [4]]) == A @ [1, 2]
    assert Matrix([[7, 3]]) == [1, 2] @ A
    assert A @ [[1], [2]] == A @ np.array([1, 2]) == Matrix([[5], [4]])
    assert np.array([[1, 2]]) @ A == Matrix([[7, 3]])
    for divisor in (0, "0", K(0)):
        with pytest.raises(ZeroDivisionError):
            A / divisor
    with pytest.raises(InputError, match="inverse"):
        A / A
    for other in ("ab", None, object(), 1.5):
        with pytest.raises(TypeError):
            A @ other  # type: ignore[operator]
        with pytest.raises(TypeError):
            A + other  # type: ignore[operator]
    with pytest.raises(ShapeError):
        Matrix([[1, 2]]) ** 2


def test_subspaces() -> None:
    u, v = Subspace([[1, 1, 0], [0, 0, 1]]), Subspace([[1, 0, 0]])
    assert (u | v) == u + v == Subspace.whole(3)
    assert u.dim == u.dimension == 2
    assert [list(x) for x in u] == u.basis.rows()
    assert Matrix(list(u)) == u.basis
    assert all(list(x) in u for x in u)


@given(matrices(QQ))
def test_projection(a: Matrix) -> None:
    u = a.row_space()
    p = u.projection()
    assert p @ p == p == p.T
    assert p.column_space() == u
    assert p.null_space() == u.orthogonal_complement()


def test_projection_with_conjugation() -> None:
    p = Subspace([["i", 1, 0]], NumberField("i", generator="i")).projection()
    assert p @ p == p == p.conjugate().T
    assert p.rank() == 1


def test_repr_is_short_and_evaluates_where_it_is_not_cut() -> None:
    digits = Matrix([[Fraction(i * j, 16) for j in range(64)] for i in range(16)])
    for matrix in (digits, Matrix.eye(300), Matrix([[10**5000]]), digits.to_text()):
        assert len(repr(matrix)) < 2000
    assert "16x64" in repr(digits)
    assert repr(digits).startswith("<")
    for matrix in (A, Matrix([[K.gen, 1]]), Matrix.zero(0, 3), Matrix.eye(12)):
        assert eval(repr(matrix), {"Matrix": Matrix, "NumberField": NumberField}) == matrix
    assert pickle.loads(pickle.dumps(digits)) == digits


def test_text_is_aligned_and_cut() -> None:
    lines = str(Matrix.eye(100)).splitlines()
    assert len(lines) == 20
    assert len({len(line) for line in lines}) == 1
    assert "..." in lines[0]
    assert str(A) == "[ 1    2 ]\n[ 3  1/2 ]"
    assert str(Matrix.zero(0, 3)) == "[] (0x3)"
    assert max(map(len, str(Matrix([[10**5000, 1]])).splitlines())) < 100
    assert "dimension 1 in 2-space" in str(Subspace([[1, 2]]))
    assert str(Subspace.zero(2))


@pytest.mark.parametrize("matrix", [A, Matrix.eye(100), Matrix.zero(0, 3), Matrix([[K.gen]])])
def test_notebooks(matrix: Matrix) -> None:
    space = matrix.row_space()
    for value in (matrix, space):
        assert len(value._repr_html_()) < 40_000
        assert value._repr_html_().count("<tr>") == value._repr_html_().count("</tr>")
        assert value._repr_latex_().startswith("$")
        assert value._repr_latex_().endswith("$")


def test_elements_in_notebooks() -> None:
    cubic = NumberField("cbrt(2)").gen
    assert (cubic**2 / 3 - cubic)._repr_html_() == "<span>-a + 1/3 a<sup>2</sup></span>"
    assert K(0)._repr_html_() == "<span>0</span>"


def test_sympy_still_reads_matrices() -> None:
    assert sympy.Matrix(A) == A.to_sympy()
    assert np.array_equal(np.array(A, float), A.to_numpy())
