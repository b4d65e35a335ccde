"""Flow bases grown from any layer, and paths between weights with numbers as long as floats."""

from itertools import pairwise
from random import Random

import pytest

from linnet_exact import Barcode, Matrix, Weights
from linnet_exact.algebra.matrices.norms import height_bits
from linnet_exact.errors import NoPathError
from linnet_exact.weights import act, path, sample
from linnet_exact.weights.paths.hidden_change import hidden_change
from linnet_exact.weights.paths.real_components import (
    basis_signs,
    change_of_basis,
    signs_between,
)
from linnet_exact.weights.paths.short_flow import flow_from, normal_flow, short_flow
from tests.strategies_fields import CUBIC
from tests.weights.reference import ranks_of, small_barcodes


@pytest.mark.parametrize("barcode", small_barcodes(2, 2) + small_barcodes(3, 1), ids=str)
def test_grown_from_every_layer(barcode: Barcode) -> None:
    theta = sample(barcode, 3)
    flows = [flow_from(theta, layer) for layer in range(theta.depth + 1)]
    for flow in flows:
        assert flow.check()
        normal = normal_flow(flow)
        assert normal.check()
        assert normal.weights.product() == theta.product()
        assert ranks_of(normal.weights) == ranks_of(theta)
        for other in (flows[0], normal):
            signs = basis_signs(change_of_basis(flow, other.bases), barcode.rank)
            assert signs_between(flow, other) == signs
        assert signs_between(flow, normal) & ((1 << theta.depth) - 2) == 0


def test_over_a_number_field() -> None:
    theta = sample(Barcode.parse("0-0,0-1,0-2,1-2,2-2"), 3, field=CUBIC)
    assert all(flow_from(theta, layer).check() for layer in range(3))


def floats(widths: list[int], seed: int) -> Weights:
    random = Random(seed)
    return Weights(
        [
            [[random.gauss(0, 1) for _ in range(before)] for _ in range(after)]
            for before, after in pairwise(widths)
        ]
    )


def folded(theta: Weights) -> Weights:
    """W * 1 * ... * 1, on another stratum if a hidden layer is wider than the output."""
    widths, product = theta.network.widths, theta.product().rows()
    rows = [*product, *([0] * widths[0] for _ in range(widths[1] - len(product)))]
    ones = [[[int(i == j) for j in range(n)] for i in range(m)] for n, m in pairwise(widths[1:])]
    return Weights([rows, *ones])


def test_float_weights_and_their_product_folded_into_one_matrix() -> None:
    """Between moves numbers are about as long as those of the product."""
    theta = floats([12, 5, 5, 3], 1)
    for ends in ((theta, folded(theta)), (folded(theta), theta)):
        found = path(*ends)
        found.check()
        assert len(found.moves) >= 2  # two ranks fall or rise, and more for a sign
        longest = max(height_bits(theta.product()), *map(height_bits, theta.matrices))
        at_moves = [step.end for step in found.steps if step.kind == "connect"]
        assert all(height_bits(m) < 2 * longest for end in at_moves for m in end.matrices)
        assert max(found.bits) < 3000


def test_float_weights_in_another_basis_need_no_flow() -> None:
    theta = floats([10, 4, 6, 4, 9], 2)
    assert "_flow" not in theta.__dict__
    g = Matrix([[2, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, -1], [0, 0, 1, 3]])
    assert g.det() > 0
    group = [Matrix.identity(n) for n in theta.network.widths]
    group[1], group[3] = g, g @ g
    found = path(theta, act(group, theta))
    found.check()
    assert hidden_change(theta, found.end) == group
    assert (found.moves, found.shortest, "_flow" in theta.__dict__) == ([], True, False)
    back = path(found.end, theta)
    assert (back.moves, back.end) == ([], theta)
    back.check()


def test_the_way_from_the_output_and_none() -> None:
    theta = floats([3, 4, 4, 9], 3)
    group = [Matrix.identity(n) for n in theta.network.widths]
    group[1] = group[2] = Matrix([[1, 2, 0, 0], [0, 1, 0, 0], [5, 0, 1, 0], [0, 0, 0, 1]])
    assert hidden_change(theta, act(group, theta)) == group
    narrow = Weights([[[1], [0]], [[1, 0]]])
    moved = Weights([[[1], [0]], [[1, 1]]])
    assert hidden_change(narrow, moved) is None
    assert hidden_change(narrow, Weights([[[1], [0]], [[0, 0]]])) is None


def test_another_side_of_a_narrow_layer_is_not_reached() -> None:
    theta = floats([5, 3, 5], 4)
    group = [Matrix.identity(5), Matrix([[1, 0, 0], [0, -1, 0], [0, 0, 1]]), Matrix.identity(5)]
    with pytest.raises(NoPathError, match="differ in the sign of layer 1 \\* row W"):
        path(theta, act(group, theta))
    assert short_flow(theta).check()
