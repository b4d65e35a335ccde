"""Where strata and covers are drawn: rows by dimension, the largest on top."""

from typing import NamedTuple

from linnet_exact.strata.dag import StratumDAG

__all__ = ["Places", "places_of"]

_WIDTH, _HEIGHT, _GAP, _ROW = 120, 64, 24, 130


class Places(NamedTuple):
    """A drawing without the drawing; y grows downwards.

    Attributes
    ----------
    size : pair of int
        Width and height of the picture.
    box : pair of int
        Width and height of the box of a stratum.
    nodes : list of pairs of int
        The centre of each stratum.
    rows : list of pairs of int
        The dimension and the y of each row.
    edges : list of str
        The SVG path of each cover.
    """

    size: tuple[int, int]
    box: tuple[int, int]
    nodes: list[tuple[int, int]]
    rows: list[tuple[int, int]]
    edges: list[str]


def places_of(dag: StratumDAG) -> Places:
    """Return where the strata and covers of a DAG are drawn.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> places_of(Network(1, 1, 1).fiber().dag()).rows
    [(1, 82), (0, 212)]
    """
    dimensions = sorted(set(dag.dimension.tolist()), reverse=True)
    rows = {d: _ROW // 2 + 17 + _ROW * at for at, d in enumerate(dimensions)}
    members = {d: [n for n, e in enumerate(dag.dimension.tolist()) if e == d] for d in dimensions}
    longest = max(map(len, members.values()))
    width = 100 + longest * (_WIDTH + _GAP)
    nodes = [(0, 0)] * len(dag)
    for d, row in members.items():
        left = (width - (len(row) - 1) * (_WIDTH + _GAP)) // 2
        for at, node in enumerate(row):
            nodes[node] = (left + at * (_WIDTH + _GAP), rows[d])
    edges = []
    for lower, upper in zip(dag.lower.tolist(), dag.upper.tolist(), strict=True):
        (x1, y1), (x2, y2) = nodes[lower], nodes[upper]
        edges.append(f"M{x1} {y1 - _HEIGHT // 2}L{x2} {y2 + _HEIGHT // 2}")
    height = len(rows) * _ROW + 34
    return Places((width, height), (_WIDTH, _HEIGHT), nodes, list(rows.items()), edges)
