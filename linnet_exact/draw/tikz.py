"""Basis flow diagrams as TikZ pictures."""

from linnet_exact.draw.layout import Layout, Strand, strand_class, stroke_width

__all__ = ["diagram_tikz"]

_STYLES = {
    "through": "teal!70!black",
    "input": "orange!80!black",
    "output": "violet!80!black",
    "inner": "gray",
}


def diagram_tikz(picture: Layout) -> str:
    r"""Return a basis flow diagram as a `tikzpicture`.

    Examples
    --------
    >>> from linnet_exact.draw.layout import layout
    >>> from linnet_exact.strata import Barcode
    >>> print(diagram_tikz(layout(Barcode.parse("0-0:2,0-1"))))
    \begin{tikzpicture}[line cap=round, font=\small]
    % bars 0-0:2,0-1
    \draw[gray!40] (0.00,-0.40) -- (0.00,-2.10);
    \node at (0.00,0) {$3$};
    \draw[gray!40] (2.20,-0.40) -- (2.20,-2.10);
    \node at (2.20,0) {$1$};
    \node at (1.10,0) {$W_{1}$};
    \draw[teal!70!black, line width=1.5pt] (0.00,-0.80) -- (2.20,-0.80);
    \fill[teal!70!black] (0.00,-0.80) circle[radius=2.2pt];
    \fill[teal!70!black] (2.20,-0.80) circle[radius=2.2pt];
    \fill[orange!80!black] (0.00,-1.70) circle[radius=2.5pt];
    \node[orange!80!black, anchor=west, inner sep=5pt] at (0.00,-1.70) {$\times 2$};
    \end{tikzpicture}
    """
    barcode = picture.barcode
    depth = barcode.depth
    step = max(1.1, min(2.2, 14 / depth))
    apart = -1.7 if picture.through else -0.8
    heights = [-0.8] * len(picture.through) + [apart - 0.7 * at for at in range(len(picture.rows))]
    bottom = min(heights) - 0.4
    lines = [r"\begin{tikzpicture}[line cap=round, font=\small]", f"% bars {barcode}"]
    for j, width in enumerate(barcode.widths):
        x = f"{j * step:.2f}"
        lines.append(rf"\draw[gray!40] ({x},-0.40) -- ({x},{bottom:.2f});")
        lines.append(rf"\node at ({x},0) {{${width}$}};")
    for j in range(1, depth + 1):
        lines.append(rf"\node at ({(j - 0.5) * step:.2f},0) {{$W_{{{j}}}$}};")
    rows = [*([picture.through] if picture.through else []), *picture.rows]
    for row, y in zip(rows, heights, strict=True):
        for strand in row:
            lines += _strand(strand, y, step, depth)
    return "\n".join([*lines, r"\end{tikzpicture}"])


def _strand(strand: Strand, y: float, step: float, depth: int) -> list[str]:
    bar, count = strand
    color, thick = _STYLES[strand_class(bar, depth)], stroke_width(count) / 2
    places = [f"({j * step:.2f},{y:.2f})" for j in range(bar.start, bar.end + 1)]
    lines = []
    if len(places) > 1:
        lines.append(rf"\draw[{color}, line width={thick:.1f}pt] {places[0]} -- {places[-1]};")
    radius = 1.5 + thick / 2
    lines += [rf"\fill[{color}] {place} circle[radius={radius:.1f}pt];" for place in places]
    if count > 1:
        anchor = "anchor=west" if len(places) == 1 else "anchor=south west"
        lines.append(
            rf"\node[{color}, {anchor}, inner sep=5pt] at {places[0]} {{$\times {count}$}};"
        )
    return lines
