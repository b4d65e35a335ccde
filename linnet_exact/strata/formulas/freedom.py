"""How many independent moves of each kind there are at a point, from the barcode alone.

Weight space is the direct sum of five subspaces, one for each kind of moves. For an ordered pair
of bars, from P = [h, k] to Q = [i, l], there are n slots: the layers j with j − 1 in P and j in Q.
The pair is rising if h < i and k < l, and through if h = 0 and l = L. If it is neither, all n
slots are one-matrix moves that stay on the stratum. Otherwise their n − 1 differences are
two-matrix moves that stay, and one more direction leaves: it changes the product if the pair is
through, and else it is a connecting move (k + 1 = i) or a swapping move (i ≤ k) to a higher
stratum of the fiber. The freedom of a kind is its number of independent directions (Bhattacharya
and Shewchuk, UCB/EECS-2022-92; Shewchuk and Bhattacharya, arXiv 2404.14855).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias, get_args

from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.interval import Interval

__all__ = [
    "EFFECTS",
    "FORMULAS",
    "KINDS",
    "Freedom",
    "MoveKind",
    "PairFreedom",
    "freedom",
    "freedom_of_pairs",
    "slots_of",
]

MoveKind: TypeAlias = Literal["one-matrix", "two-matrix", "connecting", "swapping", "through"]
KINDS: tuple[MoveKind, ...] = get_args(MoveKind)

FORMULAS: dict[MoveKind, str] = {
    "one-matrix": "Σ_j of Σ ω_kh ω_li over h < j ≤ k+1, i ≤ j ≤ l, neither h < i, k < l nor "
    "h = 0, l = L",
    "two-matrix": "Σ_0<j<L of Σ ω_kh ω_li over h < j ≤ k, i ≤ j < l, with h < i, k < l or "
    "h = 0, l = L",
    "connecting": "Σ ω_kh ω_li over k+1 = i, not h = 0, l = L",
    "swapping": "Σ ω_kh ω_li over h < i ≤ k < l, not h = 0, l = L",
    "through": "Σ ω_k0 ω_Li over i ≤ k+1",
}
"""The count of each kind as a quadratic form in the multiplicities of [h, k] and [i, l]."""

EFFECTS: dict[MoveKind, str] = {
    "one-matrix": "stays on the stratum",
    "two-matrix": "stays on the stratum",
    "connecting": "raises ranks, in the fiber",
    "swapping": "raises ranks, in the fiber",
    "through": "changes the product",
}


class PairFreedom(NamedTuple):
    """What one ordered pair of strands contributes, and how many such pairs there are.

    Attributes
    ----------
    source, target : Interval
    layers : range
        The layers j of its slots.
    tangent : str
        The kind of its moves that stay on the stratum.
    leaving : str or None
        The kind of the one direction that leaves; None if all slots stay.
    pairs : int
        The product of the multiplicities.
    """

    source: Interval
    target: Interval
    layers: range
    tangent: MoveKind
    leaving: MoveKind | None
    pairs: int


@dataclass(frozen=True)
class Freedom:
    """The number of independent moves of each kind at the points of a stratum.

    Examples
    --------
    >>> found = freedom(Barcode.parse("0-0,0-2,1-1:2,2-2"))
    >>> found.counts
    {'one-matrix': 4, 'two-matrix': 1, 'connecting': 4, 'swapping': 0, 'through': 3}
    >>> found.weight_dimension, found.stratum, found.null_space, found.row_space
    (12, 5, 9, 3)
    """

    one_matrix: int
    two_matrix: int
    connecting: int
    swapping: int
    through: int

    @property
    def counts(self) -> dict[MoveKind, int]:
        """The counts by the names of the kinds."""
        numbers = (
            self.one_matrix,
            self.two_matrix,
            self.connecting,
            self.swapping,
            self.through,
        )
        return dict(zip(KINDS, numbers, strict=True))

    @property
    def weight_dimension(self) -> int:
        """d_θ: moves of all kinds."""
        return self.null_space + self.row_space

    @property
    def stratum(self) -> int:
        """dim S: the moves that stay on the stratum."""
        return self.one_matrix + self.two_matrix

    @property
    def null_space(self) -> int:
        """dim null dμ: the moves that keep the product."""
        return self.stratum + self.connecting + self.swapping

    @property
    def row_space(self) -> int:
        """rk dμ: the moves that change the product."""
        return self.through


def freedom(barcode: Barcode) -> Freedom:
    """Return the number of independent moves of each kind at a point with this barcode.

    Examples
    --------
    >>> freedom(Barcode.parse("0-1,1-2")).counts
    {'one-matrix': 2, 'two-matrix': 1, 'connecting': 0, 'swapping': 0, 'through': 1}
    """
    counts: dict[MoveKind, int] = dict.fromkeys(KINDS, 0)
    for pair in freedom_of_pairs(barcode):
        counts[pair.tangent] += pair.pairs * (len(pair.layers) - (pair.leaving is not None))
        if pair.leaving is not None:
            counts[pair.leaving] += pair.pairs
    return Freedom(*counts.values())


def freedom_of_pairs(barcode: Barcode) -> Iterator[PairFreedom]:
    """Yield every ordered pair of bars that has a slot, by source and then by target.

    Examples
    --------
    >>> [(str(p.source), str(p.target), p.leaving) for p in
    ...  freedom_of_pairs(Barcode.parse("0-0,1-1:2,2-2"))]
    [('0-0', '1-1', 'connecting'), ('1-1', '2-2', 'connecting')]
    """
    depth = barcode.depth
    for source, sources in barcode.items():
        for target, targets in barcode.items():
            layers = slots_of(source, target)
            if not layers:
                continue
            leaving: MoveKind | None = None
            if source.start == 0 and target.end == depth:
                leaving = "through"
            elif source.start < target.start and source.end < target.end:
                leaving = "connecting" if target.start == source.end + 1 else "swapping"
            stays: MoveKind = "two-matrix" if leaving else "one-matrix"
            yield PairFreedom(source, target, layers, stays, leaving, sources * targets)


def slots_of(source: Interval, target: Interval) -> range:
    """Return the layers j with j − 1 in the bar `source` and j in the bar `target`.

    Examples
    --------
    >>> slots_of(Interval(0, 1), Interval(1, 2)), slots_of(Interval(1, 1), Interval(0, 0))
    (range(1, 3), range(2, 1))
    """
    return range(max(target.start, source.start + 1), min(source.end + 1, target.end) + 1)
