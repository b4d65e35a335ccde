"""Scaling curves as SVG: both axes logarithmic, the expected exponent as a dashed line."""

from collections.abc import Mapping
from math import log
from typing import Any

WIDTH, HEIGHT, MARGIN = 320, 240, 44


def scaling_svg(curves: Mapping[str, Mapping[str, Any]]) -> str:
    panels = [_panel(at, name, curve) for at, (name, curve) in enumerate(curves.items())]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH * len(panels)}" '
        f'height="{HEIGHT}" font-family="sans-serif" font-size="11">\n'
        + "".join(panels)
        + "</svg>\n"
    )


def _panel(at: int, name: str, curve: Mapping[str, Any]) -> str:
    sizes, seconds = curve["sizes"], curve["times"]
    expected = [seconds[-1] * (size / sizes[-1]) ** curve["expected"] for size in sizes]
    low, high = min([*seconds, *expected]), max([*seconds, *expected])

    def point(size: float, time: float) -> str:
        x = MARGIN + (WIDTH - 2 * MARGIN) * log(size / sizes[0]) / log(sizes[-1] / sizes[0])
        y = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * log(time / low) / (log(high / low) or 1)
        return f"{x:.1f},{y:.1f}"

    measured = " ".join(map(point, sizes, seconds))
    centres = (point(size, time).split(",") for size, time in zip(sizes, seconds, strict=True))
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="2.5"/>\n' for x, y in centres)
    dashed = " ".join(map(point, sizes, expected))
    bottom = HEIGHT - MARGIN + 16
    return (
        f'<g transform="translate({WIDTH * at} 0)">\n'
        f'<text x="{MARGIN}" y="18">{name}</text>\n'
        f'<text x="{MARGIN}" y="32">fitted exponent {curve["exponent"]:.2f}, expected '
        f"{curve['expected']}</text>\n"
        f'<polyline points="{dashed}" fill="none" stroke="gray" stroke-dasharray="4"/>\n'
        f'<polyline points="{measured}" fill="none" stroke="black"/>\n{dots}'
        f'<text x="{MARGIN}" y="{bottom}">{sizes[0]}: {seconds[0] * 1000:.3g} ms</text>\n'
        f'<text x="{WIDTH - MARGIN}" y="{bottom}" text-anchor="end">'
        f"{sizes[-1]}: {seconds[-1] * 1000:.3g} ms</text>\n</g>\n"
    )
