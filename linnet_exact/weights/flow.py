"""Flow bases: bases of all layers in which every matrix passes each strand on or ends it.

The flow subspaces, prebases and the canonical form are those of Shewchuk and Bhattacharya,
arXiv 2404.14855.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from linnet_exact.above import above
from linnet_exact.algebra import Matrix, Subspace
from linnet_exact.algebra.matrices.norms import height_bits
from linnet_exact.algebra.matrices.short_null_basis import pivots_modulo, reduced_null_basis
from linnet_exact.algebra.ranks.residue_maps import places
from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode, Interval
from linnet_exact.weights.shown import flow_html
from linnet_exact.weights.strands import canonical_matrices
from linnet_exact.weights.weight_vector import WeightVector

if TYPE_CHECKING:
    from linnet_exact.draw import FlowDiagram

__all__ = ["Flow", "completed", "flow_of", "grown"]


@dataclass(frozen=True, repr=False)
class Flow:
    """A flow basis of weights θ: W_j = J_j Ĩ_j J_{j−1}^{-1} with the canonical Ĩ_j of the barcode.

    Attributes
    ----------
    weights : WeightVector
        θ itself.
    barcode : Barcode
    bases : tuple of Matrix
        J_0, …, J_L; J_j is d_j × d_j and invertible. The basis vectors are the COLUMNS, in the
        order of `strands(barcode)[j]`: sorted by bar. W_{j+1} takes the columns of a bar to its
        columns in J_{j+1}, or to 0 where the bar ends.

    Examples
    --------
    >>> flow = flow_of(WeightVector([[[1, 2], [2, 4]], [[1, 1]]]))
    >>> str(flow.barcode), flow.check()
    ('0-0,0-2,1-1', True)
    >>> flow.bases
    (Matrix([[-2, 1], [1, 0]]), Matrix([[1, -1], [2, 1]]), Matrix([[3]]))
    >>> flow.inverses[2]
    Matrix([['1/3']])
    """

    weights: WeightVector
    barcode: Barcode
    bases: tuple[Matrix, ...]

    @cached_property
    def inverses(self) -> tuple[Matrix, ...]:
        """J_0^{-1}, …, J_L^{-1}; their ROWS are the dual bases, in the order of the columns."""
        return tuple(basis.inverse() for basis in self.bases)

    def changed(self, weights: WeightVector, barcode: Barcode, group: Sequence[Matrix]) -> "Flow":
        """Return the flow basis J_j g_j of other weights; its dual basis comes with it.

        Examples
        --------
        >>> theta = WeightVector([[[1, 2]]])
        >>> flow = flow_of(theta)
        >>> twice = flow.changed(theta, flow.barcode, [Matrix([[2, 0], [0, 2]]), Matrix([[2]])])
        >>> twice.check(), twice.inverses[1]
        (True, Matrix([['1/2']]))
        """
        bases = [basis @ g for basis, g in zip(self.bases, group, strict=True)]
        # It takes far longer to invert the bases than to invert g, whose entries are mostly 0.
        inverses = (g.inverse() @ inverse for g, inverse in zip(group, self.inverses, strict=True))
        return Flow(weights, barcode, tuple(bases)).with_inverses(tuple(inverses))

    def with_inverses(self, inverses: tuple[Matrix, ...]) -> "Flow":
        """Return the same flow basis, whose inverses are known.

        Examples
        --------
        >>> flow_of(WeightVector([[[2]]])).with_inverses((Matrix([[1]]), Matrix([["1/2"]]))).check()
        True
        """
        same = Flow(self.weights, self.barcode, self.bases)
        same.__dict__["inverses"] = inverses
        return same

    def height_bits(self) -> int:
        """Return the bits of the largest numerator or common denominator in a basis or dual basis.

        Over a number field these are the numbers that coordinates are made of.

        Examples
        --------
        >>> flow_of(WeightVector([[[1, 50]]])).height_bits()
        6
        """
        return max(map(height_bits, (*self.bases, *self.inverses)))

    def check(self) -> bool:
        """Return whether this is a flow basis of the weights, by multiplying matrices only.

        J_j J_j^{-1} = 1 and W_j J_{j−1} = J_j Ĩ_j certify the barcode, and so every rank of a
        subsequence matrix, from above and from below.

        Examples
        --------
        >>> flow = flow_of(WeightVector([[[1, 2]]]))
        >>> Flow(WeightVector([[[1, 3]]]), flow.barcode, flow.bases).check()
        False
        """
        field, widths = self.weights.field, self.barcode.widths
        if self.weights.network.widths != widths:
            return False
        invertible = all(
            basis @ inverse == Matrix.identity(width, field)
            for basis, inverse, width in zip(self.bases, self.inverses, widths, strict=True)
        )
        passed_on = (
            matrix @ before == after @ canonical
            for matrix, (before, after), canonical in zip(
                self.weights.matrices,
                pairwise(self.bases),
                canonical_matrices(self.barcode, field),
                strict=True,
            )
        )
        return invertible and all(passed_on)

    def column_range(self, bar: Interval, j: int) -> range:
        """Return which columns of J_j, and rows of J_j^{-1}, belong to a bar.

        The range is empty for a bar that is not in the barcode.

        Raises
        ------
        InputError
            If the bar does not contain layer j.

        Examples
        --------
        >>> flow_of(WeightVector([[[1, 2]], [[0]]])).column_range(Interval(0, 1), 0)
        range(1, 2)
        """
        if not bar.start <= j <= bar.end:
            raise InputError(f"bar {Interval(*bar)} does not contain layer {j}")
        first = sum(
            count
            for other, count in self.barcode.items()
            if other < bar and other.start <= j <= other.end
        )
        return range(first, first + self.barcode.get(Interval(*bar), 0))

    def prebasis(self, k: int, j: int, i: int) -> Subspace:
        """Return a_{kji}, the span of the columns of J_j that belong to the bar [i, k].

        It complements A_{k−1,j,i} + A_{k,j,i−1} in A_{kji}; its dimension is ω_{ki}.

        Raises
        ------
        InputError
            Unless L ≥ k ≥ j ≥ i ≥ 0.

        Examples
        --------
        >>> flow_of(WeightVector([[[1, 2]]])).prebasis(0, 0, 0).basis
        Matrix([[1, '-1/2']])
        """
        _require_order(self.weights, k, j, i)
        return self.bases[j][:, self.column_range(Interval(i, k), j)].column_space()

    def dual_prebasis(self, k: int, j: int, i: int) -> Subspace:
        """Return b_{kji}, the span of the rows of J_j^{-1} that belong to the bar [i, k].

        It complements B_{k,j,i+1} + B_{k+1,j,i} in B_{kji}, which is `dual_flow_subspace`.

        Raises
        ------
        InputError
            Unless L ≥ k ≥ j ≥ i ≥ 0.

        Examples
        --------
        >>> flow_of(WeightVector([[[1, 2]]])).dual_prebasis(1, 0, 0).basis
        Matrix([[1, 2]])
        """
        _require_order(self.weights, k, j, i)
        return self.inverses[j][self.column_range(Interval(i, k), j), :].row_space()

    def diagram(self) -> "FlowDiagram":
        """Return the basis flow diagram: a picture in notebooks, lines of text in `print`.

        Examples
        --------
        >>> print(flow_of(WeightVector([[[2]]])).diagram())
        layer 0         1
        width 1         1
                  W1
              ●━━━━━━━━━●
        """
        found: FlowDiagram = above("diagram")(self.barcode)
        return found

    def __str__(self) -> str:
        return str(self.diagram())

    def _repr_svg_(self) -> str | None:
        return self.barcode._repr_svg_()

    def _repr_html_(self) -> str:
        return flow_html(self)

    def _repr_latex_(self) -> str:
        return self.barcode._repr_latex_()

    def __repr__(self) -> str:
        return f"Flow({self.weights.network}, barcode={str(self.barcode)!r})"


def flow_of(theta: WeightVector) -> Flow:
    """Return a flow basis of θ with small entries; `Weights.flow()` keeps it.

    One pass from input to output, the elder rule with its replacements done in advance: a layer
    inherits the images of the strands that live on, and the strands of a bar [j, k] are born there
    as short vectors of null W_{k+1~j}, independent of what is inherited and of the strands that
    die earlier. Then they die on time, and nothing has to be taken back.

    Examples
    --------
    >>> flow_of(WeightVector([[[0, 1], [0, 0]]])).bases
    (Matrix([[1, 0], [0, 1]]), Matrix([[1, 0], [0, 1]]))
    """
    bars = ((bar, count) for bar, count in theta.barcode.items() if bar.start == 0)
    born = [(count, _null_vectors(theta, bar.end + 1, 0)) for bar, count in bars]
    first = completed(Matrix.zero(theta.network.widths[0], 0, theta.field), born)
    return Flow(theta, theta.barcode, tuple(grown(theta, first, 0)))


def grown(theta: WeightVector, first: Matrix, layer: int) -> list[Matrix]:
    """Return J_j, …, J_L for a J_j that is part of a flow basis, the elder rule done in advance.

    Examples
    --------
    >>> grown(WeightVector([[[1, 2]]]), Matrix([[-2, 1], [1, 0]]), 0)[1]
    Matrix([[1]])
    """
    barcode, bases = theta.barcode, [first]
    for j in range(layer + 1, theta.depth + 1):
        ends = [bar.end for bar, count in _alive(barcode, j - 1) for _ in range(count)]
        images = theta.matrices[j - 1] @ bases[-1]
        inherited = images[:, [column for column, end in enumerate(ends) if end >= j]]
        born = [
            (count, _null_vectors(theta, bar.end + 1, j))
            for bar, count in barcode.items()
            if bar.start == j
        ]
        bases.append(completed(inherited, born))
    return bases


def flow_subspace(theta: WeightVector, k: int, j: int, i: int) -> Subspace:
    """Return A_{kji} = null W_{k+1~j} ∩ col W_{j~i}, where null W_{L+1~j} is everything.

    Its dimension is the number of bars [h, l] with h ≤ i and j ≤ l ≤ k.

    Raises
    ------
    InputError
        Unless L ≥ k ≥ j ≥ i ≥ 0.

    Examples
    --------
    >>> flow_subspace(WeightVector([[[1, 2]]]), 0, 0, 0).basis
    Matrix([[1, '-1/2']])
    """
    _require_order(theta, k, j, i)
    reached = theta.product(j, i).column_space()
    return reached if k == theta.depth else reached & theta.product(k + 1, j).null_space()


def dual_flow_subspace(theta: WeightVector, k: int, j: int, i: int) -> Subspace:
    """Return B_{kji} = row W_{k~j} ∩ null (W_{j~i−1})ᵀ, where null (W_{j~−1})ᵀ is everything.

    Its dimension is the number of bars [h, l] with i ≤ h ≤ j and l ≥ k.

    Raises
    ------
    InputError
        Unless L ≥ k ≥ j ≥ i ≥ 0.

    Examples
    --------
    >>> dual_flow_subspace(WeightVector([[[1, 2]]]), 1, 0, 0).basis
    Matrix([[1, 2]])
    """
    _require_order(theta, k, j, i)
    seen = theta.product(k, j).row_space()
    return seen if i == 0 else seen & theta.product(j, i - 1).T.null_space()


def _alive(barcode: Barcode, j: int) -> Iterable[tuple[Interval, int]]:
    return ((bar, count) for bar, count in barcode.items() if bar.start <= j <= bar.end)


def _null_vectors(theta: WeightVector, k: int, j: int) -> Matrix:
    """Return short vectors, as columns, that span null W_{k~j}; the unit vectors for k = L + 1."""
    if k > theta.depth:
        return Matrix.identity(theta.network.widths[j], theta.field)
    return reduced_null_basis(theta.product(k, j)).T


def completed(inherited: Matrix, born: list[tuple[int, Matrix]]) -> Matrix:
    """Complete independent columns to a basis, with a given number of columns of each block.

    The numbers come from certified ranks, so columns found modulo a prime are the right ones as
    soon as there are that many: they are independent, and no block can give more.
    """
    candidates = Matrix.hstack([inherited, *(block for _, block in born)])
    wanted = [inherited.ncols, *(count for count, _ in born)]
    block_of = [
        at
        for at, block in enumerate([inherited, *(b for _, b in born)])
        for _ in range(block.ncols)
    ]
    for place in places(inherited.field):
        pivots = pivots_modulo(candidates, place)
        found = [block_of[pivot] for pivot in pivots]
        if [found.count(at) for at in range(len(wanted))] == wanted:
            return candidates[:, pivots]
    raise AssertionError("there are infinitely many places")


def _require_order(theta: WeightVector, k: int, j: int, i: int) -> None:
    if not 0 <= i <= j <= k <= theta.depth:
        raise InputError(f"expected {theta.depth} >= k >= j >= i >= 0, not k={k}, j={j}, i={i}")
