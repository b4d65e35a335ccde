"""What all moves of weights check before and after."""

from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode, Interval
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.weight_vector import WeightVector
from linnet_exact.weights.weights import Weights

__all__ = ["checked", "require_barcode", "strand_column"]


def strand_column(flow: Flow, bar: Interval, layer: int, copy: int) -> int:
    """Return the column that a strand has in the flow basis of a layer.

    Parameters
    ----------
    copy : int
        Which strand of the bar, from 0; −1 is the last one.

    Raises
    ------
    InputError
        If there is no such strand; it says which bars there are.

    Examples
    --------
    >>> strand_column(Weights([[[1, 0]]]).flow(), Interval(0, 1), 0, 0)
    1
    """
    there = [str(b) for b in flow.barcode if b.start <= layer <= b.end]
    if bar not in flow.barcode:
        raise InputError(
            f"barcode {flow.barcode} has no bar {bar}; at layer {layer} it has {', '.join(there)}"
        )
    if not bar.start <= layer <= bar.end:
        raise InputError(f"bar {bar} does not live at layer {layer}; there is {', '.join(there)}")
    columns = flow.column_range(bar, layer)
    if not -len(columns) <= copy < len(columns):
        raise InputError(
            f"there is no strand {copy} of bar {bar}, whose strands are numbered from 0 to "
            f"{len(columns) - 1}"
        )
    return columns[copy]


def require_barcode(theta: WeightVector, barcode: Barcode) -> None:
    """Refuse weights that a move was not made for.

    Raises
    ------
    InputError
        If the weights have another barcode.

    Examples
    --------
    >>> require_barcode(Weights([[[1]]]), Barcode.parse("0-1"))
    """
    if theta.barcode != barcode:
        raise InputError(
            f"the move is for weights with barcode {barcode}, but these have {theta.barcode}"
        )


def checked(theta: WeightVector, moved: Weights, barcode: Barcode) -> Weights:
    """Return the moved weights, after checking them against what was predicted.

    Raises
    ------
    InputError
        If the product has changed or the barcode is another one.

    Examples
    --------
    >>> theta = Weights([[[1]], [[2]]])
    >>> checked(theta, Weights([[[2]], [[1]]]), theta.barcode).matrices
    (Matrix([[2]]), Matrix([[1]]))
    """
    if moved.product() != theta.product() or moved.barcode != barcode:
        raise InputError("the move was made for other weights of the same barcode")
    return moved
