import itertools
from fractions import Fraction

import numpy as np
import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.landscape.inertia.eigenvalues import cut_between, decimal_enclosure, eigenvalues
from linnet_exact.landscape.inertia.escape import falling_direction
from linnet_exact.landscape.inertia.inertia import inertia

ENTRIES = st.lists(st.integers(-5, 5), min_size=10, max_size=10)


def symmetric(size, entries):
    return [[entries[max(i, j) * (max(i, j) + 1) // 2 + min(i, j)] for j in range(size)]
            for i in range(size)]  # fmt: skip


@given(size=st.integers(1, 4), entries=ENTRIES)
def test_eigenvalues_are_those_of_sympy_and_numpy(size, entries):
    A = Matrix(symmetric(size, entries))
    found = eigenvalues(A)
    assert sum(e.multiplicity for e in found) == size
    spread = [float(e.enclosure()) for e in found for _ in range(e.multiplicity)]
    assert np.allclose(spread, np.linalg.eigvalsh(A.to_numpy())[::-1], atol=1e-8)
    for e in found:
        if (value := e.to_fraction()) is not None:
            shifted = A - Matrix.identity(size) * value
            assert size - shifted.rank() == e.multiplicity


@given(entries=ENTRIES, others=ENTRIES)
def test_over_a_number_field_they_are_counted_by_inertia(entries, others):
    K = NumberField("sqrt(2)")
    A = Matrix(symmetric(3, entries), K) + Matrix(symmetric(3, others), K) * K.gen
    found = eigenvalues(A)
    spread = [float(e.enclosure()) for e in found for _ in range(e.multiplicity)]
    assert np.allclose(spread, np.linalg.eigvalsh(A.to_numpy())[::-1], atol=1e-8)
    assert sum(e.multiplicity for e in found if e.is_zero) == inertia(A).zero


def test_order_is_exact_where_floats_see_one_number():
    tiny = Fraction(1, 10**40)
    A = Matrix([[1 + tiny, 0, 0], [0, 1, 0], [0, 0, 1 - tiny]])
    assert [e.to_fraction() for e in eigenvalues(A)] == [1 + tiny, 1, 1 - tiny]
    assert len(eigenvalues(Matrix([["a", 0], [0, "17/12"]], NumberField("sqrt(2)")))) == 2


def test_an_interval_isolates_its_root():
    for e in eigenvalues(Matrix([[1, 1, 0], [1, 2, 1], [0, 1, 5]])):
        low, high = e.isolating_interval()
        at_low, at_high = (sum(c * x**k for k, c in enumerate(e.polynomial)) for x in (low, high))
        assert at_low * at_high < 0


def test_decimals_enclose():
    assert decimal_enclosure(arb("-0.25"), 3) == ("-0.250", "-0.250")
    low, high = decimal_enclosure(-arb(2).sqrt(), 6)
    assert float(low) < -(2**0.5) < float(high)


def test_what_has_no_real_eigenvalues_is_refused():
    with pytest.raises(InputError, match="not symmetric"):
        eigenvalues(Matrix([[0, 1], [-1, 0]]))
    with pytest.raises(TooLargeError, match="limit"):
        eigenvalues(Matrix.identity(101))


@given(size=st.integers(1, 4), entries=ENTRIES)
def test_a_falling_direction_is_found_iff_there_is_one(size, entries):
    A = Matrix(symmetric(size, entries))
    x = falling_direction(A)
    assert (x is None) == (inertia(A).negative == 0)
    assert x is None or (x.T @ A @ x)[0, 0] < 0


def test_a_falling_direction_that_floats_cannot_see():
    tiny = Fraction(1, 10**60)
    B = Matrix([[1, 0, 0], [1, 1, 0], [1, 1, 1]])
    A = B @ Matrix([[1, 0, 0], [0, -tiny, 0], [0, 0, 1]]) @ B.T
    x = falling_direction(A)
    assert (x.T @ A @ x)[0, 0] < 0


@pytest.mark.parametrize("far", [0, 10**30, 2**300])
def test_large_numbers_close_together(far):
    K = NumberField("sqrt(2)")
    found = eigenvalues(Matrix([[far, 0, 0], [0, f"{far} + a", 0], [0, 0, far - 1]], K))
    assert [(e.degree, e.multiplicity) for e in found] == [(2, 1), (1, 1), (1, 1)]
    assert [e.to_fraction() for e in found[1:]] == [far, far - 1]
    assert found[0].number.polynomial(far) == -2
    assert [cut_between(y, x) for x, y in itertools.pairwise(found[1:])] == [far - Fraction(1, 2)]
    # (x - far)^2 - 2 changes its sign between the ends, so just one root is there.
    low, high = ((end - far) ** 2 < 2 for end in found[0].isolating_interval())
    assert low != high
