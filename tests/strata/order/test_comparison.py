"""Closure relations and chains beside all rank lists compared, and moves beside breadth first."""

from itertools import product

import pytest

from linnet_exact import Barcode, Interval, Network
from linnet_exact.errors import InputError
from linnet_exact.strata.order.barcode_moves import barcode_moves, freedom
from linnet_exact.strata.order.comparison import climb, compare
from linnet_exact.strata.order.moves import Move, apply_move, is_cover, rising_moves

FIBERS = [("1,1", 0), ("1,1", 1), ("2,2,2", 0), ("2,3,2", 1), ("1^4", 0), ("2,2,2,2", 0)]


@pytest.mark.parametrize(("widths", "rank"), FIBERS)
def test_every_pair(widths: str, rank: int) -> None:
    barcodes = [stratum.barcode for stratum in Network.parse(widths).fiber(rank).strata()]
    for first, second in product(barcodes, repeat=2):
        found = compare(first, second)
        a, b = first.rank_list, second.rank_list
        larger = {(k, i) for k, i in a if a[k, i] > b[k, i]}
        smaller = {(k, i) for k, i in a if a[k, i] < b[k, i]}
        assert {(each.k, each.i) for each in found.failing} == larger
        for each in found.failing:
            assert (each.first, each.second) == (a[each.k, each.i], b[each.k, each.i])
        expected = {
            (False, False): "equal",
            (False, True): "below",
            (True, False): "above",
            (True, True): "incomparable",
        }[bool(larger), bool(smaller)]
        assert found.relation == expected
        assert_chain(found.chain(), *((first, second) if not larger else (second, first)), expected)


def assert_chain(chain, lower: Barcode, upper: Barcode, relation: str) -> None:
    if relation in ("equal", "incomparable"):
        assert chain == ()
        return
    here = lower
    for step in chain:
        assert step.lower == here
        for _ in range(step.times):
            assert is_cover(here, step.move)
            here = apply_move(here, step.move)
        assert step.upper == here
    assert here == upper


def test_many_copies_at_once() -> None:
    many = 10**9
    lower = Network(many, many, many).fiber().minimal_stratum.barcode
    (step,) = climb(lower, Barcode.parse(f"0-1:{many},2-2:{many}"))
    assert step.times == many
    assert str(step.move) == "connect 0-0,1-1"


def test_other_fibers() -> None:
    through, none = Barcode.parse("0-2"), Barcode.parse("0-0,1-2")
    assert compare(through, none).relation == compare(none, through).relation == "other fiber"
    assert compare(none, through).chain() == ()
    assert not compare(none, through).in_closure
    with pytest.raises(InputError, match="different ranks"):
        climb(none, through)
    with pytest.raises(InputError, match="widths 1,1,1, 0-0,1-1 has 1,1"):
        compare(none, Barcode.parse("0-0,1-1"))
    with pytest.raises(InputError, match="r_1~0: 1 > 0"):
        climb(Barcode.parse("0-1,2-2"), none)


@pytest.mark.parametrize(("widths", "rank"), FIBERS)
def test_moves_up_and_down_are_inverse(widths: str, rank: int) -> None:
    strata = list(Network.parse(widths).fiber(rank).strata())
    up, down = set(), set()
    for stratum in strata:
        for leg in barcode_moves(stratum.barcode):
            assert leg.start == stratum.barcode
            (up if leg.up else down).add((leg.move, leg.lower, leg.upper))
    rising = {
        (move, s.barcode, apply_move(s.barcode, move))
        for s in strata
        for move in rising_moves(s.barcode)
    }
    assert up == down == rising


def test_freedom_by_hand() -> None:
    lower = Barcode.parse("0-0:2,1-1:3,2-2")  # the zero matrices 2 → 3 → 1
    found = {str(leg.move): freedom(lower, leg.move) for leg in barcode_moves(lower)}
    assert found == {"connect 0-0,1-1": 6, "connect 1-1,2-2": 3}
    connect = Move(Interval(0, 0), Interval(1, 1))
    for text in ("0-1,1-1:3,2-2", "0-0:2,1-2", "0-2"):  # one of the bars, or both, are not there
        assert freedom(Barcode.parse(text), connect) == 0
