"""Embeddings and composita, checked by their numbers, by floats and by what is known of Galois."""

import pickle
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.algebra.fields.embedding import Embedding
from linnet_exact.errors import InputError, TooLargeError

REAL = ["sqrt(2)", "sqrt(3)", "cbrt(2)", "sqrt(2) + sqrt(3)", "golden", "root(x^3 - 3*x - 1, 2)"]
OTHER = ["x^2 + 1", "x^2 + x + 1", "zeta(5)", "x^4 + 1", "x^3 - 2", "x^2 - 2", "x - 3"]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("cbrt(2)", "cbrt(2)", 1),
        ("sqrt(2)", "sqrt(2) + sqrt(3)", 2),
        ("sqrt(2) + sqrt(3)", "sqrt(2) + sqrt(3)", 4),
        ("sqrt(2)", "sqrt(3)", 0),
        ("sqrt(2) + sqrt(3)", "sqrt(2)", 0),
        ("x^2 + 1", "x^2 + 4", 2),
        ("x^2 + 1", "zeta(12)", 2),
        ("zeta(7)", "zeta(7)", 6),
        ("x^2 + 7", "zeta(7)", 2),
        ("x^3 - 3*x - 1", "zeta(9)", 3),
        ("x^3 - 2", "x^6 + 108", 3),
        ("x - 3", "sqrt(2)", 1),
        ("x - 3", "x - 5", 1),
    ],
)
def test_number_of_embeddings(source: str, target: str, expected: int) -> None:
    field, goal = NumberField(source), NumberField(target)
    found = field.embeddings(goal)
    assert len({f.image for f in found}) == len(found) == expected
    for f in found:
        assert f(field.gen) == f.image
        assert pickle.loads(pickle.dumps(f)) == f


@pytest.mark.parametrize(("first", "second"), list(product(REAL, REAL)))
def test_real_composita(first: str, second: str) -> None:
    K, L = NumberField(first), NumberField(second)
    E, f, g = K.compositum(L)
    assert E.degree % K.degree == E.degree % L.degree == 0
    assert E.degree <= K.degree * L.degree
    assert float(f(K.gen)) == float(K.gen)
    assert float(g(L.gen)) == float(L.gen)
    assert E.holds(K)
    assert f(K.gen) == K.gen
    assert hash(f(K.gen)) == hash(K.gen)
    assert f == K.embed(E)


@pytest.mark.parametrize(("first", "second"), list(product(OTHER, [*OTHER, *REAL[:3]])))
def test_other_composita(first: str, second: str) -> None:
    K, L = NumberField(first), NumberField(second)
    E, f, g = K.compositum(L)
    assert E.degree % K.degree == E.degree % L.degree == 0
    assert E.degree <= K.degree * L.degree
    assert f(K.gen).minimal_polynomial() == K.minimal_polynomial
    assert g(L.gen).minimal_polynomial() == L.minimal_polynomial


@given(st.lists(st.integers(-5, 5), min_size=4, max_size=4), st.integers(0, 3))
def test_embeddings_are_homomorphisms(numbers: list[int], which: int) -> None:
    K = NumberField("sqrt(2) + sqrt(3)")
    f = K.embeddings(K)[which]
    x, y = K.element(numbers, 3), K.element(numbers[::-1], 1)
    assert f(x * y) == f(x) * f(y)
    assert f(x + y) == f(x) + f(y)
    A = Matrix([[x, y], [y, 1]])
    assert A.embed(f).det() == f(A.det())


def test_elements_of_fields_that_hold_each_other_mix() -> None:
    K, L = NumberField("sqrt(2)"), NumberField("sqrt(2) + sqrt(3)")
    root: Any = K.gen
    assert root * L("sqrt(3)") == L("sqrt(6)") == L("sqrt(3)") * root
    assert root - L("sqrt(2)") == 0
    assert root == L("sqrt(2)")
    assert hash(root) == hash(L("sqrt(2)"))
    assert root != L("-sqrt(2)")
    assert root < L("sqrt(3)")
    assert (L("sqrt(6)") / root) ** 2 == 3
    assert Matrix([[root, 1]]) == Matrix([["sqrt(2)", 1]], L) != Matrix([["-sqrt(2)", 1]], L)
    assert hash(Matrix([[root, 1]])) == hash(Matrix([["sqrt(2)", 1]], L))


@pytest.mark.parametrize("operation", ["__add__", "__sub__", "__mul__", "__truediv__", "__lt__"])
def test_other_fields_name_the_call_that_works(operation: str) -> None:
    K, L = NumberField("sqrt(2)", generator="s"), NumberField("x^3 - 2", near=1)
    with pytest.raises(InputError, match=r"E, f, g = NumberField") as caught:
        getattr(K.gen, operation)(L.gen)
    call = str(caught.value).partition("E, f, g = ")[2]
    E, f, g = eval(call, {"NumberField": NumberField})
    assert E.degree == 6
    assert float(f(K.gen) + g(L.gen)) == pytest.approx(2**0.5 + 2 ** (1 / 3))


def test_refusals() -> None:
    K, L = NumberField("sqrt(2)"), NumberField("sqrt(3)")
    with pytest.raises(InputError, match="compositum"):
        K.embed(L)
    with pytest.raises(InputError, match="2 embeddings"):
        NumberField("x^2 + 1").embed(NumberField("zeta(12)"))
    for method in (K.embed, K.embeddings, K.compositum):
        with pytest.raises(InputError, match="expected a NumberField, not str"):
            method("sqrt(3)")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no root"):
        Embedding(K, L.gen)
    large = NumberField("x^13 - 2")
    for method in (large.embeddings, large.compositum):
        with pytest.raises(TooLargeError):
            method(NumberField("x^13 - 3"))
    with pytest.raises(InputError, match="expected an Embedding"):
        Matrix([[1]]).embed("f")  # type: ignore[arg-type]
