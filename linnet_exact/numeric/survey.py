"""Products along a chain: exact ranks beside floats, and distances to lower ranks."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np

from linnet_exact.algebra.ranks.blas_threads import one_blas_thread
from linnet_exact.algebra.ranks.chain import consecutive_products
from linnet_exact.arrays import Array
from linnet_exact.numeric.crosscheck import PRECISIONS
from linnet_exact.numeric.distance import Bounds, decimal_or_float
from linnet_exact.numeric.scaled_floats import nearest_doubles
from linnet_exact.numeric.smallest_singular_value import distance_to_lower_rank
from linnet_exact.numeric.svd_rank import low_svd_rank
from linnet_exact.weights import Weights

__all__ = ["ProductRanks", "product_ranks"]

_ONE_THREAD = 512  # widths up to which one BLAS thread is the fastest on busy cores


@dataclass(frozen=True)
class ProductRanks:
    """The rank of W_k ⋯ W_1, exactly and as `numpy.linalg.matrix_rank` has it in each precision.

    Attributes
    ----------
    factors : int
        The number k.
    shape : tuple of int
    exact : int
    by_svd : mapping
        From a precision to the rank there; None where numbers are larger than any of it.
    distance : tuple of Decimal, optional
        Bounds of the smallest singular value of exact rank; None for rank 0.
    """

    factors: int
    shape: tuple[int, int]
    exact: int
    by_svd: dict[str, int | None]
    distance: Bounds | None

    @property
    def agree(self) -> bool:
        """Whether every precision gives the exact rank."""
        return all(rank == self.exact for rank in self.by_svd.values())

    def to_jsonable(self) -> dict[str, Any]:
        """Return the columns of a row of ``survey`` that are about ranks.

        Examples
        --------
        >>> product_ranks(Weights([[[1, 2]]]), [1])[0].to_jsonable()["exact"]
        1
        """
        distance = self.distance
        return {
            "factors": self.factors,
            "shape": list(self.shape),
            "exact": self.exact,
            **self.by_svd,
            "distance": None if distance is None else decimal_or_float(distance),
            "distance_bounds": None if distance is None else [str(bound) for bound in distance],
            "agree": self.agree,
        }


def product_ranks(theta: Weights, ends: Sequence[int]) -> list[ProductRanks]:
    """Return the ranks of W_k ⋯ W_1 for the k asked for.

    Products of floats are formed in the precision named, W_k times W_{k−1} ⋯ W_1.

    Raises
    ------
    InputError
        If an entry is irrational.

    Examples
    --------
    >>> found = product_ranks(Weights([[[1, 0], [0, 2.0**-14]]] * 2), [1, 2])
    >>> [(each.exact, each.by_svd["float32"]) for each in found]
    [(2, 2), (2, 1)]
    """
    ranks = theta.rank_list
    doubles = [nearest_doubles(matrix) for matrix in theta.matrices]
    product = consecutive_products(theta.matrices, lambda after, before: after @ before)
    found = []
    with one_blas_thread() if max(theta.network.widths) <= _ONE_THREAD else nullcontext():
        tables = [_products(doubles, precision) for precision in PRECISIONS]
        for k, products in enumerate(zip(*tables, strict=True), start=1):
            if k not in ends:
                continue
            exact = ranks.r(k, 0)
            by_svd = {
                precision: low_svd_rank(product, exact).rank
                for precision, product in zip(PRECISIONS, products, strict=True)
            }
            distance = distance_to_lower_rank(theta.matrices[:k], exact, product)
            shape = (theta.matrices[k - 1].nrows, theta.matrices[0].ncols)
            found.append(ProductRanks(k, shape, exact, by_svd, distance))
    return found


def _products(doubles: Sequence[Array], precision: str) -> Iterator[Array]:
    with np.errstate(all="ignore"):  # overflow and underflow are what is looked for
        factors = [double.astype(precision) for double in doubles]
        yield from accumulate(factors, lambda product, factor: factor @ product)
