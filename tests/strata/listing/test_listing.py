"""The listing of many fibers together, and what is computed from it, against plain enumeration."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode, Fiber, Network
from linnet_exact.strata.counting.by_first_choices import CompletionCounts
from linnet_exact.strata.formulas.dimension import stratum_dimension, tangent_dimension_of_fiber
from linnet_exact.strata.formulas.real_components import real_components
from linnet_exact.strata.listing.components import components_of
from linnet_exact.strata.listing.covers import all_covers
from linnet_exact.strata.listing.listing import Listing
from linnet_exact.strata.listing.table import stratum_columns
from linnet_exact.strata.listing.text import number_texts
from linnet_exact.strata.order.moves import covers_above
from tests.strata.reference import enumerate_barcodes
from tests.strategies_strata import box_of_fibers


@st.composite
def families(draw: st.DrawFn) -> list[Fiber]:
    depth = draw(st.integers(1, 4))
    most = 4 if depth < 4 else 2  # the reference compares all pairs of strata
    widths = st.lists(st.integers(1, most), min_size=depth + 1, max_size=depth + 1)
    networks = draw(st.lists(widths.map(lambda widths: Network(*widths)), min_size=1, max_size=4))
    return [n.fiber(draw(st.integers(0, n.min_width))) for n in networks]


def listing_of(fibers: list[Fiber]) -> Listing:
    return Listing([fiber.excess for fiber in fibers])


def rows_of(listing: Listing, prefix=(), block_size: int = 50) -> list[tuple]:
    rows = []
    for columns in stratum_columns(listing, prefix, block_size):
        for row, place in enumerate(columns.fiber.tolist()):
            (barcode,) = listing.barcodes(columns.multiplicities[row : row + 1], place)
            facts = [int(column[row]) for column in columns[3:]]
            rows.append((place, barcode, *facts))
    return rows


def below(fiber: Fiber) -> tuple[list[Barcode], list[list[bool]]]:
    """Return all strata, and whether each lies in the closure of each, by their ranks."""
    strata = list(enumerate_barcodes(fiber.network, fiber.rank))
    ranks = [barcode.rank_list for barcode in strata]
    return strata, [[low <= high for high in ranks] for low in ranks]


def reference_rows(place: int, fiber: Fiber) -> list[tuple]:
    strata, closure = below(fiber)
    dimensions = [stratum_dimension(barcode) for barcode in strata]
    rows = []
    for barcode, dimension, above in zip(strata, dimensions, closure, strict=True):
        local = max(d for d, is_above in zip(dimensions, above, strict=True) if is_above)
        tangent = tangent_dimension_of_fiber(barcode)
        exponent = real_components(barcode).bit_length() - 1
        maximal, minimal = sum(above) == 1, all(above)
        rows.append(
            (place, barcode, dimension, tangent, local, tangent > local, exponent, maximal, minimal)
        )
    return rows


@given(families())
def test_fibers_together_hold_what_enumeration_finds(fibers: list[Fiber]) -> None:
    expected = [row for at, fiber in enumerate(fibers) for row in reference_rows(at, fiber)]
    assert rows_of(listing_of(fibers)) == expected


@given(families())
def test_components(fibers: list[Fiber]) -> None:
    expected = []
    for fiber in fibers:
        strata, closure = below(fiber)
        maximal = [s for s, above in zip(strata, closure, strict=True) if sum(above) == 1]
        expected.append(sorted(map(stratum_dimension, maximal), reverse=True))
    assert components_of(*(fiber.excess for fiber in fibers)).dimensions == expected


@given(families())
def test_covers(fibers: list[Fiber]) -> None:
    covers = all_covers(listing_of(fibers))
    expected, first = set(), 0
    for fiber in fibers:
        strata, closure = below(fiber)
        for a, above in enumerate(closure):
            higher = {b for b, is_above in enumerate(above) if is_above and b != a}
            skipped = {c for b in higher for c in range(len(strata)) if closure[b][c] and c != b}
            expected |= {(first + a, first + b) for b in higher - skipped}
        first += len(strata)
    found = list(zip(covers.lower.tolist(), covers.upper.tolist(), strict=True))
    assert len(found) == len(expected)
    assert set(found) == expected


@pytest.mark.parametrize("widths", [(3, 3, 3, 3), (2, 1, 3, 2), (1, 1), (2, 3, 2, 3, 2)])
def test_prefixes_cover_a_fiber_in_order(widths: tuple[int, ...]) -> None:
    for fiber in Network(*widths).fibers():
        listing, parts = fiber.listing(), CompletionCounts(fiber.network, fiber.rank).split(5)
        found = []
        for prefix, count in parts:
            rows = rows_of(listing, prefix)
            assert len({barcode for _, barcode, *_ in rows}) == len(rows) == count
            found += rows
        assert found == rows_of(listing)


def test_completion_counts_are_the_numbers_of_strata() -> None:
    for fiber in box_of_fibers(3, 3):
        assert CompletionCounts(fiber.network, fiber.rank).total == fiber.count()
    assert CompletionCounts(Network(10, 10, 10, 10, 10), 0).total == 432718


def test_wide_layers() -> None:
    fiber = Network(300, 2, 70_000).fiber(1)
    narrow = Network(1, 1, 1).fiber()
    assert rows_of(listing_of([fiber, narrow])) == [
        row for at, each in enumerate([fiber, narrow]) for row in reference_rows(at, each)
    ]


def test_numbers_alone_are_those_of_the_rows() -> None:
    """And real components, also beyond 2^53, are those of every stratum by itself."""
    for fiber in [*Network(2, 3, 2).fibers(), Network.parse("1^70").fiber(1)]:
        numbers = [
            row
            for columns in stratum_columns(fiber.listing())
            for row in zip(*number_texts(fiber.excess, columns), strict=True)
        ]
        rows = [tuple(row.values())[2:] for row in fiber.rows()]
        assert numbers == [tuple(str(value).lower() for value in row) for row in rows]
        for row, stratum in zip(numbers, fiber.strata(), strict=True):
            assert int(row[5]) == stratum.real_components


def test_depths_may_not_differ() -> None:
    with pytest.raises(InputError, match="one depth"):
        listing_of([Network(1, 1).fiber(), Network(1, 1, 1).fiber()])
    with pytest.raises(InputError, match="at least one"):
        Listing([])


def test_a_prefix_needs_one_fiber() -> None:
    with pytest.raises(InputError, match="for one fiber"):
        next(listing_of([Network(1, 1, 1).fiber()] * 2).blocks((0,)))


def test_groups_are_contiguous() -> None:
    listing = listing_of(list(Network(3, 2, 3).fibers()))
    places = [place for place, *_ in rows_of(listing, block_size=4)]
    assert [place for place, _ in groupby(places)] == [0, 1, 2]


def test_numbers_of_long_rank_lists_are_random_and_lead_to_the_same_covers() -> None:
    fiber = Network.parse("1^12").fiber()  # 65 ranks of one bit each do not fit into 64 bits
    number = {stratum.barcode: at for at, stratum in enumerate(fiber.strata())}
    alone = {(number[low], number[high]) for low in number for _, high in covers_above(low)}
    covers = all_covers(listing_of([fiber, fiber]))
    found = list(zip(covers.lower.tolist(), covers.upper.tolist(), strict=True))
    assert len(found) == 2 * len(alone)
    assert set(found) == alone | {(len(number) + a, len(number) + b) for a, b in alone}
