"""The layout of basis flow diagrams: which strands share a row, and how each of them is drawn.

The diagrams are those of Bhattacharya and Shewchuk, *Factoring Matrices into Linear Neural
Networks*, and Shewchuk and Bhattacharya, arXiv 2404.14855, with one strand drawn for all copies of
a bar.
"""

from dataclasses import dataclass
from math import log2

from linnet_exact.strata import Barcode, Interval

__all__ = ["Layout", "Strand", "layout", "strand_class", "stroke_width"]

Strand = tuple[Interval, int]
"""A bar and its multiplicity."""


@dataclass(frozen=True)
class Layout:
    """The strands of a barcode in few rows.

    Attributes
    ----------
    barcode : Barcode
    through : tuple of Strand
        The bar that reaches from input to output, if there is one; it is drawn first, apart.
    rows : tuple of tuples of Strand
        All other bars; those in one row do not overlap.
    """

    barcode: Barcode
    through: tuple[Strand, ...]
    rows: tuple[tuple[Strand, ...], ...]


def layout(barcode: Barcode) -> Layout:
    """Lay out the basis flow diagram of a barcode in few rows.

    Examples
    --------
    >>> [[str(bar) for bar, _ in row] for row in layout(Barcode.parse("0-0,0-1,1-1,2-2")).rows]
    [['0-1', '2-2'], ['0-0', '1-1']]
    """
    across = Interval(0, barcode.depth)
    rows: list[list[Strand]] = []
    for bar, count in sorted(barcode.items(), key=lambda strand: (strand[0].start, -strand[0].end)):
        if bar == across:
            continue
        row = next((row for row in rows if row[-1][0].end < bar.start), None)
        if row is None:
            rows.append([(bar, count)])
        else:
            row.append((bar, count))
    through = ((across, barcode[across]),) if across in barcode else ()
    return Layout(barcode, through, tuple(map(tuple, rows)))


def strand_class(bar: Interval, depth: int) -> str:
    """Return which ends of the network a bar reaches: through, input, output or inner.

    Examples
    --------
    >>> strand_class(Interval(0, 1), 2)
    'input'
    """
    if bar.start == 0:
        return "through" if bar.end == depth else "input"
    return "output" if bar.end == depth else "inner"


def stroke_width(count: int) -> float:
    """Return how thick a strand of so many copies is drawn, in points.

    Examples
    --------
    >>> stroke_width(1), stroke_width(500)
    (3.0, 12.0)
    """
    return round(3 + log2(count), 1)
