"""The strata with given first choices, against the choices that are read off a plain listing."""

from itertools import product

import pytest

from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Barcode, Network
from linnet_exact.strata.counting.by_first_choices import CompletionCounts
from tests.strata.reference import enumerate_barcodes
from tests.strategies_strata import box_of_fibers


def choices_of(barcode: Barcode) -> tuple[int, ...]:
    """How many strands from layer h live on at layer k, for all steps (h, k) in order."""
    depth = barcode.depth
    steps = [(h, k) for k in range(1, depth + 1) for h in range(k) if (h, k) != (0, depth)]
    return tuple(
        sum(
            n for bar, n in barcode.items() if bar.start == h and k <= bar.end and bar != (0, depth)
        )
        for h, k in steps
    )


def test_every_prefix_against_the_listing() -> None:
    """The last step is left whole: whatever goes on to it has no strata."""
    for fiber in box_of_fibers(max_depth=3, max_width=2):
        every = [choices_of(barcode) for barcode in enumerate_barcodes(fiber.network, fiber.rank)]
        counts = CompletionCounts(fiber.network, fiber.rank)
        assert counts.total == len(every)
        steps = len(every[0])
        for length in range(steps + 2):
            for prefix in product(range(4), repeat=length):
                number = sum(choices[:length] == prefix for choices in every)
                expected = number if length < max(steps, 1) else 0
                assert counts.beginning_with(prefix) == expected, (fiber, prefix)


@pytest.mark.parametrize("largest", [5, 7, 100])
def test_parts_are_no_larger_than_asked_and_come_in_order(largest: int) -> None:
    counts = CompletionCounts(Network(3, 4, 3, 3), 1)
    every = [choices_of(barcode) for barcode in enumerate_barcodes(Network(3, 4, 3, 3), 1)]
    parts = counts.split(largest)
    assert [prefix for prefix, _ in parts] == sorted(prefix for prefix, _ in parts)
    for prefix, number in parts:
        assert number == sum(choices[: len(prefix)] == prefix for choices in every) <= largest
        if prefix:  # and no part could have been larger
            above = sum(choices[: len(prefix) - 1] == prefix[:-1] for choices in every)
            assert above > largest
    assert sum(number for _, number in parts) == len(every)


def test_the_limit_on_states_is_the_last_number_that_does() -> None:
    network = Network(3, 4, 3, 3)
    counts = CompletionCounts(network, 0)
    total, states = counts.total, len(counts._known)
    assert CompletionCounts(network, 0, state_limit=states).total == total
    with pytest.raises(TooLargeError, match=f"more than {states - 1} states"):
        _ = CompletionCounts(network, 0, state_limit=states - 1).total
