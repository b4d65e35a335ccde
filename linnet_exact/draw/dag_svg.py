"""The stratum DAG as an SVG picture: one row for each dimension, the largest on top.

Graphviz lays it out when it is installed. Otherwise the strata of a row are ordered by the mean
place of their neighbours, in a few sweeps (Sugiyama, Tagawa and Toda, 1981), to cross less.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from xml.sax.saxutils import escape

from linnet_exact.errors import TooLargeError
from linnet_exact.strata.dag import StratumDAG
from linnet_exact.strata.dag_formats import dag_to_dot

__all__ = ["NODE_LIMIT", "dag_to_svg"]

NODE_LIMIT = 2000
_GRAPHVIZ_LIMIT = 300  # beyond, Graphviz takes minutes
_SWEEPS = 6
_CHARACTER, _BOX_HEIGHT, _GAP, _ROW, _MARGIN = 7, 24, 16, 90, 60
_STYLE = (
    "text{font:12px monospace;text-anchor:middle}"
    "rect{fill:#fff;stroke:#333}"
    "line{stroke:#888}"
    ".swap{stroke-dasharray:5 3}"
)


def dag_to_svg(dag: StratumDAG, use_graphviz: bool | None = None) -> str:
    """Return the text of an SVG file that shows the DAG, with its barcodes and dimensions.

    `use_graphviz` decides who lays it out; by default Graphviz does, for up to a few hundred
    strata, if it is installed.

    Raises
    ------
    TooLargeError
        If there are more than `NODE_LIMIT` strata.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> text = dag_to_svg(Network(1, 1, 1).fiber().dag(), use_graphviz=False)
    >>> text.count("<rect"), text.count("<line")
    (3, 2)
    """
    if len(dag) > NODE_LIMIT:
        raise TooLargeError(
            f"a drawing of {len(dag)} strata could not be read; the limit is {NODE_LIMIT}, "
            "and DOT or GraphML have none"
        )
    if use_graphviz is None:
        installed = find_spec("graphviz") is not None and shutil.which("dot") is not None
        use_graphviz = installed and len(dag) <= _GRAPHVIZ_LIMIT
    if use_graphviz:
        import graphviz

        return str(graphviz.Source(dag_to_dot(dag)).pipe(format="svg", encoding="utf-8"))
    return "".join(f"{line}\n" for line in _svg_lines(dag))


def _svg_lines(dag: StratumDAG) -> Iterator[str]:
    labels = [str(barcode) for barcode in dag.barcodes()]
    box = _CHARACTER * max(map(len, labels)) + 12
    rows = _ordered_rows(dag)
    longest = max(map(len, rows.values()))
    width = 2 * _MARGIN + longest * (box + _GAP)
    height = 2 * _MARGIN + (len(rows) - 1) * _ROW
    places: dict[int, tuple[int, int]] = {}
    for row, nodes in enumerate(rows.values()):
        left = _MARGIN + (longest - len(nodes)) * (box + _GAP) // 2 + (box + _GAP) // 2
        for position, node in enumerate(nodes):
            places[node] = (left + position * (box + _GAP), _MARGIN + row * _ROW)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">'
    )
    yield f"<title>{escape(f'Strata of {dag.fiber.network}, rank {dag.fiber.rank}')}</title>"
    yield f"<style>{_STYLE}</style>"
    for lower, upper, move in dag.edges():
        (x1, y1), (x2, y2) = places[lower], places[upper]
        yield (
            f'<line class="{move.kind}" x1="{x1}" y1="{y1 - _BOX_HEIGHT // 2}" '
            f'x2="{x2}" y2="{y2 + _BOX_HEIGHT // 2}"><title>{escape(str(move))}</title></line>'
        )
    for node, label in enumerate(labels):
        x, y = places[node]
        corner = f'x="{x - box // 2}" y="{y - _BOX_HEIGHT // 2}"'
        yield f'<rect {corner} width="{box}" height="{_BOX_HEIGHT}" rx="4"/>'
        yield f'<text x="{x}" y="{y + 4}">{escape(label)}</text>'
    for row, dimension in enumerate(rows):
        yield f'<text x="{_MARGIN // 2}" y="{_MARGIN + row * _ROW + 4}">{dimension}</text>'
    yield "</svg>"


def _ordered_rows(dag: StratumDAG) -> dict[int, list[int]]:
    """Return the strata of each dimension, largest dimension first, ordered to cross little."""
    rows: dict[int, list[int]] = {}
    for node, dimension in enumerate(dag.dimension.tolist()):
        rows.setdefault(dimension, []).append(node)
    rows = dict(sorted(rows.items(), reverse=True))
    neighbours: list[list[int]] = [[] for _ in range(len(dag))]
    for lower, upper, _ in dag.edges():
        neighbours[lower].append(upper)
        neighbours[upper].append(lower)
    place = {
        node: (index + 0.5) / len(nodes)
        for nodes in rows.values()
        for index, node in enumerate(nodes)
    }
    for sweep in range(_SWEEPS):
        for nodes in list(rows.values())[:: 1 if sweep % 2 else -1]:
            means = {node: _mean_place(neighbours[node], place, place[node]) for node in nodes}
            nodes.sort(key=means.__getitem__)
            place.update((node, (index + 0.5) / len(nodes)) for index, node in enumerate(nodes))
    return rows


def _mean_place(nodes: list[int], place: dict[int, float], default: float) -> float:
    return sum(place[node] for node in nodes) / len(nodes) if nodes else default
