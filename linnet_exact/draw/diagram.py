"""Basis flow diagrams: layers as columns, bars as strands with multiplicities."""

from dataclasses import dataclass
from typing import Any

from linnet_exact.draw.layout import layout
from linnet_exact.draw.svg import diagram_svg
from linnet_exact.draw.text import diagram_text
from linnet_exact.draw.themes import themed
from linnet_exact.draw.tikz import diagram_tikz
from linnet_exact.strata import Barcode

__all__ = ["FlowDiagram", "diagram"]


@dataclass(frozen=True, repr=False)
class FlowDiagram:
    """A basis flow diagram; a notebook shows it as a picture, `print` as text.

    Attributes
    ----------
    barcode : Barcode
        What is drawn.

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

    def text(self, ascii_only: bool = False, columns: int | None = None) -> str:
        """Return lines for a terminal, without a newline at the end.

        Parameters
        ----------
        ascii_only : bool
            Whether to do without box-drawing characters.
        columns : int, optional
            What is wider is shown in parts.

        Examples
        --------
        >>> print(diagram("0-1").text(ascii_only=True).splitlines()[-1].strip())
        o=========o
        """
        return diagram_text(layout(self.barcode), ascii_only, columns)

    def svg(self, theme: str = "auto") -> str:
        """Return an SVG picture.

        Parameters
        ----------
        theme : str
            ``"light"``, ``"dark"``, or ``"auto"``: dark where the reader's system is.

        Raises
        ------
        InputError
            If there is no such theme.

        Examples
        --------
        >>> diagram(Barcode.parse("0-1")).svg().partition(" ")[0]
        '<svg'
        """
        return themed(diagram_svg(layout(self.barcode)), theme)

    def tikz(self) -> str:
        r"""Return a TikZ picture; it needs the package `tikz` and nothing else.

        Examples
        --------
        >>> diagram(Barcode.parse("0-1")).tikz().splitlines()[-1]
        '\\end{tikzpicture}'
        """
        return diagram_tikz(layout(self.barcode))

    def _repr_svg_(self) -> str:
        return self.svg("light")

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"diagram({self.barcode!r})"


def diagram(barcode: Any) -> FlowDiagram:
    """Return the basis flow diagram of a barcode, of its text, or of what has a barcode.

    Raises
    ------
    InputError
        If it is none of these.

    Examples
    --------
    >>> diagram(Barcode.parse("0-0,1-1"))
    diagram(Barcode.parse('0-0,1-1'))
    >>> diagram("0-0,1-1") == diagram(Barcode("0-0,1-1").stratum)
    True
    """
    return FlowDiagram(Barcode.of(barcode))
