"""The smallest singular value of exact rank: how far a matrix is from the next lower rank.

By Eckart and Young, σ_r is the distance of a matrix of rank r to the matrices of lower rank, in the
spectral and in the Frobenius norm. It is enclosed: no rounding can move it out of its bounds.
"""

from collections.abc import Callable, Sequence
from math import inf
from typing import TypeAlias

import numpy as np
from flint import arb, arb_mat, ctx

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.ranks.certified import basis_minor
from linnet_exact.algebra.ranks.chain import consecutive_products
from linnet_exact.arrays import Array
from linnet_exact.numeric.distance import Bounds
from linnet_exact.numeric.enclosures import decimals, enclosed
from linnet_exact.numeric.scaled_floats import nearest_doubles

__all__ = ["distance_to_lower_rank", "singular_value_bounds"]

Product: TypeAlias = Callable[[int, int], Matrix]

_LARGE = 96  # ranks from which floats with error bounds are tried before exact arithmetic
_TIGHT = 1e-4
_DIGITS = 10
_SQUARINGS, _FEW_SQUARINGS = 34, 20
_MOST_BITS = 1 << 14
_UNIT = 2.0**-53
_SAFE = 1.01  # for the rounding of the bounds themselves


def distance_to_lower_rank(
    factors: Sequence[Matrix], rank: int, product: Product | None = None
) -> Bounds | None:
    """Return decimal bounds for σ_r of the product W_k ⋯ W_1, or None if its rank r is 0.

    Parameters
    ----------
    factors : sequence of Matrix
        W_1, …, W_k, over Q.
    rank : int
        The exact rank of their product.
    product : function, optional
        (k, i) -> W_k ⋯ W_{i+1}, as `consecutive_products` remembers them from chain to chain.

    Examples
    --------
    >>> from decimal import Decimal
    >>> low, high = distance_to_lower_rank([Matrix([[3, 0], [0, "1/4"]])], 2)
    >>> low <= 1 / Decimal(4) <= high, high - low < Decimal("1e-9")
    (True, True)
    """
    if rank == 0:
        return None
    if rank >= _LARGE and len(factors) == 1:
        found = _by_floats(factors[0], rank)
        if found is not None:
            return found
    product = product or consecutive_products(factors, lambda after, before: after @ before)
    left, middle, right = _core(factors, rank, product)
    squarings = _SQUARINGS if rank < _LARGE else _FEW_SQUARINGS
    bits = 192
    while True:
        with ctx.workprec(bits):
            try:
                return _by_powers(left, middle, right, squarings)
            except (ZeroDivisionError, ValueError):
                if bits >= _MOST_BITS:
                    raise
        bits *= 2


def singular_value_bounds(matrix: Array, error: float = 0.0) -> tuple[Array, Array]:
    """Return lower and upper bounds for all singular values of what a float matrix stands for.

    An SVD U diag(s) Vᵀ is computed and then judged: by A. M. Ostrowski the singular values of
    U diag(s) Vᵀ are s times something between the extreme singular values of U and V, and by
    H. Weyl they move by no more than the norm of what is left. Sums of n products of floats have
    relative errors of at most n 2^-53 / (1 - n 2^-53), in whatever order they are added up
    (N. J. Higham, Accuracy and Stability of Numerical Algorithms, section 3.1).

    Parameters
    ----------
    error : float
        Bound on the Frobenius norm of the true matrix minus the given one.

    Examples
    --------
    >>> low, high = singular_value_bounds(np.diag([3.0, 0.25]))
    >>> bool((low <= [3, 0.25]).all() and (high >= [3, 0.25]).all()), float(max(high - low)) < 1e-13
    (True, True)
    """
    left, values, right = np.linalg.svd(matrix, full_matrices=False)
    count, tiny = len(values), 2.0**-1000 * matrix.size
    rest = np.linalg.norm(matrix - (left * values) @ right)
    sizes = np.linalg.norm(left * values) * np.linalg.norm(right)
    outside = _SAFE * float(rest + _relative(count + 3) * sizes + error + tiny)
    bent = [_defect(part) for part in (left.T, right)]
    if max(bent) >= 0.5 or not np.isfinite(outside):
        return np.zeros(count), np.full(count, inf)
    shrunk = float(np.sqrt((1 - bent[0]) * (1 - bent[1]))) * (1 - 4 * _UNIT)
    stretched = float(np.sqrt((1 + bent[0]) * (1 + bent[1]))) * (1 + 4 * _UNIT)
    low = np.maximum(values * shrunk * (1 - 4 * _UNIT) - outside, 0.0) * (1 - 4 * _UNIT)
    return low, (values * stretched * (1 + 4 * _UNIT) + outside) * (1 + 4 * _UNIT)


def _relative(count: int) -> float:
    return _SAFE * count * _UNIT / (1 - count * _UNIT)


def _defect(rows: Array) -> float:
    """Bound the norm of R Rᵀ − 1 for rows R that should be orthonormal."""
    size = float(np.linalg.norm(rows)) ** 2
    rest = float(np.linalg.norm(rows @ rows.T - np.eye(len(rows))))
    return _SAFE * (rest + _relative(rows.shape[1] + 2) * size)


def _by_floats(matrix: Matrix, rank: int) -> Bounds | None:
    """Return bounds from an SVD if they are tight."""
    doubles = nearest_doubles(matrix)
    largest = float(abs(doubles).max(initial=0.0))
    if not 2.0**-200 < largest < 2.0**200:
        return None
    rounding = _SAFE * _UNIT * float(np.linalg.norm(doubles)) + 2.0**-1000
    low, high = singular_value_bounds(doubles, rounding)
    at = rank - 1
    if not low[at] or high[at] - low[at] > _TIGHT * low[at]:
        return None
    return decimals(arb(low[at]), arb(high[at]), _DIGITS)


def _core(
    factors: Sequence[Matrix], rank: int, product: Product
) -> tuple[Matrix, Matrix | None, Matrix]:
    """Return C, B, R of full rank with the product equal to C B^-1 R; None for B = 1."""
    widths = [factors[0].ncols, *(factor.nrows for factor in factors)]
    narrow = next((m for m, width in enumerate(widths) if width == rank), None)
    depth = len(factors)
    if narrow is None:
        whole = product(depth, 0)
        minor = basis_minor(whole)
        rows, columns = list(minor.rows), list(minor.columns)
        return whole[:, columns], whole[rows, columns], whole[rows, :]
    one = Matrix.identity(rank)
    left = product(depth, narrow) if narrow < depth else one
    return left, None, product(narrow, 0) if narrow else one


def _by_powers(left: Matrix, middle: Matrix | None, right: Matrix, squarings: int) -> Bounds:
    """Enclose σ_r by the trace of a power of the inverse of what has the σ² as eigenvalues.

    The nonzero σ² of C B^-1 R are the eigenvalues of Cᵀ C B^-1 R Rᵀ B^-T, so those of its inverse
    N = Bᵀ (R Rᵀ)^-1 B (Cᵀ C)^-1 are positive, and the largest λ has λ^q <= tr N^q <= r λ^q.
    """
    inverse_left, inverse_right = enclosed(left.T @ left).inv(), enclosed(right @ right.T).inv()
    if middle is None:
        power = inverse_right * inverse_left
    else:
        power = enclosed(middle.T) * inverse_right * enclosed(middle) * inverse_left
    exponent = 0
    for _ in range(squarings):
        power, shift = _scaled(power)
        power, exponent = power * power, 2 * (exponent + shift)
    trace = power.trace()
    if not trace > 0 or trace.rel_accuracy_bits() < 40:
        raise ValueError("more bits are needed")
    q = arb(2) ** squarings
    high = ((exponent * arb(2).log() + trace.log()) / q).exp()
    low = high / (arb(len(right)).log() / q).exp()
    return decimals(1 / high.sqrt(), 1 / low.sqrt(), _DIGITS)


def _scaled(power: arb_mat) -> tuple[arb_mat, int]:
    """Divide by the power of two that is the size of the trace, and return its exponent."""
    trace = power.trace()
    if not trace > 0:
        raise ValueError("more bits are needed")
    mantissa, exponent = trace.mid().man_exp()
    shift = int(exponent) + int(mantissa).bit_length()
    return power * (arb(2) ** -shift), shift
