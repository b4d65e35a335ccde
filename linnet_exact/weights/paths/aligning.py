"""Another flow basis of the same point, which agrees with a given one at the input and the output.

An automorphism a of the barcode changes a flow basis J' of a point to another, J' a. A strand
[0, k] may get those of [0, l] with l ≤ k added to it, and a strand [i, L] those of [h, L] with
h ≤ i, at all layers where both live.
"""

from collections.abc import Callable, Sequence

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.ways_past_zero import has_signs
from linnet_exact.strata import Interval
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.strands import strands

__all__ = ["aligned"]


def aligned(
    flow: Flow, bases: Sequence[Matrix], first_inverse: Matrix | None = None
) -> list[Matrix]:
    """Return J' a for which J_0 and J_L are met as far as J' can be changed in blocks.

    Parameters
    ----------
    bases : sequence of Matrix
        J'_0, …, J'_L: a flow basis of a point of the same stratum as that of `flow`.
    first_inverse : Matrix, optional
        J'_0^{-1}; found if it is not given.

    Returns
    -------
    list of Matrix
        If both pass the strands of each bar through the same flow subspaces of the input, J_0 comes
        first, up to a sign of a strand: the signs of J' are kept. Likewise J_L comes last.

    Examples
    --------
    >>> from linnet_exact.weights.weights import Weights
    >>> flow = Weights([[[3, 1]], [[2]]]).flow()
    >>> aligned(flow, [basis * 5 for basis in flow.bases]) == list(flow.bases)
    True
    """
    depth = flow.barcode.depth
    dual = bases[0].inverse() if first_inverse is None else first_inverse
    found = _at_one_end(flow, list(bases), dual, 0, lambda bar: bar.start == 0)
    dual = found[depth].inverse()
    return _at_one_end(flow, found, dual, depth, lambda bar: bar.end == depth)


def _at_one_end(
    flow: Flow, bases: list[Matrix], dual: Matrix, end: int, moves: Callable[[Interval], bool]
) -> list[Matrix]:
    layers = strands(flow.barcode)
    inverse = dual @ flow.bases[end]
    if inverse == Matrix.identity(inverse.nrows, inverse.field):
        return bases
    automorphism = _allowed(inverse, [bar for bar, _ in layers[end]], flow, end)
    place = {strand: at for at, strand in enumerate(layers[end])}
    found = []
    for basis, layer in zip(bases, layers, strict=True):
        inside = [at for at, (bar, _) in enumerate(layer) if moves(bar)]
        chosen = [place[layer[at]] for at in inside]
        images = basis[:, inside] @ automorphism[chosen, chosen]
        columns = Matrix.hstack([basis, images])
        source = {at: len(layer) + new for new, at in enumerate(inside)}
        found.append(columns[:, [source.get(at, at) for at in range(len(layer))]])
    return found


def _allowed(inverse: Matrix, bars: list[Interval], flow: Flow, end: int) -> Matrix:
    """Return the columns of h^{-1} if it is upper triangular in blocks, or those of [0, L] only."""
    blocks = {bar: [at for at, other in enumerate(bars) if other == bar] for bar in bars}
    unit = Matrix.identity(len(bars), inverse.field)
    upper = all(
        inverse[below, columns].is_zero()
        for bar, columns in blocks.items()
        if (below := [at for at, other in enumerate(bars) if other > bar])
    )
    parts = []
    for bar, columns in blocks.items():
        part = (
            inverse[:, columns] if upper or bar.is_through(flow.barcode.depth) else unit[:, columns]
        )
        if has_signs(inverse.field) and part[columns, :].det() < 0:
            part = Matrix.hstack([part[:, :-1], -part[:, -1:]])
        parts.append(part)
    return Matrix.hstack(parts)
