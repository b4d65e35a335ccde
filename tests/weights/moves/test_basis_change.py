"""The flow basis after a rising move, multiplied out, and its signs against determinants."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linnet_exact import Barcode, Matrix, Weights
from linnet_exact.errors import InputError, ShapeError
from linnet_exact.strata.order.moves import apply_move, rising_moves
from linnet_exact.strata.order.signs import move_signs
from linnet_exact.weights import act, canonical_weights, rising_move
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.moves.basis_change import after_move, reverse_strands
from tests.strategies_strata import barcodes


def identity_flow(barcode: Barcode) -> Flow:
    theta = canonical_weights(barcode)
    return Flow(theta, barcode, tuple(map(Matrix.identity, barcode.widths)))


@given(barcodes(max_depth=4, max_multiplicity=2), st.data())
def test_basis_after_a_rising_move(lower: Barcode, data: st.DataObject) -> None:
    moves = list(rising_moves(lower))
    assume(moves)
    move = data.draw(st.sampled_from(moves))
    upper = apply_move(lower, move)
    changes = after_move(lower, move)
    moved = rising_move(identity_flow(lower), move).apply(canonical_weights(lower))
    assert act(changes, canonical_weights(upper)) == moved
    assert Flow(moved, upper, tuple(changes)).check()
    negative = sum(1 << layer for layer, change in enumerate(changes) if change.det() < 0)
    assert negative == move_signs(lower, move)


@given(barcodes(max_depth=3), st.data())
def test_reversed_strands_are_a_flow_basis_too(barcode: Barcode, data: st.DataObject) -> None:
    bars = data.draw(st.lists(st.sampled_from(list(barcode))))
    flow = reverse_strands(identity_flow(barcode), bars)
    assert flow.check()
    for layer, basis in enumerate(flow.bases):
        odd = sum(bar.start <= layer <= bar.end for bar in bars) % 2
        assert basis.det() == (-1) ** odd


def test_group_action_is_one() -> None:
    theta = Weights([[[1, 2], [3, 5]], [[1, 1]]])
    g = [Matrix([[1, 1], [0, 1]]), Matrix([[2, 0], [1, 1]]), Matrix([[-3]])]
    h = [Matrix([[0, 1], [1, 0]]), Matrix([[1, 4], [0, 1]]), Matrix([[5]])]
    assert act(g, act(h, theta)) == act([a @ b for a, b in zip(g, h, strict=True)], theta)
    assert act(g, theta).product() == g[2] @ theta.product() @ g[0].inverse()
    with pytest.raises(ShapeError, match="expected square matrices of sizes 2,2,1"):
        act(g[:2], theta)
    with pytest.raises(InputError):
        act([*g[:2], Matrix([[0]])], theta)
