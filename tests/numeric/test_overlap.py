"""Overlaps of subspaces, against QR and SVD in NumPy and known angles."""

from dataclasses import replace
from decimal import Decimal
from math import acos, asin, pi, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import Matrix, Subspace
from linnet_exact.errors import InputError
from linnet_exact.numeric.overlap import overlap

entries = st.integers(-2, 2)


@st.composite
def pairs(draw):
    size, shared = draw(st.integers(1, 5)), draw(st.integers(0, 2))
    common = [[draw(entries) for _ in range(size)] for _ in range(shared)]
    sides = [
        common + [[draw(entries) for _ in range(size)] for _ in range(draw(st.integers(0, 3)))]
        for _ in range(2)
    ]
    return [Matrix(rows, None, (len(rows), size)).T for rows in sides if rows] or [
        Matrix.zero(size, 1)
    ]


def orthonormal(matrix):
    left, values, _ = np.linalg.svd(np.array(matrix, dtype=float), full_matrices=False)
    return left[:, values > 1e-9]


@given(pairs())
def test_against_numpy(sides):
    one, two = sides[0], sides[-1]
    found = overlap(one, two, angles=True, exact=True)
    assert found.dimensions == (one.rank(), two.rank())
    assert found.intersection == (Subspace(one.T) & Subspace(two.T)).dimension
    swapped = overlap(two, one, angles=True, exact=True)
    assert swapped == replace(found, dimensions=found.dimensions[::-1], angles=swapped.angles)
    ours, theirs = orthonormal(one), orthonormal(two)
    cosines = np.linalg.svd(ours.T @ theirs, compute_uv=False) if min(found.dimensions) else []
    least = min(found.dimensions)
    assert len(found.angles) == least
    assert sum(high == 0 for _, high in found.angles) == found.intersection
    for (low, high), cosine in zip(found.angles, cosines, strict=True):
        angle = acos(min(1.0, cosine))
        assert float(low) - 1e-7 <= angle <= float(high) + 1e-7  # acos is steep at 1
        assert high - low <= Decimal("1e-10")
    values = [float(c.p) / float(c.q) for c in found.polynomial]
    assert values == pytest.approx(
        np.atleast_1d(np.poly(np.square(cosines)))[::-1].tolist(), abs=1e-9
    )
    assert found.right_angles == sum(cosine < 1e-9 for cosine in cosines)


def test_angles_that_floats_do_not_see():
    tiny = 10**20
    found = overlap(Matrix([[1], [0]]), Matrix([[tiny], [1]]), angles=True)
    assert found.intersection == 0
    low, high = found.angles[0]
    assert low <= Decimal(1) / tiny * (1 + Decimal("1e-12"))
    assert high >= Decimal(1) / tiny * (1 - Decimal("1e-12"))
    assert low > 0
    close = overlap(Matrix([[1], [0]]), Matrix([[1], [tiny]]), angles=True)
    assert close.right_angles == 0
    assert float(close.angles[0][1]) == pytest.approx(pi / 2)


def test_equal_angles_and_angles_of_all_kinds():
    one = Matrix([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], *[[0] * 4] * 4])
    two = Matrix(
        [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], *[[0] * 4] * 2,
         [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    )  # fmt: skip
    found = overlap(one, two, angles=True, exact=True)
    assert (found.intersection, found.right_angles) == (1, 1)
    assert [float(low) for low, _ in found.angles] == pytest.approx(
        [0, asin(sqrt(0.5)), asin(sqrt(0.5)), pi / 2]
    )
    assert list(map(str, found.polynomial)) == ["0", "-1/4", "5/4", "-2", "1"]


def test_spaces_of_dimension_zero_and_of_everything():
    nothing, everything = Matrix.zero(3, 2), Matrix.identity(3)
    found = overlap(nothing, everything, angles=True, exact=True)
    assert (found.dimensions, found.intersection, found.angles) == ((0, 3), 0, ())
    assert overlap(everything, everything, angles=True).angles == ((0, 0),) * 3
    with pytest.raises(InputError, match="of dimension 3 and 2"):
        overlap(everything, Matrix.identity(2))
