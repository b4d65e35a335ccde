"""Weight space taken apart at a point: a basis of it for each kind of moves.

In flow coordinates the vectors are slots and differences of slots; a flow basis carries them to θ,
X_j ↦ J_j X_j J_{j−1}^{-1} (Bhattacharya and Shewchuk, UCB/EECS-2022-92; Shewchuk and Bhattacharya,
arXiv 2404.14855).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any, NamedTuple

from linnet_exact.algebra import Matrix
from linnet_exact.strata import Barcode
from linnet_exact.strata.formulas.freedom import (
    KINDS,
    MoveKind,
    PairFreedom,
    freedom,
    freedom_of_pairs,
)
from linnet_exact.weights.jacobian import differential, stratum_tangent_space
from linnet_exact.weights.spaces.slots import Kind, SlotVector
from linnet_exact.weights.spaces.tangent import carried, carries, require_room
from linnet_exact.weights.weights import Weights

__all__ = ["Decomposition", "MoveVector", "decompose", "move_vectors"]


class MoveVector(NamedTuple):
    """The kind of a move, and its slots in flow coordinates."""

    kind: MoveKind
    slots: SlotVector

    def to_jsonable(self) -> dict[str, Any]:
        """Return the label as a JSON object.

        Examples
        --------
        >>> next(move_vectors(Barcode.parse("0-0,1-1"))).to_jsonable()["kind"]
        'through'
        """
        return self.slots.to_jsonable() | {"kind": self.kind}


@dataclass(frozen=True, repr=False)
class Decomposition:
    """A basis of weight space at θ, by kinds of moves, and a basis of the row space of dμ.

    Attributes
    ----------
    weights : Weights
        θ.
    vectors : Matrix
        d_θ × d_θ; the basis vectors are the ROWS, each with the entries of X_1, then X_2, …, by
        rows: one-matrix, two-matrix, connecting, swapping and then through moves.
    labels : tuple of MoveVector
        What each row is in flow coordinates.
    row_space : Matrix
        A basis, as ROWS, of the row space of dμ(θ); a linear form vanishes on all moves that keep
        the product exactly if it is in their span.

    Examples
    --------
    >>> found = decompose(Weights([[[2]], [[0]]]))
    >>> {kind: found.basis(kind) for kind in ("one-matrix", "through")}
    {'one-matrix': Matrix([[2, 0]]), 'through': Matrix([[0, '1/2']])}
    >>> found.null_space, found.row_space, found.check()
    (Matrix([[2, 0]]), Matrix([[0, 2]]), True)
    """

    weights: Weights
    vectors: Matrix
    labels: tuple[MoveVector, ...]
    row_space: Matrix

    def basis(self, kind: MoveKind) -> Matrix:
        """Return the basis, as ROWS, of the subspace of one kind of moves."""
        return self.vectors[[at for at, label in enumerate(self.labels) if label.kind == kind], :]

    @property
    def null_space(self) -> Matrix:
        """A basis, as ROWS, of null dμ(θ): all kinds of moves but those through."""
        return self.vectors[: freedom(self.weights.barcode).null_space, :]

    def check(self) -> bool:
        """Return whether these are bases of what the Jacobians at θ give, by exact ranks.

        Together the vectors are independent and d_θ many; those that stay span the tangent space
        of the stratum; those that keep the product are in null dμ and as many as its dimension;
        `row_space` is independent and in the span of the rows of dμ; and the number of each kind
        is what the barcode says.
        """
        theta, counts = self.weights, freedom(self.weights.barcode)
        whole = theta.network.weight_dimension
        jacobian = differential(theta)
        rank = jacobian.rank()
        found = {kind: sum(label.kind == kind for label in self.labels) for kind in KINDS}
        return (
            found == counts.counts
            and self.vectors.nrows == self.vectors.rank() == whole
            and self.vectors[: counts.stratum, :].row_space() == stratum_tangent_space(theta)
            and (jacobian @ self.null_space.T).is_zero()
            and self.null_space.nrows == whole - rank
            and self.row_space.nrows == self.row_space.rank() == rank
            and Matrix.vstack([jacobian, self.row_space]).rank() == rank
        )

    def __repr__(self) -> str:
        return f"Decomposition({self.weights.network}, {freedom(self.weights.barcode).counts})"


def decompose(theta: Weights) -> Decomposition:
    """Return a basis of weight space at θ for each kind of moves, from a flow basis.

    Raises
    ------
    TooLargeError
        If the basis would take too much memory; see `spaces.tangent.MAX_BYTES`.

    Examples
    --------
    >>> decompose(Weights([[[1, 0]], [[1]]]))
    Decomposition(2,1,1, {'one-matrix': 0, 'two-matrix': 1, 'connecting': 0, 'swapping': 0, \
'through': 2})
    """
    theta = Weights.of(theta)
    require_room(theta.network.weight_dimension, 64)
    flow = theta.flow()
    require_room(theta.network.weight_dimension, flow.height_bits())
    labels = tuple(sorted(move_vectors(flow.barcode), key=lambda v: KINDS.index(v.kind)))
    sums = [
        SlotVector("normal", tuple(pair.layers), pair.source, p, pair.target, q)
        for pair in freedom_of_pairs(flow.barcode)
        if pair.leaving == "through"
        for p, q in _copies(flow.barcode, pair)
    ]
    tangent, normal = carries(flow)
    vectors = carried(flow, [label.slots for label in labels], tangent)
    return Decomposition(theta, vectors, labels, carried(flow, sums, normal))


def move_vectors(barcode: Barcode) -> Iterator[MoveVector]:
    """Yield the labels of a basis of weight space, pair by pair of bars.

    A connecting, swapping or through move is made in the first matrix that has its slot.

    Examples
    --------
    >>> [(v.kind, v.slots.layers) for v in move_vectors(Barcode.parse("0-1,1-2"))]
    [('one-matrix', (1,)), ('two-matrix', (1, 2)), ('through', (1,)), ('one-matrix', (2,))]
    """
    for pair in freedom_of_pairs(barcode):
        stays: list[tuple[int, ...]] = [(j,) for j in pair.layers]
        if pair.leaving is not None:
            stays = list(pairwise(pair.layers))
        for p, q in _copies(barcode, pair):
            strands = pair.source, p, pair.target, q
            for layers in stays:
                single: Kind = "one-matrix" if pair.leaving is None else "two-matrix"
                yield MoveVector(pair.tangent, SlotVector(single, layers, *strands))
            if pair.leaving is not None:
                slot = SlotVector("one-matrix", (pair.layers[0],), *strands)
                yield MoveVector(pair.leaving, slot)


def _copies(barcode: Barcode, pair: PairFreedom) -> Iterator[tuple[int, int]]:
    return product(range(barcode[pair.source]), range(barcode[pair.target]))
