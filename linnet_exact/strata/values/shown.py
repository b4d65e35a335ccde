"""How barcodes and rank lists show themselves in notebooks and in text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from linnet_exact.above import above
from linnet_exact.notebook import html_table, page_of

__all__ = ["ShownBarcode", "triangle_html", "triangle_latex", "triangle_text"]

PICTURE_LIMIT = 200
"""Bars, or layers, up to which a notebook draws a barcode; larger ones it shows as text."""

TEXT_LAYERS = 12
"""Layers that a rank list in text has before an ellipsis."""


class ShownBarcode:
    """What a barcode shows of itself: its basis flow diagram, or its text."""

    __slots__ = ()

    def diagram(self) -> Any:
        """Return the basis flow diagram: a picture in notebooks, lines of text in `print`.

        Examples
        --------
        >>> from linnet_exact import Barcode
        >>> print(Barcode("0-1,1-1").diagram())
        layer 0         1
        width 1         2
                  W1
              ●━━━━━━━━━●
        <BLANKLINE>
                        ●
        """
        return above("diagram")(self)

    def plot(self, ax: Any = None) -> Any:
        """Draw the bars on Matplotlib axes, new ones unless given, and return the axes.

        Raises
        ------
        MissingExtraError
            If Matplotlib is not installed.

        Examples
        --------
        >>> from linnet_exact import Barcode
        >>> Barcode("0-1,1-1").plot().get_xlabel()
        'layer'
        """
        return above("plot_barcode")(self, ax)

    def _repr_svg_(self) -> str | None:
        return self.diagram().svg("light") if self._is_small() else None

    def _repr_html_(self) -> str:
        if self._is_small():
            return page_of(self.diagram().svg("light"))
        text = str(self)
        return html_table("barcode", [], [[text if len(text) < 2000 else f"{text[:2000]}…"]])

    def _repr_latex_(self) -> str:
        bars: list[Any] = list(self.items())  # type: ignore[attr-defined]
        terms = [
            f"[{bar.start},{bar.end}]" + (f"^{{{count}}}" if count > 1 else "")
            for bar, count in bars[:PICTURE_LIMIT]
        ]
        more = [r"\cdots"] if len(bars) > PICTURE_LIMIT else []
        plus = r" \oplus "
        return f"${plus.join(terms + more)}$"

    def _is_small(self) -> bool:
        size: int = max(len(self), self.depth)  # type: ignore[arg-type,attr-defined]
        return size <= PICTURE_LIMIT


def triangle_text(triangle: Sequence[Sequence[int]], layers: int | None = None) -> str:
    """Return the ranks r_k~i as a triangle: row k, column i; cut after so many layers.

    Examples
    --------
    >>> print(triangle_text([[2], [1, 3], [1, 2, 2]]))
    r_k~i  i=0  1  2
    k=0      2
    k=1      1  3
    k=2      1  2  2
    >>> print(triangle_text([[2], [1, 3], [1, 2, 2]], layers=2))
    r_k~i  i=0  1
    k=0      2
    k=1      1  3
    … (3 layers)
    """
    layers = TEXT_LAYERS if layers is None else layers
    rows = [[str(rank) for rank in row] for row in triangle[:layers]]
    names = [f"k={k}" for k in range(len(rows))]
    heads = ["i=0", *map(str, range(1, len(rows)))]
    sizes = [max(map(len, [heads[i], *(row[i] for row in rows[i:])])) for i in range(len(rows))]
    left = max(map(len, ["r_k~i", *names]))
    lines = [
        "  ".join([name.ljust(left), *(x.rjust(size) for x, size in zip(row, sizes, strict=False))])
        for name, row in zip(["r_k~i", *names], [heads, *rows], strict=True)
    ]
    more = [f"… ({len(triangle)} layers)"] if len(triangle) > layers else []
    return "\n".join(lines + more)


def triangle_html(triangle: Sequence[Sequence[int]]) -> str:
    """Return the ranks as an HTML table, cut after `TEXT_LAYERS` layers.

    Examples
    --------
    >>> "rank list" in triangle_html([[2], [1, 2]])
    True
    """
    rows = triangle[:TEXT_LAYERS]
    return html_table(
        "rank list r_k~i",
        ["", *(f"i = {i}" for i in range(len(rows)))],
        [[f"k = {k}", *row, *[""] * (len(rows) - len(row))] for k, row in enumerate(rows)],
        more=len(triangle) - len(rows),
    )


def triangle_latex(triangle: Sequence[Sequence[int]]) -> str:
    r"""Return the ranks as LaTeX, cut after `TEXT_LAYERS` layers.

    Examples
    --------
    >>> print(triangle_latex([[2], [1, 2]]))
    $\begin{array}{rr}2\\1&2\end{array}$
    """
    rows = triangle[:TEXT_LAYERS]
    lines = ["&".join(map(str, row)) for row in rows]
    if len(triangle) > len(rows):
        lines.append(r"\vdots")
    body = r"\\".join(lines)
    return rf"$\begin{{array}}{{{'r' * len(rows)}}}{body}\end{{array}}$"
