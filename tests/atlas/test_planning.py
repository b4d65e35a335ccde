"""Plans against listing, and their units against each other."""

import pytest

from linnet_exact.atlas import Box, plan
from linnet_exact.atlas.contents.planning import CONTENTS
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata import Network
from tests.strategies_strata import box_of_fibers


def test_figures_are_those_of_listing() -> None:
    planned = plan(Box(3, 3, contents=CONTENTS))
    fibers = list(box_of_fibers(3, 3))
    stored = [f for f in fibers if f.network.widths <= f.network.widths[::-1]]
    assert planned.to_jsonable() == {
        "fibers": len(fibers),
        "stored_fibers": len(stored),
        "strata": sum(fiber.count() for fiber in fibers),
        "stored_strata": sum(fiber.count() for fiber in stored),
        "edges": sum(len(fiber.dag().lower) for fiber in stored),
        "units": len(planned.units),
    }
    assert planned.covers_exact


def test_every_fiber_is_there_once_and_mirrored_ones_point_to_their_mirror() -> None:
    planned = plan(Box(3, 2))
    found = {(fiber.network, fiber.rank) for fiber in planned.fibers}
    assert found == {(fiber.network, fiber.rank) for fiber in box_of_fibers(3, 2)}
    assert len(found) == len(planned.fibers)
    for number, fiber in enumerate(planned.fibers):
        assert fiber.number == number
        if fiber.same_as is not None:
            mirror = planned.fibers[fiber.same_as]
            assert mirror.network == fiber.network.reversed() != fiber.network
            assert (mirror.rank, mirror.strata) == (fiber.rank, fiber.strata)
            assert mirror.same_as is None
            assert fiber.first_stratum is None


@pytest.mark.parametrize("size", [10, 100, 10_000])
def test_units_cover_the_strata_without_gap(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr("linnet_exact.atlas.contents.units._UNIT_STRATA", (size, size))
    planned = plan(Box(4, 3))
    at = 0
    for number, unit in enumerate(planned.units):
        assert unit.number == number
        if "strata" in unit.contents:
            assert unit.first_stratum == at
            at += unit.strata
            small_fiber = len(planned.fibers) > 1 and unit.first_fiber == unit.last_fiber
            assert unit.strata <= 2 * size or small_fiber
    assert at == planned.stored_strata


def test_weight_dimension_bounds_the_box() -> None:
    planned = plan(Box(4, 9, max_weight_dimension=7))
    assert {fiber.network for fiber in planned.fibers} == {
        fiber.network for fiber in box_of_fibers(4, 7) if fiber.network.weight_dimension <= 7
    }


def test_counting_one_by_one_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    together = plan(Box(3, 3, contents=("strata", "dag")))
    monkeypatch.setattr("linnet_exact.atlas.contents.planning._TABLE_WORK", 0)
    apart = plan(Box(3, 3, contents=("strata", "dag")))
    assert apart.fibers == together.fibers
    assert not apart.covers_exact
    assert apart.covers >= together.covers


def test_deep_boxes_of_few_weights() -> None:
    planned = plan(Box(30, 3, max_weight_dimension=13, contents=("invariants",)))
    assert max(fiber.network.depth for fiber in planned.fibers) == 13
    (deepest,) = (f for f in planned.fibers if f.network.depth == 13 and f.rank == 0)
    assert deepest.strata == Network(*[1] * 14).fiber().count()


@pytest.mark.parametrize(
    ("box", "limit", "message"),
    [
        (Box(2, 2), 40, "26 fibers with 54 strata, 41 of them to store; the limit is 40"),
        (Box(9, 9), 40, "3922632441 networks; the limit is 5000000"),
    ],
)
def test_what_is_too_large_is_refused(box: Box, limit: int, message: str) -> None:
    with pytest.raises(TooLargeError, match=message):
        plan(box, limit)


def test_dags_of_large_fibers_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linnet_exact.atlas.contents.planning.DAG_LIMIT", 26)
    plan(Box(3, 2))
    with pytest.raises(TooLargeError, match=r"2,2,2,2 and rank 0 has 27 strata; .* up to 26"):
        plan(Box(3, 2, contents=("dag",)))


@pytest.mark.parametrize("contents", [(), ("strata", "pictures")])
def test_contents_must_be_known(contents: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="strata, invariants, dag, claims"):
        Box(2, 2, contents=contents)
    with pytest.raises(InputError, match="at least 1"):
        plan(Box(0, 2))
