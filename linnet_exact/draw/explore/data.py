"""What the page knows about each stratum, as a value of plain lists for JSON."""

from collections.abc import Callable, Iterator
from typing import Any

from linnet_exact.algebra import QQ, Matrix
from linnet_exact.draw.explore.places import places_of
from linnet_exact.draw.layout import layout
from linnet_exact.strata import Barcode
from linnet_exact.strata.dag import StratumDAG
from linnet_exact.strata.formulas.points import stratum_point_count
from linnet_exact.strata.formulas.q_product import cyclotomic
from linnet_exact.strata.order.conditions import rank_conditions
from linnet_exact.strata.values.json_integers import integer_to_jsonable
from linnet_exact.weights import Weights, sample

__all__ = ["page_data"]

_POINT_ENTRIES = 300_000
"""Weights of all sample points together up to which the page holds them."""

_POINT_CHARACTERS = 1_000_000
"""Characters of all sample points together, which may have long entries where a target has."""

_COUNTED_WIDTH = 64
"""Largest width for which the page holds the numbers of points over finite fields."""


def page_data(
    dag: StratumDAG,
    target: Matrix | None = None,
    weights: Weights | None = None,
    tick: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Return what the page shows of the strata of a fiber and of the covers among them.

    Parameters
    ----------
    target : Matrix, optional
        The product that the sample points shall have, a matrix of the rank of the fiber.
    weights : Weights, optional
        The point of its stratum; the product of the others is the same.
    tick : function
        It is called once for each stratum.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> data = page_data(Network(1, 1, 1).fiber().dag())
    >>> data["strata"]["barcode"], data["edges"]["upper"]
    (['0-0,1-1,2-2', '0-0,1-2', '0-1,2-2'], [2, 1])
    """
    fiber = dag.fiber
    if weights is not None:
        target = weights.product()
    field = QQ if target is None else target.field
    barcodes = list(dag.barcodes())
    counts = [_point_count(barcode) for barcode in barcodes]
    occurring = sorted({n for count in counts if count for n, _ in count[1]})
    return {
        "widths": list(fiber.network.widths),
        "rank": fiber.rank,
        "fiber": fiber.to_jsonable(),
        "marked": None if weights is None else dag.node(weights.barcode),
        "field": field.to_jsonable(),
        "field_python": repr(field),
        "cyclotomic": {str(n): cyclotomic(n).coefficients() for n in occurring},
        "strata": {
            "barcode": [str(barcode) for barcode in barcodes],
            "rows": [_rows(barcode) for barcode in barcodes],
            **_known(dag),
            "conditions": [rank_conditions(barcode.rank_list) for barcode in barcodes],
            "count": counts,
            "point": list(_points(barcodes, target, weights, tick)),
        },
        **_picture(dag),
    }


def _rows(barcode: Barcode) -> list[list[tuple[int, int, int]]]:
    """Return the strands of the flow diagram by row, each as (start, end, copies)."""
    picture = layout(barcode)
    rows = [picture.through, *picture.rows] if picture.through else picture.rows
    return [[(bar.start, bar.end, count) for bar, count in row] for row in rows]


def _known(dag: StratumDAG) -> dict[str, list[Any]]:
    """Return the columns of what `Stratum.to_jsonable` says, but for what the barcode tells."""
    columns = dag.columns
    exponents = columns.real_component_exponent.tolist()
    return {
        "dimension": columns.dimension.tolist(),
        "tangent": columns.tangent_dimension.tolist(),
        "local": columns.local_fiber_dimension.tolist(),
        "real": [integer_to_jsonable(1 << exponent) for exponent in exponents],
        "maximal": columns.maximal.astype(int).tolist(),
    }


def _point_count(barcode: Barcode) -> tuple[int, list[tuple[int, int]]] | None:
    """Return the number of points over F_q as a power of q and powers of cyclotomic factors."""
    if max(barcode.widths) > _COUNTED_WIDTH:
        return None
    count = stratum_point_count(barcode)
    return count.power, sorted(count.cyclotomic_exponents().items())


def _points(
    barcodes: list[Barcode],
    target: Matrix | None,
    weights: Weights | None,
    tick: Callable[[], None],
) -> Iterator[list[str] | None]:
    """Yield an exact point of each stratum, its matrices as text, as long as there is room."""
    small = barcodes[0].network.weight_dimension * len(barcodes) <= _POINT_ENTRIES
    room = _POINT_CHARACTERS if small else 0
    for barcode in barcodes:
        found = None
        if room > 0:
            own = weights if weights is not None and weights.barcode == barcode else None
            found = _matrix_texts(own or sample(barcode, target=target))
            room -= sum(map(len, found))
        yield found if room > 0 else None
        tick()


def _matrix_texts(theta: Weights) -> list[str]:
    """Write each matrix as its rows, ``;`` between rows and ``,`` between entries."""
    write = theta.field.format
    return [
        ";".join(",".join(map(write, row)) for row in matrix.rows()) for matrix in theta.matrices
    ]


def _picture(dag: StratumDAG) -> dict[str, Any]:
    """Return the covers and where everything is drawn; moves are numbered as they occur."""
    number = {label: at for at, label in enumerate(dict.fromkeys(dag.move.tolist()))}
    moves = [dag.moves[label] for label in number]
    places = places_of(dag)
    return {
        "moves": [
            [move.kind, [str(move.lower), str(move.upper)], [str(bar) for bar in move.made]]
            for move in moves
        ],
        "edges": {
            "lower": dag.lower.tolist(),
            "upper": dag.upper.tolist(),
            "move": [number[label] for label in dag.move.tolist()],
            "path": places.pop("edges"),
        },
        "picture": places,
    }
