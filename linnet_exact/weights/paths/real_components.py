"""Which signs tell two points of one fiber apart over the real numbers.

The change from one flow basis to another, h_j = J_j^{-1} J'_j, keeps null W at layer 0 and col W
at layer L, and acts on the inputs modulo null W as it does on col W. Its determinants on these
spaces and on the hidden layers have the signs that `strata.signs` reckons with.
"""

from collections.abc import Sequence
from typing import NamedTuple

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.field import common_field
from linnet_exact.algebra.fields.ways_past_zero import has_signs
from linnet_exact.algebra.matrices.norms import height_bits
from linnet_exact.errors import InputError
from linnet_exact.strata.order.route import component_span, separates
from linnet_exact.strata.order.signs import sign_names
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.paths.short_flow import short_flow
from linnet_exact.weights.weights import Weights

__all__ = [
    "Corners",
    "basis_signs",
    "change_of_basis",
    "corners",
    "points_of_one_fiber",
    "separating_signs",
    "signs_between",
]


class Corners(NamedTuple):
    """The blocks of a change of flow basis that stand for G_W.

    Attributes
    ----------
    null : Matrix
        Its action on null W, (d_0 − r) × (d_0 − r).
    row : Matrix
        Its action on the inputs modulo null W, and on col W, r × r.
    outputs : Matrix
        Its action on the outputs modulo col W, (d_L − r) × (d_L − r).
    """

    null: Matrix
    row: Matrix
    outputs: Matrix


def corners(change: Sequence[Matrix], rank: int) -> Corners:
    """Return the blocks of h_0 and h_L, for flow bases whose strands are sorted by bar.

    Examples
    --------
    >>> corners([Matrix([[2, 5], [0, 3]]), Matrix([[3]])], 1)[:2]
    (Matrix([[2]]), Matrix([[3]]))
    """
    first, last = change[0], change[-1]
    cut = first.nrows - rank
    return Corners(first[:cut, :cut], first[cut:, cut:], last[rank:, rank:])


def basis_signs(change: Sequence[Matrix], rank: int) -> int:
    """Return the signs, as bits, of a change of flow basis h_0, …, h_L.

    Raises
    ------
    InputError
        If the field has real embeddings of which none was chosen.

    Examples
    --------
    >>> basis_signs([Matrix([[1]]), Matrix([[-2]]), Matrix([[1]])], 1)
    2
    """
    null, row, outputs = corners(change, rank)
    blocks = [null, *change[1:-1], outputs, row]
    return sum(1 << bit for bit, block in enumerate(blocks) if block.det() < 0)


def signs_between(flow: Flow, goal: Flow) -> int:
    """Return the signs of the change from one flow basis to another, without making it.

    The determinant of h_j is one of two bases, which have the signs of their inverses; and h_0 and
    h_L are block triangular.

    Examples
    --------
    >>> flow, goal = Weights([[[3]], [[2]]]).flow(), Weights([[[-2]], [[-3]]]).flow()
    >>> signs_between(flow, goal) == basis_signs(change_of_basis(flow, goal.bases), 1) == 2
    True
    """
    depth, rank = flow.barcode.depth, flow.barcode.rank
    signs = [first != second for first, second in zip(_signs(flow), _signs(goal), strict=True)]
    cut = flow.barcode.widths[0] - rank
    row = (flow.inverses[0][cut:, :] @ goal.bases[0][:, cut:]).det() < 0
    signs[0] ^= row
    signs[depth] ^= row
    return sum(1 << bit for bit, sign in enumerate([*signs, row]) if sign)


def _signs(flow: Flow) -> list[bool]:
    """Return for each layer whether det J_j < 0."""
    pairs = zip(flow.bases, flow.inverses, strict=True)
    return [min(pair, key=height_bits).det() < 0 for pair in pairs]


def separating_signs(first: Weights, second: Weights) -> list[str]:
    """Return the invariants that put two points of one stratum on different real components.

    Returns
    -------
    list of str
        Each names signs whose product is constant on components and differs at the two points;
        empty if they are on one component, or if the field has no real embedding. ``"layer j"`` is
        the sign of the determinant at that layer of a change of basis g that takes one point to
        the other, ``"null W"`` and ``"row W"`` of g_0 on null W and on the inputs modulo null W,
        ``"outputs modulo col W"`` of g_L there.

    Raises
    ------
    InputError
        If the points are not on one stratum of one fiber, or the field has real embeddings of
        which none was chosen.

    Examples
    --------
    >>> separating_signs(Weights([[[1]], [[2]]]), Weights([[[-1]], [[-2]]]))
    ['layer 1 * row W']
    """
    first, second = points_of_one_fiber(first, second)
    if first.barcode != second.barcode:
        raise InputError(
            f"the points are on different strata, {first.barcode} and {second.barcode}"
        )
    barcode = first.barcode
    if not has_signs(first.field):
        return []
    signs = signs_between(short_flow(first), short_flow(second))
    names = sign_names(barcode)
    invariants = component_span(barcode).invariants(sum(1 << bit for bit in names))
    return [
        " * ".join(name for bit, name in names.items() if bits >> bit & 1)
        for bits in invariants.values()
        if separates(signs, bits)
    ]


def change_of_basis(flow: Flow, bases: Sequence[Matrix]) -> list[Matrix]:
    """Return h_j = J_j^{-1} J'_j, which takes a flow basis J to other bases J' = J h.

    Examples
    --------
    >>> flow = Weights([[[1]]]).flow()
    >>> change_of_basis(flow, [Matrix([[2]]), Matrix([[2]])])
    [Matrix([[2]]), Matrix([[2]])]
    """
    return [inverse @ basis for inverse, basis in zip(flow.inverses, bases, strict=True)]


def points_of_one_fiber(first: Weights, second: Weights) -> tuple[Weights, Weights]:
    """Return two points over their common field, after checking that they are in one fiber.

    Raises
    ------
    InputError
        If their widths or products differ, or no field known here holds both; for products, it
        names the first entry at which they differ.

    Examples
    --------
    >>> points_of_one_fiber(Weights([[[1]]]), Weights([[[2]]]))
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: the points are in different fibers: their products differ at \
row 1, column 1, where they are 1 and 2
    """
    if first.network != second.network:
        raise InputError(
            f"the points are in different fibers: their widths are {first.network} and "
            f"{second.network}"
        )
    field = common_field([first.field, second.field])
    first, second = (
        theta if theta.field == field else Weights(theta.matrices, field)
        for theta in (first, second)
    )
    pairs = zip(first.product().rows(), second.product().rows(), strict=True)
    for i, (row, other) in enumerate(pairs, start=1):
        for j, (x, y) in enumerate(zip(row, other, strict=True), start=1):
            if x != y:
                raise InputError(
                    f"the points are in different fibers: their products differ at row {i}, "
                    f"column {j}, where they are {field.format(x)} and {field.format(y)}"
                )
    return first, second
