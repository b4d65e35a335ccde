"""Flow bases of weights with long numbers, short where a path needs them.

A flow basis grown from the input to the output has short J_0, …, but its dual bases are as long as
minors, and both are needed. Grown from the narrowest layer m towards both ends, it has short J_j
right of m, where vectors are passed on, and short J_j^{-1} left of it, where covectors are passed
back. A change of the bases of the hidden layers alone then leads to a point that has unit bases
there, and no number longer than J_L or J_0^{-1}.
"""

from functools import lru_cache

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.ways_past_zero import has_signs
from linnet_exact.algebra.matrices.norms import height_bits
from linnet_exact.algebra.matrices.short_null_basis import reduced_null_basis
from linnet_exact.strata import Barcode
from linnet_exact.weights.flow import Flow, completed, grown
from linnet_exact.weights.strands import canonical_matrices, strands
from linnet_exact.weights.weights import Weights

__all__ = ["flow_from", "has_long_numbers", "normal_flow", "short_flow"]

LONG_NUMBERS = 16
"""Weights whose entries have more bits, as floats have, get flow bases from the middle."""


def has_long_numbers(theta: Weights) -> bool:
    """Return whether some entry is as long as a float.

    Examples
    --------
    >>> has_long_numbers(Weights([[[1]]])), has_long_numbers(Weights([[["0.1", 1 / 3]]]))
    (False, True)
    """
    return max(map(height_bits, theta.matrices)) > LONG_NUMBERS


@lru_cache(maxsize=2)
def short_flow(theta: Weights) -> Flow:
    """Return `theta.flow()`, or if numbers are long a flow basis grown from the narrowest layer.

    Examples
    --------
    >>> theta = Weights([[["1e30", 2], [3, 4], [5, 6]], [[1, 2, "1e40"]]])
    >>> found = short_flow(theta)
    >>> found.check(), found.bases[2]
    (True, Matrix([[1]]))
    """
    if not has_long_numbers(theta):
        return theta.flow()
    widths, depth = theta.network.widths, theta.depth
    return flow_from(theta, min(range(depth + 1), key=lambda j: (widths[j], abs(2 * j - depth))))


def flow_from(theta: Weights, layer: int) -> Flow:
    """Return the flow basis of θ that is grown from J_layer towards the output and the input.

    Examples
    --------
    >>> theta = Weights([[[1, 2], [2, 4]], [[1, 1]]])
    >>> [flow_from(theta, layer).check() for layer in range(3)]
    [True, True, True]
    """
    first = _adapted_basis(theta, layer)
    right = grown(theta, first, layer)
    # Covectors of layer j are vectors of layer L - j of the transposed network.
    order = _transposed_order(theta.barcode)
    dual = first.inverse()
    turned = grown(theta.transpose(), dual.T[:, order[layer]], theta.depth - layer)
    left: list[Matrix] = []
    for j, covectors in zip(range(layer - 1, -1, -1), turned[1:], strict=True):
        back = sorted(range(covectors.ncols), key=order[j].__getitem__)
        left.insert(0, covectors[:, back].T)
    bases = (*(rows.inverse() for rows in left), *right)
    inverses = (*left, dual, *(basis.inverse() for basis in right[1:]))
    return Flow(theta, theta.barcode, bases).with_inverses(inverses)


def normal_flow(flow: Flow) -> Flow:
    """Return the flow basis of the point with 1 for J_j at hidden layers, up to a sign of det J_j.

    It lies on the stratum of θ, and over R on its real component.

    Examples
    --------
    >>> flow = normal_flow(Weights([[[6]], [[2]]]).flow())
    >>> flow.weights.matrices, flow.check()
    ((Matrix([[1]]), Matrix([[12]])), True)
    """
    hidden = [_unit_of_one_sign(basis) for basis in flow.bases[1:-1]]
    bases = (flow.bases[0], *hidden, flow.bases[-1])
    inverses = (flow.inverses[0], *hidden, flow.inverses[-1])
    slots = canonical_matrices(flow.barcode, flow.weights.field)
    triples = zip(bases[1:], slots, inverses, strict=False)
    point = Weights([basis @ slot @ inverse for basis, slot, inverse in triples])
    return Flow(point, flow.barcode, bases).with_inverses(inverses)


def _unit_of_one_sign(basis: Matrix) -> Matrix:
    unit = Matrix.identity(basis.nrows, basis.field)
    if has_signs(basis.field) and basis.det() < 0:
        return Matrix.hstack([unit[:, :-1], -unit[:, -1:]])
    return unit


def _transposed_order(barcode: Barcode) -> list[list[int]]:
    """Return for each layer its strands, by their places, as the transposed network sorts them."""
    return [
        sorted(range(len(layer)), key=lambda at: (-layer[at][0].end, -layer[at][0].start, at))
        for layer in strands(barcode)
    ]


def _adapted_basis(theta: Weights, j: int) -> Matrix:
    """Return a J_j: for each bar [i, k], vectors of null W_{k+1~j} ∩ col W_{j~i}."""
    bars = ((bar, count) for bar, count in theta.barcode.items() if j in bar)
    born = [(count, _short_flow_subspace(theta, bar.end, j, bar.start)) for bar, count in bars]
    return completed(Matrix.zero(theta.network.widths[j], 0, theta.field), born)


def _short_flow_subspace(theta: Weights, k: int, j: int, i: int) -> Matrix:
    """Return short vectors, as columns, that span A_{kji}."""
    width = theta.network.widths[j]
    conditions = []
    if k < theta.depth:
        conditions.append(theta.product(k + 1, j))
    if theta.rank_list[j, i] < width:
        conditions.append(reduced_null_basis(theta.product(j, i).T))
    if not conditions:
        return Matrix.identity(width, theta.field)
    return reduced_null_basis(Matrix.vstack(conditions)).T
