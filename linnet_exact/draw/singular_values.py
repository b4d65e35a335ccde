"""Singular values on a logarithmic scale, with exact ranks and tolerances marked, as SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, isfinite, log10

from linnet_exact.draw.themes import themed

__all__ = ["Panel", "Series", "singular_values_svg"]

_COLORS = ("#0b6e8f", "#c2571a", "#5a4fa2")
_EXACT, _GRID, _TEXT = "#2e7d32", "#e3e7eb", "#3d444d"
_COLUMNS = 4
_WIDTH, _HEIGHT = 210, 150  # of the plot of a panel
_LEFT, _TOP, _ACROSS, _DOWN = 72, 34, 304, 240  # margins of a panel, and distances of panels
_HEAD, _FOOT = 64, 24
_DIGITS = 17  # decimal digits of float64: singular values so far below the largest have none


@dataclass(frozen=True)
class Series:
    """Singular values, in decreasing order, and the tolerance below which they are dropped."""

    values: Sequence[float]
    tolerance: float


@dataclass(frozen=True)
class Panel:
    """The singular values of one matrix.

    Attributes
    ----------
    title : str
    size : int
        The number of singular values of such a matrix.
    exact : int
        Its exact rank.
    series : mapping
        From the name of a precision to what was found in it; empty `values` where there is no SVD.
    """

    title: str
    size: int
    exact: int
    series: Mapping[str, Series]


def singular_values_svg(panels: Sequence[Panel]) -> str:
    """Return an SVG document with a panel for each matrix.

    The range of a panel ends where digits end, 17 decades below the largest singular value; what is
    smaller, or 0, is drawn on the lower edge.

    Examples
    --------
    >>> panel = Panel("W1", 2, 1, {"float64": Series((1.0, 1e-17), 4e-16)})
    >>> svg = singular_values_svg([panel])
    >>> "exact rank 1" in svg, svg.startswith("<svg")
    (True, True)
    """
    columns = min(_COLUMNS, max(len(panels), 2))
    rows = -(-len(panels) // columns)
    width, height = columns * _ACROSS, _HEAD + rows * _DOWN + _FOOT
    names = list(dict.fromkeys(name for panel in panels for name in panel.series))
    color_of = dict(zip(names, _COLORS, strict=False))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="Helvetica, Arial, sans-serif" '
        f'font-size="11" fill="{_TEXT}" role="img">',
        "<title>Singular values and exact ranks</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *_legend(color_of),
    ]
    for at, panel in enumerate(panels):
        x, y = at % columns * _ACROSS + _LEFT, _HEAD + at // columns * _DOWN + _TOP
        parts.append(f'<g transform="translate({x} {y})">')
        parts += [*_panel(panel, color_of), "</g>"]
    parts.append(
        f'<text x="24" y="{height - 10}">On the lower edge: 0, or more than {_DIGITS} decades '
        "below the largest singular value of the panel, where float64 has no digits.</text>"
    )
    return themed("\n".join([*parts, "</svg>", ""]), "auto")


def _legend(color_of: Mapping[str, str]) -> list[str]:
    parts, x = [], 24
    for name, color in color_of.items():
        parts.append(
            f'<circle cx="{x}" cy="24" r="4" fill="{color}"/>'
            f'<text x="{x + 10}" y="28" font-size="13">{escape(name)}</text>'
            f'<path d="M{x - 4} 44h14" stroke="{color}" stroke-dasharray="4 3"/>'
            f'<text x="{x + 14}" y="48">its tolerance</text>'
        )
        x += 130
    return [
        *parts,
        f'<rect x="{x - 6}" y="17" width="14" height="14" fill="{_EXACT}" opacity="0.14"/>'
        f'<path d="M{x + 8} 17v14" stroke="{_EXACT}" stroke-width="2"/>'
        f'<text x="{x + 16}" y="28" font-size="13">exact rank</text>',
    ]


def _panel(panel: Panel, color_of: Mapping[str, str]) -> list[str]:
    low, high = _decades(panel)
    edge = _WIDTH * panel.exact / panel.size
    parts = [
        f'<text x="0" y="-12" font-size="13" font-weight="bold">{escape(panel.title)}</text>',
        f'<text x="{_WIDTH}" y="-12" text-anchor="end" fill="{_EXACT}">'
        f"exact rank {panel.exact} of {panel.size}</text>",
        f'<rect width="{edge:.1f}" height="{_HEIGHT}" fill="{_EXACT}" opacity="0.10"/>',
    ]
    for decade in range(low, high + 1, max(1, ceil((high - low) / 5))):
        y = _height(decade, low, high)
        parts.append(
            f'<path d="M0 {y:.1f}h{_WIDTH}" stroke="{_GRID}"/>'
            f'<text x="-8" y="{y + 4:.1f}" text-anchor="end">10<tspan dy="-4" font-size="8">'
            f"{decade}</tspan></text>"
        )
    parts.append(f'<path d="M0 0v{_HEIGHT}h{_WIDTH}" fill="none" stroke="{_TEXT}"/>')
    parts.append(f'<path d="M{edge:.1f} 0v{_HEIGHT}" stroke="{_EXACT}" stroke-width="2"/>')
    for shift, (name, series) in enumerate(panel.series.items()):
        parts += _series(series, panel.size, low, high, color_of[name], shift)
    for number in sorted({1, panel.size}):
        x = _WIDTH * (number - 0.5) / panel.size
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT + 16}" text-anchor="middle">{number}</text>')
    return [
        *parts,
        f'<text x="{_WIDTH / 2}" y="{_HEIGHT + 32}" text-anchor="middle">'
        "number of the singular value</text>",
        f'<text transform="translate(-54 {_HEIGHT / 2}) rotate(-90)" text-anchor="middle">'
        "singular value</text>",
    ]


def _series(series: Series, size: int, low: int, high: int, color: str, shift: int) -> list[str]:
    if not series.values:
        y = 16 + 14 * shift
        return [f'<text x="8" y="{y}" fill="{color}">no SVD: too large</text>']

    def height(value: float) -> float:
        return _height(log10(value) if value > 0 else low, low, high)

    # Dots are strokes of length 0 with round ends; precisions stand side by side.
    step = _WIDTH / size
    dots = "".join(
        f"M{step * (at + 0.38 + 0.24 * shift):.1f} {height(value):.1f}h0"
        for at, value in enumerate(series.values)
    )
    thick = max(1.6, min(6.0, 0.5 * step))
    tolerance = height(series.tolerance)
    return [
        f'<path d="{dots}" stroke="{color}" stroke-width="{thick:.1f}" stroke-linecap="round"/>',
        f'<path d="M0 {tolerance:.1f}h{_WIDTH}" stroke="{color}" stroke-dasharray="4 3"/>',
    ]


def _decades(panel: Panel) -> tuple[int, int]:
    """The powers of ten between which nonzero values and tolerances lie, as far as digits go."""
    shown = [
        value
        for series in panel.series.values()
        for value in (*series.values, series.tolerance)
        if isfinite(value) and value > 0
    ]
    if not shown:
        return -1, 0
    low, high = floor(log10(min(shown))), ceil(log10(max(shown)))
    return max(low, floor(log10(max(shown))) - _DIGITS), max(high, low + 1)


def _height(exponent: float, low: int, high: int) -> float:
    """The y of 10^exponent: 0 at 10^high, the lower edge at 10^low and below."""
    return _HEIGHT * min(1.0, max(0.0, (high - exponent) / (high - low)))
