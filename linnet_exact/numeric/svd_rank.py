"""The rank that an SVD in floating point gives, with the singular values that decided it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np

    Array: TypeAlias = np.ndarray[Any, Any]

__all__ = ["SvdRank", "svd_rank"]


@dataclass(frozen=True)
class SvdRank:
    """The number of singular values above a tolerance.

    Attributes
    ----------
    rank : int or None
        None if there is no SVD, because an entry or a singular value overflowed.
    tolerance : float
    singular_values : tuple of float
        In decreasing order.
    """

    rank: int | None
    tolerance: float
    singular_values: tuple[float, ...]

    @property
    def smallest_kept(self) -> float | None:
        """The smallest singular value that counts; None if none does."""
        return self.singular_values[self.rank - 1] if self.rank else None

    @property
    def largest_dropped(self) -> float | None:
        """The largest singular value that does not count; None if all do."""
        if self.rank is None or self.rank == len(self.singular_values):
            return None
        return self.singular_values[self.rank]

    @property
    def gap(self) -> float | None:
        """The smallest one kept over the largest one dropped; None if one of them is not there."""
        if not self.smallest_kept or not self.largest_dropped:
            return None
        gap = self.smallest_kept / self.largest_dropped
        return gap if gap < float("inf") else None


def svd_rank(matrix: "Array", rtol: float | None = None) -> SvdRank:
    """Return the rank of a matrix as `numpy.linalg.matrix_rank` finds it, in its own precision.

    Parameters
    ----------
    rtol : float, optional
        Singular values up to this times the largest one are dropped. By default it is NumPy's: the
        larger dimension times the machine epsilon of the precision.

    Examples
    --------
    >>> import numpy as np
    >>> found = svd_rank(np.diag([1.0, 1e-20]))
    >>> found.rank, found.smallest_kept, found.largest_dropped
    (1, 1.0, 1e-20)
    """
    import numpy as np

    finite = np.isfinite(matrix).all()
    with np.errstate(over="ignore"):
        values = np.linalg.svd(matrix, compute_uv=False) if finite else matrix.ravel()
    if not np.isfinite(values).all():
        return SvdRank(None, float("nan"), ())
    if rtol is None:
        rtol = max(matrix.shape) * float(np.finfo(matrix.dtype).eps)
    tolerance = values[0] * values.dtype.type(rtol)
    return SvdRank(int((values > tolerance).sum()), float(tolerance), tuple(values.tolist()))
