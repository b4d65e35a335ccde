"""The p-adic lift in floats, against exact arithmetic on the same digits, at the limits of size."""

from random import Random

import pytest
from flint import fmpz_mat

from linnet_exact.algebra.ranks.lifting import (
    choose_digits,
    lifting_system,
    schur_complement_vanishes,
)


def array_of(rows, bits):
    import numpy as np

    return np.array(rows, dtype=object if bits > 61 else np.int64)


def extreme(rank, nrows, ncols, bits, seed):
    """A matrix of the given rank whose entries are as large as their bits allow, where possible."""
    random = Random(seed)
    top = 2**bits - 1
    rows = [[random.choice([top, -top, top - 1]) for _ in range(ncols)] for _ in range(rank)]
    return rows + [list(random.choice(rows)) for _ in range(nrows - rank)]


CASES = [
    (1, 2, 3, 1),
    (1, 9, 2, 61),
    (3, 5, 5, 62),
    (7, 9, 20, 200),
    (40, 47, 45, 10),
    (40, 41, 60, 26),
    (40, 64, 44, 53),
    (40, 50, 50, 61),
    (30, 33, 34, 900),
]


@pytest.mark.parametrize(("rank", "nrows", "ncols", "bits"), CASES)
def test_digits_are_exact_for_the_largest_entries(rank, nrows, ncols, bits):
    for seed in range(3):
        rows = extreme(rank, nrows, ncols, bits, seed)
        if fmpz_mat([row[:rank] for row in rows[:rank]]).rank() < rank:
            continue
        leading = tuple(range(rank))
        system = lifting_system(array_of(rows, bits), leading, leading, Random(seed))
        bound = 1 << (20 * rank + 2000)
        exponent = schur_complement_vanishes(system, bound)
        assert system.prime ** (2 * exponent - 2) < bound <= system.prime ** (2 * exponent)
        # A change that is invisible modulo p = q² shows in a later digit.
        rows[-1][-1] += system.prime**4 * (-1 if rows[-1][-1] > 0 else 1)
        wide = array_of(rows, max(bits, 62))
        again = lifting_system(wide, leading, leading, Random(seed))
        assert schur_complement_vanishes(again, bound) is None


@pytest.mark.parametrize(("rank", "nrows", "ncols", "bits"), CASES)
def test_all_partial_sums_are_exact_floats(rank, nrows, ncols, bits):
    digits = choose_digits(rank, nrows, bits)
    p, w = digits.largest_modulus, digits.width
    assert digits.limbs * w >= bits + 1  # balanced limbs hold the sign
    residual = (rank + 4) * 2.0 ** (w - 2)
    half = p // 2 + 1
    assert rank * 2 ** (w - 1) * half + 2**w * half + residual <= 2**52
    assert residual >= 2 ** (w - 1)
    multiplied = half if digits.reduces_residual else residual
    assert rank * half * multiplied <= 2**52
    # One step leaves the residual below its bound.
    assert (residual + rank * 2 ** (w - 1) * half + 2**w * half) / p + 0.5 <= residual
