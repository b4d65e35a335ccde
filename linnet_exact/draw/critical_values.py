"""Critical values of a loss against the rank, saddles and minima marked, as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, isfinite, log10

from linnet_exact.draw.themes import themed
from linnet_exact.errors import InputError

__all__ = ["Mark", "critical_values_svg"]

_TEXT, _GRID = "#3d444d", "#e3e7eb"
_COLORS = {
    "global minimum": "#2e7d32",
    "strict saddle": "#c2571a",
    "non-strict saddle": "#5a4fa2",
    "undecided": "#6d7580",
}
_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT = 560, 320, 86, 64, 46
_LABEL = 11
_LABELLED = 24
"""Number of marks up to which each bears its set S."""


@dataclass(frozen=True)
class Mark:
    """A critical value.

    Attributes
    ----------
    rank : int
    loss : float
    label : str
        The set S.
    kinds : sequence of str
    """

    rank: int
    loss: float
    label: str
    kinds: Sequence[str]


def critical_values_svg(marks: Sequence[Mark], title: str) -> str:
    """Return an SVG document with a dot for each critical value; two kinds make a ringed dot.

    Raises
    ------
    InputError
        If floats cannot hold the losses.

    Examples
    --------
    >>> svg = critical_values_svg([Mark(0, 2.5, "{}", ["strict saddle"])], "2,1,2")
    >>> svg.startswith("<svg"), "strict saddle" in svg
    (True, True)
    """
    ranks = range(max((mark.rank for mark in marks), default=0) + 1)
    low, high, ticks = _axis([mark.loss for mark in marks])
    width, height = _LEFT + _WIDTH + 30, _TOP + _HEIGHT + _FOOT
    step = _WIDTH / len(ranks)

    def y_of(loss: float) -> float:
        return _TOP + _HEIGHT * (high - loss) / (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="Helvetica, Arial, sans-serif" '
        f'font-size="12" fill="{_TEXT}" role="img">',
        f"<title>Critical values of the square loss, widths {escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *_legend(marks),
    ]
    for loss in ticks:
        y = y_of(loss)
        parts.append(
            f'<path d="M{_LEFT} {y:.1f}h{_WIDTH}" stroke="{_GRID}"/>'
            f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{loss:.6g}</text>'
        )
    for rank in ranks:
        x = _LEFT + step * (rank + 0.5)
        parts.append(
            f'<text x="{x:.1f}" y="{_TOP + _HEIGHT + 18}" text-anchor="middle">{rank}</text>'
        )
    parts.append(
        f'<text x="{_LEFT + _WIDTH // 2}" y="{height - 10}" text-anchor="middle">rank of W</text>'
        f'<text transform="translate(16 {_TOP + _HEIGHT // 2}) rotate(-90)" '
        f'text-anchor="middle">loss</text>'
    )
    for rank in ranks:
        x = _LEFT + step * (rank + 0.5)
        column = sorted((y_of(mark.loss), at) for at, mark in enumerate(marks) if mark.rank == rank)
        parts += [_dot(x, y, marks[at].kinds) for y, at in column]
        if len(marks) <= _LABELLED:
            places = _apart([y for y, _ in column])
            parts += [
                f'<text x="{x + 9:.1f}" y="{y + 4:.1f}" font-size="10">'
                f"{escape(marks[at].label)}</text>"
                for y, (_, at) in zip(places, column, strict=True)
            ]
    return themed("\n".join([*parts, "</svg>", ""]), "auto")


def _apart(heights: Sequence[float]) -> list[float]:
    """Move increasing heights so little that labels there do not overlap, nor leave the plot."""
    places: list[float] = []
    for height in heights:
        places.append(max(height, places[-1] + _LABEL) if places else height)
    lowest = float(_TOP + _HEIGHT)
    for at in reversed(range(len(places))):
        places[at] = min(places[at], lowest)
        lowest = places[at] - _LABEL
    return places


def _axis(losses: Sequence[float]) -> tuple[float, float, list[float]]:
    """Return the ends of an axis with 0 and all losses on it, and its five to thirteen lines."""
    low, high = min(0.0, *losses, 0.0), max(0.0, *losses, 0.0)
    if not isfinite(high - low):
        raise InputError("losses of 1e308 and more have no place in a plot; scale the data down")
    if low == high:
        return 0.0, 1.0, [0.0, 1.0]
    power = 10.0 ** floor(log10((high - low) / 4))
    step = max(factor * power for factor in (1, 2, 5) if factor * power <= (high - low) / 4)
    ticks = [step * at for at in range(floor(low / step), ceil(high / step) + 1)]
    return ticks[0], ticks[-1], ticks


def _legend(marks: Sequence[Mark]) -> list[str]:
    present = {kind for mark in marks for kind in mark.kinds}
    parts, x = [], 24
    for kind in _COLORS:
        if kind in present:
            parts.append(_dot(x, 26, [kind]) + f'<text x="{x + 11}" y="30">{kind}</text>')
            x += 36 + 7 * len(kind)
    return parts


def _dot(x: float, y: float, kinds: Sequence[str]) -> str:
    ring = f' stroke="{_COLORS[kinds[1]]}" stroke-width="2.5"' if len(kinds) > 1 else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{_COLORS[kinds[0]]}"{ring}/>'
