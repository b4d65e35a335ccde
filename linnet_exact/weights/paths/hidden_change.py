"""Changes of basis of the hidden layers alone that take one point of a fiber to another.

Such a change is found without flow bases where every matrix, or every one from the output on, has
no smaller rank than its hidden layer is wide, or is the same in both points.
"""

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.matrices.short_null_basis import pivots_modulo
from linnet_exact.algebra.ranks.residue_maps import places
from linnet_exact.weights.weights import Weights

__all__ = ["hidden_change"]


def hidden_change(start: Weights, end: Weights) -> list[Matrix] | None:
    """Return g_0 = 1, g_1, …, g_L = 1 with g·θ = θ', or None if they are not found so easily.

    Examples
    --------
    >>> start, end = Weights([[[2]], [[3]]]), Weights([[[4]], [["3/2"]]])
    >>> hidden_change(start, end)
    [Matrix([[1]]), Matrix([[2]]), Matrix([[1]])]
    """
    if start.barcode != end.barcode:
        return None
    if found := _from_the_input(start, end):
        return found
    if turned := _from_the_input(start.transpose(), end.transpose()):
        return [matrix.T.inverse() for matrix in reversed(turned)]
    return None


def _from_the_input(start: Weights, end: Weights) -> list[Matrix] | None:
    widths, field = start.network.widths, start.field
    group = [Matrix.identity(widths[0], field)]
    pairs = zip(start.matrices, end.matrices, strict=True)
    for j, (matrix, other) in enumerate(pairs, start=1):
        image = other @ group[-1]
        element = Matrix.identity(widths[j], field)
        if j < start.depth and start.rank_list[j, j - 1] == widths[j]:
            columns = _independent_columns(matrix)
            element = image[:, columns] @ matrix[:, columns].inverse()
        if element @ matrix != image:
            return None
        group.append(element)
    return group


def _independent_columns(matrix: Matrix) -> tuple[int, ...]:
    """Return as many columns as there are rows, which are the rank."""
    for place in places(matrix.field):
        columns = pivots_modulo(matrix, place)
        if len(columns) == matrix.nrows:
            return columns
    raise AssertionError("there are infinitely many places")
