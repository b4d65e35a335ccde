"""Steps on one stratum from a point to another: an element of G_W factored into few families.

θ' = g·θ with g_j = J'_j J_j^{-1}. In flow coordinates g is h_j = J_j^{-1} J'_j. Each of its blocks
that stand for G_W is a product L U L D U of unitriangular matrices and a diagonal one; all layers
move together, so that five families 1 + t (T − 1) suffice for any network (six where the field has
no real embedding and a determinant must go round 0). The entries of the factors are quotients of
minors. G_W asks nothing of a hidden layer, so there g_j itself is factored where it is shorter than
h_j by far, as it may be between float weights, whose flow bases are long.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.algebra.fields.ways_past_zero import avoids_zero, waypoint
from linnet_exact.algebra.matrices.norms import height_bits
from linnet_exact.algebra.matrices.triangular import triangular_factors
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.paths.aligning import aligned
from linnet_exact.weights.paths.real_components import change_of_basis, corners
from linnet_exact.weights.paths.steps import GroupStep

__all__ = ["group_steps"]

SHORTER = 4
"""How much shorter g_j must be than h_j, which has more zeros, as it keeps flow subspaces."""


def group_steps(flow: Flow, bases: Sequence[Matrix]) -> Iterator[GroupStep]:
    """Yield the steps from the weights of `flow` to those that have `bases` as a flow basis.

    Parameters
    ----------
    bases : sequence of Matrix
        J'_0, …, J'_L, of the same barcode and product. Over R the signs of the change of basis
        must all be positive.

    Examples
    --------
    >>> from linnet_exact.weights.weights import Weights
    >>> theta = Weights([[[1], [1]]])
    >>> steps = list(group_steps(theta.flow(), theta.flow().bases))
    >>> steps
    []
    """
    theta, layers = flow.weights, _layers(flow, bases)
    frames, inverses, change, goals = (tuple(part) for part in zip(*layers, strict=True))
    for family in (*_families(change, flow.barcode.rank), None):
        # The last factor is what is left.
        left = family or [inverse @ goal for inverse, goal in zip(inverses, goals, strict=True)]
        if all(factor == Matrix.identity(factor.nrows) for factor in left):
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


def _layers(flow: Flow, bases: Sequence[Matrix]) -> list[_Layer]:
    """Return for each layer the frame in which g is to be factored, and g there."""
    ways = []
    for goals in (bases, aligned(flow, bases)):
        parts = zip(flow.bases, flow.inverses, change_of_basis(flow, goals), goals, strict=True)
        layers = [_Layer(*part) for part in parts]
        ways += [(1, layers), (SHORTER, _in_standard_frames(layers))]
    return min(ways, key=lambda way: _effort(*way))[1]


def _in_standard_frames(layers: list[_Layer]) -> list[_Layer]:
    """Return g itself at hidden layers, and wherever it is 1."""
    found = []
    for at, layer in enumerate(layers):
        unit = Matrix.identity(layer.frame.nrows, layer.frame.field)
        hidden = 0 < at < len(layers) - 1
        if hidden or layer.change == unit:
            element = layer.goal @ layer.inverse if hidden else unit
            found.append(_Layer(unit, unit, element, element))
        else:
            found.append(layer)
    return found


def _effort(weight: int, layers: list[_Layer]) -> int:
    """Estimate the bits of minors, those of hidden layers with a weight."""
    first, *hidden, last = (
        0 if change == Matrix.identity(change.nrows) else change.nrows * height_bits(change)
        for change in (layer.change for layer in layers)
    )
    return weight * sum(hidden) + first + last


def _families(change: Sequence[Matrix], rank: int) -> Iterator[list[Matrix]]:
    """Yield all factors but the last of h = (h_0, …, h_L), each triangular at every layer."""
    null, row, outputs = (triangular_factors(c, avoids_zero) for c in corners(change, rank))
    hidden = [triangular_factors(h, avoids_zero) for h in change[1:-1]]
    for at in range(4):
        first = Matrix.block_diagonal([null[at], row[at]])
        last = Matrix.block_diagonal([row[at], outputs[at]])
        family = [first, *(factors[at] for factors in hidden), last]
        yield from _round_zero(family) if at == 3 else [family]


def _round_zero(family: list[Matrix]) -> Iterator[list[Matrix]]:
    """Yield one or two families of diagonal matrices, none with an entry beyond 0 seen from 1."""
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
