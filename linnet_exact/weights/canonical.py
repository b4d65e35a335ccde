"""The canonical weights of a barcode: the 0/1 matrices that pass every strand on."""

from linnet_exact.algebra import QQ, Field
from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Barcode, Network
from linnet_exact.weights.forms import as_field
from linnet_exact.weights.strands import canonical_matrices
from linnet_exact.weights.weights import Weights

__all__ = ["MAX_WEIGHTS", "canonical_weights", "require_room_for_weights"]

MAX_WEIGHTS = 20_000_000
"""Largest number of weights for which matrices are made."""


def canonical_weights(barcode: Barcode | str, field: Field | str = QQ) -> Weights:
    """Return the canonical weights (Ĩ_1, …, Ĩ_L) of a barcode.

    Ĩ_j is a 0/1 partial permutation matrix: it takes each strand alive at layer j − 1 to itself
    at layer j, or to 0 if it ends there. Every θ with this barcode is g·Ĩ for some g in G
    (Shewchuk and Bhattacharya, arXiv 2404.14855, the canonical form).

    Raises
    ------
    TooLargeError
        If there would be more than `MAX_WEIGHTS` weights.

    Examples
    --------
    >>> canonical_weights(Barcode.parse("0-1,1-1")).matrices
    (Matrix([[1], [0]]),)
    """
    barcode, field = Barcode.of(barcode), as_field(field)
    require_room_for_weights(barcode.network)
    return Weights(canonical_matrices(barcode, field))


def require_room_for_weights(network: Network) -> None:
    """Refuse networks whose matrices would eat the machine.

    Raises
    ------
    TooLargeError
        If there would be more than `MAX_WEIGHTS` weights.

    Examples
    --------
    >>> require_room_for_weights(Network(2, 3))
    """
    if network.weight_dimension > MAX_WEIGHTS:
        raise TooLargeError(
            f"{network.weight_dimension} weights are more than the {MAX_WEIGHTS} that are made "
            f"in memory"
        )
