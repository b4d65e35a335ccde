"""Signs at rational points and bounds on roots, which bisection rests on."""

from random import Random

import numpy as np
import pytest
from flint import fmpq, fmpz_poly

from linnet_exact.algebra.numbers.real_roots import Work, _root_bound, _sign
from linnet_exact.algebra.numbers.root_isolation import real_roots
from linnet_exact.errors import TooLargeError


def test_signs_near_a_root_and_at_it() -> None:
    f = fmpz_poly([-1, 3]) * fmpz_poly([2, 0, 1])
    third = fmpq(1, 3)
    for size in (4, 40, 400):
        tiny = fmpq(1, 10**size)
        found = [_sign(f, third + step, Work()) for step in (-tiny, fmpq(0), tiny)]
        assert found == [-1, 0, 1]


def test_no_root_is_beyond_the_bound_and_the_bound_is_not_far() -> None:
    """Twice the largest |a_(n - k) / a_n|^(1/k), and powers of two give away a factor of 8."""
    numbers = Random(4)
    cases = [[-1, 3], [4, 0, 1], [-3, 3, 4], [2**70, 2**40 - 1], [1, 0, 2**90], [5], [0, 0, 7]]
    for _ in range(200):
        sizes = [numbers.choice([3, 50, 10**6, 2**80]) for _ in range(numbers.randint(2, 7))]
        cases.append([numbers.randint(-size, size) for size in sizes] + [numbers.choice(sizes)])
    for f in cases:
        n, bound = len(f) - 1, _root_bound(fmpz_poly(f))
        bound = int(bound.p) / int(bound.q)
        ratios = [abs(f[n - k] / f[n]) ** (1 / k) for k in range(1, n + 1) if f[n - k]]
        assert all(abs(root) < bound for root in np.roots(f[::-1])), f
        assert bound <= 16 * max(ratios, default=1 / 4), f


def test_small_roots_are_found() -> None:
    for f in ([-3, 3, 4], [-1, 0, 3], [-1, 1, 10**6], [0, -1, 0, 2**70]):
        found = sorted(float(root.real) for root in real_roots(fmpz_poly(f), 64))
        expected = sorted(x.real for x in np.roots(f[::-1]) if abs(x.imag) < 1e-30)
        assert found == pytest.approx(expected)


def test_work_is_counted_by_terms_and_bits() -> None:
    work = Work(600)
    for _ in range(2):
        work.spend(fmpz_poly([1, 0, 1]), 100)
    with pytest.raises(TooLargeError, match="too close together"):
        work.spend(fmpz_poly([1]), 1)
