"""The real root of a polynomial that is nearest to a given rational number."""

from fractions import Fraction

from flint import acb, ctx, fmpq, fmpq_poly, fmpz_poly

from linnet_exact.algebra.numbers.root_isolation import FIRST_PRECISION, real_roots
from linnet_exact.errors import InputError

__all__ = ["nearest_real_root"]


def nearest_real_root(polynomial: fmpq_poly, near: Fraction) -> tuple[fmpz_poly, acb]:
    """Return the nearest real root: its minimal polynomial, and a ball that isolates it there.

    Raises
    ------
    InputError
        If the polynomial is constant, has no real root, or has two nearest ones.

    Examples
    --------
    >>> nearest_real_root(fmpq_poly([0, -2, 0, 1]), Fraction(1))[0]
    x^2 + (-2)
    """
    if polynomial.degree() < 1:
        raise InputError("expected a polynomial of degree at least 1, not a constant")
    centre = fmpq(near.numerator, near.denominator)
    factors = [factor for factor, _ in polynomial.numer().factor()[1]]
    # Roots centre + d and centre - d are the roots shared with the mirror image.
    mirrored = polynomial(fmpq_poly([2 * centre, -1]))
    bits = FIRST_PRECISION
    while True:
        nearest = _nearest_real_roots(factors, centre, bits)
        if not nearest:
            raise InputError("the polynomial has no real root")
        if len(nearest) == 1:
            return nearest[0]
        if len(nearest) == 2 and all(not mirrored % factor for factor, _ in nearest):
            raise InputError(f"two real roots are equally near to {near}; move near to one")
        bits *= 2


def _nearest_real_roots(
    factors: list[fmpz_poly], centre: fmpq, bits: int
) -> list[tuple[fmpz_poly, acb]]:
    """Return the real roots (factor, ball) that may, as far as these bits tell, be nearest."""
    reals = [(factor, ball) for factor in factors for ball in real_roots(factor, bits)]
    if not reals:
        return []
    with ctx.workprec(bits):
        distances = [abs(ball.real - centre) for _, ball in reals]
        bound = min((distance.upper() for distance in distances), key=lambda upper: upper.mid())
        return [
            real for real, distance in zip(reals, distances, strict=True) if not distance > bound
        ]
