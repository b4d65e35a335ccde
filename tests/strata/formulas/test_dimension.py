"""The dimension formulas against each other and against sums over pairs of bars."""

from hypothesis import given

from linnet_exact.strata import Barcode
from linnet_exact.strata.formulas.dimension import (
    orbit_codimension,
    rank_of_differential_by_bars,
    rank_of_differential_by_ranks,
    stratum_dimension,
    tangent_dimension_of_fiber,
)
from linnet_exact.strata.values.interval import hom
from tests.strategies_strata import barcodes


@given(barcodes())
def test_orbit_dimension_by_endomorphisms(barcode: Barcode) -> None:
    """dim orbit = dim G − dim End, with dim End = Σ ω_P ω_Q dim Hom(P, Q)."""
    endomorphisms = sum(a * b * hom(p, q) for p, a in barcode.items() for q, b in barcode.items())
    orbit = sum(width**2 for width in barcode.widths) - endomorphisms
    assert orbit == barcode.network.weight_dimension - orbit_codimension(barcode)


@given(barcodes())
def test_both_formulas_for_the_rank_of_the_differential(barcode: Barcode) -> None:
    by_bars = rank_of_differential_by_bars(barcode)
    assert by_bars == rank_of_differential_by_ranks(barcode.rank_list)
    assert tangent_dimension_of_fiber(barcode) == barcode.network.weight_dimension - by_bars


@given(barcodes())
def test_differential_sees_pairs_that_reach_from_input_to_output(barcode: Barcode) -> None:
    """It misses the pairs of an input bar and an output bar with a gap between them."""
    depth = barcode.depth
    missed = sum(
        a * b
        for p, a in barcode.items()
        for q, b in barcode.items()
        if p.start == 0 and q.end == depth and q.start > p.end + 1
    )
    everything = barcode.widths[0] * barcode.widths[-1]
    assert rank_of_differential_by_bars(barcode) == everything - missed


@given(barcodes())
def test_reversal_changes_no_dimension(barcode: Barcode) -> None:
    reverse = barcode.reversed()
    assert orbit_codimension(reverse) == orbit_codimension(barcode)
    assert stratum_dimension(reverse) == stratum_dimension(barcode)
    assert tangent_dimension_of_fiber(reverse) == tangent_dimension_of_fiber(barcode)
