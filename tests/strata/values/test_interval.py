"""Hom and Ext of bars against the Euler form and the maps themselves."""

import pickle
from itertools import combinations_with_replacement, product

import pytest

from linnet_exact.errors import InputError
from linnet_exact.strata.values.interval import Interval, ext, hom

BARS = [Interval(i, k) for i, k in combinations_with_replacement(range(5), 2)]


def test_hom_minus_ext_is_the_euler_form() -> None:
    for p, q in product(BARS, BARS):
        at_layers = sum(p.start <= j <= p.end and q.start <= j <= q.end for j in range(5))
        along_arrows = sum(p.start <= j - 1 <= p.end and q.start <= j <= q.end for j in range(1, 5))
        assert hom(p, q) - ext(p, q) == at_layers - along_arrows


def test_hom_counts_the_maps() -> None:
    """A map of interval modules is one scalar on the overlap, if the squares around it commute."""
    for p, q in product(BARS, BARS):
        overlap = range(max(p.start, q.start), min(p.end, q.end) + 1)
        blocked_before = p.start < q.start  # p arrives from a layer where q is not born
        blocked_after = q.end > p.end  # q goes on where p has died
        assert hom(p, q) == int(len(overlap) > 0 and not blocked_before and not blocked_after)


def test_through_bars_run_from_the_input_to_the_output() -> None:
    for bar, depth in product(BARS, range(6)):
        assert bar.is_through(depth) == ((0, depth) == bar)
        layers = [layer for layer in range(-1, 7) if layer in bar]
        assert layers == list(range(bar.start, bar.end + 1))


def test_parse_reads_what_str_writes() -> None:
    assert [Interval.parse(str(bar)) for bar in BARS] == BARS


@pytest.mark.parametrize(
    "text", ["", "1", "1-", "-1", "a-b", "1-2-3", "1 - 2", "٠-١", "²-3", "+1-2"]
)
def test_parse_refuses_other_forms(text: str) -> None:
    with pytest.raises(InputError, match="is not of the form from-to"):
        Interval.parse(text)


def test_parse_refuses_a_reversed_bar() -> None:
    with pytest.raises(InputError, match="ends before it starts; write 0-2"):
        Interval.parse("2-0")


@pytest.mark.parametrize(("start", "end"), [(2, 0), (1, 0), (-1, 0), (-2, -1)])
def test_no_reversed_or_negative_interval_exists(start: int, end: int) -> None:
    with pytest.raises(InputError, match=f"bar {start}-{end} does not run from a layer"):
        Interval(start, end)


def test_intervals_are_pairs_that_survive_pickling() -> None:
    bar = Interval(1, 3)
    assert pickle.loads(pickle.dumps(bar)) == bar == (1, 3)
    assert type(pickle.loads(pickle.dumps(bar))) is Interval
    with pytest.raises(AttributeError):
        bar.start = 0
    with pytest.raises(AttributeError):
        bar.other = 0


def test_a_text_or_a_pair_makes_a_bar() -> None:
    assert Interval("0-2") == Interval((0, 2)) == Interval(0, 2)  # type: ignore[arg-type]
    for wrong in (3, None, "2-0", "0", (1,)):
        with pytest.raises(InputError):
            Interval(wrong)  # type: ignore[arg-type]
