"""How flow bases change when a rising move changes the barcode, and when strands are reversed."""

from collections.abc import Iterable

from linnet_exact.algebra import QQ, Field, Matrix
from linnet_exact.strata import Barcode, Interval, Move
from linnet_exact.strata.order.moves import apply_move
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.strands import strands

__all__ = ["after_move", "reverse_strands"]


def after_move(lower: Barcode, move: Move, field: Field = QQ) -> list[Matrix]:
    """Return g_0, …, g_L with Ĩ + E = g·Ĩ', for the canonical Ĩ below and Ĩ' above a rising move.

    E is the slot from the last strand p of [h, k] to the last strand q of [i, l] in W_i. Above,
    the last strand of [h, l] is p, then p + q from layer i on, then q from layer k + 1 on; the
    last strand of [i, k] is p.

    Returns
    -------
    list of Matrix
        The columns of g_j are strands above, in the coordinates of the strands below.

    Examples
    --------
    >>> after_move(Barcode.parse("0-1,1-2"), Move(Interval(0, 1), Interval(1, 2)))
    [Matrix([[1]]), Matrix([[1, 1], [1, 0]]), Matrix([[1]])]
    """
    p = move.lower, lower[move.lower] - 1
    q = move.upper, lower[move.upper] - 1
    upper = apply_move(lower, move)
    new = [(bar, upper[bar] - 1) for bar in move.made]
    changes = []
    for layer, (below, above) in enumerate(zip(strands(lower), strands(upper), strict=True)):
        made_of = {strand: {strand} for strand in above}
        for strand in new:
            if strand in made_of:
                made_of[strand] = {p}
        if new[0] in made_of and layer >= move.upper.start:
            made_of[new[0]] = {p, q} if layer <= move.lower.end else {q}
        rows = [[int(strand in made_of[column]) for column in above] for strand in below]
        changes.append(Matrix(rows, field))
    return changes


def reverse_strands(flow: Flow, bars: Iterable[Interval]) -> Flow:
    """Return the flow basis with the last strand of each of these bars multiplied by −1.

    Examples
    --------
    >>> from linnet_exact.weights.weights import Weights
    >>> reverse_strands(Weights([[[1, 0]]]).flow(), [Interval(0, 1)]).bases
    (Matrix([[0, -1], [1, 0]]), Matrix([[-1]]))
    """
    group = [Matrix.identity(width, flow.weights.field) for width in flow.barcode.widths]
    for bar in bars:
        for layer in range(bar.start, bar.end + 1):
            size, at = group[layer].nrows, flow.column_range(bar, layer)[-1]
            signs = [[(-1 if i == at else 1) * (i == j) for j in range(size)] for i in range(size)]
            group[layer] = group[layer] @ Matrix(signs)
    return flow.changed(flow.weights, flow.barcode, group)
