"""Numbers in tables of coloured cells, as SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from linnet_exact.errors import printable

__all__ = ["Cell", "HeatMap", "heat_maps_svg"]

_TEXT, _NONE = "#3d444d", "#f1f3f5"
_COLD, _HOT = (0xD6, 0xE8, 0xEF), (0xC2, 0x57, 0x1A)
_CELL, _ROW, _TOP, _GAP = 40, 20, 40, 28
_MOST_LABEL = 48  # characters


@dataclass(frozen=True)
class Cell:
    """A cell: its text, how hot it is, from 0 to 1 (None for no colour), and what it tells."""

    text: str
    heat: float | None
    told: str


@dataclass(frozen=True)
class HeatMap:
    """A table with a title; cells are at (row, column) and may be missing."""

    title: str
    rows: Sequence[str]
    columns: Sequence[str]
    cells: Mapping[tuple[int, int], Cell]


def heat_maps_svg(title: str, maps: Sequence[HeatMap], legend: str) -> str:
    """Return an SVG document with one table below the other.

    Examples
    --------
    >>> cell = Cell("32", 0.5, "head 0: 32")
    >>> svg = heat_maps_svg("Ranks", [HeatMap("OV", ["0"], ["a"], {(0, 0): cell})], "lost")
    >>> svg.startswith("<svg"), "<title>head 0: 32</title>" in svg
    (True, True)
    """
    labels = [_short(label) for each in maps for label in each.rows]
    left = 24 + 7 * max(map(len, labels), default=0) + 10
    widest = max((len(each.columns) for each in maps), default=1)
    width = max(left + widest * _CELL + 24, 8 * len(legend), 420)
    parts, y = [], 64
    for each in maps:
        parts += _map(each, left, y)
        y += _TOP + len(each.rows) * _ROW + _GAP
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y}" width="{width}" '
            f'height="{y}" font-family="Helvetica, Arial, sans-serif" font-size="12" '
            f'fill="{_TEXT}" role="img">',
            f"<title>{_escaped(title)}</title>",
            f'<rect width="{width}" height="{y}" fill="#ffffff"/>',
            f'<text x="24" y="28" font-size="15" font-weight="bold">{_escaped(title)}</text>',
            f'<text x="24" y="48">{_escaped(legend)}</text>',
            *parts,
            "</svg>",
            "",
        ]
    )


def _map(each: HeatMap, left: int, top: int) -> list[str]:
    parts = [f'<text x="24" y="{top + 14}" font-weight="bold">{_escaped(each.title)}</text>']
    for column, label in enumerate(each.columns):
        x = left + column * _CELL + _CELL // 2
        parts.append(
            f'<text x="{x}" y="{top + 32}" text-anchor="middle">{_escaped(_short(label))}</text>'
        )
    for row, label in enumerate(each.rows):
        y = top + _TOP + row * _ROW
        parts.append(
            f'<text x="{left - 8}" y="{y + 14}" text-anchor="end">{_escaped(_short(label))}</text>'
        )
        for column in range(len(each.columns)):
            if (row, column) in each.cells:
                parts.append(_cell(each.cells[row, column], left + column * _CELL, y))
    return parts


def _cell(cell: Cell, x: int, y: int) -> str:
    color = _NONE if cell.heat is None else _color(cell.heat)
    ink = "#ffffff" if (cell.heat or 0) > 0.6 else _TEXT
    return (
        f"<g><title>{_escaped(cell.told)}</title>"
        f'<rect x="{x}" y="{y}" width="{_CELL - 1}" height="{_ROW - 1}" fill="{color}"/>'
        f'<text x="{x + _CELL // 2}" y="{y + 14}" text-anchor="middle" fill="{ink}">'
        f"{_escaped(cell.text)}</text></g>"
    )


def _color(heat: float) -> str:
    heat = min(1.0, max(0.0, heat))
    mixed = (round(cold + (hot - cold) * heat) for cold, hot in zip(_COLD, _HOT, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _escaped(text: str) -> str:
    return escape(printable(text))


def _short(label: str) -> str:
    return label if len(label) <= _MOST_LABEL else f"…{label[1 - _MOST_LABEL :]}"
