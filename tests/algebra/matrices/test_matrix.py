"""What `Matrix` does beside the laws of test_matrix_laws.py: other systems, limits, refusals."""

import copy
import operator
import pickle
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import factorial, prod
from typing import Any

import flint
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import QQ, Matrix, Subspace
from linnet_exact.errors import InputError, ShapeError
from tests.strategies import matrices

EMPTY = [(0, 0), (0, 3), (3, 0)]
A = Matrix([[1, "1/2", 0], [-3, 0, "7/5"]])


@given(matrices())
def test_agrees_with_sympy(a: Matrix) -> None:
    theirs = a.to_sympy()
    form, pivots = theirs.rref()
    assert theirs.shape == a.shape
    assert a.rank() == theirs.rank()
    assert a.rref() == (Matrix(form[: len(pivots), :]), pivots)
    assert a.null_space() == Subspace(
        [list(column) for column in theirs.nullspace()], ambient_dimension=a.ncols
    )
    assert Matrix(theirs @ theirs.T) == a @ a.T


@given(st.integers(0, 4).flatmap(lambda n: matrices(QQ, n, n)))
def test_determinant_and_inverse_agree_with_sympy(a: Matrix) -> None:
    theirs = a.to_sympy()
    assert a.det() == QQ(theirs.det())
    if theirs.det():
        assert a.inverse() == Matrix(theirs.inv())


@given(matrices(), st.data())
def test_solving_agrees_with_sympy(a: Matrix, data: st.DataObject) -> None:
    b = data.draw(matrices(QQ, a.nrows, 1))
    solvable = a.to_sympy().row_join(b.to_sympy()).rank() == a.to_sympy().rank()
    if solvable:
        assert a.to_sympy() * a.solve(b).to_sympy() == b.to_sympy()
    else:
        with pytest.raises(InputError, match="no solution"):
            a.solve(b)


@given(matrices())
def test_every_conversion_comes_back(a: Matrix) -> None:
    assert Matrix(a.to_flint()) == Matrix(a.to_sympy(), shape=a.shape) == a
    assert eval(repr(a), {"Matrix": Matrix}) == a
    assert a.to_numpy().tolist() == [[float(x) for x in row] for row in a.rows()]
    assert a.to_numpy().shape == a.shape


@given(st.integers(0, 8), st.integers(0, 8), st.integers(0, 8), st.randoms(use_true_random=False))
def test_products_of_integers_agree_with_numpy(m: int, n: int, p: int, random: Any) -> None:
    left, right = (
        np.array([random.randint(-9, 9) for _ in range(size[0] * size[1])], dtype=int).reshape(size)
        for size in ((m, n), (n, p))
    )
    assert Matrix(left) @ Matrix(right) == Matrix(left @ right)


def test_hilbert_matrix() -> None:
    size = 12
    hilbert = Matrix([[Fraction(1, i + j + 1) for j in range(size)] for i in range(size)])
    assert hilbert.rank() == size
    assert np.linalg.matrix_rank(hilbert.to_numpy()) < size
    assert hilbert.inverse()[0, 0] == size**2
    assert hilbert.det() == Fraction(prod(map(factorial, range(size))) ** 4) / prod(
        map(factorial, range(2 * size))
    )


# Matrices without entries


@pytest.mark.parametrize("shape", EMPTY)
def test_empty_matrices_through_every_operation(shape: tuple[int, int]) -> None:
    m, n = shape
    a = Matrix.zero(m, n)
    assert (a.shape, a.nrows, a.ncols) == (shape, m, n)
    assert a.is_zero()
    assert a.T == a.T.T.T == Matrix.zero(n, m)
    assert a + a == a - a == -a == 5 * a == a
    assert a @ a.T == Matrix.zero(m, m)
    assert a @ Matrix.zero(n, 2) == Matrix.zero(m, 2)
    assert a.kronecker(Matrix.identity(2)) == Matrix.zero(2 * m, 2 * n)
    assert a.rank() == 0
    assert a.rref() == (Matrix.zero(0, n), ())
    assert a.null_space() == Subspace.whole(n)
    assert a.row_space() == Subspace.zero(n)
    assert a.column_space() == Subspace.zero(m)
    assert a.solve(Matrix.zero(m, 2)) == Matrix.zero(n, 2)
    assert Subspace.whole(n).image(a) == Subspace.zero(m)
    assert Subspace.whole(m).preimage(a) == Subspace.zero(m).preimage(a) == Subspace.whole(n)
    assert Matrix.hstack([a, a]).shape == (m, 2 * n)
    assert Matrix.vstack([a, a]).shape == (2 * m, n)
    assert Matrix.block_diagonal([a, Matrix.identity(1), a]).shape == (2 * m + 1, 2 * n + 1)
    assert a[:, :] == a[::-1, ::-1] == a
    assert a.rows() == [[]] * m
    assert pickle.loads(pickle.dumps(a)) == copy.deepcopy(a) == a
    assert eval(repr(a)) == a
    assert hash(a) == hash(Matrix.zero(m, n))
    assert a._repr_latex_().startswith("$")
    assert a.to_numpy().shape == a.to_sympy().shape == shape
    assert (a.to_flint().nrows(), a.to_flint().ncols()) == shape


def test_empty_matrices_of_different_shapes_differ() -> None:
    found = {Matrix.zero(m, n) for m in range(3) for n in range(3) if not m * n}
    assert len(found) == 5


def test_the_matrix_without_rows_and_columns_is_invertible() -> None:
    nothing = Matrix([])
    assert nothing.det() == 1
    assert nothing.inverse() == nothing == Matrix.identity(0)
    assert Matrix.block_diagonal([]) == nothing


def test_no_unknowns() -> None:
    assert Matrix.zero(2, 0).solve(Matrix.zero(2, 1)) == Matrix.zero(0, 1)
    with pytest.raises(InputError, match="no solution"):
        Matrix.zero(2, 0).solve(Matrix([[0], [1]]))


# Values


def test_equal_values_are_equal_however_they_were_written() -> None:
    same = [
        Matrix([["1/2", 2]]),
        Matrix([[0.5, 2.0]]),
        Matrix([[Decimal("0.50"), "4/2"]]),
        Matrix(np.array([[0.5, 2]])),
        Matrix([[1, 4]]) * Fraction(1, 2),
        Matrix.from_coefficients(QQ, (flint.fmpz_mat([[-3, -12]]),), -6),
    ]
    assert len(set(same)) == 1
    assert Matrix([[1, 2]]) != Matrix([[1], [2]])
    assert Matrix([[1]]) != 1
    assert Matrix([[1]]) != [[1]]
    assert Matrix([[1]]) != np.array([[1]])
    assert Matrix([[0.1]]) != Matrix([["0.1"]])


@pytest.mark.parametrize("name", ["field", "coefficients", "denominator", "shape", "T", "new"])
def test_a_matrix_cannot_be_changed(name: str) -> None:
    a = Matrix([[1, 2]])
    with pytest.raises(AttributeError):
        setattr(a, name, 3)
    with pytest.raises(AttributeError):
        delattr(a, name)
    with pytest.raises(TypeError):
        a[0, 0] = 3  # type: ignore[index]
    assert a == Matrix([[1, 2]])


def test_what_a_matrix_hands_out_is_a_copy() -> None:
    a = Matrix([[1, 2]])
    a.rows()[0][0] = Fraction(9)
    a.to_flint()[0, 0] = 9
    a.to_numpy()[0, 0] = 9
    a.to_sympy()[0, 0] = 9
    assert a == Matrix([[1, 2]])


def test_operations_in_place_build_new_matrices() -> None:
    a = b = Matrix([[1, 2]])
    a += b
    a *= 3
    assert (a, b) == (Matrix([[6, 12]]), Matrix([[1, 2]]))


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles_of_every_protocol(protocol: int) -> None:
    for value in (A, Matrix.zero(0, 3), Matrix([[10**4000]]), A.row_space(), Subspace.zero(2)):
        twin = pickle.loads(pickle.dumps(value, protocol))
        assert twin == value
        assert hash(twin) == hash(value)
        assert type(twin) is type(value)


def test_a_pickle_is_read_by_another_process() -> None:
    code = (
        "import pickle, sys; a, u = pickle.load(sys.stdin.buffer);"
        "sys.stdout.buffer.write(pickle.dumps((a.T, u, a.field is __import__('linnet_exact').QQ)))"
    )
    sent = pickle.dumps((A, A.row_space()))
    done = subprocess.run([sys.executable, "-c", code], input=sent, capture_output=True, check=True)
    assert pickle.loads(done.stdout) == (A.T, A.row_space(), True)


def test_repr_reads_back_and_is_short() -> None:
    assert repr(A) == "Matrix([[1, '1/2', 0], [-3, 0, '7/5']])"
    assert repr(Matrix([], shape=(0, 2))) == "Matrix([], shape=(0, 2))"
    assert repr(Matrix.zero(2, 0)) == "Matrix([[], []], shape=(2, 0))"


def test_latex() -> None:
    assert A._repr_latex_() == (
        r"$\begin{pmatrix} 1 & \frac{1}{2} & 0 \\ -3 & 0 & \frac{7}{5} \end{pmatrix}$"
    )


def test_entries_of_ten_thousand_digits() -> None:
    # Python's own int refuses to print more than 4300.
    huge = Fraction(10**9999 + 1, 7**9999)
    a = Matrix([[huge, 1], [-huge, 2]])
    assert repr(a).startswith("<Matrix 2x2")
    assert pickle.loads(pickle.dumps(a)) == a
    assert a._repr_latex_().startswith(r"$\begin{pmatrix} \frac{1428571428")
    assert a.det() == 3 * huge
    assert (a @ a.inverse()) == Matrix.identity(2)
    assert Matrix(a.to_sympy()) == a == Matrix(a.to_flint())
    assert repr(a.row_space())
    assert isinstance(hash(a), int)
    message = "larger than any float64"
    with pytest.raises(InputError, match=message):
        Matrix([[10**9999]]).to_numpy()


def test_floats_are_the_nearest() -> None:
    third, tiny = Fraction(1, 3), Fraction(1, 10**400)
    assert Matrix([[third, tiny, Fraction(10**400, 10**400 + 1)]]).to_numpy().tolist() == [
        [1 / 3, 0.0, 1.0]
    ]


# Indices


def test_indices() -> None:
    assert A[0, 1] == A[-2, -2] == A[np.int64(0), np.uint8(1)] == Fraction(1, 2)
    assert A[1, :] == Matrix([[-3, 0, "7/5"]])
    assert A[:, -1] == Matrix([[0], ["7/5"]])
    assert A[[1, 1], (2, 0)] == Matrix([["7/5", -3]] * 2)
    assert A[np.array([1]), range(1)] == Matrix([[-3]])
    assert A[:, []].shape == (2, 0)
    assert A[5:, :].shape == (0, 3)


@pytest.mark.parametrize(
    ("index", "message"),
    [
        ((2, 0), "there is no row 2 in a matrix with 2 rows"),
        ((0, -4), "there is no column -4 in a matrix with 3 columns"),
        (([0, 7], slice(None)), "there is no row 7"),
        ((0, 0, 0), r"one or two indices, such as M\[i\], M\[i, j\]"),
        ((0.0, 0), "a row index must be an integer"),
        ((0, "a"), "a column index must be an integer"),
        ((0, [0.5]), "a column index must be an integer"),
        ((None, 0), "a row index must be an integer"),
    ],
)
def test_bad_indices(index: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        A[index]


def test_membership_is_that_of_entries_and_rows() -> None:
    assert 1 in A
    assert Fraction(7, 5) in A
    assert (1, Fraction(1, 2), 0) in A
    assert [-3, 0, Fraction(7, 5)] in A
    assert 2 not in A
    assert (1, 2, 0) not in A


# Refusals


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: A @ A, "cannot multiply a 2x3 matrix by one that is 2x3"),
        (lambda: A + A.T, r"cannot add matrices of shapes \(2, 3\) and \(3, 2\)"),
        (lambda: A - A.T, r"cannot add matrices of shapes \(2, 3\) and \(3, 2\)"),
        (lambda: Matrix.hstack([A, A.T]), "cannot join matrices side by side: 2x3, 3x2"),
        (lambda: Matrix.vstack([A, A.T]), "cannot join matrices one above the other: 2x3, 3x2"),
        (lambda: Matrix.hstack([]), "side by side: none is given"),
        (lambda: Matrix.vstack([]), "one above the other: none is given"),
        (A.det, "expected a square matrix, not one that is 2x3"),
        (A.inverse, "expected a square matrix, not one that is 2x3"),
        (lambda: A.solve(A.T), "the right side must have 2 rows"),
        (lambda: Matrix.identity(-1), "a matrix cannot have -1 rows"),
        (lambda: Matrix.zero(2, -1), "a matrix cannot have 2 rows and -1 columns"),
    ],
)
def test_shapes_that_do_not_fit(wrong: Callable[[], object], message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        wrong()


def test_a_product_is_written_with_at() -> None:
    with pytest.raises(InputError, match="write A @ B"):
        A * A


def test_sums_with_sympy_matrices_are_those_of_sympy() -> None:
    square = Matrix([["1/3", 2], [3, 4]])
    for total in (square + sympy.eye(2), sympy.eye(2) + square):
        assert total == square.to_sympy() + sympy.eye(2)


@pytest.mark.parametrize("other", [1, "1", [[1]], None, np.eye(4), {}, object()], ids=type)
@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.matmul])
def test_other_operands_are_refused(operation: Any, other: object) -> None:
    for pair in ((A, other), (other, A)):
        with pytest.raises((TypeError, ShapeError)):
            operation(*pair)


@pytest.mark.parametrize(
    "half",
    [
        *(Fraction(1, 2), 0.5, "1/2", Decimal("0.5"), flint.fmpq(1, 2), sympy.Rational(1, 2)),
        *(np.float64(0.5), np.float32(0.5)),
    ],
    ids=lambda half: type(half).__name__,
)
def test_scalars_of_every_kind(half: Any) -> None:
    for product in (half * A, A * half):
        assert type(product) is Matrix
        assert product == Matrix([["1/2", "1/4", 0], ["-3/2", 0, "7/10"]])


@pytest.mark.parametrize("scalar", [float("nan"), None, 1j, [1], "x", np.ones(2)], ids=repr)
def test_bad_scalars(scalar: Any) -> None:
    with pytest.raises(InputError, match=r"^expected a"):
        A * scalar
    with pytest.raises(InputError, match=r"^expected a"):
        scalar * A
