"""Signs at rational points and bounds on roots, which bisection rests on."""

from fractions import Fraction
from math import prod
from random import Random

import numpy as np
import pytest
from flint import fmpq, fmpz_poly
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra.numbers.real_roots import (
    Bracket,
    Work,
    _bits_known,
    _cut,
    _exponent,
    _newton,
    _root_bound,
    _sign,
    brackets,
    narrowed,
)
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


positive = st.fractions(min_value=Fraction(1, 2**70), max_value=2**70, max_denominator=2**70)


def rational(number: Fraction) -> fmpq:
    return fmpq(number.numerator, number.denominator)


@given(positive, positive)
def test_sizes_in_bits(number: Fraction, step: Fraction) -> None:
    """Exponents and the bits that are known of a root may miss by one or two, not by more."""
    assert Fraction(2) ** (_exponent(rational(number)) - 1) < number
    assert number < Fraction(2) ** (_exponent(rational(number)) + 1)
    for low, high in ((number, number + step), (-number - step, -number), (-number, step)):
        size = max(abs(low), abs(high))
        known = _bits_known(Bracket(rational(low), rational(high), 1))
        ratio = size / (high - low)
        assert known >= 0
        assert ratio < Fraction(2) ** (known + 1)
        assert known == 0 or Fraction(2) ** (known - 3) < ratio
    assert _bits_known(Bracket(fmpq(7, 64), fmpq(7, 64), 1)) == 7


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_root_next_to_an_end_is_pursued_by_ever_larger_cuts(mirrored: bool) -> None:
    """Exactly: parts of 1/2, 1/4, 1/16, ... are left, and one too many is taken back."""
    root = fmpq(1, 2**20) - fmpq(1, 2**25)
    if mirrored:
        root = 1 - root
    f = fmpz_poly([-int(root.p), int(root.q)])
    bracket, cut, widths, cuts = Bracket(fmpq(0), fmpq(1), -1), 1, [], []
    for _ in range(7):
        bracket, cut = _cut(f, bracket, cut, Work())
        assert bracket.low <= root <= bracket.high
        assert bracket.sign == -1
        widths.append(bracket.high - bracket.low)
        cuts.append(cut)
    parts = [2, 4, 16, 2**8]
    expected = [fmpq(1, prod(parts[: k + 1])) for k in range(4)]
    if mirrored:
        assert cuts[:4] == [-2, -4, -8, -16]
    else:
        assert cuts[:4] == [2, 4, 8, 16]
    assert widths[:4] == expected
    assert widths[4] == expected[-1] * (1 - fmpq(1, 2**16))  # it was not in that part
    assert cuts[4:5] == [1]
    assert widths[5] == widths[4] / 2


def test_an_interval_around_zero_is_cut_there() -> None:
    f = fmpz_poly([-1, 4])
    assert _cut(f, Bracket(fmpq(-7), fmpq(1), -1), 8, Work())[0] == Bracket(fmpq(0), fmpq(1), -1)
    assert _cut(f, Bracket(fmpq(-7), fmpq(1, 8) + 1, -1), 1, Work())[0].low == 0
    assert _cut(-f, Bracket(fmpq(0), fmpq(1, 2), 1), 1, Work()) == (
        Bracket(fmpq(1, 4), fmpq(1, 4), 1),
        1,
    )


@pytest.mark.parametrize("text", [[-2, 0, 1], [-1, 2**400, 0, 5], [1, -3, 0, 1], [-(3**200), 0, 7]])
def test_intervals_shrink_fast_and_never_lose_the_root(text: list[int]) -> None:
    """By Newton's method the correct bits double: a thousand take few steps."""
    f = fmpz_poly(text)
    for start in brackets(f, Work()):
        previous, count = start, 0
        for step in narrowed(f, start, Work()):
            assert previous.low <= step.low <= step.high <= previous.high
            assert f(step.low) * step.sign >= 0 >= f(step.high) * step.sign
            assert step.sign == start.sign
            count += 1
            if (step.high - step.low) * 2**1000 < abs(step.high):
                break
            previous = step
        assert count < 40


def test_newton_leaves_alone_what_it_cannot_tell() -> None:
    f = fmpz_poly([-2, 0, 1])
    around = Bracket(fmpq(-1), fmpq(3), 1)  # the slope has its root in there
    assert _newton(f, f.derivative(), around, 64) is around
    found = _newton(f, f.derivative(), Bracket(fmpq(1), fmpq(2), -1), 64)
    assert fmpq(1) < found.low < found.high < fmpq(2)
    assert found.low**2 < 2 < found.high**2
    assert found.sign == -1


def test_linear_polynomials_and_constants() -> None:
    assert brackets(fmpz_poly([5]), Work()) == []
    assert brackets(fmpz_poly([-3, 2]), Work()) == [Bracket(fmpq(3, 2), fmpq(3, 2), -1)]
    assert brackets(fmpz_poly([-3, -2]), Work()) == [Bracket(fmpq(-3, 2), fmpq(-3, 2), 1)]


def test_a_turning_point_is_told_from_a_root() -> None:
    """The slope has the roots 0 and 2/3, where the polynomial is small but not 0."""
    for shift in (1, 10**40):
        f = shift * fmpz_poly([0, 0, -1, 1]) - 1
        found = brackets(f, Work())
        assert len(found) == 1
        assert f(found[0].low) * f(found[0].high) < 0
