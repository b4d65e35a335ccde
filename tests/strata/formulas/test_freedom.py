"""The counts of moves, against counting matrix units one by one."""

from hypothesis import given
from hypothesis import strategies as st

from linnet_exact import Barcode
from linnet_exact.strata.formulas.dimension import (
    rank_of_differential_by_ranks,
    stratum_dimension,
    tangent_dimension_of_fiber,
)
from linnet_exact.strata.formulas.freedom import FORMULAS, KINDS, freedom, freedom_of_pairs

BARS = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)).map(lambda ends: (min(ends), max(ends))),
    st.integers(1, 3),
    max_size=8,
)


@given(BARS, st.integers(0, 3))
def test_counts_add_up(bars: dict, through: int) -> None:
    barcode = Barcode([*bars.items(), *(((j, j), 1) for j in range(4)), ((0, 3), through)])
    found = freedom(barcode)
    assert found.weight_dimension == barcode.network.weight_dimension
    assert found.stratum == stratum_dimension(barcode)
    assert found.null_space == tangent_dimension_of_fiber(barcode)
    assert found.row_space == rank_of_differential_by_ranks(barcode.rank_list)


@given(BARS)
def test_connecting_and_swapping_against_strands(bars: dict) -> None:
    """A rising pair of strands connects or swaps unless it makes another bar [0, L]."""
    barcode = Barcode([*bars.items(), *(((j, j), 1) for j in range(4))])
    strands = [bar for bar, count in barcode.items() for _ in range(count)]
    rising = [
        (p, q)
        for p in strands
        for q in strands
        if p.start < q.start and p.end < q.end and (p.start, q.end) != (0, 3)
    ]
    found = freedom(barcode)
    assert found.connecting == sum(p.end + 1 == q.start for p, q in rising)
    assert found.swapping == sum(q.start <= p.end for p, q in rising)


def test_by_hand() -> None:
    """2,2,2 with all strands through: 2 · 2 pairs of strands, a slot in each of two matrices."""
    found = freedom(Barcode.parse("0-2:2"))
    assert found.counts == dict(zip(KINDS, (0, 4, 0, 0, 4), strict=True))
    assert freedom(Barcode.parse("0-1")).counts == dict(zip(KINDS, (0, 0, 0, 0, 1), strict=True))
    zero = freedom(Barcode.parse("0-0:2,1-1:3,2-2:2"))
    assert zero.counts == dict(zip(KINDS, (0, 0, 12, 0, 0), strict=True))
    # One matrix, W = 0: every entry changes the product.
    assert freedom(Barcode.parse("0-0:2,1-1:3")).counts["through"] == 6


def test_every_kind_has_a_formula_and_pairs_have_slots() -> None:
    assert set(FORMULAS) == set(KINDS)
    assert all(pair.layers for pair in freedom_of_pairs(Barcode.parse("0-1,0-2,1-2,2-3,3-3")))
