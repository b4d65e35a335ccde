"""Our objects inside other libraries: exact there too, or refused; never rounded in silence."""

import copy
import dataclasses
import decimal
import functools
import json
import multiprocessing
import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy

from linnet_exact import QQ, Matrix, NumberField, Subspace, Weights
from linnet_exact.errors import InputError
from linnet_exact.files import weights_to_jsonable

K = NumberField("sqrt(2)")
a: Any = K.gen
ROOT = sympy.sqrt(2)
GAUSSIAN = NumberField("x^2 + 1", generator="i")


class SageInteger:
    """Numerator and denominator are methods in Sage."""

    def __init__(self, p: int, q: int) -> None:
        self.p, self.q = p, q

    def numerator(self) -> int:
        return self.p

    def denominator(self) -> int:
        return self.q


SageInteger.__module__ = "sage.rings.rational"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (a * sympy.Integer(2), 2 * ROOT),
        (sympy.Integer(2) * a, 2 * ROOT),
        (ROOT - a, 0),
        (a - ROOT, 0),
        (a + sympy.Rational(1, 3), ROOT + sympy.Rational(1, 3)),
        (a / sympy.Integer(3), ROOT / 3),
        (a ** sympy.Integer(3), 2 * ROOT),
        (sympy.sympify(a), ROOT),
        (sympy.Matrix([[a, 2], [1, a]]).rank(), 1),
        (sympy.Matrix(Matrix([[a, 2], [1, a]])).det(), 0),
    ],
)
def test_sympy_takes_elements_exactly(found: Any, expected: Any) -> None:
    assert sympy.simplify(found - expected) == (0 * expected if hasattr(expected, "shape") else 0)
    assert not getattr(found, "has", lambda *_: False)(sympy.Float)


def test_an_element_without_a_real_embedding_is_no_number_for_sympy() -> None:
    with pytest.raises(InputError, match=r"no real embedding.*to_sympy"):
        sympy.sympify(GAUSSIAN.gen)


def test_sympy_matrices_find_their_field() -> None:
    found = Matrix(sympy.Matrix([[ROOT, 2], [1, ROOT]]))
    assert found.rank() == 1
    assert "NumberField" in repr(found)
    assert Matrix([[ROOT, sympy.sqrt(3)]]).field.degree == 4
    imaginary = Matrix(sympy.Matrix([[sympy.I, 1], [-1, sympy.I]]))
    assert imaginary.rank() == 1
    assert imaginary.field == GAUSSIAN


def test_complex_numbers_enter_the_gaussian_field() -> None:
    rows = [[1j, 1], [-1, 0.5j]]
    assert Matrix(rows) == Matrix(np.array(rows)) == Matrix([["i", 1], [-1, "i/2"]], GAUSSIAN)
    assert Matrix([[1j, 1], [-1, 1j]]).rank() == 1
    assert Matrix([[1 + 0j]]) == Matrix([[1]])
    assert GAUSSIAN("I + 2") == GAUSSIAN(2 + 1j)
    with pytest.raises(InputError, match=r"1j is not in the field .*x\^2 \+ 1"):
        K(1j)
    with pytest.raises(InputError, match="cannot mix"):
        Matrix([[1j, a]])
    with pytest.raises(InputError, match="finite"):
        Matrix([[complex("nan+1j")]])


def test_numpy_wraps_no_matrix() -> None:
    M = Matrix([[1, "1/2"], [a, 0]])
    array = np.asarray(M)
    assert array.shape == (2, 2)
    assert array[1, 0] == a
    assert array[0, 1] == Fraction(1, 2)
    assert Matrix(array) == M
    assert np.array(M, dtype=float).tolist() == [[1.0, 0.5], [2**0.5, 0.0]]
    assert Matrix((array @ array).tolist()) == M @ M
    assert np.asarray(Matrix([], shape=(0, 3))).shape == (0, 3)
    for function in (np.linalg.matrix_rank, np.linalg.det, np.linalg.inv):
        with pytest.raises(TypeError, match=r"use methods of Matrix, such as rank\(\)"):
            function(Matrix.identity(3))
    assert np.vstack([M, M]).shape == (2 * M.nrows, M.ncols)
    assert np.trace(M @ M) == (M @ M).trace()
    with pytest.raises(InputError, match="dtype object"):
        np.asarray(M, dtype=int)


def test_numpy_numbers_and_floats_mix_exactly() -> None:
    assert a * 0.5 == 0.5 * a == np.float64(0.5) * a == a / 2
    assert a + 0.1 - Fraction(0.1) == a
    assert a * np.int64(3) == np.int64(3) * a == 3 * a
    assert (np.array([a, 1]) * a).tolist() == [2, a]
    assert np.float64(1) < a < 1.5
    assert a != float("nan")
    assert a != float("inf")
    with pytest.raises(InputError, match="finite"):
        a * float("nan")


def test_fractions_and_decimals() -> None:
    assert a * Fraction(1, 3) + Fraction(1, 3) == (a + 1) / 3
    assert a * decimal.Decimal("0.1") == a / 10
    assert Matrix([[decimal.Decimal("0.1")]]) == Matrix([["1/10"]])


def test_sage_numbers() -> None:
    third: Any = SageInteger(1, 3)
    assert QQ(third) == Fraction(1, 3)
    assert Matrix([[third]]) == Matrix([["1/3"]])


VALUES: list[Any] = [
    QQ,
    K,
    GAUSSIAN,
    a,
    Matrix([[a, 1]]),
    Subspace([[1, 2]]),
    Weights([[[1, 2]], [[3]]]),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_copies_and_caches(value: Any) -> None:
    for other in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert other == value
        assert hash(other) == hash(value)

    @functools.cache
    def kept(key: Any) -> list[Any]:
        return [key]

    assert kept(value) is kept(copy.deepcopy(value))

    @dataclasses.dataclass(frozen=True)
    class Holder:
        held: Any

    assert dataclasses.replace(Holder(0), held=value) == Holder(copy.deepcopy(value))


@pytest.mark.parametrize(
    ("value", "name"),
    [(QQ, "degree"), (K, "degree"), (a, "_field"), (VALUES[4], "field"), (VALUES[5], "basis")],
)
def test_values_are_frozen(value: Any, name: str) -> None:
    with pytest.raises(AttributeError, match="cannot be changed"):
        delattr(value, name)
    with pytest.raises(AttributeError, match="cannot be changed"):
        setattr(value, name, 1)


def test_another_process() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(_identity, VALUES) == VALUES


def _identity(value: Any) -> Any:
    return value


def test_json() -> None:
    text = json.dumps(weights_to_jsonable(Weights([Matrix([[a, "1/2"]])])))
    assert json.loads(text)["weights"] == [[["a", "1/2"]]]
    with pytest.raises(TypeError):
        json.dumps(a)
