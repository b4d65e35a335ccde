"""The picture of one stratum: a small flow diagram with the barcode below it, or a dot."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from linnet_exact.draw.dag.facts import Facts
from linnet_exact.draw.dag.layout import Box
from linnet_exact.draw.layout import layout, strand_class
from linnet_exact.strata import Barcode

__all__ = ["NodeSizes", "dot", "frame", "node", "sizes_for"]

_CHARACTER, _LINE = 6.1, 13  # of barcodes
_SIDE, _TOP = 9, 11  # from the edge of a box to what is in it
_LONGEST_LINE = 48


@dataclass(frozen=True)
class NodeSizes:
    """What all boxes of a drawing have in common.

    Attributes
    ----------
    width, height : int
    characters : int
        Most characters of a line of a barcode.
    lines : int
        Most lines of a barcode.
    strands : int
        The height of the rows of strands.
    row : float
        The distance of two rows of strands.
    """

    width: int
    height: int
    characters: int
    lines: int
    strands: int
    row: float


def sizes_for(barcodes: Iterable[Barcode]) -> NodeSizes:
    """Return sizes of boxes in which all of these barcodes find room.

    Examples
    --------
    >>> sizes_for([Barcode("0-0:2,1-1:2,2-2:2")]).characters
    17
    """
    shown = list(barcodes)
    longest = max(len(str(barcode)) for barcode in shown)
    characters = longest if longest <= 26 else min(-(-longest // 2) + 4, _LONGEST_LINE)
    lines = max(len(_lines(barcode, characters)) for barcode in shown)
    rows = max(_row_count(barcode) for barcode in shown)
    row = max(3.0, min(11.0, 72 / rows))
    strands = round((rows - 1) * row)
    depth = shown[0].depth
    width = max(round(_CHARACTER * characters), min(16 * depth, 320), 30) + 2 * _SIDE
    width += width % 2
    height = _TOP + strands + 9 + lines * _LINE + 5
    return NodeSizes(width, height, characters, lines, strands, row)


def _row_count(barcode: Barcode) -> int:
    picture = layout(barcode)
    return len(picture.through) + len(picture.rows)


def _lines(barcode: Barcode, characters: int) -> list[str]:
    """The barcode in lines, broken after bars."""
    lines = [""]
    for bar in f"{barcode},".split(",")[:-1]:
        if lines[-1] and len(lines[-1]) + len(bar) > characters:
            lines.append("")
        lines[-1] += f"{bar},"
    lines[-1] = lines[-1][:-1]
    return lines


def node(facts: Facts, box: Box, sizes: NodeSizes) -> str:
    """Return the box of a stratum with its strands and its barcode, as a group of SVG.

    Examples
    --------
    >>> bars = Barcode("0-0,1-1")
    >>> facts = Facts(bars, 0, 1, singular=True, maximal=False, minimal=True)
    >>> sizes = sizes_for([bars])
    >>> node(facts, Box(5, 7, sizes.width, sizes.height), sizes).count("<text")
    1
    """
    middle = box.width / 2
    lines = _lines(facts.barcode, sizes.characters)
    top = _TOP + sizes.strands + 18 + _LINE * (sizes.lines - len(lines)) // 2
    text = "".join(
        f'<text class="code" x="{middle:g}" y="{top + _LINE * at}">{escape(line)}</text>'
        for at, line in enumerate(lines)
    )
    return (
        f'<g class="node" transform="translate({box.x} {box.y})">'
        f"<title>{escape(facts.in_words())}</title>"
        f"{frame(facts, box.width, box.height)}{_strands(facts.barcode, box, sizes)}{text}</g>"
    )


def frame(facts: Facts, width: int, height: int) -> str:
    """Return the frame of a box: double if maximal, heavy if minimal, with a corner if singular."""
    kinds = " maximal" * facts.maximal + " minimal" * facts.minimal
    corner = 12 if facts.minimal else 4
    size = f'width="{width}" height="{height}" rx="{corner}"'
    parts = [f'<rect class="box{kinds}" {size}/>']
    if facts.maximal:
        inside = f'width="{width - 6}" height="{height - 6}" rx="{max(corner - 3, 2)}"'
        parts.append(f'<rect class="inside maximal" x="3" y="3" {inside}/>')
    if facts.singular:
        right = width - 1
        way = f"M{right - 14} 1H{right - 4}Q{right} 1 {right} 5V15Z"
        parts.append(f'<path class="singular" d="{way}"/>')
    return "".join(parts)


def _strands(barcode: Barcode, box: Box, sizes: NodeSizes) -> str:
    """The flow diagram, in the middle of the space for strands."""
    picture = layout(barcode)
    rows = [*([picture.through] if picture.through else []), *picture.rows]
    step = min(40.0, (box.width - 2 * _SIDE - 8) / barcode.depth)
    left = (box.width - step * barcode.depth) / 2
    top = _TOP + (sizes.strands - sizes.row * (len(rows) - 1)) / 2
    places = [round(left + step * at, 1) for at in range(barcode.depth + 1)]
    bottom = top + sizes.row * (len(rows) - 1)
    layers = "".join(f"M{x:g} {top - 4:g}V{bottom + 4:g}" for x in places)
    lines: dict[tuple[str, float], str] = {}
    dots: dict[tuple[str, float], str] = {}
    for at, row in enumerate(rows):
        y = round(top + sizes.row * at, 1)
        for bar, count in row:
            kind = strand_class(bar, barcode.depth)
            thick = min(1.5 + 1.3 * (count - 1), sizes.row * 0.7)
            if bar.end > bar.start:
                ends = f"M{places[bar.start]:g} {y:g}H{places[bar.end]:g}"
                lines[kind, thick] = lines.get((kind, thick), "") + ends
            points = "".join(f"M{x:g} {y:g}h0" for x in places[bar.start : bar.end + 1])
            size = min(4 + 1.3 * (count - 1), sizes.row * 0.95)
            dots[kind, size] = dots.get((kind, size), "") + points
    return f'<path class="layer" d="{layers}"/>' + "".join(
        f'<path class="strand {kind}" stroke-width="{thick:.1f}" d="{way}"/>'
        for found in (lines, dots)
        for (kind, thick), way in found.items()
    )


def dot(facts: Facts, box: Box) -> str:
    """Return a stratum as a dot: a triangle if maximal, a square if minimal, filled if singular."""
    x, y, size = box.x + box.width / 2, box.y + box.height / 2, box.width / 2 - 1
    kinds = "dot" + " maximal" * facts.maximal + " minimal" * facts.minimal
    kinds += " singular" * facts.singular
    title = f"<title>{escape(facts.in_words())}</title>"
    if facts.maximal:
        way = f"M{x:g} {y - size:g}L{x + size:g} {y + size:g}H{x - size:g}Z"
        return f'<path class="{kinds}" d="{way}">{title}</path>'
    if facts.minimal:
        way = f"M{x - size:g} {y - size:g}h{2 * size:g}v{2 * size:g}h{-2 * size:g}Z"
        return f'<path class="{kinds}" d="{way}">{title}</path>'
    return f'<circle class="{kinds}" cx="{x:g}" cy="{y:g}" r="{size:g}">{title}</circle>'
