"""Moves: what they predict against ranks and products from scratch, and what they refuse."""

from fractions import Fraction

import pytest

from linnet_exact import Barcode, Interval, Matrix, NumberField, Weights
from linnet_exact.errors import InputError
from linnet_exact.strata import Move
from linnet_exact.strata.order.moves import apply_move, rising_moves
from linnet_exact.weights import OneMatrixMove, TwoMatrixMove, rising_move, sample
from tests.weights.reference import product_of, ranks_of, small_barcodes

EPSILONS = (1, Fraction(-2, 3), 10**9, Fraction(1, 10**9))


def slots(barcode: Barcode) -> list[tuple[int, Interval, Interval]]:
    return [
        (layer, source, target)
        for layer in range(1, barcode.depth + 1)
        for source in barcode
        for target in barcode
        if source.start < layer <= source.end + 1 and target.start <= layer <= target.end
    ]


def pairs_in_layers(barcode: Barcode) -> list[tuple[int, Interval, Interval]]:
    return [
        (layer, source, target)
        for layer in range(1, barcode.depth)
        for source in barcode
        for target in barcode
        if source.start <= layer <= source.end and target.start <= layer <= target.end
    ]


def assert_point(moved: Weights, theta: Weights, ranks: dict[tuple[int, int], int]) -> None:
    depth = theta.depth
    assert product_of(moved, depth, 0) == product_of(theta, depth, 0)
    assert ranks_of(moved) == ranks


@pytest.mark.parametrize("barcode", small_barcodes(2, 2) + small_barcodes(3, 1), ids=str)
def test_one_matrix_moves_of_every_slot(barcode: Barcode) -> None:
    theta = sample(barcode, seed=3)
    for layer, source, target in slots(barcode):
        if source.start == 0 and target.end == barcode.depth:
            with pytest.raises(InputError, match="would change the product"):
                OneMatrixMove.between(theta.flow(), layer, source, target)
            continue
        rises = source.start < target.start and source.end < target.end
        after = apply_move(barcode, Move(source, target)) if rises else barcode
        for epsilon in EPSILONS:
            move = OneMatrixMove.between(theta.flow(), layer, source, target, epsilon)
            assert (move.after, move.rises) == (after, rises)
            moved = theta.apply(move)
            assert_point(moved, theta, dict(after.rank_list))
            changed = [a != b for a, b in zip(moved.matrices, theta.matrices, strict=True)]
            assert changed == [j == layer for j in range(1, barcode.depth + 1)]
            assert moved.apply(move.reverse()) == theta


@pytest.mark.parametrize("barcode", small_barcodes(2, 2), ids=str)
def test_two_matrix_moves(barcode: Barcode) -> None:
    theta = sample(barcode, seed=3)
    for layer, source, target in pairs_in_layers(barcode):
        move = TwoMatrixMove.between(theta.flow(), layer, source, target, "5/2")
        moved = theta.apply(move)
        assert_point(moved, theta, ranks_of(theta))
        assert moved.apply(move.reverse()) == theta


def test_what_a_through_move_would_do() -> None:
    """The product does change: the refusal is not caution."""
    theta = sample(Barcode.parse("0-0,1-2,2-2"), seed=1)
    flow = theta.flow()
    matrices = list(theta.matrices)
    matrices[0] += flow.bases[1] @ flow.inverses[0]
    assert Weights(matrices).product() != theta.product()


def test_strands_of_one_bar() -> None:
    theta = sample(Barcode.parse("0-1:2,2-2"), seed=1)
    bar = Interval(0, 1)
    with pytest.raises(InputError, match="would cut the strand between layers 0 and 1"):
        OneMatrixMove.between(theta.flow(), 1, bar, bar, -1)
    with pytest.raises(InputError, match="would cut"):
        OneMatrixMove.between(theta.flow(), 1, bar, bar, -1, copies=(1, -1))
    between = OneMatrixMove.between(theta.flow(), 1, bar, bar, -1, copies=(0, 1))
    assert ranks_of(theta.apply(between)) == ranks_of(theta)
    with pytest.raises(InputError, match="1 \\+ epsilon H is singular"):
        TwoMatrixMove.between(theta.flow(), 1, bar, bar, -1)
    with pytest.raises(
        InputError, match="no strand 2 of bar 0-1, whose strands are numbered from 0 to 1"
    ):
        OneMatrixMove.between(theta.flow(), 1, bar, bar, 1, copies=(2, 0))


def test_epsilon_zero_does_nothing() -> None:
    theta = sample(Barcode.parse("0-0,1-1,2-2"), seed=1)
    move = OneMatrixMove.between(theta.flow(), 1, Interval(0, 0), Interval(1, 1), 0)
    assert (move.kind, move.apply(theta)) == ("stay", theta)
    with pytest.raises(InputError, match="epsilon must not be 0"):
        rising_move(theta.flow(), Move(Interval(0, 0), Interval(1, 1)), 0)


@pytest.mark.parametrize(
    ("layer", "source", "target", "message"),
    [
        (0, "0-0", "0-0", "layer must be between 1 and 2, not 0"),
        (3, "0-0", "0-0", "layer must be between 1 and 2, not 3"),
        (1, "0-1", "1-1", "has no bar 0-1; at layer 0 it has 0-0, 0-2"),
        (1, "1-1", "1-1", "bar 1-1 does not live at layer 0; there is 0-0, 0-2"),
        (2, "1-1", "0-0", "bar 0-0 does not live at layer 2; there is 0-2, 2-2"),
    ],
)
def test_bars_that_are_not_there(layer: int, source: str, target: str, message: str) -> None:
    flow = sample(Barcode.parse("0-0,0-2,1-1:2,2-2"), seed=1).flow()
    with pytest.raises(InputError, match=message):
        OneMatrixMove.between(flow, layer, Interval.parse(source), Interval.parse(target))


@pytest.mark.parametrize("layer", [0, 2])
def test_two_matrix_moves_need_a_hidden_layer(layer: int) -> None:
    theta = sample(Barcode.parse("0-2,1-1"), seed=1)
    with pytest.raises(InputError, match="needs a hidden layer, 1 to 1, not"):
        TwoMatrixMove(layer, Matrix([[1]]), 1, theta.barcode)
    with pytest.raises(InputError, match="there is none"):
        TwoMatrixMove(1, Matrix([[1]]), 1, Barcode.parse("0-1"))
    with pytest.raises(InputError, match="H must be 2x2 like layer 1, not 1x1"):
        TwoMatrixMove(1, Matrix([[1]]), 1, theta.barcode)


def test_moves_of_other_weights_are_refused() -> None:
    theta, other = (sample(Barcode.parse("0-0:2,1-1:2,2-2:2,0-2"), seed) for seed in (1, 2))
    move = rising_move(theta.flow(), Move(Interval(0, 0), Interval(1, 1)))
    with pytest.raises(InputError, match="made for other weights of the same barcode"):
        other.apply(move)
    with pytest.raises(InputError, match="the move is for weights with barcode"):
        theta.apply(move).apply(move)


def test_over_a_number_field() -> None:
    field = NumberField("sqrt(2)")
    theta = sample(Barcode.parse("0-1,1-2,1-1"), seed=1, field=field)
    for move in rising_moves(theta.barcode):
        rise = rising_move(theta.flow(), move, "1 - sqrt(2)")
        assert ranks_of(theta.apply(rise)) == dict(apply_move(theta.barcode, move).rank_list)
    with pytest.raises(InputError, match="epsilon = -1"):
        OneMatrixMove.between(theta.flow(), 1, Interval(0, 1), Interval(0, 1), field("a - 1 - a"))
    with pytest.raises(InputError):
        OneMatrixMove.between(
            sample(theta.barcode).flow(), 1, Interval(0, 1), Interval(1, 1), "sqrt(2)"
        )
