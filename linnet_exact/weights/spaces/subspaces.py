"""All flow subspaces and prebases at a point: the Fundamental Theorem of Linear Neural Networks.

As the four fundamental subspaces do for one matrix, A_{kji} and B_{kji} say what every product of
neighbouring matrices annihilates and reaches. Each is the direct sum of prebasis subspaces a_{ljh}
or b_{ljh}, one for each bar (Bhattacharya and Shewchuk, UCB/EECS-2022-92; Shewchuk and
Bhattacharya, arXiv 2404.14855).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement, product

from linnet_exact.algebra import Subspace
from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Interval
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.weights import Weights

__all__ = ["MAX_ENTRIES", "FlowSubspaces", "LayerSubspaces", "flow_subspaces", "prebasis_name"]

MAX_ENTRIES = 10_000_000
"""Most entries that the bases of all flow subspaces of a network may have."""


@dataclass(frozen=True)
class LayerSubspaces:
    """The subspaces of R^{d_j} for one triple L ≥ k ≥ j ≥ i ≥ 0.

    Attributes
    ----------
    k, j, i : int
    A : Subspace
        A_{kji} = null W_{k+1~j} ∩ col W_{j~i}: reached from layer i, annihilated by layer k + 1.
    B : Subspace
        B_{kji} = row W_{k~j} ∩ null (W_{j~i−1})ᵀ: the same of the transposed network.
    a, b : Subspace
        The prebasis subspaces a_{kji} and b_{kji} of the bar [i, k]; their dimension is ω_{ki}.
    """

    k: int
    j: int
    i: int
    A: Subspace
    B: Subspace
    a: Subspace
    b: Subspace


@dataclass(frozen=True, repr=False)
class FlowSubspaces:
    """Every A_{kji}, B_{kji}, a_{kji} and b_{kji} of weights.

    Attributes
    ----------
    flow : Flow
        The flow basis that the prebases are spanned by.

    Examples
    --------
    >>> found = flow_subspaces(Weights([[[1, 2]]]))
    >>> [(s.k, s.j, s.i, s.A.dimension, s.B.dimension, s.a.dimension) for s in found]
    [(0, 0, 0, 1, 2, 1), (1, 0, 0, 2, 1, 1), (1, 1, 0, 1, 1, 1), (1, 1, 1, 1, 0, 0)]
    >>> found.check()
    True
    """

    flow: Flow

    def __iter__(self) -> Iterator[LayerSubspaces]:
        return iter(self._all)

    @cached_property
    def _all(self) -> list[LayerSubspaces]:
        theta, top = self.flow.weights, self.flow.weights.depth
        pairs = list(combinations_with_replacement(range(top + 1), 2))
        reached = {(j, i): theta.product(j, i).column_space() for i, j in pairs}
        killed = {(k, j): theta.product(k, j).null_space() for j, k in pairs}
        seen = {(k, j): theta.product(k, j).row_space() for j, k in pairs}
        missed = {(j, i): theta.product(j, i).T.null_space() for i, j in pairs}
        found = []
        for j, i, k in product(range(top + 1), repeat=3):
            if i <= j <= k:
                A, B = reached[j, i], seen[k, j]
                found.append(
                    LayerSubspaces(
                        *(k, j, i),
                        A if k == top else A & killed[k + 1, j],
                        B if i == 0 else B & missed[j, i - 1],
                        self.flow.prebasis(k, j, i),
                        self.flow.dual_prebasis(k, j, i),
                    )
                )
        return found

    def check(self) -> bool:
        """Return whether the theorem holds of these subspaces, by exact computation.

        A_{kji} and B_{kji} come from null, column and row spaces alone. Each must be the sum of
        the prebases of its bars, of dimension Σ ω_{lh}; the bases of a layer must be invertible
        and each other's duals; and each matrix must take every prebasis onto the next, or to 0.
        """
        return self.flow.check() and not self.wrong()

    def wrong(self) -> list[tuple[int, int, int]]:
        """Return the k, j, i for which A or B is not the sum of the prebases of its bars.

        Examples
        --------
        >>> flow_subspaces(Weights([[[0]]])).wrong()
        []
        """
        barcode = self.flow.barcode
        wrong = []
        for space in self:
            k, j, i = space.k, space.j, space.i
            below = [bar for bar in barcode if bar.start <= i and j <= bar.end <= k]
            above = [bar for bar in barcode if i <= bar.start <= j and k <= bar.end]
            spanned = self.flow.bases[j][:, self._places(below, j)].column_space()
            dually = self.flow.inverses[j][self._places(above, j), :].row_space()
            dimensions = (
                sum(barcode[bar] for bar in below),
                sum(barcode[bar] for bar in above),
                barcode.get(Interval(i, k), 0),
                barcode.get(Interval(i, k), 0),
            )
            found = tuple(s.dimension for s in (space.A, space.B, space.a, space.b))
            if (spanned, dually) != (space.A, space.B) or found != dimensions:
                wrong.append((k, j, i))
        return wrong

    def _places(self, bars: list[Interval], j: int) -> list[int]:
        return [at for bar in bars for at in self.flow.column_range(bar, j)]


def flow_subspaces(theta: Weights) -> FlowSubspaces:
    """Return all flow subspaces and prebases of θ.

    Raises
    ------
    TooLargeError
        If their bases would have more than `MAX_ENTRIES` entries.

    Examples
    --------
    >>> [s.A.basis for s in flow_subspaces(Weights([[[1, 2]]])) if (s.k, s.j, s.i) == (0, 0, 0)]
    [Matrix([[1, '-1/2']])]
    """
    top = theta.depth
    entries = sum(
        3 * (j + 1) * (top - j + 1) * width**2 for j, width in enumerate(theta.network.widths)
    )
    if entries > MAX_ENTRIES:
        raise TooLargeError(
            f"the flow subspaces of widths {theta.network} would have up to {entries} entries; at "
            f"most {MAX_ENTRIES} are computed (linnet-exact flow without --subspaces takes fewer)"
        )
    return FlowSubspaces(theta.flow())


def prebasis_name(letter: str, k: int, j: int, i: int) -> str:
    """Return the name of a subspace, with commas where an index has more than one digit.

    Examples
    --------
    >>> prebasis_name("a", 2, 1, 0), prebasis_name("B", 10, 1, 0)
    ('a_210', 'B_10,1,0')
    """
    indices = (k, j, i)
    return f"{letter}_" + ("" if max(indices) < 10 else ",").join(map(str, indices))
