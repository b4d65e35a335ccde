"""Two-matrix moves: the basis of one hidden layer changes by 1 + εH, and nothing else does.

They stay on the stratum (Shewchuk and Bhattacharya, arXiv 2404.14855).
"""

from dataclasses import dataclass, replace

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode, Interval
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.moves.checks import checked, require_barcode, strand_column
from linnet_exact.weights.weights import Weights

__all__ = ["TwoMatrixMove"]


@dataclass(frozen=True)
class TwoMatrixMove:
    """W_j ← (1 + εH) W_j and W_{j+1} ← W_{j+1} (1 + εH)^{-1}; weights stay on their stratum.

    Attributes
    ----------
    layer : int
        j, a hidden layer: from 1 to L − 1.
    direction : Matrix
        H, d_j × d_j.
    epsilon : Fraction or FieldElement
    before : Barcode
        The barcode, which the move does not change.

    Raises
    ------
    InputError
        If the layer is not hidden, H does not have its size, or 1 + εH is singular.

    Examples
    --------
    >>> theta = Weights([[[1], [0]], [[1, 1]]])
    >>> move = TwoMatrixMove(1, Matrix([[0, 1], [0, 0]]), 3, theta.barcode)
    >>> theta.apply(move).matrices
    (Matrix([[1], [0]]), Matrix([[1, -2]]))
    """

    layer: int
    direction: Matrix
    epsilon: Scalar
    before: Barcode

    def __post_init__(self) -> None:
        object.__setattr__(self, "epsilon", self.direction.field(self.epsilon))
        widths = self.before.widths
        _require_hidden(self.layer, self.before.depth)
        size = widths[self.layer]
        if self.direction.shape != (size, size):
            shape = "x".join(map(str, self.direction.shape))
            raise InputError(f"H must be {size}x{size} like layer {self.layer}, not {shape}")
        if self.group_element.rank() < size:
            raise InputError(
                f"epsilon = {self.epsilon} is not admissible: 1 + epsilon H is singular"
            )

    @classmethod
    def between(
        cls,
        flow: Flow,
        layer: int,
        source: Interval,
        target: Interval,
        epsilon: object = 1,
        copies: tuple[int, int] = (0, 0),
    ) -> "TwoMatrixMove":
        """Return the move that adds ε times a strand of `target` to one of `source` at one layer.

        Parameters
        ----------
        flow : Flow
            A flow basis of the weights that are to be moved.
        copies : (int, int)
            Which of the strands of the source and the target bar; −1 is the last one.

        Raises
        ------
        InputError
            If the barcode has no such strands at the layer, the layer is not hidden, or ε = −1
            from a strand to itself.

        Examples
        --------
        >>> theta = Weights([[[1], [0]], [[1, 1]]])
        >>> move = TwoMatrixMove.between(theta.flow(), 1, Interval(0, 2), Interval(1, 1), 3)
        >>> theta.apply(move).matrices
        (Matrix([[-2], [3]]), Matrix([[1, 1]]))
        """
        theta = flow.weights
        _require_hidden(layer, theta.depth)
        start = strand_column(flow, Interval(*source), layer, copies[0])
        end = strand_column(flow, Interval(*target), layer, copies[1])
        direction = flow.bases[layer][:, [end]] @ flow.inverses[layer][[start], :]
        return cls(layer, direction, theta.field(epsilon), flow.barcode)

    @property
    def after(self) -> Barcode:
        """The barcode after the move, which is the one before."""
        return self.before

    @property
    def group_element(self) -> Matrix:
        """1 + εH."""
        unit = Matrix.identity(self.direction.nrows, self.direction.field)
        return unit + self.direction * self.epsilon

    def reverse(self) -> "TwoMatrixMove":
        """Return the move by (1 + εH)^{-1} = 1 + ε H', H' = −H (1 + εH)^{-1}.

        Examples
        --------
        >>> theta = Weights([[[1], [0]], [[1, 1]]])
        >>> move = TwoMatrixMove(1, Matrix([[0, 1], [1, 1]]), 2, theta.barcode)
        >>> theta.apply(move).apply(move.reverse()) == theta
        True
        """
        return replace(self, direction=-(self.direction @ self.group_element.inverse()))

    def apply(self, theta: Weights) -> Weights:
        """Return the moved weights, after checking their product and their barcode.

        Raises
        ------
        InputError
            If the move was made for weights with another barcode.

        Examples
        --------
        >>> theta = Weights([[[1]], [[1]]])
        >>> TwoMatrixMove(1, Matrix([[1]]), 2, theta.barcode).apply(theta).matrices
        (Matrix([[3]]), Matrix([['1/3']]))
        """
        require_barcode(theta, self.before)
        matrices, j, g = list(theta.matrices), self.layer, self.group_element
        matrices[j - 1] = g @ matrices[j - 1]
        matrices[j] = matrices[j] @ g.inverse()
        return checked(theta, Weights(matrices), self.after)


def _require_hidden(layer: int, depth: int) -> None:
    if not 1 <= layer < depth:
        hidden = f"hidden layer, 1 to {depth - 1}" if depth > 1 else "hidden layer; there is none"
        raise InputError(f"a two-matrix move needs a {hidden}, not {layer}")
