"""Subsequence matrices formed in floating point, with what was lost on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np

    Array: TypeAlias = np.ndarray[Any, Any]

__all__ = ["FloatProduct", "float_products"]


@dataclass(frozen=True)
class FloatProduct:
    """W_{k~i} as floating point forms it.

    Attributes
    ----------
    matrix : ndarray
    underflowed : int
        How many of its entries became zero or subnormal because they are too small for the
        precision, and not by cancellation.
    rounding : float
        A size that the rounding errors of the entries of W_j and of forming the product can easily
        have: the machine epsilon times ‖W_k‖ ⋯ ‖W_{i+1}‖. 0 for a matrix that is stored exactly.
    """

    matrix: "Array"
    underflowed: int
    rounding: float


def float_products(
    doubles: Sequence["Array"], precision: str
) -> dict[tuple[int, int], FloatProduct]:
    """Return W_{k~i} for all k ≥ i, formed in a precision from W_1, …, W_L in float64.

    Examples
    --------
    >>> import numpy as np
    >>> product = float_products([np.array([[1e-30]])] * 2, "float32")[2, 0]
    >>> float(product.matrix[0, 0]), product.underflowed
    (0.0, 1)
    """
    import numpy as np

    epsilon, tiny = float(np.finfo(precision).eps), float(np.finfo(precision).tiny)
    norms = [float(np.linalg.norm(double, 2)) for double in doubles]
    with np.errstate(all="ignore"):  # overflow and underflow are what is looked for
        factors = [double.astype(precision) for double in doubles]
        exact = [bool((f == d).all()) for f, d in zip(factors, doubles, strict=True)]
        table = {}
        for i, width in enumerate([doubles[0].shape[1], *(len(double) for double in doubles)]):
            product = np.eye(width, dtype=precision)
            # The same product as clean times 2^exponent, which does not run out of exponents.
            clean, exponent, size = np.eye(width), 0, 1.0
            table[i, i] = FloatProduct(product, 0, 0.0)
            for j in range(i, len(doubles)):
                product = factors[j] @ product
                factor, exponent = _scaled(doubles[j], exponent)
                clean, exponent = _scaled(factor @ clean, exponent)
                true_size = np.log2(abs(clean)) + exponent
                lost = (abs(product) < tiny) & (clean != 0) & (true_size < np.log2(tiny))
                size *= norms[j]
                stored = j == i and exact[j]
                table[j + 1, i] = FloatProduct(
                    product, int(lost.sum()), 0.0 if stored else epsilon * size
                )
    return table


def _scaled(matrix: "Array", exponent: int) -> tuple["Array", int]:
    """Take out the power of two that leaves the largest entry between 1/2 and 1."""
    import numpy as np

    power = int(np.frexp(abs(matrix).max())[1])
    return np.ldexp(matrix, -power), exponent + power
