"""Exact ranks beside those that an SVD gives in float64 and float32, and why they differ."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from linnet_exact.above import above
from linnet_exact.algebra.ranks.blas_threads import one_blas_thread
from linnet_exact.arguments import as_boolean, as_number
from linnet_exact.arrays import Array
from linnet_exact.errors import InputError
from linnet_exact.notebook import ROWS, data_frame, html_table
from linnet_exact.numeric.explanation import explanation
from linnet_exact.numeric.float_products import Losses, core, float_products
from linnet_exact.numeric.scaled_floats import nearest_doubles
from linnet_exact.numeric.svd_rank import SvdRank, identity_rank, low_svd_rank, svd_rank
from linnet_exact.strata import RankList
from linnet_exact.weights import Weights

__all__ = ["PRECISIONS", "Comparison", "Crosscheck", "crosscheck"]

PRECISIONS = ("float64", "float32")

_ONE_THREAD = 512  # widths up to which one BLAS thread is the fastest on busy cores


@dataclass(frozen=True)
class Comparison:
    """One subsequence matrix W_{k~i}: its exact rank, and its rank by SVD in each precision."""

    k: int
    i: int
    shape: tuple[int, int]
    exact: int
    by_svd: Mapping[str, SvdRank]
    explanations: Mapping[str, str]

    @property
    def agree(self) -> bool:
        """Whether every precision gives the exact rank."""
        return all(found.rank == self.exact for found in self.by_svd.values())

    def to_jsonable(self) -> dict[str, Any]:
        """Return a row of what ``crosscheck`` prints; unmarked singular values are of float64."""
        double, single = (self.by_svd[precision] for precision in PRECISIONS)
        return {
            "k": self.k,
            "i": self.i,
            "exact": self.exact,
            "float64": double.rank,
            "float32": single.rank,
            "smallest_kept": double.smallest_kept,
            "largest_dropped": double.largest_dropped,
            "gap": double.gap,
            "float32_smallest_kept": single.smallest_kept,
            "float32_largest_dropped": single.largest_dropped,
            "float32_gap": single.gap,
            "agree": self.agree,
        }


@dataclass(frozen=True)
class Crosscheck:
    """The comparisons for all k ≥ i, in the order of `RankList`.

    Examples
    --------
    >>> from linnet_exact import Weights
    >>> found = Weights([[[1, 2], [2, 4]]]).crosscheck()
    >>> found.agree
    True
    """

    comparisons: tuple[Comparison, ...]

    @property
    def agree(self) -> bool:
        """Whether every rank by SVD is the exact one."""
        return all(comparison.agree for comparison in self.comparisons)

    @cached_property
    def invalid(self) -> dict[str, str]:
        """For each precision whose ranks no weights can have: the inequality that they break.

        Examples
        --------
        >>> from linnet_exact import Weights
        >>> W = [[1, 0], [0, 2.0**-40]]
        >>> crosscheck(Weights([W, W, W])).invalid["float64"].partition(": ")[2]
        'omega(1, 1) = r(1,1) - r(1,0) - r(2,1) + r(2,0) = 2 - 2 - 2 + 1 = -1 < 0'
        """
        broken = {}
        for precision in PRECISIONS:
            ranks = {(c.k, c.i): c.by_svd[precision].rank for c in self.comparisons}
            known = {at: rank for at, rank in ranks.items() if rank is not None}
            if len(known) == len(ranks):
                try:
                    RankList(known)
                except InputError as error:
                    broken[precision] = str(error)
        return broken

    def to_frame(self) -> Any:
        """Return a pandas data frame with a row for each pair of layers k ≥ i.

        Raises
        ------
        MissingExtraError
            If pandas is not installed.

        Examples
        --------
        >>> from linnet_exact import Weights
        >>> list(crosscheck(Weights([[[1, 2]]])).to_frame()["exact"])
        [2, 1, 1]
        """
        return data_frame([comparison.to_jsonable() for comparison in self.comparisons])

    def plot(self, ax: Any = None) -> Any:
        """Draw the singular values in float64 on Matplotlib axes, new ones unless given.

        Raises
        ------
        MissingExtraError
            If Matplotlib is not installed.

        Examples
        --------
        >>> from linnet_exact import Weights
        >>> crosscheck(Weights([[[1, 2]]])).plot().get_yscale()
        'log'
        """
        return above("plot_spectra")(self, ax)

    def __str__(self) -> str:
        lines = ["k  i  exact  float64  float32"]
        for c in self.comparisons[:ROWS]:
            ranks = "  ".join(str(c.by_svd[precision].rank).rjust(7) for precision in PRECISIONS)
            lines.append(f"{c.k}  {c.i}  {c.exact:5}  {ranks}{'' if c.agree else '  differs'}")
        if len(self.comparisons) > ROWS:
            lines.append(f"… {len(self.comparisons) - ROWS} more")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return html_table(
            "exact ranks beside ranks by SVD: " + ("all agree" if self.agree else "some differ"),
            ["k", "i", "exact", *PRECISIONS, "why"],
            [
                [c.k, c.i, c.exact, *(c.by_svd[p].rank for p in PRECISIONS), _why(c)]
                for c in self.comparisons[:ROWS]
            ],
            more=len(self.comparisons) - ROWS,
        )

    def to_jsonable(self) -> dict[str, Any]:
        """Return what the command ``crosscheck`` prints.

        Examples
        --------
        >>> from linnet_exact import Weights
        >>> crosscheck(Weights([[[1, 2]]])).to_jsonable()["agree"]
        True
        """
        return {
            "rows": [comparison.to_jsonable() for comparison in self.comparisons],
            "agree": self.agree,
            "invalid": self.invalid,
            "explanations": [
                {"k": c.k, "i": c.i, "precision": precision, "text": text}
                for c in self.comparisons
                for precision, text in c.explanations.items()
            ],
        }


def _why(comparison: Comparison) -> str:
    return "; ".join(f"{name}: {text}" for name, text in comparison.explanations.items())


def crosscheck(
    theta: Weights, rtol: float | None = None, spectra: bool = True, cores: bool = False
) -> Crosscheck:
    """Compare the exact rank list of θ with ranks by SVD in float64 and float32.

    Products are formed in the precision named, W_k times W_{k−1~i}, as one would form them: the
    ranks are those of `numpy.linalg.matrix_rank`. A product that holds numbers larger than any of
    the precision has no rank there.

    Parameters
    ----------
    rtol : float, optional
        Relative tolerance for singular values; by default that of `numpy.linalg.matrix_rank`.
    spectra : bool
        Whether all singular values are wanted. Without them, a product of low exact rank is
        decomposed inside its range only, where that decides its rank; see `low_svd_rank`.
    cores : bool
        Whether the SVDs are, instead, of small `core` matrices, as wide as the narrowest layer on
        the way. They ask the same question, with less rounding, and tell nothing of the product.

    Raises
    ------
    InputError
        If an entry is irrational and the field has no real embedding.

    Examples
    --------
    >>> from linnet_exact import Weights
    >>> found = crosscheck(Weights([[[1, 0], [0, 2.0**-30]]]))
    >>> found.agree, found.comparisons[1].by_svd["float32"].rank
    (False, 1)
    >>> found.comparisons[1].explanations["float32"]
    '1 lost: 9.313e-10, the 2nd singular value, is not above the tolerance 2.384e-07'
    """
    theta = Weights.of(theta)
    spectra, cores = as_boolean(spectra, "spectra"), as_boolean(cores, "cores")
    if rtol is not None:
        rtol = as_number(rtol, "rtol")
    with one_blas_thread() if max(theta.network.widths) <= _ONE_THREAD else nullcontext():
        return _compare(theta, rtol, spectra, cores)


def _compare(theta: Weights, rtol: float | None, spectra: bool, cores: bool) -> Crosscheck:
    ranks = theta.rank_list
    doubles = [nearest_doubles(matrix) for matrix in theta.matrices]
    tables = {precision: float_products(doubles, precision) for precision in PRECISIONS}

    def by_svd(precision: str, k: int, i: int) -> SvdRank:
        table = tables[precision]
        if k == i:
            return identity_rank(ranks.widths[i], precision, rtol)
        if cores:
            return svd_rank(core(table, ranks.widths, k, i), rtol)
        return (
            svd_rank(table[k, i], rtol) if spectra else low_svd_rank(table[k, i], ranks[k, i], rtol)
        )

    found = {at: {precision: by_svd(precision, *at) for precision in PRECISIONS} for at in ranks}
    singles = {j: found[j + 1, j]["float64"].singular_values for j in range(ranks.depth)}
    losses = Losses(theta.matrices, {j: values[0] for j, values in singles.items() if values})
    return Crosscheck(
        tuple(
            Comparison(
                k,
                i,
                (ranks.widths[k], ranks.widths[i]),
                exact,
                found[k, i],
                {
                    precision: _explanation(exact, svd, tables[precision], k, i, losses)
                    for precision, svd in found[k, i].items()
                    if svd.rank != exact
                },
            )
            for (k, i), exact in ranks.items()
        )
    )


def _explanation(
    exact: int,
    found: SvdRank,
    products: Mapping[tuple[int, int], Array],
    k: int,
    i: int,
    losses: Losses,
) -> str:
    if k == i or found.rank is None or found.rank > exact:
        return explanation(exact, found, 0, float("-inf"))
    product = products[k, i]
    underflowed = losses.underflowed(product, k, i)
    return explanation(exact, found, underflowed, losses.rounding_bits(product.dtype.name, k, i))
