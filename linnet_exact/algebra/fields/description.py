"""Writing the description of a number field in files, under the key ``"field"``."""

from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING, Any

from flint import ctx, fmpq, fmpz

from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.algebra.numbers.root_isolation import FIRST_PRECISION, real_roots
from linnet_exact.errors import InputError

if TYPE_CHECKING:
    from linnet_exact.algebra.fields.number_field import NumberField

__all__ = ["decimal_near", "describe_field"]


def describe_field(field: "NumberField") -> dict[str, Any]:
    """Return the JSON description of a number field.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> describe_field(NumberField([1, 0, 1], generator="i"))
    {'generator': 'i', 'minimal_polynomial': ['1', '0', '1']}
    """
    description = {
        "generator": field.generator,
        "minimal_polynomial": [str(c) for c in field.integer_polynomial.coeffs()],
    }
    return description if field.root is None else {**description, "near": decimal_near(field)}


def decimal_near(field: "NumberField") -> str:
    """Return a short decimal to which the real embedding is the nearest real root.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> decimal_near(NumberField("1000*sqrt(2)"))
    '1414.2136'
    """
    if field.root is None:
        raise InputError(f"{field!r} has no real embedding")
    for places in (4 * 2**k for k in count()):
        digits = (field.gen * 10**places + Fraction(1, 2)).__floor__()
        if _chooses(field.root, Fraction(digits, 10**places)):
            return _decimal(digits, places)
    raise AssertionError


def _chooses(root: AlgebraicNumber, near: Fraction) -> bool:
    """Return whether near lies between the midpoints to the neighbours; False if it is too close.

    Twice the bits of near are enough for all but the unlucky, which get more digits.
    """
    twice = fmpq(2 * near.numerator, near.denominator)
    bits = FIRST_PRECISION + 2 * int(twice.height_bits())
    roots = [ball.real for ball in real_roots(root.polynomial, bits)]
    at = root.root_index()
    with ctx.workprec(bits):
        below = [roots[at - 1] + roots[at]] if at else []
        above = [roots[at] + roots[at + 1]] if at + 1 < len(roots) else []
        return all(bound < twice for bound in below) and all(bound > twice for bound in above)


def _decimal(digits: int, places: int) -> str:
    text = str(fmpz(abs(digits))).rjust(places + 1, "0")
    whole, decimals = text[:-places], text[-places:].rstrip("0")
    return ("-" if digits < 0 else "") + whole + (f".{decimals}" if decimals else "")
