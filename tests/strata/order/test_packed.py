"""Packed states and their covers against barcodes and theirs."""

from linnet_exact.strata.order.moves import covers_above, covers_below
from linnet_exact.strata.order.packed import PackedFiber
from linnet_exact.strata.order.signs import move_signs
from tests.strategies_strata import box_of_fibers


def test_covers_both_ways_stay_in_the_fiber() -> None:
    for fiber in box_of_fibers(3, 2):
        barcodes = [stratum.barcode for stratum in fiber.strata()]
        packed = PackedFiber(barcodes[0])
        for barcode in barcodes:
            state = packed.state(barcode)
            assert packed.barcode(state) == barcode
            up, down = packed.covers(state.bars)
            above = [(move.move, packed.barcode(packed.up(state, move))) for move in up]
            below = [(move.move, packed.barcode(packed.down(state, move))) for move in down]
            assert sorted(above) == sorted(covers_above(barcode))
            assert sorted(below) == sorted(covers_below(barcode))
            for move in up:
                assert packed.move_signs(state, move, True) == move_signs(barcode, move.move)
            for move, (_, lower) in zip(down, below, strict=True):
                assert packed.move_signs(state, move, False) == move_signs(lower, move.move)
