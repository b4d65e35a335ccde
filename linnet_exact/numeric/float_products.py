"""Subsequence matrices formed in floating point, and what was lost on the way."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import log2

import numpy as np

from linnet_exact.algebra import Matrix
from linnet_exact.arrays import Array
from linnet_exact.numeric.scaled_floats import ScaledFloats, nearest_doubles, scaled_floats

__all__ = ["Losses", "core", "float_products"]


def float_products(doubles: Sequence[Array], precision: str) -> dict[tuple[int, int], Array]:
    """Return W_{k~i} for all k > i, formed in a precision from W_1, …, W_L in float64.

    Products are formed as one would form them, W_k times W_{k−1~i}.

    Examples
    --------
    >>> product = float_products([np.array([[1e-30]])] * 2, "float32")[2, 0]
    >>> float(product[0, 0])
    0.0
    """
    table = {}
    with np.errstate(all="ignore"):  # overflow and underflow are what is looked for
        factors = [double.astype(precision) for double in doubles]
        for i, factor in enumerate(factors):
            table[i + 1, i] = product = factor
            for j in range(i + 1, len(factors)):
                table[j + 1, i] = product = factors[j] @ product
    return table


def core(products: Mapping[tuple[int, int], Array], widths: Sequence[int], k: int, i: int) -> Array:
    """Return a small matrix with the singular values of W_{k~i}, which need not be formed.

    The parts W_{k~m} = Q R and W_{m~i} = (Q' R')ᵀ meet at the narrowest layer m; the core is R R'ᵀ.
    If the narrowest layer is an end, it is W_{k~i} itself.

    Examples
    --------
    >>> products = {(1, 0): np.array([[3.0, 4.0]]), (2, 1): np.array([[1.0], [0.0]])}
    >>> abs(core(products, [2, 1, 2], 2, 0)).round(3).tolist()
    [[5.0]]
    """
    middle = min(range(i, k + 1), key=lambda j: (widths[j], i < j < k))
    if middle in (i, k):
        return products[k, i]
    left, right = products[k, middle], products[middle, i].T
    if not (np.isfinite(left).all() and np.isfinite(right).all()):
        return products[k, i]
    with np.errstate(all="ignore"):
        upper, lower = (np.linalg.qr(part, mode="reduced").R for part in (left, right))
    found: Array = upper @ lower.T
    return found


class Losses:
    """What forming products in a precision loses, by products that do not run out of exponents.

    Parameters
    ----------
    matrices : sequence of Matrix
        W_1, …, W_L, whatever the size of their entries.
    norms : mapping
        From j − 1 to ‖W_j‖, where it is known.
    """

    def __init__(self, matrices: Sequence[Matrix], norms: Mapping[int, float]) -> None:
        self._matrices = matrices
        self._norms = norms

    def underflowed(self, product: Array, k: int, i: int) -> int:
        """Return how many entries of W_{k~i} became zero or subnormal because they are too small.

        Those that cancel do not count.

        Examples
        --------
        >>> losses = Losses([Matrix([["1e-30"]])] * 2, {})
        >>> losses.underflowed(np.zeros((1, 1), dtype="float32"), 2, 0)
        1
        """
        tiny = float(np.finfo(product.dtype).tiny)
        small = abs(product) < tiny
        if not small.any():
            return 0
        true, exponent = self._factors[i]
        for factor in self._factors[i + 1 : k]:
            true = factor.array @ true
            power = int(np.frexp(abs(true).max())[1])
            true, exponent = np.ldexp(true, -power), exponent + factor.exponent + power
        with np.errstate(divide="ignore"):
            true_size = np.log2(abs(true)) + exponent
        return int((small & (true != 0) & (true_size < np.log2(tiny))).sum())

    def rounding_bits(self, precision: str, k: int, i: int) -> float:
        """Return the binary logarithm of a size that rounding errors of W_{k~i} can easily have.

        It is the machine epsilon times ‖W_k‖ ⋯ ‖W_{i+1}‖, for the errors of the entries of W_j and
        of forming the product; −∞ for a matrix that is stored exactly.

        Examples
        --------
        >>> losses = Losses([Matrix([[8]]), Matrix([["1/3"]])], {0: 8.0})
        >>> [round(losses.rounding_bits("float32", *at), 1) for at in ((2, 0), (1, 0), (2, 1))]
        [-21.6, -inf, -24.6]
        """
        if k == i + 1 and self._is_stored(i, precision):
            return float("-inf")
        return float(np.log2(np.finfo(precision).eps)) + sum(self._norm_bits[i:k])

    def _is_stored(self, i: int, precision: str) -> bool:
        with np.errstate(over="ignore"):
            rounded = nearest_doubles(self._matrices[i]).astype(precision)
        return bool(np.isfinite(rounded).all()) and Matrix(rounded) == self._matrices[i]

    @cached_property
    def _factors(self) -> list[ScaledFloats]:
        return [scaled_floats(matrix) for matrix in self._matrices]

    @cached_property
    def _norm_bits(self) -> list[float]:
        return [self._norm_bits_of(i) for i in range(len(self._matrices))]

    def _norm_bits_of(self, i: int) -> float:
        if self._norms.get(i):
            return log2(self._norms[i])
        array, exponent = self._factors[i]
        norm = float(np.linalg.norm(array, 2))
        return log2(norm) + exponent if norm else float("-inf")
