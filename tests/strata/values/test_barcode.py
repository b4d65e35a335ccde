"""Barcodes: a value, a mapping, and the same thing as a rank list."""

import json
import pickle

import numpy as np
import pytest
from hypothesis import given

from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode, Interval, RankList
from tests.strategies_strata import barcodes


@given(barcodes())
def test_barcodes_are_values(barcode: Barcode) -> None:
    assert Barcode.parse(str(barcode)) == barcode
    assert pickle.loads(pickle.dumps(barcode)) == barcode
    assert Barcode.from_jsonable(json.loads(json.dumps(barcode.to_jsonable()))) == barcode
    assert Barcode(dict(barcode)) == barcode
    assert hash(Barcode(dict(barcode))) == hash(barcode)
    assert list(barcode) == sorted(barcode)
    assert eval(repr(barcode), {"Barcode": Barcode}) == barcode


@given(barcodes())
def test_widths_and_ranks_count_bars(barcode: Barcode) -> None:
    for j, width in enumerate(barcode.widths):
        assert width == sum(n for bar, n in barcode.items() if bar.start <= j <= bar.end)
    for (k, i), rank in barcode.rank_list.items():
        assert rank == sum(n for bar, n in barcode.items() if bar.start <= i and bar.end >= k)


@given(barcodes())
def test_rank_list_is_another_view(barcode: Barcode) -> None:
    ranks = barcode.rank_list
    assert ranks.barcode == barcode
    assert RankList(dict(ranks)) == ranks == RankList.from_jsonable(ranks.to_jsonable())
    assert pickle.loads(pickle.dumps(ranks)) == ranks
    assert (ranks.widths, ranks.rank, ranks.depth) == (barcode.widths, barcode.rank, barcode.depth)
    assert hash(RankList(dict(ranks))) == hash(ranks)
    assert ranks.network == barcode.network


@given(barcodes())
def test_reversal_transposes(barcode: Barcode) -> None:
    depth, reverse = barcode.depth, barcode.reversed()
    assert reverse.reversed() == barcode
    assert reverse.widths == barcode.widths[::-1]
    for (k, i), rank in barcode.rank_list.items():
        assert reverse.rank_list.r(depth - i, depth - k) == rank


def test_omega_is_zero_off_the_barcode() -> None:
    barcode = Barcode.parse("0-0:2,0-1")
    assert (barcode.omega(0, 0), barcode.omega(1, 1), barcode.omega(7, 3)) == (2, 0, 0)
    assert (barcode.omega(0, -1), barcode.omega(-1, -1), barcode.omega(0, 1)) == (0, 0, 0)
    assert barcode[Interval(0, 1)] == 1
    assert barcode.stratum.fiber == barcode.fiber == barcode.network.fiber(1)
    with pytest.raises(AttributeError):
        barcode._bars = ()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("bars", "complaint"),
    [
        ({}, "bars at two layers"),
        ({(0, 0): 3}, "bars at two layers"),
        ({(0, 0): 1, (2, 2): 1}, "no bar contains layer 1: its width would be 0"),
        ({(1, 2): 1}, "no bar contains layer 0"),
        ({(1, 0): 1}, "bar 1-0 does not run from a layer"),
        ({(-1, 0): 1}, "does not run from a layer"),
        ({(0, 1): -1}, "multiplicity of bar 0-1 must be at least 0, not -1"),
        ({(0, 1): 1.5}, "a pair of layers and an integer"),
        ({(0, 1, 2): 1}, "a pair of layers and an integer"),
        ({(0, 10**9): 1}, "at layer 1000 at most"),
        ({(0, 1): 10**10}, "at most 1000000000"),
        ({(0, 0): True, (1, 1): 1}, r"and an integer, not \(0, 0\): True"),
        ({(0, True): 1, (1, 1): 1}, r"and an integer, not \(0, True\): 1"),
    ],
)
def test_refused(bars: dict[tuple[int, int], int], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        Barcode(bars)


@pytest.mark.parametrize("value", [[], None, {"0-1": True}, {"0-1": 1.0}, {"0-1": "x"}, {"1": 1}])
def test_json_refused(value: object) -> None:
    with pytest.raises(InputError):
        Barcode.from_jsonable(value)


def test_nothing_can_be_taken_from_values() -> None:
    barcode = Barcode.parse("0-1")
    for value, name in (
        (barcode, "_bars"),
        (barcode.network, "_widths"),
        (barcode.rank_list, "_triangle"),
    ):
        with pytest.raises(AttributeError, match="cannot be changed"):
            delattr(value, name)
    assert str(barcode) == "0-1"


def test_only_barcodes_of_one_fiber_compare() -> None:
    one, two = Barcode.parse("0-1,0-0,1-1"), Barcode.parse("0-0:2,1-1:2")  # ranks 1 and 0
    for other in (two, Barcode.parse("0-1,0-0"), Barcode.parse("0-1,0-0,1-1,1-2")):
        with pytest.raises(InputError, match="different fibers cannot be compared") as caught:
            _ = one <= other
        for barcode in (one, other):
            assert f"widths {barcode.network} and rank {barcode.rank}" in str(caught.value)
    assert one <= Barcode(dict(one))
    assert not one < Barcode(dict(one))


@pytest.mark.parametrize("of", ["omega", "r", "__getitem__"])
def test_layers_are_integers_of_any_kind_but_no_booleans(of: str) -> None:
    barcode = Barcode.parse("0-0:2,0-1,1-1,0-2")

    def ask(k: object, i: object) -> int:
        if of == "omega":
            return barcode.omega(k, i)  # type: ignore[arg-type]
        return barcode.rank_list[k, i] if of == "__getitem__" else barcode.rank_list.r(k, i)  # type: ignore[arg-type,index]

    for k, i in ((0, 0), (1, 0), (1, 1), (2, 1)):
        kinds = [(np.int8(k), i), (k, np.uint8(i)), (np.int64(k), np.int64(i))]
        assert [ask(*kind) for kind in kinds] == [ask(k, i)] * 3
    for wrong in (True, False, 1.0, "1", None):
        for k, i, name in ((wrong, 0, "k"), (1, wrong, "i")):
            with pytest.raises(InputError, match=f"^{name} must be an integer"):
                ask(k, i)
