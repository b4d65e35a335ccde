"""The notation of widths and barcodes: what is accepted, and what is said about the rest."""

import tracemalloc

import pytest

from linnet_exact.errors import InputError
from linnet_exact.strata.values.interval import Interval
from linnet_exact.strata.values.notation import format_bars, parse_bars, parse_widths


@pytest.mark.parametrize(
    ("text", "widths"),
    [
        ("2,3,2", (2, 3, 2)),
        ("3^5", (3,) * 5),
        (" 1 , 02^2,10 ", (1, 2, 2, 10)),
        ("1000000000", (10**9,)),
    ],
)
def test_widths(text: str, widths: tuple[int, ...]) -> None:
    assert parse_widths(text) == widths


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "widths: entry 1 is empty"),
        ("2,,3", "widths: entry 2 is empty"),
        ("2,x", "widths: entry 2, 'x', is not a width; expected positive integers"),
        ("2,-1", "entry 2, '-1', is not a width"),
        ("2.0,3", "entry 1, '2.0', is not a width"),
        ("٢,3", "is not a width"),
        ("2^,3", "is not a width"),
        ("^2", "is not a width"),
        ("2^3^4", "is not a width"),
        ("0,3", "entry 1, '0', is zero"),
        ("3^0", "is zero"),
        ("3^1000000000", "is deeper than 1000"),
        ("3^600,2^600", r"entry 2, '2\^600', is deeper than 1000"),
        ("3^" + "9" * 10**5, "is deeper than 1000"),
        ("9" * 10**5, "is wider than 1000000000"),
        ("2\n,x\ny", r"'x\\ny'"),
    ],
)
def test_widths_refused(text: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        parse_widths(text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_sizes_are_checked_before_memory_is_taken() -> None:
    tracemalloc.start()
    with pytest.raises(InputError):
        parse_widths("3^1000000000")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10**6


def test_the_largest_sizes_that_there_are() -> None:
    for text in ("1^1001", "1^500,1^501", "1^1000,1"):
        assert parse_widths(text) == (1,) * 1001
    for text in ("1^1002", "1^501,1^501", "1^1001,1"):
        with pytest.raises(InputError, match="is deeper than 1000"):
            parse_widths(text)
    assert parse_widths("1000000000,01") == (10**9, 1)
    with pytest.raises(InputError, match="is wider than 1000000000"):
        parse_widths("1000000001")
    assert parse_bars("0-1000:1000000000") == {Interval(0, 1000): 10**9}
    with pytest.raises(InputError, match="ends beyond layer 1000"):
        parse_bars("0-1001")
    with pytest.raises(InputError, match="has a multiplicity above 1000000000"):
        parse_bars("0-0:1000000001")


def test_bars_add_up_and_zeros_drop() -> None:
    bars = {Interval(1, 1): 4, Interval(0, 2): 1}
    assert parse_bars("1-1:3, 0-2,1-1,0-0:0") == bars
    assert format_bars(tuple(sorted(bars.items()))) == "0-2,1-1:4"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "barcode: entry 1 is empty"),
        ("0-0,,1-1", "barcode: entry 2 is empty"),
        ("0-0:-1", "entry 1, '0-0:-1', has a negative multiplicity"),
        ("0-0:", "has no integer after the colon"),
        ("0-0:x", "has no integer after the colon"),
        ("0-0:1.5", "has no integer after the colon"),
        ("0-0:²", "has no integer after the colon"),
        ("2-0", "entry 1: bar '2-0' ends before it starts; write 0-2"),
        ("0_0", "entry 1: bar '0_0' is not of the form from-to"),
        ("0-1000000", "ends beyond layer 1000"),
        ("0-0:" + "9" * 10**5, "has a multiplicity above 1000000000"),
    ],
)
def test_bars_refused(text: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        parse_bars(text)
    assert len(str(caught.value)) < 200
