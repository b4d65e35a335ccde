"""Where strata and covers are drawn: rows by dimension, the largest on top."""

from typing import NamedTuple

from linnet_exact.draw.dag.layout import Measures, lay_out
from linnet_exact.draw.layout import layout
from linnet_exact.strata.dag import StratumDAG

__all__ = ["Places", "places_of"]

_MARGIN, _CHARACTER, _STRAND, _LABEL = 16, 6, 9, 24


class Places(NamedTuple):
    """A drawing without its looks; x to the right, y down.

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
        The SVG path of each cover, within the picture less `corner`.
    corner : pair of int
        Where edges count from.
    """

    size: tuple[int, int]
    box: tuple[int, int]
    nodes: list[tuple[int, int]]
    rows: list[tuple[int, int]]
    edges: list[str]
    corner: tuple[int, int] = (_MARGIN, _MARGIN)


def places_of(dag: StratumDAG) -> Places:
    """Return where the strata and covers of a DAG are drawn.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> places = places_of(Network(1, 1, 1).fiber().dag())
    >>> [dimension for dimension, _ in places.rows], places.nodes[1][1] == places.nodes[2][1]
    ([1, 0], True)
    """
    dimension = dag.dimension.tolist()
    dimensions = sorted(set(dimension), reverse=True)
    row = {d: at for at, d in enumerate(dimensions)}
    barcodes = list(dag.barcodes())
    longest = max(len(str(barcode)) for barcode in barcodes)
    strands = max(1 + len(layout(barcode).rows) for barcode in barcodes)
    measures = Measures(
        width=min(150, max(90, _CHARACTER * longest + 10)), height=_STRAND * strands + _LABEL
    )
    found = lay_out(
        [row[d] for d in dimension],
        list(zip(dag.upper.tolist(), dag.lower.tolist(), strict=True)),
        measures,
    )
    half_width, half_height = measures.width // 2, measures.height // 2
    return Places(
        (found.width + 2 * _MARGIN, found.height + 2 * _MARGIN),
        (measures.width, measures.height),
        [(_MARGIN + box.x + half_width, _MARGIN + box.y + half_height) for box in found.boxes],
        [
            (d, _MARGIN + place.y + half_height)
            for d, place in zip(dimensions, found.rows, strict=True)
        ],
        [route.path() for route in found.routes],
    )
