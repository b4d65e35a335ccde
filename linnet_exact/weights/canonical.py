"""The canonical weights of a barcode: the 0/1 matrices that pass every strand on."""

from itertools import pairwise

from linnet_exact.algebra import QQ, Field
from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Barcode, Interval, Network
from linnet_exact.weights.weights import Weights

__all__ = ["MAX_WEIGHTS", "canonical_weights", "require_room_for_weights", "strands"]

MAX_WEIGHTS = 20_000_000
"""Largest number of weights for which matrices are made."""


def strands(barcode: Barcode) -> list[list[tuple[Interval, int]]]:
    """Return for every layer the strands alive there, sorted by bar, each as (bar, copy).

    Their order is that of the columns of a flow basis.

    Examples
    --------
    >>> strands(Barcode.parse("0-1,1-1:2"))[1]
    [(Interval(start=0, end=1), 0), (Interval(start=1, end=1), 0), (Interval(start=1, end=1), 1)]
    """
    alive: list[list[tuple[Interval, int]]] = [[] for _ in barcode.widths]
    for bar, count in barcode.items():
        for layer in alive[bar.start : bar.end + 1]:
            layer.extend((bar, copy) for copy in range(count))
    return alive


def canonical_weights(barcode: Barcode, field: Field = QQ) -> Weights:
    """Return the canonical weights (Ĩ_1, …, Ĩ_L) of a barcode.

    Ĩ_j is a 0/1 partial permutation matrix: it takes each strand alive at layer j − 1 to itself
    at layer j, or to 0 if it ends there. Every θ with this barcode is g·Ĩ for some g in G
    (Bhattacharya and Shewchuk, arXiv 2404.14855, the canonical form).

    Raises
    ------
    TooLargeError
        If there would be more than `MAX_WEIGHTS` weights.

    Examples
    --------
    >>> canonical_weights(Barcode.parse("0-1,1-1")).matrices
    (Matrix([[1], [0]]),)
    """
    require_room_for_weights(barcode.network)
    matrices = []
    for before, after in pairwise(strands(barcode)):
        place = {strand: column for column, strand in enumerate(before)}
        rows = [[0] * len(before) for _ in after]
        for row, strand in zip(rows, after, strict=True):
            if strand in place:
                row[place[strand]] = 1
        matrices.append(rows)
    return Weights(matrices, field)


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
