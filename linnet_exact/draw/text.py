"""Basis flow diagrams for a terminal."""

from collections.abc import Sequence

from linnet_exact.draw.layout import Layout, Strand
from linnet_exact.strata import Interval

__all__ = ["diagram_text"]

_MARGIN = 6
_ASCII = str.maketrans("●━─×", "o=-x")


def diagram_text(picture: Layout, ascii_only: bool = False, columns: int | None = None) -> str:
    """Return a basis flow diagram in box-drawing characters.

    Every dot is a layer that the strand lives at; ×m says that there are m strands of this kind.
    A heavy line reaches from input to output. In ASCII a dot is o, ×m is xm, and heavy is =.

    Parameters
    ----------
    columns : int, optional
        What is wider than so many columns is shown in parts, one below the other, as far as two
        layers fit; the layer that one part ends with is the first of the next, and its dots keep
        their order.

    Examples
    --------
    >>> from linnet_exact.draw.layout import layout
    >>> from linnet_exact.strata import Barcode
    >>> print(diagram_text(layout(Barcode.parse("0-0:20,0-1:3,1-1"))))
    layer 0         1
    width 23        4
              W1
          ●━×3━━━━━━●
    <BLANKLINE>
          ●×20      ●
    >>> print(diagram_text(layout(Barcode.parse("0-1:2,1-1")), ascii_only=True))
    layer 0         1
    width 2         3
              W1
          o=x2======o
    <BLANKLINE>
                    o
    """
    depth = picture.barcode.depth
    spacing = _spacing(picture)
    lines = _part(picture, spacing, 0, depth)
    if columns is not None and max(map(len, lines)) > columns:
        steps = max(1, (columns - _MARGIN) // spacing - 1)  # the last label takes room, too
        parts = [
            _part(picture, spacing, first, min(first + steps, depth))
            for first in range(0, depth, steps)
        ]
        lines = [line for part in parts for line in (*part, "")][:-1]
    text = "\n".join(lines)
    return text.translate(_ASCII) if ascii_only else text


def _part(picture: Layout, spacing: int, first: int, last: int) -> list[str]:
    """Return the lines of the diagram from one layer to another."""
    widths = picture.barcode.widths[first : last + 1]
    lines = [
        "layer ".ljust(_MARGIN) + "".join(str(j).ljust(spacing) for j in range(first, last + 1)),
        "width ".ljust(_MARGIN) + "".join(str(d).ljust(spacing) for d in widths),
        " " * _MARGIN + "".join(f"W{j}".center(spacing) for j in range(first + 1, last + 1)),
    ]
    rows = [part for row in picture.rows if (part := _between(row, first, last))]
    if picture.through:
        lines.append(_line(_between(picture.through, first, last), spacing, "━"))
        lines += [""] if rows else []
    lines += [_line(row, spacing, "─") for row in rows]
    return [line.rstrip() for line in lines]


def _between(strands: Sequence[Strand], first: int, last: int) -> list[Strand]:
    """Return what strands are from one layer, which becomes layer 0, to another."""
    return [
        (Interval(max(bar.start, first) - first, min(bar.end, last) - first), count)
        for bar, count in strands
        if bar.start <= last and bar.end >= first
    ]


def _spacing(picture: Layout) -> int:
    """Characters from one layer to the next: enough for all labels, else to fill 80 columns."""
    barcode = picture.barcode
    labels = [*map(_label, barcode.values()), *map(str, barcode.widths), f"W{barcode.depth}"]
    return max(3 + max(map(len, labels)), min(10, 72 // barcode.depth))


def _line(strands: Sequence[Strand], spacing: int, stroke: str) -> str:
    line = ""
    for bar, count in strands:
        line = line.ljust(spacing * bar.start) + "●"
        label = _label(count)
        if bar.start == bar.end:
            line += label
        else:
            first = (stroke + label if label else "").ljust(spacing - 1, stroke) + "●"
            others = (stroke * (spacing - 1) + "●") * (bar.end - bar.start - 1)
            line += first + others
    return " " * _MARGIN + line


def _label(count: int) -> str:
    return f"×{count}" if count > 1 else ""
