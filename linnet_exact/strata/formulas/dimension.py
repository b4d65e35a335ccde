"""Dimensions of orbits, strata and tangent spaces of the fiber, from the barcode alone.

Formulas: J. R. Shewchuk and S. Bhattacharya, The Geometry of the Set of Equivalent Linear Neural
Networks, arXiv 2404.14855; the codimension of an orbit is the classical dim Ext¹ of the
representation with itself (Artin–Voigt).
"""

from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.excess import Excess
from linnet_exact.strata.values.interval import ext
from linnet_exact.strata.values.network import Network
from linnet_exact.strata.values.rank_list import RankList

__all__ = [
    "open_dimension",
    "orbit_codimension",
    "product_variety_dimension",
    "rank_of_differential_by_bars",
    "rank_of_differential_by_ranks",
    "stratum_dimension",
    "tangent_dimension_of_fiber",
]


def orbit_codimension(barcode: Barcode) -> int:
    """Return the codimension, in weight space, of the set of all weights with this barcode.

    It is Σ ω_kh ω_li over the pairs of bars [h, k], [i, l] with h < i ≤ k + 1 ≤ l.

    Examples
    --------
    >>> orbit_codimension(Barcode.parse("0-0:2,1-1:3"))
    6
    """
    bars = list(barcode.items())
    return sum(a * b for lower, a in bars for upper, b in bars if ext(lower, upper))


def product_variety_dimension(network: Network, rank: int) -> int:
    """Return the dimension r(d_0 + d_L − r) of the variety of d_L × d_0 matrices of rank r.

    Examples
    --------
    >>> product_variety_dimension(Network(2, 3, 2), 1)
    3
    """
    return rank * (network.widths[0] + network.widths[-1] - rank)


def open_dimension(excess: Excess) -> int:
    """Return the dimension of a stratum of the fiber whose orbit is open in weight space.

    There may be none, but a stratum has this dimension less the codimension of its orbit.

    Examples
    --------
    >>> open_dimension(Excess(Network(2, 3, 2), 1))
    9
    """
    network, rank = excess
    return network.weight_dimension - product_variety_dimension(network, rank)


def stratum_dimension(barcode: Barcode) -> int:
    """Return the dimension of the stratum of the fiber: the points over one fixed product matrix.

    It is dim weight space − r(d_0 + d_L − r) − codim of the orbit.

    Examples
    --------
    >>> stratum_dimension(Barcode.parse("0-0,0-2,1-1:2,2-2"))
    5
    """
    return open_dimension(Excess(barcode.network, barcode.rank)) - orbit_codimension(barcode)


def rank_of_differential_by_bars(barcode: Barcode) -> int:
    """Return rk dμ(θ) of the product map μ at a point with this barcode, from the bars.

    It is Σ ω_k0 ω_Li over i ≤ k + 1: bars from the input paired with bars to the output.

    Examples
    --------
    >>> rank_of_differential_by_bars(Barcode.parse("0-0,0-2,1-1:2,2-2"))
    3
    """
    bars, depth = list(barcode.items()), barcode.depth
    from_input = [(bar.end, count) for bar, count in bars if bar.start == 0]
    to_output = [(bar.start, count) for bar, count in bars if bar.end == depth]
    return sum(a * b for k, a in from_input for i, b in to_output if i <= k + 1)


def rank_of_differential_by_ranks(ranks: RankList) -> int:
    """Return rk dμ(θ) of the product map μ at a point with these ranks.

    It is Σ r_L~j r_j−1~0 over 1 ≤ j ≤ L, minus Σ r_L~j r_j~0 over 0 < j < L.

    Examples
    --------
    >>> rank_of_differential_by_ranks(Barcode.parse("0-0,0-2,1-1:2,2-2").rank_list)
    3
    """
    depth = ranks.depth
    slots = sum(ranks.r(depth, j) * ranks.r(j - 1, 0) for j in range(1, depth + 1))
    return slots - sum(ranks.r(depth, j) * ranks.r(j, 0) for j in range(1, depth))


def tangent_dimension_of_fiber(barcode: Barcode) -> int:
    """Return dim null dμ(θ), the dimension of the Zariski tangent space of the fiber at θ.

    Examples
    --------
    >>> tangent_dimension_of_fiber(Barcode.parse("0-0,0-2,1-1:2,2-2"))
    9
    """
    return barcode.network.weight_dimension - rank_of_differential_by_bars(barcode)
