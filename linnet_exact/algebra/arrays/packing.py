"""Entries of integer matrices in bulk, as NumPy reads them.

FLINT hands out entries one by one, each as an object. Here each row is multiplied by the powers of
2^w into long integers, from whose bytes NumPy reads all of the row (Kronecker substitution).
This is right if all entries have fewer than w bits, which FLINT tells by comparing them with balls.
Microseconds for 128 x 128 entries of 10, 20 and 40 bits: 750, 950 and 1500, one by one 2700.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from flint import arb, arb_mat, fmpz, fmpz_mat

if TYPE_CHECKING:
    import numpy as np

__all__ = ["nearest_dyadic_doubles", "packed_entries"]

Doubles: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"

WIDTHS = (8, 16, 32, 64)

BITS = 4096
"""Of the long integers: of longer ones, each entry would move more bits than its own."""

LEAST, MOST, LONGEST = 64, 1 << 18, 1 << 10
"""Between these numbers of entries this is faster, and the balls take little memory; longer rows,
if columns are not shorter, have too many zeros among the powers."""

LEAST_EXPONENT = 960
"""Numerators of at least 1 over a power of two up to this one are normal numbers of float64."""


def packed_entries(numbers: fmpz_mat) -> "np.ndarray[Any, np.dtype[np.int64]] | None":
    """Return the entries, m x n, or None if some do not fit a word or this is not the faster way.

    Examples
    --------
    >>> packed_entries(fmpz_mat(8, 8, range(-32, 32)))[0].tolist()
    [-32, -31, -30, -29, -28, -27, -26, -25]
    >>> packed_entries(fmpz_mat(8, 8, [2**63] * 64))
    """
    nrows, ncols = numbers.nrows(), numbers.ncols()
    if not LEAST <= nrows * ncols <= MOST or min(nrows, ncols) > LONGEST:
        return None
    if ncols > LONGEST:
        transposed = packed_entries(numbers.transpose())
        return None if transposed is None else transposed.T
    some = max(int(numbers[i, i]).bit_length() for i in range(min(nrows, ncols)))
    for width in WIDTHS:
        if some < width and _balls(nrows, ncols, width).contains(numbers):
            return _unpacked(numbers, width)
    return None


@lru_cache(maxsize=2)
def _balls(nrows: int, ncols: int, width: int) -> arb_mat:
    """Return balls that hold nearly all numbers of fewer than w bits, and no others."""
    radius = (1 << (width - 1)) - (1 << (width - 8))  # radii are rounded up to 30 bits
    return arb_mat(nrows, 1, [arb(0, radius)] * nrows) * arb_mat(1, ncols, [1] * ncols)


@lru_cache(maxsize=8)
def _powers(ncols: int, width: int) -> tuple[fmpz_mat, int]:
    """Return the powers of 2^w for some columns after the others, and how many these are."""
    together = min(ncols, BITS // width)
    flat = [0] * (ncols * -(-ncols // together))
    for j in range(ncols):
        flat[j * -(-ncols // together) + j // together] = 1 << (width * (j % together))
    return fmpz_mat(ncols, -(-ncols // together), flat), together


def nearest_dyadic_doubles(numbers: fmpz_mat, denominator: fmpz) -> "Doubles | None":
    """Return the nearest float64 of the entries over a power of two, each rounded once.

    None if the denominator is another, if some entry is no normal number of float64, or as for
    `packed_entries`, with words of 85 bits.

    Examples
    --------
    >>> nearest_dyadic_doubles(fmpz_mat(8, 8, range(64)), fmpz(4))[0, :3].tolist()
    [0.0, 0.25, 0.5]
    """
    import numpy as np

    shift = int(denominator).bit_length() - 1
    if denominator != 1 << shift or shift > LEAST_EXPONENT:
        return None
    entries = packed_entries(numbers)
    if entries is not None:
        nearest: Doubles = np.ldexp(entries.astype(np.float64), -shift)
        return nearest
    nrows, ncols = numbers.nrows(), numbers.ncols()
    if not LEAST <= nrows * ncols <= MOST or ncols > LONGEST:
        return None
    if not _balls(nrows, ncols, 86).contains(numbers):
        return None
    limbs = np.frombuffer(_bytes(numbers, 96), "<u4").reshape(nrows, -1, 3)[:, :ncols]
    top = (limbs[:, :, 2] ^ (1 << 31)).view("<i4").astype(np.int64)
    high = (top << 32) + limbs[:, :, 1]  # below 2^53, so that only the sum is rounded
    doubles: Doubles = np.ldexp(high.astype(np.float64) * 2.0**32 + limbs[:, :, 0], -shift)
    return doubles


def _unpacked(numbers: fmpz_mat, width: int) -> "np.ndarray[Any, np.dtype[np.int64]]":
    import numpy as np

    # x + 2^(w-1), with the highest bit changed, is x in two's complement.
    shifted = np.frombuffer(_bytes(numbers, width), f"<u{width // 8}") ^ (1 << (width - 1))
    entries = shifted.view(f"<i{width // 8}").reshape(numbers.nrows(), -1)
    return entries[:, : numbers.ncols()].astype(np.int64)


def _bytes(numbers: fmpz_mat, width: int) -> bytes:
    """Return x + 2^(w-1) for each entry in w bits, the last byte first; some more end a row."""
    powers, together = _powers(numbers.ncols(), width)
    half = ((1 << (together * width)) - 1) // ((1 << width) - 1) << (width - 1)
    length = together * width // 8
    packs = (numbers * powers).entries()
    return b"".join([(int(pack) + half).to_bytes(length, "little") for pack in packs])
