"""Counts of a whole box against counting, and drawing, one fiber at a time."""

from linnet_exact.strata.counting.box import count_covers_in_box, count_strata_in_box
from tests.strategies_strata import box_of_fibers


def test_strata_and_covers() -> None:
    strata = {depth: count_strata_in_box(depth, 3) for depth in (1, 2, 3)}
    covers = {depth: count_covers_in_box(depth, 3) for depth in (1, 2, 3)}
    for fiber in box_of_fibers(3, 3):
        excess = tuple(width - fiber.rank for width in fiber.network.widths)
        assert strata[len(excess) - 1][excess] == fiber.count()
        assert covers[len(excess) - 1][excess] == len(fiber.dag().lower)


def test_counts_of_python_integers_agree(monkeypatch) -> None:
    from linnet_exact.strata.counting import box as box_counts

    small = count_covers_in_box(3, 3)
    monkeypatch.setattr(box_counts, "_LARGEST", 1)
    large = count_covers_in_box(3, 3)
    assert large.dtype == object
    assert (small == large).all()
