"""Roots of irreducible polynomials as SymPy expressions."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flint import acb, arb, fmpz_poly

if TYPE_CHECKING:
    import sympy

__all__ = ["root_to_sympy"]


def root_to_sympy(
    polynomial: fmpz_poly, index: int | None, enclose: Callable[[int], acb]
) -> "sympy.Expr":
    """Return the SymPy expression of a root of an irreducible polynomial.

    Parameters
    ----------
    index : int or None
        How many real roots are smaller than a real one; None for a root that is not real.
    enclose : callable
        A ball around the root with about as many correct bits as it is called with.

    Examples
    --------
    >>> root_to_sympy(fmpz_poly([1, 0, 1]), None, lambda bits: acb(0, -1))
    -I
    >>> root_to_sympy(fmpz_poly([-1, -1, 0, 1]), 0, lambda bits: acb(1.3))
    CRootOf(x**3 - x - 1, 0)
    """
    import sympy

    coefficients = [sympy.Integer(int(c)) for c in reversed(polynomial.coeffs())]
    equation = sympy.Poly(coefficients, sympy.Symbol("x"))
    if index is not None:
        return sympy.rootof(equation, index)
    if polynomial.degree() == 2:
        leading, linear, constant = coefficients
        root = sympy.sqrt(4 * leading * constant - linear**2) * sympy.I
        sign = 1 if enclose(64).imag > 0 else -1
        return (-linear + sign * root) / (2 * leading)
    roots = [sympy.CRootOf(equation, i) for i in range(polynomial.degree())]
    bits = 32
    while True:  # until only one of SymPy's rational approximations is near enough
        ball, error = enclose(bits), sympy.Rational(1, 2 ** (bits // 2))
        near = [root for root in roots if not root.is_real and _may_be(root, ball, error)]
        if len(near) == 1:
            return near[0]
        bits *= 2


def _may_be(root: "sympy.CRootOf", ball: acb, error: "sympy.Rational") -> bool:
    parts = root.eval_rational(error, error).as_real_imag()
    return all(
        abs(part - _exact(side.mid())) <= error + _exact(side.rad())
        for part, side in zip(parts, (ball.real, ball.imag), strict=True)
    )


def _exact(point: arb) -> "sympy.Rational":
    import sympy

    mantissa, exponent = point.man_exp()
    return sympy.Integer(int(mantissa)) * sympy.Integer(2) ** int(exponent)
