"""Why a rank by SVD is not the exact one, in words."""

from math import log2, log10

from linnet_exact.numeric.svd_rank import SvdRank

__all__ = ["explanation"]


def explanation(exact: int, found: SvdRank, underflowed: int, rounding_bits: float) -> str:
    """Say which singular values were lost, or which rounding noise was taken for rank.

    Parameters
    ----------
    underflowed : int
        How many entries of the product are too small for the precision.
    rounding_bits : float
        The binary logarithm of the size that rounding errors may have.

    Examples
    --------
    >>> noisy = SvdRank(2, 1e-16, (1.0, 2e-16))
    >>> explanation(1, noisy, 0, -53)
    '1 too many: 2e-16, the 2nd singular value, is rounding noise above the tolerance 1e-16'
    """
    if found.rank is None:
        return "no SVD: its numbers are larger than any of this precision"
    if found.rank > exact:
        values = _values(found, exact, found.rank)
        return (
            f"{found.rank - exact} too many: {values} rounding noise above the tolerance "
            f"{found.tolerance:.4g}"
        )
    values = _values(found, found.rank, exact)
    text = f"{exact - found.rank} lost: {values} not above the tolerance {found.tolerance:.4g}"
    if underflowed:
        return f"{text}; {underflowed} entries underflowed"
    smallest = found.singular_values[exact - 1]
    if rounding_bits > (log2(smallest) if smallest else float("-inf")):
        return f"{text}; rounding errors, about {_power_of_two(rounding_bits)}, hide such values"
    return text


def _power_of_two(bits: float) -> str:
    """Write 2^bits with one digit, also where no float holds it."""
    exponent = bits * log10(2)
    return f"{2.0**bits:.1g}" if abs(exponent) < 300 else f"1e{round(exponent):+d}"


def _values(found: SvdRank, start: int, stop: int) -> str:
    """Name the singular values from one place, counted from 0, to before another."""
    first, last = found.singular_values[start], found.singular_values[stop - 1]
    if stop - start == 1:
        return f"{first:.4g}, the {_ordinal(stop)} singular value, is"
    return f"{first:.4g} to {last:.4g}, singular values {start + 1} to {stop}, are"


def _ordinal(n: int) -> str:
    if 10 < n % 100 < 20:
        return f"{n}th"
    return f"{n}" + {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
