"""Basis flow diagrams: layers as columns, bars as strands with multiplicities.

The diagrams are those of Bhattacharya and Shewchuk, arXiv 2404.14855, with one strand drawn for all
copies of a bar.
"""

from dataclasses import dataclass

from linnet_exact.strata import Barcode, Interval

__all__ = ["FlowDiagram", "Strand", "diagram"]

Strand = tuple[Interval, int]
"""A bar and its multiplicity."""


@dataclass(frozen=True, repr=False)
class FlowDiagram:
    """A basis flow diagram; a notebook shows it as a picture, `print` as text.

    Attributes
    ----------
    barcode : Barcode
    through : tuple of Strand
        The bar that reaches from input to output, if there is one; it is drawn first, apart.
    rows : tuple of tuples of Strand
        All other bars; those in one row do not overlap.

    Examples
    --------
    >>> print(diagram(Barcode.parse("0-0,0-2,1-1:2,2-2")))
    layer 0         1         2
    width 2         3         2
              W1        W2
          ●━━━━━━━━━●━━━━━━━━━●
    <BLANKLINE>
          ●         ●×2       ●
    """

    barcode: Barcode
    through: tuple[Strand, ...]
    rows: tuple[tuple[Strand, ...], ...]

    def text(self) -> str:
        """Return lines for a terminal, without a newline at the end."""
        from linnet_exact.draw.text import diagram_text

        return diagram_text(self)

    def svg(self) -> str:
        """Return an SVG picture.

        Examples
        --------
        >>> diagram(Barcode.parse("0-1")).svg().partition(" ")[0]
        '<svg'
        """
        from linnet_exact.draw.svg import diagram_svg

        return diagram_svg(self)

    def tikz(self) -> str:
        r"""Return a TikZ picture; it needs the package `tikz` and nothing else.

        Examples
        --------
        >>> diagram(Barcode.parse("0-1")).tikz().splitlines()[-1]
        '\\end{tikzpicture}'
        """
        from linnet_exact.draw.tikz import diagram_tikz

        return diagram_tikz(self)

    def _repr_svg_(self) -> str:
        return self.svg()

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"diagram({self.barcode!r})"


def diagram(barcode: Barcode) -> FlowDiagram:
    """Lay out the basis flow diagram of a barcode in few rows.

    Examples
    --------
    >>> [[str(bar) for bar, _ in row] for row in diagram(Barcode.parse("0-0,0-1,1-1,2-2")).rows]
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
    return FlowDiagram(barcode, through, tuple(map(tuple, rows)))
