from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import QQ, Matrix, NumberField
from linnet_exact.errors import InputError, ShapeError
from linnet_exact.landscape.inertia.congruence import counts_by_congruence
from linnet_exact.landscape.inertia.inertia import (
    Inertia,
    inertia,
    inertia_by_ldl,
    inertia_by_sign_changes,
)
from linnet_exact.landscape.inertia.ldl import ldl
from tests.landscape.reference import random_matrix

FIELDS = [QQ, NumberField("sqrt(2)"), NumberField("cbrt(2)"), NumberField("x^2 - 2", near=-1)]
METHODS = [inertia, inertia_by_ldl, inertia_by_sign_changes]


def by_congruence(matrix):
    found = counts_by_congruence(matrix)
    assert found is not None
    return Inertia(*found)


def with_signs(size: int, signs: list[int], field, seed: int) -> Matrix:
    """B D Bᵀ with an invertible B: by Sylvester its inertia is that of D."""
    random = Random(seed)
    while (B := random_matrix(size, size, random, field)).rank() < size:
        pass
    D = Matrix([[signs[i] * (i == j) for j in range(size)] for i in range(size)], field)
    return B @ D @ B.T


@given(
    signs=st.lists(st.sampled_from([-1, 0, 0, 1]), min_size=1, max_size=5),
    field=st.sampled_from(FIELDS),
    seed=st.integers(0, 1000),
)
def test_every_method_finds_the_signs_of_a_congruent_diagonal_matrix(signs, field, seed):
    A = with_signs(len(signs), signs, field, seed)
    expected = Inertia(signs.count(1), signs.count(0), signs.count(-1))
    for method in [*METHODS, by_congruence]:
        assert method(A) == expected, method


@given(
    size=st.integers(0, 5),
    entries=st.lists(st.fractions(), min_size=15, max_size=15),
)
def test_the_methods_agree_on_numbers_of_any_size(size, entries):
    rows = [[entries[max(i, j) * (max(i, j) + 1) // 2 + min(i, j)] for j in range(size)]
            for i in range(size)]  # fmt: skip
    A = Matrix(rows, shape=(size, size))
    assert inertia_by_ldl(A) == inertia_by_sign_changes(A) == inertia(A)
    assert counts_by_congruence(A) in (None, inertia(A))


def test_agrees_with_numpy_where_eigenvalues_are_far_from_zero():
    rng = np.random.default_rng(5)
    for size in (7, 30, 120):
        A = rng.integers(-9, 10, (size, size))
        A = A + A.T
        values = np.linalg.eigvalsh(A)
        assert np.abs(values).min() > 1e-6
        assert inertia(Matrix(A.tolist())) == Inertia((values > 0).sum(), 0, (values < 0).sum())


def test_an_eigenvalue_that_floats_take_for_zero():
    tiny = "1/" + "1" + "0" * 60
    for size in (3, 100):
        rows = [[int(i == j) for j in range(size)] for i in range(size)]
        rows[0][0], rows[1][1] = "-" + tiny, tiny
        B = Matrix([[1 if j <= i else 0 for j in range(size)] for i in range(size)])
        A = B @ Matrix(rows) @ B.T
        assert inertia(A) == Inertia(size - 1, 0, 1)
        assert counts_by_congruence(A) in (None, (size - 1, 0, 1))


def test_huge_and_tiny_numbers_beyond_all_floats():
    A = Matrix([[10**400, 0, 1], [0, "-1/" + "9" * 400, 0], [1, 0, 0]])
    for method in METHODS:
        assert method(A) == Inertia(1, 0, 2)
    assert counts_by_congruence(A) in (None, (1, 0, 2))


@pytest.mark.parametrize("size", [0, 1, 4, 100])
def test_zero_matrices(size):
    for method in METHODS if size < 100 else [inertia]:
        assert method(Matrix.zero(size, size)) == Inertia(0, size, 0)


def test_signs_follow_the_chosen_real_embedding():
    for near, expected in ((1, Inertia(1, 0, 0)), (-1, Inertia(0, 0, 1))):
        K = NumberField("x^2 - 2", near=near)
        for method in [*METHODS, by_congruence]:
            assert method(Matrix([["a"]], K)) == expected


def test_what_is_not_symmetric_is_named():
    with pytest.raises(InputError, match="row 1, column 3 is 1/2, row 3, column 1 is 0"):
        inertia(Matrix([[1, 2, "1/2"], [2, 1, 1], [0, 1, 1]]))
    with pytest.raises(ShapeError, match="square, not 1x2"):
        inertia(Matrix([[1, 2]]))
    with pytest.raises(InputError, match="no real embedding"):
        inertia(Matrix([["a"]], NumberField("x^2 + 1")))


@given(
    signs=st.lists(st.sampled_from([-1, 0, 1]), min_size=1, max_size=5),
    field=st.sampled_from(FIELDS[:2]),
    seed=st.integers(0, 1000),
)
def test_ldl_multiplies_out_and_gives_a_negative_direction(signs, field, seed):
    A = with_signs(len(signs), signs, field, seed)
    found = ldl(A)
    assert found.check(A)
    assert not found.check(A + Matrix.identity(A.nrows))
    x = found.direction()
    assert (x is None) == (-1 not in signs)
    if x is not None:
        assert (x.T @ A @ x)[0, 0] < 0


def test_pivots_of_size_two():
    A = Matrix([[0, 0, 3], [0, 0, -2], [3, -2, 0]])
    found = ldl(A)
    assert [p.nrows for p in found.pivots] == [2]
    assert found.check(A)
    x = found.direction()
    assert (x.T @ A @ x)[0, 0] < 0


def test_sums_of_words_that_wrap():
    """All rows have the sum 101 · 1441151880758558719, which is negative in words of 64 bits."""
    size, number = 101, 1441151880758558719
    assert (size * number) % 2**64 >= 2**63
    A = Matrix([[number] * size for _ in range(size)])
    assert inertia(A) == (1, size - 1, 0)
    B = A + Matrix.identity(size)  # A has the eigenvalues 0 and size · number
    assert inertia(B) == counts_by_congruence(B) == (size, 0, 0)
