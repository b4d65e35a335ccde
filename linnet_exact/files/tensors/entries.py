"""The types of entries that models have, and the exact values of those that NumPy lacks."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linnet_exact.arrays import Array

__all__ = ["STORED", "itemsize", "real_numbers"]

STORED = {
    "float64": "<f8", "float32": "<f4", "float16": "<f2", "bfloat16": "<u2",
    "float8_e4m3fn": "|u1", "float8_e5m2": "|u1",
    "int64": "<i8", "int32": "<i4", "int16": "<i2", "int8": "|i1",
    "uint64": "<u8", "uint32": "<u4", "uint16": "<u2", "uint8": "|u1", "bool": "|u1",
}  # fmt: skip
"""How the entries of each type that is read lie in a file, as NumPy types."""


def itemsize(kind: str) -> int:
    """Return the bytes of an entry of a type in `STORED`.

    Examples
    --------
    >>> itemsize("bfloat16")
    2
    """
    return int(STORED[kind][-1])


def real_numbers(stored: "Array", kind: str) -> "Array":
    """Return the numbers that stored entries are, in a NumPy type that holds them exactly.

    Parameters
    ----------
    stored : array
        Of the type ``STORED[kind]``; for bfloat16 and float8 its entries are their bits.
    kind : str

    Examples
    --------
    The largest number of each type, and one that is none:

    >>> import numpy as np
    >>> real_numbers(np.array([0x7F7F], "<u2"), "bfloat16")
    array([3.3895314e+38], dtype=float32)
    >>> real_numbers(np.array([0x7E, 0x7F], "u1"), "float8_e4m3fn")
    array([448.,  nan], dtype=float32)
    >>> real_numbers(np.array([0x7B, 0x7C], "u1"), "float8_e5m2")
    array([5.734e+04,       inf], dtype=float16)
    """
    import numpy as np

    if kind == "bfloat16":  # the upper half of a float32
        return (stored.astype(np.uint32) << 16).view(np.float32)
    if kind == "float8_e5m2":  # the upper half of a float16
        return (stored.astype(np.uint16) << 8).view(np.float16)
    if kind == "float8_e4m3fn":
        return np.take(_all_float8_e4m3fn(), stored)
    return np.asarray(stored != 0, np.uint8) if kind == "bool" else stored


@cache
def _all_float8_e4m3fn() -> "Array":
    """Return the number that each byte is: a sign, 4 bits of exponent, 3 bits of fraction.

    There is no infinity, and all ones are not a number (Micikevicius et al., FP8 formats for deep
    learning, table 1, https://arxiv.org/abs/2209.05433).
    """
    import numpy as np

    bits = np.arange(256)
    exponent, fraction = bits >> 3 & 15, bits & 7
    significand = np.where(exponent > 0, 8 + fraction, fraction)
    numbers = np.ldexp(significand.astype(np.float32), np.maximum(exponent, 1) - 10)
    numbers = np.where(bits & 127 == 127, np.float32("nan"), numbers)
    numbers[128:] *= -1
    return numbers
