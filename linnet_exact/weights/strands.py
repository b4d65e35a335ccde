"""The strands of a barcode at every layer, and the 0/1 matrices that pass each of them on."""

from itertools import pairwise

from linnet_exact.algebra import QQ, Field, Matrix
from linnet_exact.strata import Barcode, Interval

__all__ = ["canonical_matrices", "strands"]


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


def canonical_matrices(barcode: Barcode, field: Field = QQ) -> list[Matrix]:
    """Return Ĩ_1, …, Ĩ_L: Ĩ_j takes each strand to itself at layer j, or to 0 if it has ended.

    Examples
    --------
    >>> canonical_matrices(Barcode.parse("0-1,1-1"))
    [Matrix([[1], [0]])]
    """
    matrices = []
    for before, after in pairwise(strands(barcode)):
        place = {strand: column for column, strand in enumerate(before)}
        rows = [[0] * len(before) for _ in after]
        for row, strand in zip(rows, after, strict=True):
            if strand in place:
                row[place[strand]] = 1
        matrices.append(Matrix(rows, field, (len(after), len(before))))
    return matrices
