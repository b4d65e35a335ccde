"""One-matrix moves along any vectors of two bars, and their inverses, which lower ranks.

u is a combination of the strands of one bar, v of the dual strands of another; changes of basis
inside the bars take any two of them to any others, so the barcode after the move is the same for
all (Shewchuk and Bhattacharya, arXiv 2404.14855).
"""

from collections.abc import Sequence

from linnet_exact.algebra import Matrix
from linnet_exact.errors import InputError
from linnet_exact.strata import Interval, Move
from linnet_exact.strata.order.barcode_moves import layers_of
from linnet_exact.strata.order.moves import apply_move, undo_move
from linnet_exact.strata.values.interval import ext
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.moves.checks import strand_column
from linnet_exact.weights.moves.one_matrix import OneMatrixMove, require_constant_product

__all__ = ["falling_move", "move_along", "unit_vector"]


def unit_vector(flow: Flow, bar: Interval, layer: int, copy: int) -> list[int]:
    """Return the coefficients of one strand of a bar among all its strands.

    Raises
    ------
    InputError
        If there is no such strand at the layer.

    Examples
    --------
    >>> from linnet_exact.weights.weights import Weights
    >>> unit_vector(Weights([[[0, 0]]]).flow(), Interval(0, 0), 0, -1)
    [0, 1]
    """
    column = strand_column(flow, bar, layer, copy)
    return [int(place == column) for place in flow.column_range(bar, layer)]


def move_along(
    flow: Flow,
    layer: int,
    source: Interval,
    target: Interval,
    vector: Sequence[object],
    covector: Sequence[object],
    epsilon: object = 1,
) -> OneMatrixMove:
    """Return the move W_j ← W_j + ε u vᵀ, u in a_{lji} and v in b_{k,j−1,h} by their coefficients.

    Parameters
    ----------
    vector : sequence
        The coefficients of u, one for each strand of the target bar.
    covector : sequence
        The coefficients of v, one for each dual strand of the source bar.

    Raises
    ------
    InputError
        If the bars do not live at these layers, the coefficients are too few or too many, or the
        move would change the product or cut a strand.

    Examples
    --------
    >>> from linnet_exact.weights.weights import Weights
    >>> theta = Weights([[[0, 0]], [[0]]])
    >>> move = move_along(theta.flow(), 1, Interval(0, 0), Interval(1, 1), [1], [2, 3])
    >>> theta.apply(move).matrices[0], str(move.after)
    (Matrix([[2, 3]]), '0-0,0-1,2-2')
    """
    depth = flow.weights.depth
    if not 1 <= layer <= depth:
        raise InputError(f"layer must be between 1 and {depth}, not {layer}")
    u, column = _combination(flow, target, layer, vector, "vector")
    v, dual = _combination(flow, source, layer - 1, covector, "covector")
    number = flow.weights.field(epsilon)
    change = bool(number) and not u.is_zero() and not v.is_zero()
    if change:
        require_constant_product(source, target, depth)
    if source == target and layer in source and not 1 + number * (v.T @ u)[0, 0]:
        raise InputError(
            f"epsilon = {flow.weights.field.format(number)} along these vectors of bar {source} "
            f"would cut a strand between layers {layer - 1} and {layer}; take any other"
        )
    before = flow.barcode
    after = apply_move(before, Move(source, target)) if change and ext(source, target) else before
    return OneMatrixMove(
        layer=layer,
        source=source,
        target=target,
        column=flow.bases[layer][:, column] @ u,
        row=v.T @ flow.inverses[layer - 1][dual, :],
        epsilon=number,
        before=before,
        after=after,
    )


def falling_move(
    flow: Flow,
    move: Move,
    layer: int | None = None,
    vector: Sequence[object] | None = None,
    covector: Sequence[object] | None = None,
    short_copy: int = 0,
) -> OneMatrixMove:
    """Return the inverse of a connecting or swapping move: it makes the two bars of `move` again.

    Let P be a strand of [h, l] and, for a swap, S one of [i, k]. Then P is cut at W_j: p is P
    before layer j and S from there on, and q = P − S, or P after layer k. So W_j becomes
    W_j − q p*.

    Parameters
    ----------
    layer : int, optional
        j, from i to k + 1; by default i.
    vector, covector : sequence, optional
        P as a combination of the strands of [h, l], and a combination of the dual strands that
        takes P to 1; by default the first strand.
    short_copy : int
        Which strand of [i, k] is S.

    Raises
    ------
    InputError
        If the barcode does not have the bars, the layer is another one, or the covector does not
        take the vector to 1.

    Examples
    --------
    >>> from linnet_exact.weights.weights import Weights
    >>> theta = Weights([[[2]], [[0]]])
    >>> move = falling_move(theta.flow(), Move(Interval(0, 0), Interval(1, 1)))
    >>> theta.apply(move).matrices, move.kind, move.rises
    ((Matrix([[0]]), Matrix([[0]])), 'connect', False)
    """
    if not ext(move.lower, move.upper):
        raise InputError(f"no connecting or swapping move has the bars {move.lower}, {move.upper}")
    before, depth = flow.barcode, flow.weights.depth
    long, *short = move.made
    if long == (0, depth):
        raise InputError(f"the inverse move would cut a bar {long} and change the product")
    after = undo_move(before, move)
    j = move.upper.start if layer is None else layer
    if j not in layers_of(move):
        allowed = ", ".join(map(str, layers_of(move)))
        raise InputError(f"this move is made by W_j with j = {allowed}, not {j}")
    first = unit_vector(flow, long, long.start, 0)
    u, long_columns = _combination(flow, long, j, first if vector is None else vector, "vector")
    v, long_rows = _combination(
        flow, long, j - 1, first if covector is None else covector, "covector"
    )
    if (v.T @ u)[0, 0] != 1:
        value = flow.weights.field.format((v.T @ u)[0, 0])
        raise InputError(f"the covector must take the vector to 1, not to {value}")
    column = flow.bases[j][:, long_columns] @ u
    row = v.T @ flow.inverses[j - 1][long_rows, :]
    for bar in short:  # one, for a swap
        if j in bar:
            column -= flow.bases[j][:, [strand_column(flow, bar, j, short_copy)]]
        if j - 1 in bar:
            row += flow.inverses[j - 1][[strand_column(flow, bar, j - 1, short_copy)], :]
    return OneMatrixMove(
        layer=j,
        source=move.lower,
        target=move.upper,
        column=column,
        row=row,
        epsilon=flow.weights.field(-1),
        before=before,
        after=after,
    )


def _combination(
    flow: Flow, bar: Interval, layer: int, coefficients: Sequence[object], name: str
) -> tuple[Matrix, range]:
    """Return coefficients as a column, and the columns of the flow basis that they belong to."""
    strand_column(flow, bar, layer, 0)  # says which bars there are
    columns = flow.column_range(bar, layer)
    if len(coefficients) != len(columns):
        raise InputError(
            f"the {name} needs one coefficient for each strand of {bar}, {len(columns)} in all, "
            f"not {len(coefficients)}"
        )
    field = flow.weights.field
    return Matrix([[field(number)] for number in coefficients], field), columns
