"""Basis flow diagrams for a terminal."""

from collections.abc import Sequence

from linnet_exact.draw.layout import Layout, Strand

__all__ = ["diagram_text"]

_MARGIN = 6
_ASCII = str.maketrans("●━─×", "o=-x")


def diagram_text(picture: Layout, ascii_only: bool = False) -> str:
    """Return a basis flow diagram in box-drawing characters.

    Every dot is a layer that the strand lives at; ×m says that there are m strands of this kind.
    A heavy line reaches from input to output. In ASCII a dot is o, ×m is xm, and heavy is =.

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
    barcode = picture.barcode
    spacing = _spacing(picture)
    layers = range(barcode.depth + 1)
    names = "".join(f"W{j}".center(spacing) for j in layers[1:])
    lines = [
        "layer ".ljust(_MARGIN) + "".join(str(j).ljust(spacing) for j in layers),
        "width ".ljust(_MARGIN) + "".join(str(d).ljust(spacing) for d in barcode.widths),
        " " * _MARGIN + names,
    ]
    if picture.through:
        lines.append(_line(picture.through, spacing, "━"))
        lines += [""] if picture.rows else []
    lines += [_line(row, spacing, "─") for row in picture.rows]
    text = "\n".join(line.rstrip() for line in lines)
    return text.translate(_ASCII) if ascii_only else text


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
