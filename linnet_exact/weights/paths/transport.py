"""Steps on one stratum from a point to another: an element of G_W factored into few families.

θ' = g·θ with g_j = J'_j J_j^{-1}. In flow coordinates g is h_j = J_j^{-1} J'_j. Each of its blocks
that stand for G_W is a product L U L D U of unitriangular matrices and a diagonal one; all layers
move together, so that five families 1 + t (T − 1) suffice for any network (six where the field has
no real embedding and a determinant must go round 0). The entries of the factors are quotients of
minors; where these are long, rounded factors are taken, and two families more for what is left. G_W
asks nothing of a hidden layer, so there g_j itself is factored where it is shorter than h_j by far,
as it may be between float weights, whose flow bases are long.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.algebra.fields.ways_past_zero import avoids_zero, waypoint
from linnet_exact.algebra.matrices.near_triangular import near_factors
from linnet_exact.algebra.matrices.norms import height_bits
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.paths.aligning import aligned
from linnet_exact.weights.paths.real_components import change_of_basis, corners
from linnet_exact.weights.paths.steps import GroupStep
from linnet_exact.weights.weight_vector import WeightVector

__all__ = ["group_steps", "hidden_steps"]

LONG = 64
"""Bits of frames that make numbers longer than the factors do."""

SHORTER = 4
"""How much shorter g_j must be than h_j, which has more zeros, as it keeps flow subspaces."""


def group_steps(flow: Flow, goal: Flow) -> Iterator[GroupStep]:
    """Yield the steps from the weights of one flow basis to those of another.

    Parameters
    ----------
    goal : Flow
        Of a point of the same barcode and product. Over R the signs of the change of basis must all
        be positive.

    Examples
    --------
    >>> from linnet_exact.weights.weights import Weights
    >>> theta = Weights([[[1], [1]]])
    >>> steps = list(group_steps(theta.flow(), theta.flow()))
    >>> steps
    []
    """
    return _steps(flow.weights, _layers(flow, goal))


def hidden_steps(theta: WeightVector, group: Sequence[Matrix]) -> Iterator[GroupStep]:
    """Yield the steps from θ to g·θ, where g_0 = 1 and g_L = 1.

    Examples
    --------
    >>> from linnet_exact.weights.weights import Weights
    >>> one, theta = Matrix([[1]]), Weights([[[3]], [[2]]])
    >>> [step.end.matrices for step in hidden_steps(theta, [one, Matrix([[2]]), one])]
    [(Matrix([[6]]), Matrix([[1]]))]
    """
    return _steps(theta, list(map(_standard, group)))


def _steps(theta: WeightVector, layers: list["_Layer"]) -> Iterator[GroupStep]:
    frames, inverses, change, goals = (tuple(part) for part in zip(*layers, strict=True))
    for family in (*_families(change, theta.barcode.rank), None):
        # The last factor is what is left.
        left = family or [inverse @ goal for inverse, goal in zip(inverses, goals, strict=True)]
        if all(map(_is_unit, left)):
            continue
        step = GroupStep(theta, frames, tuple(left), inverses)
        yield step
        theta, (frames, inverses) = step.end, step.end_frames


class _Layer(NamedTuple):
    """A basis of a layer and its inverse, a change of it that g makes, and where that leads."""

    frame: Matrix
    inverse: Matrix
    change: Matrix
    goal: Matrix


def _layers(flow: Flow, goal: Flow) -> list[_Layer]:
    """Return for each layer the frame in which g is to be factored, and g there."""
    ways = []
    for goals in (goal.bases, aligned(flow, goal.bases, goal.inverses[0])):
        parts = zip(flow.bases, flow.inverses, change_of_basis(flow, goals), goals, strict=True)
        layers = [_Layer(*part) for part in parts]
        ways += [(1, layers), (SHORTER, _in_standard_frames(layers))]
    return min(ways, key=lambda way: _effort(*way))[1]


def _in_standard_frames(layers: list[_Layer]) -> list[_Layer]:
    """Return g itself at hidden layers, and wherever it is 1."""
    found = []
    for at, layer in enumerate(layers):
        if 0 < at < len(layers) - 1:
            found.append(_standard(layer.goal @ layer.inverse))
        elif _is_unit(layer.change):
            found.append(_standard(layer.change))
        else:
            found.append(layer)
    return found


def _standard(element: Matrix) -> _Layer:
    unit = Matrix.identity(element.nrows, element.field)
    return _Layer(unit, unit, element, element)


def _is_unit(matrix: Matrix) -> bool:
    return matrix == Matrix.identity(matrix.nrows, matrix.field)


def _effort(weight: int, layers: list[_Layer]) -> int:
    """Estimate the bits of minors and of long frames, those of hidden layers with a weight."""
    first, *hidden, last = (
        0
        if _is_unit(layer.change)
        else sum(
            layer.change.nrows * bits
            for bits in (
                height_bits(layer.change),
                *(b for b in map(height_bits, layer[:2]) if b > LONG),
            )
        )
        for layer in layers
    )
    return weight * sum(hidden) + first + last


def _families(change: Sequence[Matrix], rank: int) -> Iterator[list[Matrix]]:
    """Yield all factors but the last of h = (h_0, …, h_L).

    Each is triangular at every layer, or in the last of them, close to 1.
    """
    blocks = [near_factors(block, avoids_zero) for block in (*corners(change, rank), *change[1:-1])]
    for at in range(5):
        family = _together([block.triangular[at] for block in blocks])
        yield from _round_zero(family) if at == 3 else [family]
    yield _together([block.rest for block in blocks])


def _together(blocks: Sequence[Matrix]) -> list[Matrix]:
    """Return matrices of all layers with these blocks on null W, row W, outputs, hidden layers."""
    null, row, outputs, *hidden = blocks
    first, last = (Matrix.block_diagonal(pair) for pair in ([null, row], [row, outputs]))
    return [first, *hidden, last]


def _round_zero(family: list[Matrix]) -> Iterator[list[Matrix]]:
    """Yield one or two families of diagonal matrices, none with an entry beyond 0 seen from 1."""
    if all(avoids_zero(x) for factor in family for x in _entries(factor)):
        yield family
        return
    on_the_way = [_diagonal([_stop(x) for x in _entries(factor)], factor) for factor in family]
    yield on_the_way
    yield [stop.inverse() @ factor for stop, factor in zip(on_the_way, family, strict=True)]


def _stop(number: Scalar) -> Scalar:
    return number if avoids_zero(number) else waypoint(number)


def _diagonal(entries: list[Scalar], like: Matrix) -> Matrix:
    rows = [[x if i == j else 0 for j in range(len(entries))] for i, x in enumerate(entries)]
    return Matrix(rows, like.field, like.shape)


def _entries(diagonal: Matrix) -> list[Scalar]:
    return [diagonal[i, i] for i in range(diagonal.nrows)]
