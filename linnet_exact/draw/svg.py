"""Basis flow diagrams as SVG."""

from collections.abc import Sequence

from linnet_exact.draw.layout import Layout, Strand, strand_class, stroke_width
from linnet_exact.strata import Barcode

__all__ = ["COLORS", "diagram_svg"]

_TOP, _SIDE = 92, 64
COLORS = {
    "through": "#0b6e8f",
    "input": "#c2571a",
    "output": "#5a4fa2",
    "inner": "#6d7580",
}
_LEGEND = {
    "through": "input to output",
    "input": "from input only",
    "output": "to output only",
    "inner": "hidden layers only",
}


def diagram_svg(picture: Layout) -> str:
    """Return a basis flow diagram as an SVG document; thicker strands have more copies.

    Examples
    --------
    >>> from linnet_exact.draw.layout import layout
    >>> from linnet_exact.strata import Barcode
    >>> svg = diagram_svg(layout(Barcode.parse("0-0,0-2,1-1:2,2-2")))
    >>> svg.count("<circle"), "×2" in svg
    (10, True)
    """
    barcode = picture.barcode
    depth = barcode.depth
    step = max(76, min(150, 900 // depth))
    heights = _heights(picture)
    bottom = heights[-1] + 26
    legend, legend_width = _legend(barcode, bottom + 28)
    width = max(2 * _SIDE + depth * step, legend_width)
    places = [(width - depth * step) // 2 + step * j for j in range(depth + 1)]
    rows = [*([picture.through] if picture.through else []), *picture.rows]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {bottom + 44}" '
        f'width="{width}" height="{bottom + 44}" font-family="Helvetica, Arial, sans-serif" '
        f'font-size="14" role="img">',
        f"<title>Basis flow diagram of {barcode}</title>",
        f'<rect width="{width}" height="{bottom + 44}" fill="#ffffff"/>',
        *(_layer(j, places[j], size, bottom) for j, size in enumerate(barcode.widths)),
        *(_matrix(j, (places[j - 1] + places[j]) // 2) for j in range(1, depth + 1)),
    ]
    for row, y in zip(rows, heights, strict=True):
        parts += [_strand(strand, y, places) for strand in row]
    return "\n".join([*parts, *legend, "</svg>", ""])


def _heights(picture: Layout) -> list[int]:
    """The y of each row; what reaches from input to output is set apart."""
    through, count = len(picture.through), len(picture.rows)
    step = 40 if count <= 16 else 30
    apart = _TOP + through * 54
    return [_TOP] * through + [apart + step * at for at in range(count)]


def _layer(j: int, x: int, width: int, bottom: int) -> str:
    return (
        f'<line x1="{x}" y1="50" x2="{x}" y2="{bottom}" stroke="#d5dae0" stroke-width="1.5"/>'
        f'<text x="{x}" y="22" text-anchor="middle" font-size="12" fill="#59616b">layer {j}</text>'
        f'<text x="{x}" y="42" text-anchor="middle" font-weight="bold">{width}</text>'
    )


def _matrix(j: int, x: int) -> str:
    return (  # the number is apart, because some fonts lack ₁
        f'<text x="{x + 4}" y="62" text-anchor="end" font-style="italic">W</text>'
        f'<text x="{x + 5}" y="65" font-size="10">{j}</text>'
    )


def _strand(strand: Strand, y: int, places: Sequence[int]) -> str:
    bar, count = strand
    color, thick = COLORS[strand_class(bar, len(places) - 1)], stroke_width(count)
    start, stop = places[bar.start], places[bar.end]
    parts = []
    if stop > start:
        parts.append(
            f'<path d="M{start} {y}H{stop}" stroke="{color}" stroke-width="{thick}" '
            f'opacity="0.75"/>'
        )
    radius = round(3 + thick / 2)
    parts += [
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{color}"/>'
        for x in places[bar.start : bar.end + 1]
    ]
    if count > 1:
        level = y + 5 if stop == start else y - round(thick / 2) - 4
        parts.append(f'<text x="{start + radius + 4}" y="{level}" fill="{color}">×{count}</text>')
    return "".join(parts)


def _legend(barcode: Barcode, y: int) -> tuple[list[str], int]:
    """Explain the colours that occur; also return how wide that is."""
    shown = {strand_class(bar, barcode.depth) for bar in barcode}
    parts, x = [], 24
    for name, meaning in _LEGEND.items():
        if name in shown:
            parts.append(
                f'<circle cx="{x}" cy="{y - 4}" r="5" fill="{COLORS[name]}"/>'
                f'<text x="{x + 10}" y="{y}" font-size="12" fill="#59616b">{meaning}</text>'
            )
            x += 32 + round(6.2 * len(meaning))
    return parts, x
