"""Real components against the rank of the incidence of bars and signs over F_2."""

from hypothesis import given

from linnet_exact.strata import Barcode, Network
from linnet_exact.strata.formulas.real_components import real_components
from tests.strategies_strata import barcodes


def by_incidence_matrix(barcode: Barcode) -> int:
    """2^(number of signs − rank over F_2 of the signs that each bar type flips)."""
    depth, rank = barcode.depth, barcode.rank
    signs = list(range(1, depth))
    signs += ["through"] * (rank > 0)
    signs += ["input"] * (barcode.widths[0] > rank)
    signs += ["output"] * (barcode.widths[-1] > rank)
    rows: list[int] = []
    for bar in barcode:
        flipped = {layer for layer in range(1, depth) if bar.start <= layer <= bar.end}
        if bar == (0, depth):
            flipped.add("through")
        elif bar.start == 0:
            flipped.add("input")
        elif bar.end == depth:
            flipped.add("output")
        row = sum(1 << position for position, sign in enumerate(signs) if sign in flipped)
        for other in rows:
            row = min(row, row ^ other)
        if row:
            rows.append(row)
    return 2 ** (len(signs) - len(rows))


@given(barcodes(max_depth=5, max_multiplicity=1))
def test_against_the_incidence_matrix(barcode: Barcode) -> None:
    assert real_components(barcode) == by_incidence_matrix(barcode)


def test_known_numbers() -> None:
    lines = [[stratum.real_components for stratum in f.strata()] for f in Network(1, 1, 1).fibers()]
    assert [sorted(line) for line in lines] == [[1, 2, 2], [2]]
    # GL_2(R) has two components; so has every fiber of an invertible matrix over it.
    assert real_components(Barcode.parse("0-1:2")) == 1
    assert real_components(Barcode.parse("0-2:2")) == 2
