"""The p-adic lift in floats, against exact arithmetic on the same digits, at the limits of size."""

from dataclasses import replace
from random import Random

import pytest
from flint import fmpz_mat

from linnet_exact.algebra.ranks import lifting
from linnet_exact.algebra.ranks.lifting import (
    OVERHEAD,
    choose_digits,
    lifting_system,
    schur_complement_vanishes,
)
from linnet_exact.algebra.ranks.modular_inverse import LARGEST_MODULUS


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


def is_exact(rank: int, width: int, limbs: int, modulus: int) -> bool:
    """Whether no partial sum of a lift can leave what floats hold: as in the test above."""
    residual, half = (rank + 4) * 2 ** max(width - 2, 0), modulus // 2
    by_inverse = rank * half * half if limbs > 1 else rank * half * residual
    return residual * modulus <= 2**52 and by_inverse <= 2**52


@pytest.mark.parametrize("bits", [1, 8, 10, 16, 25, 40, 53, 61, 200])
def test_the_modulus_is_as_large_as_exact_sums_allow(bits):
    """And no other number of limbs, with such a modulus, would cost less by the count of work."""
    for rank in (1, 12, 70, 200, 450, 1000, 1500, 2200, 3000):
        nrows = 2 * rank + 500 // rank
        digits = choose_digits(rank, nrows, bits)
        options = []
        for limbs in range(1, bits // 8 + 2):
            width = -(-(bits + 2) // limbs)
            top = LARGEST_MODULUS >> (limbs > 1)
            low, high = 0, top + 1  # the largest modulus that is exact, by bisection
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (
                    (middle, high) if is_exact(rank, width, limbs, middle) else (low, middle)
                )
            if low >= max(2**12, 8 * (rank + 4)):
                work = rank * rank + nrows * limbs * (rank + OVERHEAD)
                options.append((work / low.bit_length(), limbs, width, low))
        cost, limbs, width, largest = min(options)
        assert (digits.limbs, digits.width) == (limbs, width)
        assert digits.cost == pytest.approx(cost, rel=0.05)
        assert 0 <= largest - digits.largest_modulus <= 4
        assert digits.reduces_residual == (limbs > 1)


@pytest.mark.parametrize("bits", [1, 9, 20, 31, 45, 61, 100])
def test_limbs_add_up_to_the_entries_and_are_balanced(bits, monkeypatch):
    import numpy as np

    monkeypatch.setattr(lifting, "AT_ONCE", 7)
    random = Random(bits)
    top = 2**bits - 1
    rows = [[random.choice([top, -top, 0, 1, -1, top // 3]) for _ in range(5)] for _ in range(6)]
    array, order, columns = array_of(rows, bits), [5, 0, 3, 1], [4, 0, 2]
    chosen = choose_digits(40, 50, bits)
    for digits in (chosen, replace(chosen, limbs=3, width=-(-(bits + 2) // 3))):
        cut = lifting._cut(array, order, columns, digits)
        assert cut.shape == (digits.limbs, 4, 3)
        assert cut.dtype == np.float64
        assert abs(cut).max() <= 2 ** (digits.width - 1)
        for at, i in enumerate(order):
            for place, j in enumerate(columns):
                limbs = [int(x) << (digits.width * k) for k, x in enumerate(cut[:, at, place])]
                assert sum(limbs) == rows[i][j]
