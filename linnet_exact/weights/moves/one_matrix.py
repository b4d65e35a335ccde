"""One-matrix moves: ε u vᵀ is added to one matrix, and the product stays as it is.

They are named by strands of a flow basis, from which the barcode after the move follows; those that
raise it are the connecting and swapping moves (Shewchuk and Bhattacharya, arXiv 2404.14855).
"""

from dataclasses import dataclass, replace

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode, Interval, Move
from linnet_exact.strata.order.moves import apply_move
from linnet_exact.strata.values.interval import ext
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.moves.checks import checked, require_barcode, strand_column
from linnet_exact.weights.weight_vector import WeightVector
from linnet_exact.weights.weights import Weights

__all__ = ["OneMatrixMove", "require_constant_product", "rising_move"]


@dataclass(frozen=True)
class OneMatrixMove:
    """W_j ← W_j + ε u vᵀ, u on a strand of `target` at layer j, v dual to one of `source` at j − 1.

    Attributes
    ----------
    layer : int
        j, from 1 to L.
    source, target : Interval
        The bars [h, k] and [i, l].
    column : Matrix
        u, d_j × 1, in a_{lji}.
    row : Matrix
        vᵀ, 1 × d_{j−1}, in b_{k,j−1,h}.
    epsilon : Fraction or FieldElement
    before, after : Barcode
        The barcodes that weights must have before, and will have after the move.
    """

    layer: int
    source: Interval
    target: Interval
    column: Matrix
    row: Matrix
    epsilon: Scalar
    before: Barcode
    after: Barcode

    @classmethod
    def between(
        cls,
        flow: Flow,
        layer: int,
        source: Interval,
        target: Interval,
        epsilon: object = 1,
        copies: tuple[int, int] = (0, 0),
    ) -> "OneMatrixMove":
        """Return the move that adds ε times a strand of `target` to the image of one of `source`.

        Parameters
        ----------
        flow : Flow
            A flow basis of the weights that are to be moved.
        layer : int
            j; the source bar must live at layer j − 1 and the target bar at layer j.
        copies : (int, int)
            Which of the strands of the source and the target bar; −1 is the last one.

        Raises
        ------
        InputError
            If the barcode has no such strands at these layers, or ε is not admissible: it would
            change the product (the source starts at 0 and the target reaches L), or cut a strand
            (ε = −1 from a strand to itself).

        Examples
        --------
        >>> theta = Weights([[[0]], [[0]]])
        >>> move = OneMatrixMove.between(theta.flow(), 1, Interval(0, 0), Interval(1, 1), "1/2")
        >>> move.kind, str(move.after), theta.apply(move).matrices
        ('connect', '0-1,2-2', (Matrix([['1/2']]), Matrix([[0]])))
        """
        theta, barcode = flow.weights, flow.barcode
        source, target = Interval(*source), Interval(*target)
        if not 1 <= layer <= theta.depth:
            raise InputError(f"layer must be between 1 and {theta.depth}, not {layer}")
        start = strand_column(flow, source, layer - 1, copies[0])
        end = strand_column(flow, target, layer, copies[1])
        number = theta.field(epsilon)
        same = source == target and flow.column_range(source, layer)[copies[0]] == end
        if number:
            require_constant_product(source, target, theta.depth)
        if same and number == -1:
            raise InputError(
                f"epsilon = -1 from a strand of {source} to itself would cut the strand between "
                f"layers {layer - 1} and {layer}; take any other"
            )
        rises = bool(number) and bool(ext(source, target))
        return cls(
            layer=layer,
            source=source,
            target=target,
            column=flow.bases[layer][:, [end]],
            row=flow.inverses[layer - 1][[start], :],
            epsilon=number,
            before=barcode,
            after=apply_move(barcode, Move(source, target)) if rises else barcode,
        )

    @property
    def kind(self) -> str:
        """``"stay"`` if the stratum stays the same; else ``"connect"`` or ``"swap"``.

        A connecting or swapping move raises ranks, its reverse lowers them.
        """
        return "stay" if self.before == self.after else Move(self.source, self.target).kind

    @property
    def rises(self) -> bool:
        """Whether the move leads to a stratum with the one before in its closure."""
        return self.before != self.after and self.before.rank_list.at_most(self.after.rank_list)

    @property
    def change(self) -> Matrix:
        """ε u vᵀ, which is added to W_j."""
        return self.column @ self.row * self.epsilon

    def reverse(self) -> "OneMatrixMove":
        """Return the move that takes the moved weights back to where they were.

        Examples
        --------
        >>> theta = Weights([[[0]], [[0]]])
        >>> move = OneMatrixMove.between(theta.flow(), 1, Interval(0, 0), Interval(1, 1))
        >>> move.reverse().apply(move.apply(theta)) == theta, move.reverse().rises
        (True, False)
        """
        return replace(self, epsilon=-self.epsilon, before=self.after, after=self.before)

    def moved(self, theta: WeightVector, portion: object = 1) -> Weights:
        """Return θ + portion · ε u vᵀ, without checking anything.

        Examples
        --------
        >>> theta = Weights([[[0]], [[0]]])
        >>> move = OneMatrixMove.between(theta.flow(), 1, Interval(0, 0), Interval(1, 1))
        >>> move.moved(theta, "1/2").matrices
        (Matrix([['1/2']]), Matrix([[0]]))
        """
        matrices = list(theta.matrices)
        matrices[self.layer - 1] += self.change * portion
        return Weights(matrices)

    def apply(self, theta: Weights) -> Weights:
        """Return the moved weights, after checking their product and their barcode.

        Raises
        ------
        InputError
            If the move was made for other weights.

        Examples
        --------
        >>> theta = Weights([[[0]], [[0]]])
        >>> move = OneMatrixMove.between(theta.flow(), 1, Interval(0, 0), Interval(1, 1))
        >>> str(move.apply(theta).barcode)
        '0-1,2-2'
        """
        require_barcode(theta, self.before)
        return checked(theta, self.moved(theta), self.after)


def rising_move(flow: Flow, move: Move, epsilon: object = 1) -> OneMatrixMove:
    """Return the connecting or swapping move `move` on the last strands of its two bars.

    It acts at the first layer of the upper bar.

    Raises
    ------
    InputError
        If the barcode does not have both bars, the move would change the product, or ε = 0.

    Examples
    --------
    >>> theta = Weights([[[0]], [[0]]])
    >>> str(rising_move(theta.flow(), Move(Interval(1, 1), Interval(2, 2))).after)
    '0-0,1-2'
    """
    lower, upper = Interval(*move.lower), Interval(*move.upper)
    if not ext(lower, upper):
        raise InputError(f"bars {lower} and {upper} do not allow a rising move")
    found = OneMatrixMove.between(flow, upper.start, lower, upper, epsilon, (-1, -1))
    if not found.epsilon:
        raise InputError("epsilon must not be 0 in a rising move")
    return found


def require_constant_product(source: Interval, target: Interval, depth: int) -> None:
    """Refuse a move from a bar that starts at layer 0 to one that reaches layer L.

    Raises
    ------
    InputError
        If it is one.

    Examples
    --------
    >>> require_constant_product(Interval(0, 0), Interval(1, 1), 2)
    """
    if source.start == 0 and target.end == depth:
        raise InputError(
            f"a move from {source} to {target} would change the product: information would pass "
            f"from the input to the output; take a source that does not start at layer 0 or a "
            f"target that ends before layer {depth}"
        )
