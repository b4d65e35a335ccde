"""Binary floats as integers over a power of two."""

from typing import TYPE_CHECKING, Any

from flint import fmpz_mat

from linnet_exact.errors import InputError

if TYPE_CHECKING:
    import numpy as np

__all__ = ["float_coefficients"]

LIMB = 60
"""Bits of integers that FLINT reads thirty times as fast as longer ones."""


def float_coefficients(array: "np.ndarray[Any, Any]") -> tuple[tuple[fmpz_mat], int]:
    """Take binary floats apart into odd integers times powers of two, all entries at once.

    Returns
    -------
    coefficients, denominator
        In lowest terms.

    Raises
    ------
    InputError
        If an entry is not finite; the message gives its row and column, counted from 1.

    Examples
    --------
    >>> import numpy as np
    >>> float_coefficients(np.array([[0.5, 3.0]]))
    (([1, 6],), 2)
    """
    import numpy as np

    bad = np.argwhere(~np.isfinite(array))
    if len(bad):
        row, column = bad[0].tolist()
        value = array[row, column]
        raise InputError(
            f"row {row + 1}, column {column + 1}: expected a finite number, not {value}"
        )
    mantissas, exponents = np.frexp(array.astype(np.float64))
    integers = np.ldexp(mantissas, 53).astype(np.int64)
    # Without taking common twos out, 1.0 would be 2^52 over 2^52.
    twos = np.frexp((integers & -integers).astype(np.float64))[1] - 1
    twos[integers == 0] = 0
    shifts = np.where(integers == 0, 0, exponents - 53 + twos)
    least = min(int(shifts.min(initial=0)), 0)
    return (_shifted(integers >> twos, shifts - least),), 1 << -least


def _shifted(integers: "np.ndarray[Any, Any]", shifts: "np.ndarray[Any, Any]") -> fmpz_mat:
    """Return the matrix of n 2^s for n of up to 53 bits."""
    import numpy as np

    nrows, ncols = integers.shape

    def matrix(numbers: "np.ndarray[Any, Any]") -> fmpz_mat:
        return fmpz_mat(nrows, ncols, numbers.ravel().tolist())

    if int(shifts.max(initial=0)) > LIMB:
        return matrix(integers.astype(object) << shifts)
    high = integers >> (LIMB - shifts)
    moved = integers.astype(np.uint64) << shifts.astype(np.uint64)  # modulo 2^64
    if np.isin(high, (0, -1)).all():
        return matrix(moved.view(np.int64))
    return matrix(high) * (1 << LIMB) + matrix(moved & ((1 << LIMB) - 1))
