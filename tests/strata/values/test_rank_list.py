"""Rank lists: which exist, and what is said about the others."""

from itertools import product

import pytest
from hypothesis import given

from linnet_exact.errors import InputError
from linnet_exact.strata import Network, RankList
from tests.strategies_strata import barcodes


def test_valid_rank_lists_are_those_of_weights_over_f2() -> None:
    """Every rank list of a 2,2,2 network over F_2 is valid, and no other one is."""
    matrices = list(product(range(4), repeat=2))  # rows as bit masks

    def multiply(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
        return tuple((b[0] if row & 1 else 0) ^ (b[1] if row & 2 else 0) for row in a)

    def rank(a: tuple[int, ...]) -> int:
        return len({0, a[0], a[1], a[0] ^ a[1]}).bit_length() - 1

    found = {
        (rank(first), rank(second), rank(multiply(second, first)))
        for first, second in product(matrices, matrices)
    }
    valid = set()
    for first, second, both in product(range(3), repeat=3):
        try:
            RankList.from_triangle([[2], [first, 2], [both, second, 2]])
        except InputError:
            continue
        valid.add((first, second, both))
    assert valid == found


def test_failure_names_the_inequality() -> None:
    message = (
        r"omega\(1, 1\) = r\(1,1\) - r\(1,0\) - r\(2,1\) \+ r\(2,0\) = 1 - 1 - 1 \+ 0 = -1 < 0"
    )
    with pytest.raises(InputError, match=message):
        RankList.from_triangle([[1], [1, 1], [0, 1, 1]])


@pytest.mark.parametrize(
    ("ranks", "complaint"),
    [
        ({}, r"r\(0,0\) is missing"),
        ({"0~0": 1}, r"keys must be pairs \(k, i\)"),
        ({(0, 0): 1}, "widths of two layers"),
        ({(0, 0): 1, (1, 1): 1}, r"r\(1,0\) is missing"),
        ({(0, 0): 1, (1, 0): 1}, r"r\(1,1\) is missing"),
        ({(0, 0): 1, (1, 0): 0, (1, 1): 0}, "layer 1 cannot have width 0"),
        ({(0, 0): 1, (1, 0): -1, (1, 1): 1}, r"r\(1,0\) must be an integer ≥ 0, not -1"),
        ({(0, 0): 1, (1, 0): 0.5, (1, 1): 1}, "must be an integer"),
        ({(0, 0): 1, (1, 0): 1, (1, 1): 1, (0, 1): 1}, r"r\(0,1\) does not have k ≥ i ≥ 0"),
    ],
)
def test_refused(ranks: dict[tuple[int, int], int], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        RankList(ranks)


@pytest.mark.parametrize(
    "value", [[], {"0": 1}, {"0~0": 1, "1~0": 1.0, "1~1": 1}, {"9999999999~0": 1}]
)
def test_json_refused(value: object) -> None:
    with pytest.raises(InputError):
        RankList.from_jsonable(value)


def test_triangle_of_wrong_shape() -> None:
    with pytest.raises(InputError, match="row 1 must have 2 ranks, not 1"):
        RankList.from_triangle([[1], [1]])


@given(barcodes(), barcodes())
def test_comparison_is_componentwise(one: object, other: object) -> None:
    a, b = one.rank_list, other.rank_list  # type: ignore[attr-defined]
    assert a <= a
    if a.widths == b.widths:
        assert a.at_most(b) == all(a[key] <= b[key] for key in a)
    else:
        with pytest.raises(InputError, match="cannot be compared"):
            a.at_most(b)
    if (a.widths, a.rank) == (b.widths, b.rank):
        assert (a <= b) == a.at_most(b)
        assert (a < b) == (a.at_most(b) and a != b)
    else:
        with pytest.raises(InputError, match="cannot be compared") as caught:
            a <= b  # noqa: B015
        ours, theirs = (f"widths {x.network} and rank {x.rank}" for x in (a, b))
        assert f"cannot be compared: {ours}, {theirs}; orbits" in str(caught.value)


def test_ranks_outside_the_triangle_count_as_zero() -> None:
    ranks = Network(2, 2).fiber(1).minimal_stratum.rank_list
    assert (ranks.r(1, -1), ranks.r(2, 0), ranks.r(1, 0)) == (0, 0, 1)
    assert len(ranks) == len(list(ranks)) == 3
    with pytest.raises(KeyError):
        ranks[2, 0]


def test_the_strict_order_in_one_fiber() -> None:
    ranks = [stratum.rank_list for stratum in Network(2, 2, 2).fiber().strata()]
    for one, other in product(ranks, repeat=2):
        assert (one < other) == (one <= other and one is not other)


def test_widths_that_differ_are_both_named() -> None:
    ranks, other = RankList.from_triangle([[1], [0, 2]]), RankList.from_triangle([[3], [1, 2]])
    with pytest.raises(InputError, match="rank lists of widths 1,2 and 3,2 cannot be compared"):
        ranks.at_most(other)
