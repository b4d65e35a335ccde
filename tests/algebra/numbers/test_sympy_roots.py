"""Roots that are not real, as SymPy writes them: the one that the enclosure holds."""

import pytest
from flint import acb, ctx, fmpz_poly

from linnet_exact.algebra.numbers.sympy_roots import root_to_sympy

POLYNOMIALS = [[5, -2, 3], [7, 4, 2], [2, 0, 0, 5], [10**8, 1, 1]]


@pytest.mark.parametrize("coefficients", POLYNOMIALS)
def test_every_root_that_is_not_real(coefficients: list[int]) -> None:
    polynomial = fmpz_poly(coefficients)
    for place in range(polynomial.degree()):

        def enclose(bits: int, place: int = place) -> acb:
            with ctx.workprec(bits + 8):
                return polynomial.complex_roots()[place][0]

        with ctx.workprec(100):
            root = enclose(92)
            if root.imag.contains(0):
                continue
            expected = complex(root)
        found = complex(root_to_sympy(polynomial, None, enclose).evalf(30))
        assert found == pytest.approx(expected, rel=1e-12)
