"""The stratum DAG as one SVG picture, the same on every machine: rows by dimension on an axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from linnet_exact.draw.dag.facts import Facts, facts_of
from linnet_exact.draw.dag.layout import DagLayout, Measures, lay_out
from linnet_exact.draw.dag.legend import legend
from linnet_exact.draw.dag.node import NodeSizes, dot, node, sizes_for
from linnet_exact.draw.dag.theme import style_of
from linnet_exact.draw.dag.thinning import thinned
from linnet_exact.draw.themes import theme_of
from linnet_exact.errors import TooLargeError
from linnet_exact.strata.dag import StratumDAG

__all__ = ["BOX_LIMIT", "NODE_LIMIT", "dag_to_svg", "title_of", "too_many_to_draw"]

BOX_LIMIT = 600
"""Most strata that are drawn with strands and barcodes; beyond, they are dots."""

NODE_LIMIT = 10_000
"""Most strata of a drawing."""

_DOTS = Measures(12, 12, gap=6, lane=4, channel=36)
_EDGE, _DIGIT, _APART = 20, 8, 24  # the margin, and the numbers of the axis
_NARROWEST = 420  # of what is written above


@dataclass(frozen=True)
class _Picture:
    """What is drawn, and how large the words around it are."""

    dag: StratumDAG
    facts: Sequence[Facts]
    kept: Sequence[int]
    layout: DagLayout
    sizes: NodeSizes | None
    scale: float

    def scaled(self, length: int) -> int:
        return round(length * self.scale)

    @property
    def columns(self) -> tuple[int, int, int]:
        """The right ends of the dimensions and codimensions, and where the drawing may begin."""
        ends = (
            max(_DIGIT * len(str(max(one.dimension for one in self.facts))), 26),
            max(_DIGIT * len(str(max(one.codimension for one in self.facts))), 36),
        )
        first = _EDGE + ends[0]
        return first, first + _APART + ends[1], first + 2 * _APART + ends[1]

    @property
    def room(self) -> int:
        """The width of what is written above, before scaling."""
        axis = self.columns[2] + _APART + self.columns[0] - 2 * _EDGE
        drawn = round(self.layout.width / self.scale) + axis
        return max(drawn, _NARROWEST, round(8.6 * len(title_of(self.dag))))


def dag_to_svg(dag: StratumDAG, theme: str = "auto") -> str:
    """Return the text of an SVG file that shows the DAG, with its barcodes and dimensions.

    Strata of one dimension stand in one row. Edges go around the boxes of other strata. There is
    a legend. Beyond `BOX_LIMIT` strata they are dots, and of the covers only some are drawn; the
    picture says so.

    Parameters
    ----------
    theme : str
        ``"light"``, ``"dark"``, or ``"auto"``: dark where the reader's system is.

    Raises
    ------
    InputError
        If there is no such theme.
    TooLargeError
        If there are more than `NODE_LIMIT` strata.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> text = dag_to_svg(Network(1, 1, 1).fiber().dag())
    >>> text.count('class="node"'), text.count("<title>connect")
    (3, 2)
    """
    shown = theme_of(theme)
    if len(dag) > NODE_LIMIT:
        raise too_many_to_draw()
    picture = _picture_of(dag)
    head, top = _head(picture)
    width = picture.scaled(picture.room + 2 * _EDGE)
    height = top + picture.layout.height + picture.scaled(2 * _EDGE)
    before, after = picture.columns[2], picture.columns[0] + _APART
    spare = width - picture.scaled(before + after) - picture.layout.width
    left = picture.scaled(before) + spare // 2
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="dag-{shown}" role="img" '
            f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
            f"<title>{escape(title_of(dag))}</title>",
            f"<style>\n{style_of(shown)}\n</style>",
            f'<rect class="paper" width="{width}" height="{height}"/>',
            *_axis(picture, top, width),
            *head,
            f'<g transform="translate({left} {top})">',
            f'<g stroke-width="{min(1.1 * picture.scale**0.5, 1.5):.1f}">',
            *_edges(picture),
            "</g>",
            *_nodes(picture),
            "</g>",
            "</svg>",
            "",
        ]
    )


def _picture_of(dag: StratumDAG) -> _Picture:
    facts = facts_of(dag)
    sizes = sizes_for(one.barcode for one in facts) if len(dag) <= BOX_LIMIT else None
    dimensions = sorted({one.dimension for one in facts}, reverse=True)
    number = {dimension: row for row, dimension in enumerate(dimensions)}
    row_of = [number[one.dimension] for one in facts]
    edges = list(zip(dag.upper.tolist(), dag.lower.tolist(), strict=True))
    kept = range(len(edges)) if sizes else thinned(row_of, edges)
    measures = Measures(sizes.width, sizes.height) if sizes else _DOTS
    layout = lay_out(row_of, [edges[edge] for edge in kept], measures)
    scale = max(1.0, min(5.0, round(max(layout.width, layout.height) / 1600, 1)))
    return _Picture(dag, facts, kept, layout, sizes, scale)


def too_many_to_draw() -> TooLargeError:
    """Return the error for more than `NODE_LIMIT` strata.

    Examples
    --------
    >>> print(too_many_to_draw())
    a drawing of more than 10000 strata could not be read; JSON, DOT and GraphML have no such limit
    """
    return TooLargeError(
        f"a drawing of more than {NODE_LIMIT} strata could not be read; JSON, DOT and GraphML have "
        "no such limit"
    )


def title_of(dag: StratumDAG) -> str:
    """Return the heading of a drawing.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> title_of(Network(2, 2, 2).fiber().dag())
    'Widths 2,2,2, rank 0: 6 strata, 6 covers'
    """
    whole = dag.fiber.count()
    part = f" of the {whole:,}" if whole != len(dag) else ""
    strata = f"{len(dag):,}{part} {'stratum' if whole == 1 else 'strata'}"
    covers = f"{len(dag.lower):,} {'cover' if len(dag.lower) == 1 else 'covers'}"
    return f"Widths {dag.fiber.network}, rank {dag.fiber.rank}: {strata}, {covers}"


def _head(picture: _Picture) -> tuple[list[str], int]:
    """The title, the legend and the note of what was left out; also the y below them."""
    dag = picture.dag
    moves = {dag.moves[label].kind for label in dag.move[list(picture.kept)].tolist()}
    parts, height = legend(picture.facts, moves, picture.room, dots=picture.sizes is None)
    lines = [f'<text y="16" font-size="16" font-weight="bold">{escape(title_of(dag))}</text>']
    y = 30
    if picture.sizes is None:
        for note in (
            "Strata are dots; their barcodes show on hovering.",
            f"Of {len(dag.lower):,} covers {len(picture.kept):,} are drawn: from each stratum "
            "the shortest up and the shortest down.",
        ):
            lines.append(f'<text class="quiet" y="{y + 6}" font-size="12">{note}</text>')
            y += 18
    inset = picture.scaled(_EDGE)
    return [
        f'<g transform="translate({inset} {inset}) scale({picture.scale:g})">',
        *lines,
        f'<g transform="translate(0 {y})">',
        *parts,
        "</g></g>",
    ], inset + picture.scaled(y + height + 44)


def _axis(picture: _Picture, top: int, width: int) -> Iterator[str]:
    """Bands for the rows, with the dimension on both sides and the codimension on the left."""
    rows = picture.layout.rows
    size = picture.scaled(12)
    if len(rows) > 1:
        nearest = min(below.y - above.y for above, below in pairwise(rows))
        size = min(size, round(nearest * 0.8))
    first, second, _ = (picture.scaled(place) for place in picture.columns)
    last = width - picture.scaled(_EDGE)
    heading = f'class="quiet" font-size="{picture.scaled(11)}" y="{top - picture.scaled(22)}"'
    for number, row in enumerate(rows):
        if number % 2 == 0:
            pad = 10 if picture.sizes else 6
            yield (
                f'<rect class="band" y="{top + row.y - pad}" width="{width}" '
                f'height="{row.height + 2 * pad}"/>'
            )
    for place, words in ((first, "dim"), (second, "codim"), (last, "dim")):
        yield f'<text {heading} x="{place}" text-anchor="end">{words}</text>'
    for row in rows:
        one = picture.facts[row.nodes[0]]
        y = top + row.y + row.height // 2 + round(size * 0.35)
        anchor = f'y="{y}" font-size="{size}" text-anchor="end"'
        yield f'<text {anchor} x="{first}" font-weight="bold">{one.dimension}</text>'
        yield f'<text {anchor} x="{second}" class="quiet">{one.codimension}</text>'
        yield f'<text {anchor} x="{last}">{one.dimension}</text>'


def _edges(picture: _Picture) -> Iterator[str]:
    dag = picture.dag
    labels = dag.move[list(picture.kept)].tolist()
    for label, route in zip(labels, picture.layout.routes, strict=True):
        move = dag.moves[label]
        yield (
            f'<path class="edge {move.kind}" d="{route.path()}">'
            f"<title>{escape(str(move))}</title></path>"
        )


def _nodes(picture: _Picture) -> Iterator[str]:
    for facts, box in zip(picture.facts, picture.layout.boxes, strict=True):
        yield dot(facts, box) if picture.sizes is None else node(facts, box, picture.sizes)
