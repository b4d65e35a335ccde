"""Entries read in bulk are those that FLINT hands out one by one."""

from random import Random

import pytest
from flint import fmpz, fmpz_mat

from linnet_exact.algebra.arrays.packing import LONGEST, nearest_dyadic_doubles, packed_entries


@pytest.mark.parametrize("bits", [1, 7, 8, 15, 16, 31, 32, 53, 62, 63, 64, 200])
@pytest.mark.parametrize("shape", [(8, 8), (64, 1), (1, 64), (3, 40), (2, LONGEST + 1)])
def test_entries_are_those_of_flint_up_to_the_largest(bits, shape):
    random, size = Random(bits), shape[0] * shape[1]
    top = 1 << bits
    for choices in ((0, 1), (top - 1, 1 - top), (top, -top), (0, -top), (top - 1, 0, -1)):
        flat = random.choices(choices, k=size)
        found = packed_entries(fmpz_mat(*shape, flat))
        if found is None:
            assert max(map(abs, flat)) > 2**63 - 2**57
        else:
            assert found.dtype == "int64"
            assert found.shape == shape
            assert found.ravel().tolist() == flat


@pytest.mark.parametrize("bits", [8, 16, 32, 64])
def test_a_single_long_entry_is_not_overlooked(bits):
    for place in (1, 8, 63):
        for entry in ((1 << bits - 1) - 1, 1 << bits - 1, -(1 << bits - 1), 1 << bits + 40):
            flat = [0] * 64
            flat[place] = entry
            found = packed_entries(fmpz_mat(8, 8, flat))
            assert (
                (found is None and bits == 64)
                or abs(entry) >= 2**63
                or (found.ravel().tolist() == flat)
            )


def test_few_entries_and_many_are_left_to_others():
    assert packed_entries(fmpz_mat(0, 3)) is None
    assert packed_entries(fmpz_mat(7, 9)) is None
    assert packed_entries(fmpz_mat(1 << 7, 1 << 12)) is None


@pytest.mark.parametrize("bits", [1, 20, 53, 54, 55, 62, 63, 64, 65, 66, 70, 84, 85, 86, 200])
@pytest.mark.parametrize("shift", [0, 3, 70, 960, 961])
def test_doubles_are_quotients_rounded_once(bits, shift):
    random, top = Random(bits), 1 << bits
    ties = [top + 1, top - 1, (top >> 53) + top, 3 * (top >> 54) + top, (top >> 54) + top + 1]
    flat = [
        random.choice((1, -1)) * random.choice((*ties, random.randrange(top))) for _ in "8" * 64
    ]
    flat[0] = 0
    found = nearest_dyadic_doubles(fmpz_mat(8, 8, flat), fmpz(1 << shift))
    if found is None:
        assert shift > 960 or max(map(abs, flat)) > 2**85 - 2**79
    else:
        assert found.ravel().tolist() == [x / (1 << shift) for x in flat]
        assert max(map(abs, flat)) < 2**86


def test_doubles_of_other_denominators_are_left_to_others():
    ones = fmpz_mat(8, 8, [1] * 64)
    assert nearest_dyadic_doubles(ones, fmpz(3)) is None
    assert nearest_dyadic_doubles(ones, fmpz(6)) is None
    assert nearest_dyadic_doubles(fmpz_mat(7, 9), fmpz(1)) is None
