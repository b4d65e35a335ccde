"""What `Subspace` does beside the laws of test_subspace_laws.py."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import flint
import numpy as np
import pytest
import sympy
from hypothesis import given

from linnet_exact.algebra import Matrix, Subspace
from linnet_exact.errors import InputError, LinnetError, ShapeError
from tests.algebra.reference import reduced_echelon
from tests.strategies import subspaces

U = Subspace([[1, 2, 0], [0, 0, 1]])
PLANE = Subspace.whole(2)


@pytest.mark.parametrize(
    "spanning",
    [
        [[1, 2, 0], [0, 0, 1]],
        [[0, 0, "1/3"], [0.5, 1.0, 7], [1, 2, 1]],
        np.array([[1, 2, 3], [1, 2, 4]]),
        sympy.Matrix([[1, 2, 3], [1, 2, 4]]),
        flint.fmpz_mat([[1, 2, 3], [1, 2, 4]]),
        Matrix([[1, 2, 3], [0, 0, 0], [1, 2, 4]]),
    ],
    ids=lambda spanning: type(spanning).__name__,
)
def test_any_spanning_set_gives_the_same_subspace(spanning: Any) -> None:
    for dimension in (None, 3):
        found = Subspace(spanning, ambient_dimension=dimension)
        assert found == U
        assert hash(found) == hash(U)
        assert (found.dimension, found.ambient_dimension, found.pivots) == (2, 3, (0, 2))
        assert found.basis.rows() == [[1, 2, 0], [0, 0, 1]]


def test_without_vectors() -> None:
    for nothing in ([], np.zeros((0, 3)), Matrix.zero(0, 3), [[0, 0, 0]]):
        assert Subspace(nothing, ambient_dimension=3) == Subspace.zero(3)
    assert Subspace([]) == Subspace.zero(0) == Subspace.whole(0)
    assert Subspace.zero(0).dimension == 0
    assert Subspace.zero(2) != Subspace.zero(3)


@given(subspaces())
def test_repr_reads_back(space: Subspace) -> None:
    assert eval(repr(space), {"Subspace": Subspace, "Matrix": Matrix}) == space
    assert space._repr_latex_().startswith("$")
    assert space._repr_latex_().endswith("$")


@given(subspaces(ambient=3))
def test_membership_by_brute_force(space: Subspace) -> None:
    for vector in product((-1, 0, 2), repeat=3):
        _, pivots = reduced_echelon([*space.basis.rows(), list(map(Fraction, vector))], 3)
        assert (vector in space) == (len(pivots) == space.dimension)


@pytest.mark.parametrize(
    "vector",
    [
        [2, 4, 5],
        (2, 4, 5),
        ["2", "4", "1/3"],
        np.array([2, 4, 5]),
        np.array([2.0, 4.0, 0.1]),
        np.array([[2, 4, 5]]),
        np.array([[2], [4], [5]]),
        sympy.Matrix([2, 4, 5]),
        flint.fmpz_mat([[2, 4, 5]]),
        Matrix([[2, 4, 5]]),
        Matrix([[2], [4], [5]]),
        [0, 0, 0],
    ],
    ids=lambda vector: type(vector).__name__,
)
def test_vectors_of_every_kind(vector: Any) -> None:
    assert vector in U
    assert vector in Subspace.whole(3)


@pytest.mark.parametrize(
    "vector",
    [[1, 2], [], [1, 2, 0, 0], [1], Matrix([[1, 2]]), Matrix.identity(3), Matrix.zero(2, 3)],
    ids=repr,
)
def test_vectors_of_another_length_are_refused(vector: Any) -> None:
    with pytest.raises(ShapeError, match="expected a vector of length 3"):
        vector in U  # noqa: B015


@pytest.mark.parametrize("vector", [3, None, "120", [[1, 2, 0]], [1, 2, "x"], [1, 2, float("nan")]])
def test_what_is_no_vector_is_refused(vector: Any) -> None:
    with pytest.raises(InputError):
        vector in U  # noqa: B015


def test_one_and_no_coordinates() -> None:
    line = Subspace.whole(1)
    assert [5] in line
    assert Matrix([[5]]) in line
    assert [] in Subspace.whole(0)
    assert Matrix.zero(1, 0) in Subspace.whole(0)
    assert Matrix.zero(0, 1) in Subspace.whole(0)
    with pytest.raises(ShapeError):
        Matrix([[1], [2]]) in line  # noqa: B015


@pytest.mark.parametrize(
    "compare",
    [
        lambda u, v: u + v,
        lambda u, v: u & v,
        lambda u, v: u <= v,
        lambda u, v: u < v,
        lambda u, v: u >= v,
        lambda u, v: u > v,
        lambda u, v: u.complement(v),
    ],
)
def test_subspaces_of_different_spaces(compare: Callable[[Any, Any], object]) -> None:
    for pair in ((U, PLANE), (PLANE, U), (Subspace.zero(3), PLANE)):
        with pytest.raises(ShapeError, match="subspaces of different spaces: dimension"):
            compare(*pair)
    assert Subspace.zero(2) != Subspace.zero(3)
    for other in (3, "U", Matrix([[1, 2, 0]]), [[1, 2, 0]]):
        with pytest.raises((TypeError, LinnetError)):
            compare(U, other)


def test_a_subspace_is_not_its_basis() -> None:
    assert U not in [U.basis, U.basis.rows(), 2]
    assert hash(U) != hash(U.basis)


def test_maps_of_the_wrong_shape() -> None:
    a = Matrix.zero(2, 2)
    with pytest.raises(ShapeError, match="expected a matrix with 3 columns, not 2"):
        U.image(a)
    with pytest.raises(ShapeError, match="expected a matrix with 3 rows, not 2"):
        U.preimage(a)


def test_a_complement_lies_inside_a_larger_subspace() -> None:
    with pytest.raises(InputError, match="contains this one"):
        U.complement(Subspace([[1, 0, 0]]))
    assert U.complement(U) == Subspace.zero(3)
    assert Subspace.zero(3).complement(U) == U


def test_wrong_lengths() -> None:
    with pytest.raises(ShapeError, match="expected vectors of length 3, not 2"):
        Subspace([[1, 2]], ambient_dimension=3)
    with pytest.raises(ShapeError, match="row 2 has length 1"):
        Subspace([[1, 2], [3]])
    for build in (Subspace.zero, Subspace.whole):
        with pytest.raises(ShapeError, match="a matrix cannot have"):
            build(-1)


@pytest.mark.parametrize("name", ["basis", "pivots", "dimension", "new"])
def test_a_subspace_cannot_be_changed(name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(U, name, 3)
    with pytest.raises(AttributeError):
        delattr(U, name)


def test_intersections_come_in_canonical_form():
    random = Random(4)
    for _ in range(60):
        n = random.randrange(1, 7)
        first, second = (
            Subspace(
                [[random.choice([0, 0, 1, -2, 3]) for _ in range(n)] for _ in range(rows)],
                ambient_dimension=n,
            )
            for rows in (random.randrange(n + 1), random.randrange(n + 1))
        )
        met = first & second
        again = Subspace(met.basis, ambient_dimension=n)
        assert (met.basis, met.pivots) == (again.basis, again.pivots)
        assert met.dimension == first.dimension + second.dimension - (first + second).dimension
