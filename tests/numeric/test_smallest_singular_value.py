"""Distances to lower ranks, against exact characteristic polynomials and known values."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import sqrt

import numpy as np
import pytest
from flint import fmpq_mat, fmpz_mat
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import Matrix
from linnet_exact.numeric import smallest_singular_value
from linnet_exact.numeric.smallest_singular_value import (
    distance_to_lower_rank,
    singular_value_bounds,
)


def product(factors):
    found = factors[0]
    for factor in factors[1:]:
        found = factor @ found
    return found


def assert_encloses(factors, bounds):
    """The smallest nonzero eigenvalue of AᵀA, by its characteristic polynomial, is inside."""
    whole = product(factors)
    gram = whole.T @ whole
    polynomial = (fmpq_mat(gram.coefficients[0]) / gram.denominator).charpoly()
    roots = polynomial.numer().complex_roots()
    positive = [root.real for root, _ in roots if root.real > 0]
    smallest = min(positive, key=lambda root: float(root.mid()))
    low, high = (Fraction(bound) ** 2 for bound in bounds)
    assert float(low) * (1 - 1e-9) <= float(smallest.mid()) <= float(high) * (1 + 1e-9)
    assert bounds[1] - bounds[0] <= bounds[1] * Decimal("1e-8")


small = st.integers(-3, 3)


@st.composite
def chains(draw):
    widths = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    return [
        Matrix([[draw(small) for _ in range(n)] for _ in range(m)]) for n, m in pairwise(widths)
    ]


@given(chains())
def test_chains_of_any_rank(factors):
    rank = product(factors).rank()
    bounds = distance_to_lower_rank(factors, rank)
    if rank == 0:
        assert bounds is None
    else:
        assert_encloses(factors, bounds)


def test_far_below_what_floats_tell():
    matrix = Matrix([[1, 1], [1, 1 + Fraction(1, 10**60)]])
    low, high = distance_to_lower_rank([matrix] * 3, 2)
    det = Fraction(1, 10**180)  # and the larger singular value is about 8
    assert Fraction(low) < det / Fraction(8) * (1 + Fraction(1, 10**6))
    assert Fraction(high) > det / Fraction(8) * (1 - Fraction(1, 10**6))


def test_known_values():
    hadamard = Matrix([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]])
    assert distance_to_lower_rank([hadamard], 4)[0] <= 2 <= distance_to_lower_rank([hadamard], 4)[1]
    low, high = distance_to_lower_rank([Matrix([[3, 4]])], 1)
    assert low <= 5 <= high
    low, high = distance_to_lower_rank([Matrix([["1/3"]])], 1)
    assert Fraction(low) <= Fraction(1, 3) <= Fraction(high)
    low, high = distance_to_lower_rank([Matrix([[10**400]])], 1)
    assert low <= Decimal(10) ** 400 <= high


@pytest.mark.parametrize("spread", [0, 3, 9])
def test_large_ranks_by_floats_and_without_them(spread, monkeypatch):
    random = np.random.default_rng(spread)
    left, _ = np.linalg.qr(random.standard_normal((30, 30)))
    right, _ = np.linalg.qr(random.standard_normal((40, 30)))
    floats = left * np.logspace(0, -spread, 30) @ right.T
    monkeypatch.setattr(smallest_singular_value, "_LARGE", 20)
    by_floats = distance_to_lower_rank([Matrix(floats)], 30)
    monkeypatch.setattr(smallest_singular_value, "_LARGE", 1000)
    exact = distance_to_lower_rank([Matrix(floats)], 30)
    assert by_floats[0] <= exact[1]
    assert exact[0] <= by_floats[1]
    assert float(exact[1]) == pytest.approx(10.0**-spread, rel=1e-5)


def test_bounds_of_all_singular_values():
    random = np.random.default_rng(1)
    matrix = random.integers(-5, 6, (7, 5)).astype(float)
    low, high = singular_value_bounds(matrix)
    gram = fmpz_mat((matrix.T @ matrix).astype(int).tolist())
    roots = sorted((float(r.real.mid()) for r, _ in gram.charpoly().complex_roots()), reverse=True)
    assert all(a <= sqrt(r) * (1 + 1e-15) for a, r in zip(low, roots, strict=True))
    assert all(b >= sqrt(r) * (1 - 1e-15) for b, r in zip(high, roots, strict=True))
    assert (high - low).max() < 1e-11
    wider = singular_value_bounds(matrix, error=0.5)
    assert (wider[0] <= low - 0.49).all()
    assert (wider[1] >= high + 0.49).all()
