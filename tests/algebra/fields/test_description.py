"""The decimal by which a real root is found again: near enough, and no longer than it takes."""

from fractions import Fraction
from itertools import count

import pytest
from mpmath import mp, mpf, polyroots

from linnet_exact.algebra import NumberField, field_from_jsonable
from linnet_exact.algebra.numbers.polynomial_text import format_polynomial

POLYNOMIALS = [
    [-2, 0, 1],
    [1, -3, 0, 1],
    [2 * 10**7 - 1, -9 * 10**3, 1],
    [10**12 - 2, -2 * 10**6, 10**6],
    [10**14 - 2, -2 * 10**14, 10**14],
    [10**36 - 2, -2 * 10**36, 10**36],
    [-2, 0, 10**14],
    [-(10**8) - 1, 0, 1],
    [-3, 2],
]


def real_roots(coefficients: list[int]) -> list[Fraction]:
    """To more than 100 digits."""
    with mp.workdps(150):
        roots = polyroots([mpf(c) for c in reversed(coefficients)], maxsteps=500, extraprec=3000)
        exact = [int(mp.nint(root.real * mpf(10) ** 120)) for root in roots if not root.imag]
    return sorted(Fraction(n, 10**120) for n in exact)


@pytest.mark.parametrize("coefficients", POLYNOMIALS, ids=str)
def test_four_digits_or_eight_or_sixteen(coefficients: list[int]) -> None:
    roots = real_roots(coefficients)
    for root in roots:
        field = NumberField(coefficients, near=root)
        for digits in (4 * 2**k for k in count()):
            near = Fraction((root * 10**digits + Fraction(1, 2)).__floor__(), 10**digits)
            if all(abs(near - root) < abs(near - other) for other in roots if other != root):
                break
        described = field.to_jsonable()
        assert Fraction(described["near"]) == near
        assert not described["near"].endswith("0") or "." not in described["near"]
        assert field_from_jsonable(described) == field
        text = format_polynomial(field.modulus, "x", descending=True)
        assert repr(field) == f"NumberField({text!r}, near={described['near']!r})"
