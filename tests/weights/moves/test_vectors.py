"""Moves along any vectors, up and down, and walks; ranks and products by plain elimination."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact import Barcode, Interval, NumberField, Weights
from linnet_exact.errors import InputError
from linnet_exact.strata import Move
from linnet_exact.strata.order.barcode_moves import barcode_moves, layers_of
from linnet_exact.strata.order.moves import rising_moves
from linnet_exact.weights import OneMatrixMove, sample
from linnet_exact.weights.moves.vectors import falling_move, move_along
from linnet_exact.weights.moves.walk import moves_to
from tests.weights.reference import product_of, ranks_of, small_barcodes

BARCODES = [*small_barcodes(1, 2), *small_barcodes(2, 2), *small_barcodes(3, 1)]


def assert_moved(theta: Weights, move: OneMatrixMove, after: Barcode) -> None:
    moved = theta.apply(move)
    assert ranks_of(moved) == dict(after.rank_list)
    assert product_of(moved, theta.depth, 0) == product_of(theta, theta.depth, 0)
    changed = [a != b for a, b in zip(moved.matrices, theta.matrices, strict=True)]
    assert sum(changed) <= 1
    assert moved.apply(move.reverse()) == theta


@pytest.mark.parametrize("barcode", BARCODES, ids=str)
def test_every_inverse_move_at_every_layer(barcode: Barcode) -> None:
    theta = sample(barcode, seed=3)
    for leg in barcode_moves(barcode):
        if not leg.up:
            for layer in layers_of(leg.move):
                move = falling_move(theta.flow(), leg.move, layer)
                assert_moved(theta, move, leg.lower)
                assert (move.kind, move.rises) == (leg.move.kind, False)


SWAPPED = Barcode.parse("0-3:2,1-2:2,0-0,4-4:2")


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_strands_of_a_swap(layer: int) -> None:
    theta = sample(SWAPPED, seed=1)
    move = Move(Interval(0, 2), Interval(1, 3))
    seen = set()
    for short, (vector, covector) in product((0, 1), [([1, 0], [1, 5]), ([2, 3], [-1, 1])]):
        fall = falling_move(theta.flow(), move, layer, vector, covector, short)
        assert_moved(theta, fall, Barcode.parse("0-0,0-2,0-3,1-2,1-3,4-4:2"))
        seen.add(theta.apply(fall))
    assert len(seen) == 4


@given(
    st.lists(st.integers(-3, 3), min_size=2, max_size=2),
    st.lists(st.integers(-3, 3), min_size=3, max_size=3),
)
def test_any_vectors(vector: tuple[int, ...], covector: tuple[int, ...]) -> None:
    theta = sample(Barcode.parse("0-0:3,1-1:2,2-2"), seed=1)
    move = move_along(theta.flow(), 1, Interval(0, 0), Interval(1, 1), vector, covector, "-2/3")
    zero = not any(vector) or not any(covector)
    after = theta.barcode if zero else Barcode.parse("0-0:2,0-1,1-1,2-2")
    assert_moved(theta, move, after)


@given(
    st.lists(st.integers(-2, 2), min_size=2, max_size=2),
    st.lists(st.integers(-2, 2), min_size=2, max_size=2),
)
def test_inside_one_bar(vector: tuple[int, ...], covector: tuple[int, ...]) -> None:
    theta = sample(Barcode.parse("0-1:2,2-2"), seed=1)
    bar, flow = Interval(0, 1), theta.flow()
    if sum(a * b for a, b in zip(vector, covector, strict=True)) == -1:
        with pytest.raises(InputError, match="would cut a strand"):
            move_along(flow, 1, bar, bar, vector, covector)
    else:
        assert_moved(theta, move_along(flow, 1, bar, bar, vector, covector), theta.barcode)


def test_over_a_field_without_real_embedding() -> None:
    field = NumberField([1, 0, 1])
    theta = sample(Barcode.parse("0-1:2,2-2"), seed=1, field=field)
    move = Move(Interval(0, 0), Interval(1, 1))
    i = field.gen
    fall = falling_move(theta.flow(), move, 1, [1, i], [0, -i])
    moved = theta.apply(fall)
    assert str(moved.barcode) == "0-0,0-1,1-1,2-2"
    assert moved.apply(fall.reverse()) == theta


@pytest.mark.parametrize("barcode", BARCODES, ids=str)
def test_walks_to_every_stratum(barcode: Barcode) -> None:
    theta = sample(barcode, seed=5)
    for goal in (stratum.barcode for stratum in barcode.fiber.strata()):
        up, down = barcode.rank_list <= goal.rank_list, goal.rank_list <= barcode.rank_list
        if not up and not down:
            with pytest.raises(InputError, match="neither of the strata"):
                list(moves_to(theta, goal))
            continue
        stages = list(moves_to(theta, goal))
        end = stages[-1].weights if stages else theta
        assert ranks_of(end) == dict(goal.rank_list)
        assert product_of(end, theta.depth, 0) == product_of(theta, theta.depth, 0)
        assert all(stage.move.rises == up for stage in stages)


def test_refused() -> None:
    theta = sample(Barcode.parse("0-1:2,2-2"), seed=1)
    flow, one = theta.flow(), Move(Interval(0, 0), Interval(1, 1))
    with pytest.raises(
        InputError, match=r"the vector needs one coefficient for each strand of .*, 2 in all"
    ):
        falling_move(flow, one, 1, [1], [1, 0])
    with pytest.raises(InputError, match="must take the vector to 1, not to 2"):
        falling_move(flow, one, 1, [1, 0], [2, 0])
    with pytest.raises(InputError, match="made by W_j with j = 1, not 2"):
        falling_move(flow, one, 2)
    with pytest.raises(InputError, match="has no bar 1-2"):
        falling_move(flow, Move(Interval(1, 1), Interval(2, 2)))
    with pytest.raises(InputError, match="no connecting or swapping move has the bars"):
        falling_move(flow, Move(Interval(1, 1), Interval(0, 0)))
    through = sample(Barcode.parse("0-2"), seed=1)
    with pytest.raises(InputError, match="would cut a bar 0-2 and change the product"):
        falling_move(through.flow(), Move(Interval(0, 0), Interval(1, 2)))
    with pytest.raises(InputError, match="moves keep the product"):
        list(moves_to(through, Barcode.parse("0-1,2-2")))
    assert not list(rising_moves(through.barcode))
