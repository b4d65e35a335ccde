"""Families against the listings of their fibers, one by one."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.errors import InputError
from linnet_exact.strata import Fiber, Network
from linnet_exact.strata.counting.by_first_choices import CompletionCounts
from linnet_exact.strata.listing.listing import Family
from linnet_exact.strata.listing.table import jsonable_rows, stratum_columns
from tests.strategies_strata import box_of_fibers


@st.composite
def families(draw: st.DrawFn) -> list[Fiber]:
    depth = draw(st.integers(1, 4))
    widths = st.lists(st.integers(1, 4), min_size=depth + 1, max_size=depth + 1)
    networks = draw(st.lists(widths.map(lambda widths: Network(*widths)), min_size=1, max_size=5))
    return [n.fiber(draw(st.integers(0, n.min_width))) for n in networks]


def rows_of(family: Family, prefix=(), block_size: int = 50) -> list[tuple]:
    rows = []
    for fiber, columns in family.blocks(prefix, block_size):
        for row, place in enumerate(fiber.tolist()):
            counts = columns.multiplicities[row].tolist()
            bars = {bar: count for bar, count in zip(family.bars, counts, strict=True) if count}
            facts = [int(column[row]) for column in columns[2:]]
            rows.append((place, bars, facts))
    return rows


def rows_one_by_one(fibers: list[Fiber], prefix=()) -> list[tuple]:
    rows = []
    for place, fiber in enumerate(fibers):
        bars = fiber.listing().bars
        for columns in stratum_columns(fiber.excess):
            for row, counts in enumerate(columns.multiplicities.tolist()):
                present = {bar: n for bar, n in zip(bars, counts, strict=True) if n}
                rows.append((place, present, [int(column[row]) for column in columns[2:]]))
    return rows


@given(families())
def test_families_hold_what_their_fibers_hold(fibers: list[Fiber]) -> None:
    assert rows_of(Family([fiber.excess for fiber in fibers])) == rows_one_by_one(fibers)


@given(families())
def test_components(fibers: list[Fiber]) -> None:
    found = Family([fiber.excess for fiber in fibers]).component_dimensions()
    assert found == [fiber.component_dimensions() for fiber in fibers]


@given(families())
def test_smooth(fibers: list[Fiber]) -> None:
    assert Family([fiber.excess for fiber in fibers]).smooth() == [fiber.smooth for fiber in fibers]


@given(families())
def test_covers(fibers: list[Fiber]) -> None:
    covers = Family([fiber.excess for fiber in fibers]).covers()
    expected, first = [], 0
    for fiber in fibers:
        dag = fiber.dag()
        expected += [
            (first + lower, first + upper, move)
            for lower, upper, move in np.transpose([dag.lower, dag.upper, dag.move]).tolist()
        ]
        first += len(dag)
    assert list(map(tuple, np.transpose(covers).tolist())) == expected


@pytest.mark.parametrize("widths", [(3, 3, 3, 3), (2, 1, 3, 2), (1, 1), (2, 3, 2, 3, 2)])
def test_prefixes_cover_a_fiber_in_order(widths: tuple[int, ...]) -> None:
    for fiber in Network(*widths).fibers():
        family, parts = Family([fiber.excess]), CompletionCounts(fiber.network, fiber.rank).split(5)
        found = []
        for prefix, count in parts:
            rows = rows_of(family, prefix)
            assert len(rows) == count
            assert len({str(bars) for _, bars, _ in rows}) == count
            found += rows
        assert found == rows_of(family)


def test_completion_counts_are_the_numbers_of_strata() -> None:
    for fiber in box_of_fibers(3, 3):
        assert CompletionCounts(fiber.network, fiber.rank).total == fiber.count()
    assert CompletionCounts(Network(10, 10, 10, 10, 10), 0).total == 432718


def test_wide_layers() -> None:
    fiber = Network(300, 2, 70_000).fiber(1)
    maximal = [row["dimension"] for row in jsonable_rows(fiber.excess) if row["maximal"]]
    assert [facts[0] for _, _, facts in rows_of(Family([fiber.excess])) if facts[5]] == maximal


def test_depths_may_not_differ() -> None:
    with pytest.raises(InputError, match="one depth"):
        Family([Network(1, 1).fiber().excess, Network(1, 1, 1).fiber().excess])
    with pytest.raises(InputError, match="at least one"):
        Family([])


def test_a_prefix_needs_one_fiber() -> None:
    with pytest.raises(InputError, match="for one fiber"):
        next(Family([Network(1, 1, 1).fiber().excess] * 2).blocks((0,)))


def test_groups_are_contiguous() -> None:
    fibers = list(Network(3, 2, 3).fibers())
    places = [
        place for place, _, _ in rows_of(Family([fiber.excess for fiber in fibers]), block_size=4)
    ]
    assert [place for place, _ in groupby(places)] == [0, 1, 2]
