"""Matrices are read exactly from what users hold, and what is no matrix is refused by name."""

from decimal import Decimal
from fractions import Fraction
from math import gcd
from random import Random
from typing import Any

import flint
import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import QQ, Matrix, NumberField
from linnet_exact.algebra.arrays.entries import _samples, _weights, lowest_terms, read_entries
from linnet_exact.algebra.fields.field import Field
from linnet_exact.errors import InputError, ShapeError, WrongTypeError

HALVES = [[Fraction(1), Fraction(1, 2)], [Fraction(-3), Fraction(0)]]
FLOATS = [[1.0, 0.5], [-3.0, -0.0]]


@pytest.mark.parametrize(
    "rows",
    [
        [[1, "1/2"], [-3, "0"]],
        ((1, 0.5), (-3, -0.0)),
        [[1, Fraction(1, 2)], [-3, 0]],
        [["1", Decimal("0.5")], [np.int8(-3), sympy.Integer(0)]],
        [[flint.fmpz(1), flint.fmpq(1, 2)], [np.float32(-3), sympy.Float(0)]],
        flint.fmpq_mat(2, 2, [1, flint.fmpq(1, 2), -3, 0]),
        sympy.Matrix([[1, sympy.Rational(1, 2)], [-3, 0]]),
        sympy.ImmutableMatrix([[1, 0.5], [-3, 0]]),
        sympy.SparseMatrix([[1, 0.5], [-3, 0]]),
        sympy.Array([[1, 0.5], [-3, 0]]),
        *(np.array(FLOATS, dtype=kind) for kind in ("e", "f", "d", "g", ">f8", ">f4", "O", "U4")),
        np.array([[1, Fraction(1, 2)], ["-3", Decimal(0)]], dtype=object),
        np.asfortranarray(FLOATS),
        np.array([[1, 9, 0.5, 9], [9, 9, 9, 9], [-3, 9, 0, 9]])[::2, ::2],
        np.array(FLOATS).view(np.matrix),
        np.ma.array(FLOATS),
        Matrix(HALVES),
    ],
    ids=lambda rows: f"{type(rows).__module__}.{type(rows).__name__}",
)
def test_every_kind_of_matrix_is_read(rows: Any) -> None:
    found = Matrix(rows)
    assert found.rows() == HALVES
    assert found.field is QQ
    assert found == Matrix(HALVES)
    assert found.denominator == 2


@pytest.mark.parametrize("kind", [*"bhilqBHILQ", "?", ">i4"])
def test_integer_arrays(kind: str) -> None:
    array = np.array([[0, 1, 1]], dtype=kind)
    assert Matrix(array) == Matrix([[0, 1, 1]])
    if kind != "?":
        extremes = np.array([[np.iinfo(kind).min, np.iinfo(kind).max]], dtype=kind)
        assert Matrix(extremes).rows() == [[np.iinfo(kind).min, np.iinfo(kind).max]]


@pytest.mark.parametrize("kind", "efdg")
@given(data=st.data())
def test_float_arrays_are_not_rounded(kind: str, data: st.DataObject) -> None:
    shapes = st.tuples(st.integers(0, 3), st.integers(0, 3))
    finite = hnp.from_dtype(np.dtype(kind), allow_nan=False, allow_infinity=False)
    array = data.draw(hnp.arrays(kind, shapes, elements=finite))
    found = Matrix(array)
    assert found.shape == array.shape
    expected = [[Fraction(*x.as_integer_ratio()) for x in row] for row in array]
    assert found.rows() == expected
    # In lowest terms, so equal to the matrix of the fractions in every part.
    assert found == Matrix(expected, shape=array.shape)
    if kind != "g":
        assert (found.to_numpy() == array).all()


@pytest.mark.parametrize(
    "value", [5e-324, 2.2250738585072009e-308, -0.0, 1e308, 1.7976931348623157e308, 2.0**53 + 2]
)
def test_extreme_floats(value: float) -> None:
    array = np.array([[value, 1.0, -value]])
    assert Matrix(array).rows() == [[Fraction(value), 1, -Fraction(value)]]
    assert Matrix(array.tolist()) == Matrix(array)
    assert Matrix(array).to_numpy().tolist() == array.tolist()


def test_the_smallest_and_the_largest_float_in_one_matrix() -> None:
    array = np.array([[5e-324, 1.7976931348623157e308], [0.0, -1e-310]])
    assert Matrix(array).rows() == [[Fraction(x) for x in row] for row in array.tolist()]


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
@pytest.mark.parametrize("kind", ["e", "f", "d", "g", "O", "list", "Decimal", "matrix"])
def test_what_is_not_finite_is_refused_by_row_and_column(kind: str, value: str) -> None:
    rows: Any = [[1.0, 2.0, 3.0], [4.0, 5.0, float(value)]]
    if kind == "Decimal":
        rows[1][2] = Decimal(value)
    elif kind == "matrix":
        rows = np.array(rows).view(np.matrix)
    elif kind != "list":
        rows = np.array(rows, dtype=kind)
    message = r"^row 2, column 3: expected a finite number, not -?(nan|inf|NaN|Infinity)$"
    with pytest.raises(InputError, match=message):
        Matrix(rows)


@pytest.mark.parametrize(
    "value", [None, "x", "1/0", b"1", [2], sympy.Symbol("x"), sympy.pi, flint.arb(1)]
)
def test_a_bad_entry_is_refused_by_row_and_column(value: object) -> None:
    with pytest.raises(InputError, match=r"^row 2, column 1: ") as caught:
        Matrix([[1, 2], [value, "y"]])
    assert "\n" not in str(caught.value)


def test_complex_arrays_over_the_rationals_are_refused() -> None:
    with pytest.raises(InputError, match=r"^row 1, column 1: expected a rational number"):
        Matrix(np.array([[1 + 2j]]), QQ)
    with pytest.raises(InputError, match=r"^row 1, column 1: expected a rational number"):
        Matrix(sympy.Matrix([[sympy.I]]), QQ)


def test_a_hole_in_a_masked_array_is_refused() -> None:
    for kind in "dl":
        with pytest.raises(InputError, match=r"^row 1, column 2: "):
            Matrix(np.ma.array(np.ones((1, 2), dtype=kind), mask=[[False, True]]))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[1, 2], [3]], "row 2 has length 1, expected 2 as in row 1"),
        ([[1], [2], [3, 4]], "row 3 has length 2, expected 1 as in row 1"),
        ([[], [1]], "row 2 has length 1, expected 0 as in row 1"),
        ([1, 2], "row 1 must be a list of entries, not int"),
        ([[1], None], "row 2 must be a list of entries, not NoneType"),
        (["12", "34"], "row 1 must be a list of entries, not str"),
        ([b"12"], "row 1 must be a list of entries, not bytes"),
        ("12", "a matrix must be a list of rows, not str"),
        (b"12", "a matrix must be a list of rows, not bytes"),
        (3, "a matrix must be a list of rows, not int"),
        (None, "a matrix must be a list of rows, not NoneType"),
        ({1: 2}, "a matrix must be a list of rows, not dict"),
        (np.ones(3), "expected an array with 2 axes, not 1"),
        (np.float64(3), "expected an array with 2 axes, not 0"),
        (np.ones((1, 1, 1)), "expected an array with 2 axes, not 3"),
        (sympy.Symbol("x"), "expected a SymPy matrix with entries, not Symbol"),
        (sympy.MatrixSymbol("A", 2, 2), "expected a SymPy matrix with entries, not MatrixSymbol"),
    ],
    ids=repr,
)
def test_what_is_no_matrix_is_refused(rows: Any, message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        Matrix(rows)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "rows", [flint.fmpz(1), flint.nmod_mat(1, 1, [1], 7), flint.arb_mat([[1]])]
)
def test_other_flint_types_are_refused(rows: Any) -> None:
    with pytest.raises(InputError, match="expected an fmpz_mat or fmpq_mat, not"):
        Matrix(rows)


@pytest.mark.parametrize(
    "rows",
    [
        [[1, 2]],
        np.array([[1, 2]]),
        np.array([[1.0, 2.0]]),
        sympy.Matrix([[1, 2]]),
        flint.fmpz_mat([[1, 2]]),
        Matrix([[1, 2]]),
    ],
    ids=lambda rows: type(rows).__module__,
)
def test_the_shape_asked_for_is_checked(rows: Any) -> None:
    assert Matrix(rows, shape=(1, 2)).shape == (1, 2)
    for shape in [(2, 1), (1, 3), (0, 2), (0, 0)]:
        with pytest.raises(ShapeError, match=f"expected a {shape[0]}x{shape[1]} matrix, not 1x2"):
            Matrix(rows, shape=shape)


@pytest.mark.parametrize("shape", [(0, -1), (-1, 0), (-2, -2), (1.0, 1), ("1", 1)])
def test_impossible_shapes_are_refused(shape: Any) -> None:
    # FLINT would allocate them, and abort the process.
    for build in (lambda: Matrix([], shape=shape), lambda: Matrix.zero(*shape)):
        with pytest.raises((ShapeError, WrongTypeError), match=r"a matrix cannot have|an integer"):
            build()


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_matrices_without_entries_keep_their_shape(shape: tuple[int, int]) -> None:
    rows: list[list[int]] = [[] for _ in range(shape[0])]
    kinds = [rows, sympy.zeros(*shape), flint.fmpz_mat(*shape), flint.fmpq_mat(*shape)]
    kinds += [np.zeros(shape, dtype=kind) for kind in "dlOg"]
    for kind in kinds:
        assert Matrix(kind, shape=shape) == Matrix.zero(*shape)
        assert Matrix(kind, shape=shape).shape == shape
    for kind in kinds[1:]:
        assert Matrix(kind).shape == shape


@pytest.mark.parametrize("kind", ["fmpz_mat", "fmpq_mat", "numpy", "object", "list", "sympy"])
def test_a_matrix_does_not_share_its_entries(kind: str) -> None:
    source: Any = {
        "fmpz_mat": flint.fmpz_mat([[1, 2]]),
        "fmpq_mat": flint.fmpq_mat([[1, 2]]),
        "numpy": np.array([[1, 2]]),
        "object": np.array([[1, 2]], dtype=object),
        "list": [[1, 2]],
        "sympy": sympy.Matrix([[1, 2]]),
    }[kind]
    matrix = Matrix(source)
    name = hash(matrix)
    if kind == "list":
        source[0][0] = 9
    else:
        source[0, 0] = 9
    assert matrix == Matrix([[1, 2]])
    assert hash(matrix) == name


def test_lowest_terms_are_found_over_all_parts() -> None:
    parts = flint.fmpz_mat([[2, 4]]), flint.fmpz_mat([[6, 3]])
    assert lowest_terms(parts, 6) == (parts, 6)
    assert lowest_terms(parts, -6)[1] == 6
    assert lowest_terms((flint.fmpz_mat(2, 2),), 5)[1] == 1
    assert lowest_terms((flint.fmpz_mat(0, 2),), 5)[1] == 1


def test_rows_are_read_over_a_common_denominator() -> None:
    field, parts, denominator = read_entries([["1/6", "1/10"]], None, None)
    assert (field, parts, denominator) == (QQ, (flint.fmpz_mat([[5, 3]]),), 30)


@pytest.mark.parametrize("field", [QQ, NumberField("sqrt(2)")], ids=repr)
@given(
    entries=st.lists(
        st.one_of(
            st.integers(-(2**70), 2**70),
            st.fractions(),
            st.floats(allow_nan=False, allow_infinity=False),
            st.sampled_from((2**60, Fraction(1, 2**60), 5e-324, -0.0, Fraction(0))),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_entries_read_together_are_those_read_one_by_one(
    field: Field, entries: list[int | float | Fraction]
) -> None:
    found = Matrix([entries], field)
    assert found.rows() == [[field(x) for x in entries]]
    assert found == Matrix([[*map(str, map(Fraction, entries))]], field)


@pytest.mark.parametrize("shape", [(1, 1), (6, 8), (7, 7), (1, 60), (60, 1), (9, 30)])
def test_lowest_terms_are_those_of_a_loop_over_the_entries(shape: tuple[int, int]) -> None:
    random = Random(0)
    for factor in (1, 2, 6, 2**200, 3 * 2**61 - 3):
        for spoiled in (False, True):
            flat = [factor * random.randrange(-(2**70), 2**70) for _ in range(shape[0] * shape[1])]
            flat[-1] += spoiled
            denominator = factor * 30
            numbers, left = lowest_terms((flint.fmpz_mat(*shape, flat),), denominator)
            common = gcd(denominator, *flat)
            assert left == denominator // common
            assert numbers[0].entries() == [x // common for x in flat]


@pytest.mark.parametrize("place", range(0, 99, 7))
def test_the_only_odd_numerator_is_in_a_sum(place: int) -> None:
    numbers = flint.fmpz_mat(9, 11, [8 + 5 * (i == place) for i in range(99)])
    assert gcd(8, *map(int, _samples(numbers))) == 1
    assert lowest_terms((numbers,), 8) == ((numbers,), 8)


def test_entries_that_hide_from_sums_are_found() -> None:
    """Whatever the weights, some column of entries is a multiple of 6 in each sum of its rows."""
    size = 60
    weights = [[int(x) for x in row] for row in _weights(size).table()]
    rows = flint.fmpz_mat(weights).transpose().nullspace()[0].transpose().table()
    hidden = [int(x) for x in rows[0]]
    content = gcd(*hidden)
    flat = [6 * (i % 7) + x // content for i, x in enumerate(hidden)]
    parts, left = lowest_terms((flint.fmpz_mat(1, size, flat),), 6)
    assert gcd(6, *flat) == 1
    assert left == 6
    assert parts[0].entries() == flat
