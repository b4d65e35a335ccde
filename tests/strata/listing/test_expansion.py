"""The vectorised listing and its columns against the plain recursion and one-by-one answers."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata import Barcode, Fiber, Network
from linnet_exact.strata.formulas.dimension import (
    orbit_codimension,
    stratum_dimension,
    tangent_dimension_of_fiber,
)
from linnet_exact.strata.formulas.real_components import real_components
from linnet_exact.strata.listing import expansion
from linnet_exact.strata.listing.components import components_of
from linnet_exact.strata.listing.expansion import Expansion
from linnet_exact.strata.listing.listing import Block, Listing
from linnet_exact.strata.listing.ranks import rank_rows
from linnet_exact.strata.listing.table import stratum_columns
from linnet_exact.strata.order.moves import rising_moves
from tests.strata.reference import enumerate_barcodes
from tests.strategies_strata import box_of_fibers, fibers

BOX = [*box_of_fibers(max_depth=3, max_width=3), Network(2, 1, 2, 2, 1).fiber()]


def listed(listing: Listing, blocks: list[Block]) -> list[Barcode]:
    return [b for block in blocks for b in listing.barcodes(block.multiplicities)]


def test_listing_is_the_reference() -> None:
    for fiber in BOX:
        reference = list(enumerate_barcodes(fiber.network, fiber.rank))
        listing = fiber.listing()
        blocks = list(listing.blocks())
        assert listed(listing, blocks) == reference
        columns = [
            np.concatenate(column).tolist() for column in list(zip(*blocks, strict=True))[2:]
        ]
        formulas = (orbit_codimension, stratum_dimension, tangent_dimension_of_fiber)
        assert columns == [[formula(b) for b in reference] for formula in formulas]


@given(fibers(max_depth=5, max_width=3), st.integers(1, 50))
def test_blocks_are_bounded_and_change_nothing(fiber: Fiber, block_size: int) -> None:
    listing = fiber.listing()
    blocks = list(listing.blocks(block_size=block_size))
    assert max(len(block.dimension) for block in blocks) <= block_size
    assert listed(listing, blocks) == listed(listing, list(listing.blocks()))


@given(fibers(max_depth=5, max_width=3), st.integers(1, 40))
def test_prefixes_split_the_listing_in_order(fiber: Fiber, parts: int) -> None:
    listing = fiber.listing()
    prefixes = listing.split(parts)
    assert len(prefixes) >= min(parts, fiber.count())
    pieces = [block for prefix in prefixes for block in listing.blocks(prefix)]
    assert listed(listing, pieces) == listed(listing, list(listing.blocks()))


def test_prefixes_that_do_not_exist_are_refused() -> None:
    listing = Network(2, 2, 2).fiber().listing()
    with pytest.raises(InputError, match=r"choice 0 of a prefix must be in 0\.\.2, not 3"):
        list(listing.blocks(prefix=(3,)))
    with pytest.raises(InputError, match=r"choice 1 of a prefix must be in 0\.\.1, not 2"):
        list(listing.blocks(prefix=(1, 2)))
    with pytest.raises(InputError, match="choice 2 of a prefix"):
        list(listing.blocks(prefix=(0, 0, 0)))


def test_multiplicities_beyond_one_byte() -> None:
    fiber = Network(300, 2, 70_000, 1).fiber()
    reference = list(enumerate_barcodes(fiber.network, fiber.rank))
    assert [stratum.barcode for stratum in fiber.strata()] == reference
    assert [stratum.dimension for stratum in fiber.strata()] == [
        dimension for block in fiber.listing().blocks() for dimension in block.dimension.tolist()
    ]


def test_columns_answer_as_strata_do() -> None:
    for fiber in BOX:
        rows = [stratum.to_jsonable() for stratum in fiber.strata()]
        assert list(fiber.rows()) == rows
        (columns,) = stratum_columns(fiber.listing())
        listing = fiber.listing()
        for barcode, exponent, ranks in zip(
            listing.barcodes(columns.multiplicities),
            columns.real_component_exponent.tolist(),
            rank_rows(listing, columns.multiplicities).T.tolist(),
            strict=True,
        ):
            assert 2**exponent == real_components(barcode)
            at_steps = [barcode.rank_list.r(k, i) - fiber.rank for i, k in listing.steps]
            assert ranks == at_steps


def test_components_are_the_strata_without_moves() -> None:
    for fiber in BOX:
        barcodes = enumerate_barcodes(fiber.network, fiber.rank)
        maximal = {b for b in barcodes if next(rising_moves(b), None) is None}
        found = list(components_of(fiber.excess).barcodes())
        assert set(found) == maximal
        assert all(orbit_codimension(a) <= orbit_codimension(b) for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("widths", "number"), [("8^9", 6435), ("8,8,11,11,11,13,13,13,15", 6435), ("10^5", 286)]
)
def test_components_where_strata_are_too_many_to_list(widths: str, number: int) -> None:
    fiber = Network.parse(widths).fiber()
    found = components_of(fiber.excess)
    assert len(found.dimensions[0]) == number
    assert found.dimensions[0][0] == fiber.dimension
    assert found.dimensions[0].count(fiber.dimension) == fiber.top_components
    barcodes = list(found.barcodes())
    assert len(set(barcodes)) == number
    assert all(next(rising_moves(barcode), None) is None for barcode in barcodes[::50])


def test_components_of_enormous_dimensions() -> None:
    fiber = Network.parse("1000000000^12").fiber(10**9 - 1)
    small = Network.parse("1^12").fiber()
    shift = fiber.dimension - small.dimension
    assert fiber.component_dimensions() == [d + shift for d in small.component_dimensions() or ()]


def test_candidates_are_bounded_before_they_are_listed() -> None:
    fiber = Network.parse("8^9").fiber()
    assert fiber.component_dimensions(6434) is None
    assert len(fiber.component_dimensions(6435) or ()) == 6435
    assert Network(2, 2, 2).fiber().component_dimensions(2) is None
    assert Network(2, 2, 2).fiber().component_dimensions(3) == [4, 4, 5]
    assert Network.parse("8^40").fiber().components() is None


@pytest.mark.parametrize(("widths", "total"), [("10^5", 821_678), ("6^6", 574_056)])
def test_known_totals_over_all_ranks(widths: str, total: int) -> None:
    fibers = Network.parse(widths).fibers()
    assert (
        sum(len(block.dimension) for fiber in fibers for block in fiber.listing().blocks()) == total
    )


@pytest.mark.parametrize(("widths", "count"), [("1^14", 2**13 - 1), ("4^5", 2035)])
def test_larger_listings_do_not_repeat(widths: str, count: int) -> None:
    blocks = Network.parse(widths).fiber().listing().blocks()
    rows = np.concatenate([block.multiplicities for block in blocks])
    assert len(rows) == len(np.unique(rows, axis=0)) == count


def test_listing_limits() -> None:
    with pytest.raises(TooLargeError, match="beyond 64-bit integers"):
        Network.parse("1000000000^12").fiber(10**9 - 1).listing()
    with pytest.raises(TooLargeError, match="steps to list"):
        Network.parse("1^200").fiber().listing()
    one = Network.parse("1^1001").fiber(1)
    assert [stratum.barcode for stratum in one.strata()] == [one.minimal_stratum.barcode]


def test_codimensions_that_fit_into_64_bits() -> None:
    """The product of neighbouring widths, summed up, must be below 2^62."""
    assert Expansion([[2**31, 2**31 - 1]]).largest == [2**31, 2**31 - 1]
    with pytest.raises(TooLargeError, match="beyond 64-bit integers"):
        Expansion([[1, 1], [2**31, 2**31]])
    with pytest.raises(TooLargeError, match="beyond 64-bit integers"):
        Expansion([[2**31, 2**30, 2**31]])


@pytest.mark.parametrize("maximal_only", [False, True])
def test_blocks_that_wait_fit_into_memory(
    maximal_only: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One block may wait for each step with choices; a row takes its words and three numbers."""
    made = Expansion([[2, 3, 2, 3, 2]], maximal_only)
    words = made.minimal_rows().multiplicities.base.view("<u8").shape[1]
    waiting = [step for step in made.steps if not maximal_only or step.start == 0]
    of_rows = 8 * (words + 3) * len(waiting)
    total = sum(len(rows.paid) for rows in made.rows((), None))
    for most in (1, of_rows, 7 * of_rows, 10 * of_rows - 1, 1 << 28):
        monkeypatch.setattr(expansion, "_BLOCK_BYTES", most)
        lengths = [len(rows.paid) for rows in made.rows((), None)]
        assert sum(lengths) == total
        assert max(lengths) == min(total, max(1, most // of_rows))


def test_the_limit_on_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = len(Expansion([[1] * 6]).steps)
    assert steps == 15 - 1
    monkeypatch.setattr(expansion, "_MAX_STEPS", steps)
    assert len(Expansion([[1] * 6]).steps) == steps
    monkeypatch.setattr(expansion, "_MAX_STEPS", steps - 1)
    with pytest.raises(TooLargeError, match=f"these strata need {steps} steps to list"):
        Expansion([[1] * 6])
