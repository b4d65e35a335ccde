"""The number of strata by recursion on states, against listings."""

from itertools import product

import pytest
from hypothesis import given

from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Fiber, Network
from linnet_exact.strata.counting import counts
from linnet_exact.strata.counting.counts import (
    _number_of_multisets,
    _number_of_states,
    _number_of_terms,
    _shrunk,
    _states,
    count_strata,
    more_strata_than,
    require_listable,
)
from tests.strata.reference import enumerate_barcodes
from tests.strategies_strata import fibers


@given(fibers(max_depth=4, max_width=4))
def test_count_is_the_length_of_the_listing(fiber: Fiber) -> None:
    listed = sum(1 for _ in enumerate_barcodes(fiber.network, fiber.rank))
    assert count_strata(fiber.network, fiber.rank) == listed


def test_numbers_of_states_and_terms_are_known_before_they_are_listed() -> None:
    for parts, largest, total in product(range(1, 6), range(5), range(8)):
        number = len(list(_states(parts, largest, total)))
        assert _number_of_multisets(parts, largest, total) == number
    for widths in product(range(5), repeat=4):
        layers = [list(_states(j + 1, min(widths[j : j + 2]), widths[j])) for j in range(2)]
        assert _number_of_states(widths) == sum(map(len, layers))
    for layer, width, room in product(range(5), range(7), range(7)):
        states = list(_states(layer + 1, min(width, room), width))
        assert len(set(states)) == len(states)
        terms = sum(len(_shrunk(state)) + 1 for state in states)
        assert _number_of_terms([width] * (layer + 1) + [room], layer) == (layer > 2) * terms


@given(fibers(max_depth=6, max_width=7))
def test_count_does_not_change_when_the_network_is_reversed(fiber: Fiber) -> None:
    assert fiber.network.reversed().fiber(fiber.rank).count() == fiber.count()


@pytest.mark.parametrize(("widths", "total"), [("10^5", 821_678), ("6^6", 574_056)])
def test_known_totals_over_all_ranks(widths: str, total: int) -> None:
    assert sum(fiber.count() for fiber in Network.parse(widths).fibers()) == total


def test_counts_beyond_machine_integers() -> None:
    assert Network.parse("1^80").fiber().count() == 2**79 - 1


@pytest.mark.parametrize(
    ("widths", "rank", "count"),
    [("7,4", 0, 1), ("7,4", 4, 1), ("1^5", 0, 15), ("1,1", 1, 1), ("5,1,1000000000", 0, 3)],
)
def test_edge_cases(widths: str, rank: int, count: int) -> None:
    assert Network.parse(widths).fiber(rank).count() == count


def test_too_many_states_are_refused_with_their_number() -> None:
    with pytest.raises(
        TooLargeError, match=r"would need [0-9]+ states or more; the limit is 200000"
    ):
        Network.parse("384,32,384,32,384,32,384,32,384,32,384,32,384").fiber().count()
    with pytest.raises(TooLargeError, match="the limit is 5"):
        count_strata(Network(9, 9, 9, 9), 0, state_limit=5)


def test_astronomical_numbers_of_states_are_cut_short() -> None:
    with pytest.raises(TooLargeError, match="would need 1000000000000000 states or more") as caught:
        Network.parse("1000000000^1001").fiber().count()
    assert len(str(caught.value)) < 100


def test_counts_with_few_states_but_long_sums_are_refused() -> None:
    with pytest.raises(TooLargeError, match=r"sums of \d+ terms or more; the limit is 1000000"):
        count_strata(Network.parse("30^12"), 0)


def test_limits_are_the_last_numbers_that_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """States and terms are those of the cheaper direction."""
    network = Network(4, 4, 3, 3, 3, 2)
    total = network.fiber().count()
    ways = [network.widths, network.widths[::-1]]
    needed = min(_number_of_states(way) for way in ways)
    assert count_strata(network, 0, state_limit=needed) == total
    with pytest.raises(TooLargeError, match=f"need {needed} states or more; the limit is"):
        count_strata(network, 0, state_limit=needed - 1)
    cheaper = min(ways, key=_number_of_states)
    terms = sum(_number_of_terms(list(cheaper), layer) for layer in range(4))
    for limit in (terms, terms - 1):
        count_strata.cache_clear()
        monkeypatch.setattr(counts, "_TERM_LIMIT", limit)
        if limit == terms:
            assert count_strata(network, 0) == total
        else:
            with pytest.raises(TooLargeError, match=f"sums of {terms} terms or more; the limit"):
                count_strata(network, 0)
    count_strata.cache_clear()


def test_limits_on_listing() -> None:
    network = Network(2, 3, 2)
    for limit in range(6, 11):
        more = network.fiber().count() > limit
        assert more_strata_than(network, 0, limit) == more
        if more:
            with pytest.raises(TooLargeError, match=f"has 8 strata, above the limit {limit} for"):
                require_listable(network, 0, limit)
        else:
            require_listable(network, 0, limit)
    with pytest.raises(TooLargeError, match="even counting them is beyond reach: counting these"):
        require_listable(Network(*[30] * 12), 0, 9)
