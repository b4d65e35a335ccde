"""Floats taken apart at once are the dyadic rationals that they are, whatever their exponents."""

from fractions import Fraction
from math import lcm

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra.arrays.floats import float_coefficients

BOUNDS = [
    [1.0, 2.0**7],
    [1.5, -(2.0**60)],
    [2.0**59, 2.0**60, 2.0**61, 1.0],
    [-(2.0**59), -(2.0**60), -(2.0**61), 3.0],
    [1 - 2.0**-53, -1 + 2.0**-53, 2.0**8 - 2.0**-45],
    [2.0**-60 + 2.0**-112, 1.0, -1.0],
    [2.0**-30, 2.0**30, -(2.0**31), 0.0],
    [5e-324, -5e-324],
    [5e-324, 1.7e308, -1.7e308, 0.0],
    [0.0, -0.0],
]


@pytest.mark.parametrize("numbers", BOUNDS, ids=repr)
def test_floats_at_the_bounds_of_limbs(numbers):
    check(numbers)


@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=9),
    st.integers(-70, 70),
)
def test_floats_are_integers_over_the_least_power_of_two(numbers, exponent):
    check(numbers)
    near = [np.frexp(x)[0] * 2.0 ** (exponent * at / 9) for at, x in enumerate(numbers)]
    check([float(x) for x in near])


def check(numbers):
    for shape in ((1, -1), (-1, 1)):
        (found,), denominator = float_coefficients(np.array(numbers).reshape(shape))
        assert [Fraction(int(x), denominator) for x in found.entries()] == [*map(Fraction, numbers)]
        assert denominator == lcm(*(Fraction(x).denominator for x in numbers))
