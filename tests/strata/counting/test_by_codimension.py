"""The distribution of codimensions by recursion against listings."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given

from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Fiber, Network
from linnet_exact.strata.counting import by_codimension
from linnet_exact.strata.counting.by_codimension import count_by_codimension
from linnet_exact.strata.formulas.dimension import orbit_codimension
from tests.strata.reference import enumerate_barcodes
from tests.strategies_strata import fibers

NOT_LISTED = -1


@given(fibers(max_depth=4, max_width=4))
def test_recursion_is_the_tally_of_the_listing(fiber: Fiber) -> None:
    barcodes = enumerate_barcodes(fiber.network, fiber.rank)
    tally = dict(sorted(Counter(map(orbit_codimension, barcodes)).items()))
    assert count_by_codimension(fiber.network, fiber.rank) == tally
    by_recursion = count_by_codimension(fiber.network, fiber.rank, listed=NOT_LISTED)
    assert by_recursion == tally
    assert list(by_recursion) == sorted(by_recursion)


@pytest.mark.parametrize("widths", ["8^6", "4^12", "2^20", "1^60", "3,5,7,5,3,5,7"])
def test_beyond_listing(widths: str) -> None:
    fiber = Network.parse(widths).fiber()
    counts = count_by_codimension(fiber.network, fiber.rank, listed=NOT_LISTED)
    assert sum(counts.values()) == fiber.count()
    assert min(counts) == fiber.codimension
    assert counts[fiber.codimension] == fiber.top_components
    lowest = orbit_codimension(fiber.minimal_stratum.barcode)
    assert (max(counts), counts[lowest]) == (lowest, 1)
    assert sum(fiber.count_by_dimension().values()) == fiber.count()
    assert fiber.count_by_dimension()[fiber.dimension] == fiber.top_components


def test_limits_name_their_figures() -> None:
    network = Network(9, 9, 9, 9, 9, 9)
    with pytest.raises(TooLargeError, match="would need 715 states; the limit is 10"):
        count_by_codimension(network, 0, state_limit=10, listed=NOT_LISTED)
    with pytest.raises(TooLargeError, match="states with 600000 codimensions each"):
        count_by_codimension(Network(1000, 300, 1000), 0, listed=NOT_LISTED)


def test_limits_are_the_last_numbers_that_do(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network(4, 3, 4, 3, 4)
    tally, total = count_by_codimension(network, 0), network.fiber().count()

    def states(limit: int) -> dict[int, int]:
        return count_by_codimension(network, 0, state_limit=limit, listed=NOT_LISTED)

    def bits(limit: int) -> dict[int, int]:
        monkeypatch.setattr(by_codimension, "_BIT_LIMIT", limit)
        return count_by_codimension(network, 0, listed=NOT_LISTED)

    with pytest.raises(TooLargeError, match=r"would need [0-9]+ states") as caught:
        states(0)
    needed = int(str(caught.value).split(" states")[0].split()[-1])
    largest = sum(a * b for a, b in pairwise(network.widths))
    for ask, least in ((states, needed), (bits, needed * largest * len(bin(total)[2:]))):
        assert ask(least) == tally
        with pytest.raises(TooLargeError):
            ask(least - 1)
    assert count_by_codimension(network, 0, state_limit=0, listed=total) == tally
    with pytest.raises(TooLargeError):
        count_by_codimension(network, 0, state_limit=0, listed=total - 1)
