"""Counts of a whole box against counting, and drawing, one fiber at a time."""

import numpy as np
import pytest

from linnet_exact import Network
from linnet_exact.strata.counting import box
from linnet_exact.strata.counting.box import count_covers_in_box, count_strata_in_box, table_work
from linnet_exact.strata.order.moves import moves_of_fiber
from tests.strategies_strata import box_of_fibers


def test_strata_and_covers() -> None:
    strata = {depth: count_strata_in_box(depth, 3) for depth in (1, 2, 3)}
    covers = {depth: count_covers_in_box(depth, 3) for depth in (1, 2, 3)}
    for fiber in box_of_fibers(3, 3):
        excess = tuple(width - fiber.rank for width in fiber.network.widths)
        assert strata[len(excess) - 1][excess] == fiber.count()
        assert covers[len(excess) - 1][excess] == len(fiber.dag().lower)


@pytest.mark.parametrize("count", [count_strata_in_box, count_covers_in_box])
def test_smaller_boxes_are_corners_of_larger_ones(count) -> None:
    for depth in (1, 2, 3):
        large = count(depth, 3)
        for most in (1, 2):
            corner = (slice(0, most + 1),) * (depth + 1)
            assert (count(depth, most) == large[corner]).all()


def test_counts_of_python_integers_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are taken where the largest number of strata, or of strata and moves, needs them."""
    small, largest = count_covers_in_box(3, 3), Network(3, 3, 3, 3).fiber().count()
    assert small.dtype == np.int64
    for count, bound in (
        (count_strata_in_box, largest),
        (count_covers_in_box, largest * len(moves_of_fiber(3))),
    ):
        expected = count(3, 3)
        for limit, dtype in ((bound + 1, np.int64), (bound, object)):
            monkeypatch.setattr(box, "_LARGEST", limit)
            found = count(3, 3)
            assert found.dtype == dtype
            assert (found == expected).all()
        monkeypatch.undo()


def test_work_is_entries_times_bars_times_moves() -> None:
    for depth in (1, 2, 3, 4):
        for most in (1, 2, 5):
            bars = len([(i, k) for i in range(depth + 1) for k in range(i, depth + 1)]) - 1
            work = (most + 1) ** (depth + 1) * bars
            assert table_work(depth, most, covers=False) == work
            assert table_work(depth, most, covers=True) == work * len(moves_of_fiber(depth))
