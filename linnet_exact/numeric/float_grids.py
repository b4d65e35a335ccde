"""Weights on a stratum whose entries are floats: flags and coordinates on grids coarse enough.

Weights F_j U_j F_{j−1}^{-1} respect exact flags whatever U_j is rounded to; their entries are
floats if the grids of the flags and of U_j have few enough digits together. Grids of the flags are
tried from coarse to fine, each with the finest grid of every U_j that still gives floats.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np

from linnet_exact.algebra import Matrix
from linnet_exact.numeric.flags import Flag
from linnet_exact.numeric.rational_flags import FlagCoordinates, flag_coordinates
from linnet_exact.numeric.scaled_floats import ScaledFloats, nearest_doubles

__all__ = ["DIGITS", "are_floats", "float_candidates"]

DIGITS = {"float32": 24, "float64": 53}
"""Binary digits of the floats of each precision."""


def are_floats(matrix: Matrix, precision: str) -> bool:
    """Return whether every entry is a float of the precision.

    Examples
    --------
    >>> are_floats(Matrix([["1/4", 3]]), "float32"), are_floats(Matrix([["1/3"]]), "float64")
    (True, False)
    """
    with np.errstate(over="ignore"):
        rounded = nearest_doubles(matrix).astype(precision)
    return bool(np.isfinite(rounded).all()) and Matrix(rounded) == matrix


def float_candidates(
    matrices: Sequence[Matrix],
    floats: Sequence[ScaledFloats],
    flags: Sequence[Flag],
    precision: str,
) -> Iterator[list[Matrix]]:
    """Yield matrices of floats that respect flags close to the given ones.

    Parameters
    ----------
    matrices : sequence of Matrix
        W_1, …, W_L. One that the flags leave alone stays as it is, if its entries are floats.
    floats : sequence of ScaledFloats
        The same.

    Examples
    --------
    >>> flag = {0: np.array([[0.6], [-0.8]]), 1: np.array([[0.8], [0.6]])}
    >>> found = float_candidates([Matrix([[4, 3]])], [ScaledFloats(np.array([[4.0, 3.0]]), 0)],
    ...                          [flag, {1: np.eye(1)}], "float32")
    >>> Matrix([[4, 3]]) in [matrix for matrix, in found]
    True
    """
    digits = DIGITS[precision]
    stay = [
        _leave_alone(before, after) and are_floats(matrix, precision)
        for matrix, before, after in zip(matrices, flags[:-1], flags[1:], strict=True)
    ]
    for bits in range(2, digits, digits // 13):
        near = flag_coordinates(floats, flags, 2**bits)
        for raised in (0.0, float(max(matrix.ncols for matrix in matrices))):
            found = [
                matrix if kept else _finest(near, j, floats[j].exponent, raised, precision)
                for j, (matrix, kept) in enumerate(zip(matrices, stay, strict=True))
            ]
            whole = [matrix for matrix in found if matrix is not None]
            if len(whole) == len(found):
                yield whole


def _leave_alone(before: Flag, after: Flag) -> bool:
    """Whether every matrix respects two flags: no block has to be zero."""
    ends = [[e for e, basis in flag.items() if basis.shape[1]] for flag in (before, after)]
    return max(ends[1]) <= min(ends[0])


def _finest(
    near: FlagCoordinates, j: int, exponent: int, raised: float, precision: str
) -> Matrix | None:
    """Return W_{j+1} on the finest grid that gives floats; None if none does."""
    part = FlagCoordinates(near.flags[j : j + 2], near.coordinates[j : j + 1])
    grids = range(DIGITS[precision] + 2)

    def too_fine(fine: int) -> bool:
        return not are_floats(part.rounded([exponent - fine], raised)[0], precision)

    fine = bisect_left(grids, True, key=too_fine) - 1
    return part.rounded([exponent - fine], raised)[0] if fine >= 0 else None
