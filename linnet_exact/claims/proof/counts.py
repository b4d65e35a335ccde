"""The number of moves of each kind as quadratic forms, proved like the dimension theorem.

From exact ranks of a block: all n slots tangent means n one-matrix moves; one slot fewer means
n − 1 two-matrix moves, and a direction that leaves the stratum. It changes the product if dμ is
not 0 on the block; else it connects if the two bars share no layer, and swaps if they do. The
formulas they are compared with are in ranks and multiplicities of one layer at a time.
"""

from collections.abc import Callable
from itertools import product

from linnet_exact.claims.proof.blocks import BlockRanks
from linnet_exact.claims.proof.ring import Form, Identity, Ring, quadratic_form
from linnet_exact.strata import Interval
from linnet_exact.strata.formulas.freedom import KINDS, MoveKind

__all__ = ["differential_by_ranks", "identities_of_counts", "kinds_in_block"]

Pair = tuple[Interval, Interval]

_STATEMENTS: dict[MoveKind, tuple[str, str]] = {
    "one-matrix": (
        "Σ_j (d_j d_j−1 − r_L~j r_j−1~0 − Σ ω_kh ω_li over h < i ≤ j ≤ k+1 ≤ l, not h=0, l=L)",
        r"\sum_{j=1}^{L} \Bigl( d_j d_{j-1} - r_{L\sim j} r_{j-1\sim 0} "
        r"- \sum_{h<i\le j\le k+1\le l,\ (h,l)\ne(0,L)} \omega_{kh}\omega_{li} \Bigr)",
    ),
    "two-matrix": (
        "Σ_0<j<L (r_L~j r_j~0 + Σ ω_kh ω_li over h < i ≤ j ≤ k < l, not h=0, l=L)",
        r"\sum_{0<j<L} \Bigl( r_{L\sim j} r_{j\sim 0} "
        r"+ \sum_{h<i\le j\le k<l,\ (h,l)\ne(0,L)} \omega_{kh}\omega_{li} \Bigr)",
    ),
    "connecting": (
        "Σ_j (d_j−1 − rk W_j)(d_j − rk W_j) − Σ_j (r_j−1~0 − r_j~0)(r_L~j − r_L~j−1)",
        r"\sum_{j=1}^{L} \bigl( (d_{j-1} - r_{j\sim j-1})(d_j - r_{j\sim j-1}) "
        r"- (r_{j-1\sim 0} - r_{j\sim 0})(r_{L\sim j} - r_{L\sim j-1}) \bigr)",
    ),
    "swapping": (
        "Σ ω_kh ω_li over h < i ≤ k < l, not h=0, l=L",
        r"\sum_{h<i\le k<l,\ (h,l)\ne(0,L)} \omega_{kh}\omega_{li}",
    ),
    "through": (
        "Σ_j r_L~j r_j−1~0 − Σ_j r_L~j r_j~0",
        r"\sum_{j=1}^{L} r_{L\sim j} r_{j-1\sim 0} - \sum_{j=1}^{L-1} r_{L\sim j} r_{j\sim 0}",
    ),
}


def kinds_in_block(pair: Pair, ranks: BlockRanks) -> dict[MoveKind, int]:
    """Return how many moves of each kind a block has, from its exact ranks alone.

    Examples
    --------
    >>> kinds_in_block((Interval(0, 0), Interval(1, 1)), BlockRanks(1, 0, 0))["connecting"]
    1
    """
    source, target = pair
    counts: dict[MoveKind, int] = dict.fromkeys(KINDS, 0)
    counts["one-matrix" if ranks.tangent == ranks.slots else "two-matrix"] = ranks.tangent
    kept = ranks.slots - ranks.differential - ranks.tangent  # in null dμ, but leave the stratum
    counts["swapping" if target.start <= source.end else "connecting"] = kept
    counts["through"] = ranks.differential
    return counts


def identities_of_counts(ring: Ring, blocks: dict[Pair, BlockRanks]) -> tuple[Identity, ...]:
    """Return, for each kind of moves, its count by blocks beside its formula.

    Examples
    --------
    >>> from linnet_exact.claims.proof.theorem import prove
    >>> [identity.name for identity in prove(1).counts][:2]
    ['one-matrix moves', 'two-matrix moves']
    """
    found = {pair: kinds_in_block(pair, ranks) for pair, ranks in blocks.items()}
    formulas = {
        "one-matrix": _one_matrix,
        "two-matrix": _two_matrix,
        "connecting": _connecting,
        "swapping": lambda ring: _rising(ring, lambda i, k: i <= k),
        "through": differential_by_ranks,
    }
    return tuple(
        Identity(
            f"{kind} moves",
            f"#{kind} = {_STATEMENTS[kind][0]}",
            rf"\#\text{{{kind}}} = {_STATEMENTS[kind][1]}",
            quadratic_form(ring, {pair: counts[kind] for pair, counts in found.items()}),
            formulas[kind](ring),
        )
        for kind in KINDS
    )


def _rising(ring: Ring, chosen: Callable[[int, int], bool]) -> Form:
    """Return Σ ω_kh ω_li over h < i, k < l, not h = 0 and l = L, for the (i, k) that are chosen."""
    return quadratic_form(
        ring,
        {
            (p, q): 1
            for p, q in product(ring.bars, repeat=2)
            if p.start < q.start and p.end < q.end and chosen(q.start, p.end)
            if (p.start, q.end) != (0, ring.depth)
        },
    )


def _one_matrix(ring: Ring) -> Form:
    top, total = ring.depth, ring.weights()
    for j in range(1, top + 1):
        total -= ring.rank(top, j) * ring.rank(j - 1, 0)
        total -= _rising(ring, lambda i, k, j=j: i <= j <= k + 1)  # type: ignore[misc]
    return total


def _two_matrix(ring: Ring) -> Form:
    top, total = ring.depth, ring.zero
    for j in range(1, top):
        total += ring.rank(top, j) * ring.rank(j, 0)
        total += _rising(ring, lambda i, k, j=j: i <= j <= k)  # type: ignore[misc]
    return total


def _connecting(ring: Ring) -> Form:
    top, total = ring.depth, ring.zero
    for j in range(1, top + 1):
        rank = ring.rank(j, j - 1)
        total += (ring.width(j - 1) - rank) * (ring.width(j) - rank)
        ended = ring.rank(j - 1, 0) - ring.rank(j, 0)
        total -= ended * (ring.rank(top, j) - ring.rank(top, j - 1))
    return total


def differential_by_ranks(ring: Ring) -> Form:
    """Return rk dμ = Σ_j r_L~j r_j−1~0 − Σ_j r_L~j r_j~0.

    Examples
    --------
    >>> differential_by_ranks(Ring(1)) == Ring(1).weights()
    True
    """
    top = ring.depth
    slots = (ring.rank(top, j) * ring.rank(j - 1, 0) for j in range(1, top + 1))
    hidden = (ring.rank(top, j) * ring.rank(j, 0) for j in range(1, top))
    return sum(slots, ring.zero) - sum(hidden, ring.zero)
