"""The rank that an SVD in floating point gives, with the singular values that decided it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from linnet_exact.arrays import Array

__all__ = ["SvdRank", "identity_rank", "low_svd_rank", "svd_rank"]

_EXTRA = 8  # columns of a random sketch beyond the rank
_STEPS = 2  # of the power iteration for the noise


@dataclass(frozen=True)
class SvdRank:
    """The number of singular values above a tolerance.

    Attributes
    ----------
    rank : int or None
        None if there is no SVD, because an entry or a singular value overflowed.
    tolerance : float
    singular_values : tuple of float
        In decreasing order: all of them or, from `low_svd_rank`, those that count and the next one.
    complete : bool
        Whether these are all.
    """

    rank: int | None
    tolerance: float
    singular_values: tuple[float, ...]
    complete: bool = True

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


def svd_rank(matrix: Array, rtol: float | None = None) -> SvdRank:
    """Return the rank of a matrix as `numpy.linalg.matrix_rank` finds it, in its own precision.

    Parameters
    ----------
    rtol : float, optional
        Singular values up to this times the largest one are dropped. By default it is NumPy's: the
        larger dimension times the machine epsilon of the precision.

    Examples
    --------
    >>> found = svd_rank(np.diag([1.0, 1e-20]))
    >>> found.rank, found.smallest_kept, found.largest_dropped
    (1, 1.0, 1e-20)
    """
    finite = np.isfinite(matrix).all()
    with np.errstate(over="ignore"):
        values = np.linalg.svd(matrix, compute_uv=False) if finite else matrix.ravel()
    if not np.isfinite(values).all():
        return SvdRank(None, float("nan"), ())
    return _ranked(values, matrix.shape, rtol)


def identity_rank(size: int, precision: str, rtol: float | None = None) -> SvdRank:
    """Return what `svd_rank` finds for an identity matrix, whose singular values are known.

    Examples
    --------
    >>> identity_rank(2, "float64", 1e-3)
    SvdRank(rank=2, tolerance=0.001, singular_values=(1.0, 1.0), complete=True)
    """
    return _ranked(np.ones(size, dtype=precision), (size, size), rtol)


def low_svd_rank(matrix: Array, expected: int, rtol: float | None = None) -> SvdRank:
    """Return what `svd_rank` finds for a matrix of which the exact rank is known to be low.

    Its range is sketched by random vectors, a few more than the rank (N. Halko, P. G. Martinsson
    and J. A. Tropp, SIAM Review 53, 2011), and the SVD is that of the small core inside. The rank
    is taken from it only if what lies outside the range and the rounding errors of an SVD, up to a
    quarter of NumPy's tolerance, cannot move a singular value of `matrix` over the tolerance;
    otherwise the SVD is that of the whole matrix.

    Parameters
    ----------
    expected : int
        The exact rank.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> product = rng.standard_normal((90, 5)) @ rng.standard_normal((5, 80))
    >>> low_svd_rank(product, 5).rank, low_svd_rank(product, 5).complete
    (5, False)
    """
    size, limits = expected + _EXTRA, np.finfo(matrix.dtype)
    if 3 * size > min(matrix.shape) or not _is_in_range(matrix):
        return svd_rank(matrix, rtol)
    double = matrix.astype(np.float64, copy=False)
    basis = np.linalg.qr(double @ _random(matrix.shape[1], size))[0]
    core = basis.T @ double
    # The core is R'Q' for the triangular factor R of its transpose: a small matrix, and as good.
    left, values = np.linalg.svd(np.linalg.qr(core.T).R.T)[:2]
    rest = basis @ core
    rest -= double
    outside = float(np.linalg.norm(rest))
    found = _ranked(values.astype(matrix.dtype), matrix.shape, rtol)
    rank, margin = found.rank or 0, values[0] * max(matrix.shape) * float(limits.eps) / 4
    if not 0 < rank < size or not (
        values[rank - 1] > found.tolerance + margin
        and np.hypot(values[rank], outside) < found.tolerance - margin
    ):
        return svd_rank(matrix, rtol)
    shown = found.singular_values[: max(expected, rank + 1)]
    if rank >= expected:
        noise = _norm_beyond(double, basis @ left[:, :rank])
        shown = (*shown[:rank], float(matrix.dtype.type(noise)))
    return SvdRank(rank, found.tolerance, shown, complete=False)


def _is_in_range(matrix: Array) -> bool:
    """Whether singular values are floats of the precision, and their squares floats at all."""
    limits, doubles = np.finfo(matrix.dtype), np.finfo(np.float64)
    largest = float(abs(matrix).max(initial=0.0))
    most = min(float(limits.max) / matrix.size, float(doubles.max) ** 0.25)
    return bool(float(limits.tiny) ** 0.25 < largest < most)


@lru_cache(maxsize=4)
def _random(rows: int, columns: int) -> Array:
    return np.random.default_rng(0).standard_normal((rows, columns))


def _ranked(values: Array, shape: tuple[int, ...], rtol: float | None) -> SvdRank:
    if rtol is None:
        rtol = max(shape) * float(np.finfo(values.dtype).eps)
    tolerance = values[0] * values.dtype.type(rtol)
    return SvdRank(int((values > tolerance).sum()), float(tolerance), tuple(values.tolist()))


def _norm_beyond(matrix: Array, left: Array) -> float:
    """Estimate the norm of a matrix on what is orthogonal to some columns, by power iteration."""
    vectors, norm = _random(matrix.shape[0], 4), 0.0
    for _ in range(_STEPS):
        basis = vectors
        for _ in range(2):  # what cancels the first time leaves rounding errors, which may be all
            basis = np.linalg.qr(basis - left @ (left.T @ basis))[0]
        images = matrix.T @ basis
        norm = float(np.linalg.norm(images, 2))
        vectors = matrix @ images
    return norm
