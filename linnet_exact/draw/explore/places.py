"""Where strata and covers are drawn: rows by dimension, the largest on top."""

from typing import Any

from linnet_exact.draw.dag.layout import Measures, lay_out
from linnet_exact.draw.dag.node import sizes_for
from linnet_exact.strata.dag import StratumDAG

__all__ = ["places_of"]

_MARGIN = 16


def places_of(dag: StratumDAG) -> dict[str, Any]:
    """Return where the strata and covers of a DAG are drawn; x to the right, y down.

    Returns
    -------
    dict
        `size` of the picture and of each `box`; `characters` of a line of a barcode, `strand`, the
        distance of two rows of strands; `nodes`, the centre of each stratum; `rows`, the dimension
        and the y of each row; `edges`, the SVG path of each cover, which counts from `corner`.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> places = places_of(Network(1, 1, 1).fiber().dag())
    >>> [dimension for dimension, _ in places["rows"]], len(places["nodes"])
    ([1, 0], 3)
    """
    dimension = dag.dimension.tolist()
    dimensions = sorted(set(dimension), reverse=True)
    row = {d: at for at, d in enumerate(dimensions)}
    sizes = sizes_for(dag.barcodes())
    found = lay_out(
        [row[d] for d in dimension],
        list(zip(dag.upper.tolist(), dag.lower.tolist(), strict=True)),
        Measures(sizes.width, sizes.height),
    )
    right, down = _MARGIN + sizes.width // 2, _MARGIN + sizes.height // 2
    return {
        "size": (found.width + 2 * _MARGIN, found.height + 2 * _MARGIN),
        "box": (sizes.width, sizes.height),
        "characters": sizes.characters,
        "strand": sizes.row,
        "nodes": [(box.x + right, box.y + down) for box in found.boxes],
        "rows": [(d, place.y + down) for d, place in zip(dimensions, found.rows, strict=True)],
        "edges": [route.path() for route in found.routes],
        "corner": (_MARGIN, _MARGIN),
    }
