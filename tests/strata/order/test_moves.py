"""Moves and covers against the definition: comparison of rank lists over whole fibers."""

import pytest

from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode, Fiber, Interval, Move, Network
from linnet_exact.strata.order.moves import (
    apply_move,
    covers_above,
    covers_below,
    moves_of_fiber,
    rising_moves,
    undo_move,
)
from tests.strata.reference import enumerate_barcodes
from tests.strategies_strata import box_of_fibers

SMALL = [*box_of_fibers(max_depth=3, max_width=2), Network(1, 2, 1, 2, 1).fiber()]


def brute_force_covers(fiber: Fiber) -> set[tuple[Barcode, Barcode]]:
    """The transitive reduction of the componentwise order of rank lists."""
    ranks = {
        barcode: barcode.rank_list for barcode in enumerate_barcodes(fiber.network, fiber.rank)
    }
    below = {(a, b) for a in ranks for b in ranks if a != b and ranks[a] <= ranks[b]}
    between = {(a, c) for a, b in below for c in ranks if (b, c) in below}
    return below - between


@pytest.mark.parametrize("fiber", SMALL, ids=lambda fiber: f"{fiber.network}:{fiber.rank}")
def test_covers_are_the_transitive_reduction(fiber: Fiber) -> None:
    barcodes = list(enumerate_barcodes(fiber.network, fiber.rank))
    covers = brute_force_covers(fiber)
    assert {(b, above) for b in barcodes for _, above in covers_above(b)} == covers
    assert {(below, b) for b in barcodes for _, below in covers_below(b)} == covers


@pytest.mark.parametrize(("widths", "count"), [("2^4", 49), ("2^5", 282), ("3^5", 1671)])
def test_known_numbers_of_covers(widths: str, count: int) -> None:
    barcodes = enumerate_barcodes(Network.parse(widths), 0)
    assert sum(len(covers_above(barcode)) for barcode in barcodes) == count


def test_moves_rise_and_can_be_undone() -> None:
    for fiber in box_of_fibers(max_depth=3, max_width=2):
        for barcode in enumerate_barcodes(fiber.network, fiber.rank):
            for move in rising_moves(barcode):
                above = apply_move(barcode, move)
                assert move in moves_of_fiber(barcode.depth)
                assert above != barcode
                assert above.rank == barcode.rank
                assert barcode.rank_list <= above.rank_list
                assert undo_move(above, move) == barcode


def test_moves_without_their_bars_are_refused() -> None:
    barcode = Barcode.parse("0-0,1-1,2-2")
    with pytest.raises(InputError, match="has no bar 1-2 to move"):
        apply_move(barcode, Move(Interval(0, 0), Interval(1, 2)))
    with pytest.raises(InputError, match="do not allow a rising move"):
        apply_move(barcode, Move(Interval(0, 0), Interval(2, 2)))
    with pytest.raises(InputError, match="has no bar 0-1, which the move makes"):
        undo_move(barcode, Move(Interval(0, 0), Interval(1, 1)))
