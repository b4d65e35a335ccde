"""The stratum DAG in other people's formats: JSON, DOT, GraphML and networkx."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from linnet_exact.errors import missing_extra
from linnet_exact.strata.listing.look_up import Part, bar_parts, interleaved, number_text
from linnet_exact.strata.listing.text import bar_columns, barcode_texts
from linnet_exact.strata.values.json_integers import integer_to_jsonable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from linnet_exact.strata.dag import StratumDAG

__all__ = [
    "dag_to_dot",
    "dag_to_graphml",
    "dag_to_json",
    "dag_to_jsonable",
    "dag_to_networkx",
    "dot_pieces",
    "graphml_pieces",
    "json_pieces",
]

_KNOWN = (
    "dimension",
    "tangent_dimension_of_fiber",
    "local_fiber_dimension",
    "singular",
    "real_components",
    "maximal",
)
_GRAPHML_TYPES = {str: "string", int: "long", bool: "boolean"}


def dag_to_jsonable(dag: StratumDAG) -> dict[str, Any]:
    """Return the DAG as the command ``dag`` prints it: `widths`, `rank`, `nodes` and `edges`.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> dag_to_jsonable(Network(1, 1, 1).fiber().dag())["edges"][0]
    {'from': 0, 'to': 2, 'move': 'connect', 'bars': ['0-0', '1-1']}
    """
    strata = enumerate(zip(dag.barcodes(), dag.dimension.tolist(), strict=True))
    nodes = [
        {"id": node, "barcode": bars.to_jsonable(), "dimension": integer_to_jsonable(dimension)}
        for node, (bars, dimension) in strata
    ]
    moves = [(move.kind, [str(move.lower), str(move.upper)]) for move in dag.moves]
    ends = zip(dag.lower.tolist(), dag.upper.tolist(), dag.move.tolist(), strict=True)
    edges = [
        {"from": lower, "to": upper, "move": moves[label][0], "bars": list(moves[label][1])}
        for lower, upper, label in ends
    ]
    return {
        "widths": list(dag.fiber.network.widths),
        "rank": dag.fiber.rank,
        "nodes": nodes,
        "edges": edges,
    }


def dag_to_json(dag: StratumDAG) -> str:
    """Return `dag_to_jsonable` as JSON text, much faster.

    Examples
    --------
    >>> import json
    >>> from linnet_exact.strata.values.network import Network
    >>> dag = Network(2, 2, 2).fiber().dag()
    >>> dag_to_json(dag) == json.dumps(dag_to_jsonable(dag))
    True
    """
    return "".join(json_pieces(dag))


def json_pieces(dag: StratumDAG) -> Iterator[str]:
    """Yield what `dag_to_json` returns, in pieces."""
    lower, node, upper = _numbers(dag)
    bars = bar_parts(*bar_columns(dag.listing, dag.multiplicities), "json")
    nodes: list[Part] = ['{"id": ', node, ', "barcode": {', *bars]
    nodes += ['}, "dimension": ', (dag.dimension, partial(number_text, style="json")), "}"]
    moves = [
        f'"move": "{move.kind}", "bars": ["{move.lower}", "{move.upper}"]}}' for move in dag.moves
    ]
    edges: list[Part] = ['{"from": ', lower, ', "to": ', upper, ", "]
    edges += [(dag.move, moves.__getitem__)]
    head = json.dumps({"widths": list(dag.fiber.network.widths), "rank": dag.fiber.rank})
    yield f'{head[:-1]}, "nodes": ['
    yield from interleaved(nodes, ", ")
    yield '], "edges": ['
    yield from interleaved(edges, ", ")
    yield "]}"


def dag_to_dot(dag: StratumDAG) -> str:
    """Return the DAG in the DOT language of Graphviz, laid out by dimension from the bottom up.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> print(dag_to_dot(Network(1, 1).fiber().dag()))
    digraph "widths 1,1, rank 0" {
      rankdir=BT;
      node [shape=box];
      0 [label="0-0,1-1\\ndimension 0"];
      { rank=same; 0 }
    }
    <BLANKLINE>
    """
    return "".join(dot_pieces(dag))


def dot_pieces(dag: StratumDAG) -> Iterator[str]:
    """Yield what `dag_to_dot` returns, in pieces."""
    lower, node, upper = _numbers(dag)
    bars = bar_parts(*bar_columns(dag.listing, dag.multiplicities), "csv")
    label = (dag.dimension, lambda dimension: f'\\ndimension {dimension}"];\n')
    nodes: list[Part] = ["  ", node, ' [label="', *bars, label]
    rows: dict[int, list[int]] = {}
    for number, dimension in enumerate(dag.dimension.tolist()):
        rows.setdefault(dimension, []).append(number)
    moves = [f' [tooltip="{move}"];\n' for move in dag.moves]
    edges: list[Part] = ["  ", lower, " -> ", upper, (dag.move, moves.__getitem__)]
    yield f'digraph "widths {dag.fiber.network}, rank {dag.fiber.rank}" {{\n'
    yield "  rankdir=BT;\n  node [shape=box];\n"
    yield from interleaved(nodes)
    for same in rows.values():
        yield f"  {{ rank=same; {'; '.join(map(str, same))} }}\n"
    yield from interleaved(edges)
    yield "}\n"


def dag_to_graphml(dag: StratumDAG) -> str:
    """Return the DAG as GraphML, with what is known about each stratum as data of its node.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> text = dag_to_graphml(Network(1, 1, 1).fiber().dag())
    >>> text.count("<node "), text.count("<edge ")
    (3, 2)
    """
    return "".join(graphml_pieces(dag))


def graphml_pieces(dag: StratumDAG) -> Iterator[str]:
    """Yield what `dag_to_graphml` returns, in pieces."""
    lower, node, upper = _numbers(dag)
    name = f"widths {dag.fiber.network}, rank {dag.fiber.rank}"
    known = _known(dag)
    bars = bar_parts(*bar_columns(dag.listing, dag.multiplicities), "csv")
    nodes: list[Part] = ['    <node id="', node, '">']
    nodes += ['<data key="node_barcode">', *bars, "</data>"]
    nodes += [(column, partial(_node_data, key)) for key, column in known.items()]
    moves = [
        _data("edge", {"move": move.kind, "bars": f"{move.lower},{move.upper}"})
        for move in dag.moves
    ]
    edges: list[Part] = ['    <edge source="', lower, '" target="', upper]
    edges += ['">', (dag.move, moves.__getitem__), "</edge>\n"]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield from _graphml_keys(known)
    yield f'  <graph id="{escape(name)}" edgedefault="directed">\n'
    yield from interleaved([*nodes, "</node>\n"])
    yield from interleaved(edges)
    yield "  </graph>\n</graphml>\n"


def _numbers(dag: StratumDAG) -> tuple[Part, Part, Part]:
    """Return the numbers of the lower ends of the edges, of the nodes, and of the upper ends."""
    texts = list(map(str, range(len(dag))))
    lower, node, upper = dag.lower, np.arange(len(dag)), dag.upper
    return (lower, texts.__getitem__), (node, texts.__getitem__), (upper, texts.__getitem__)


def _graphml_keys(known: dict[str, NDArray[Any]]) -> Iterator[str]:
    values = {name: _value(name, int(column[0])) for name, column in known.items()}
    examples: dict[str, dict[str, Any]]
    examples = {"node": {"barcode": "", **values}, "edge": {"move": "", "bars": ""}}
    for domain, named in examples.items():
        for name, example in named.items():
            kind = _GRAPHML_TYPES[type(example)]
            key = f'id="{domain}_{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"'
            yield f"  <key {key}/>\n"


def _node_data(name: str, number: int) -> str:
    return _data("node", {name: _value(name, number)})


def _data(domain: str, attributes: dict[str, Any]) -> str:
    """Return the data elements of one node or edge; XML spells booleans in lower case."""
    texts = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in attributes.items()
    }
    return "".join(
        f'<data key="{domain}_{name}">{escape(text, quote=False)}</data>'
        for name, text in texts.items()
    )


def dag_to_networkx(dag: StratumDAG) -> Any:
    """Return the DAG as a ``networkx.DiGraph``.

    Nodes are the numbers of the strata, with their properties as attributes; the attributes `move`
    and `bars` of an edge are text.

    Raises
    ------
    MissingExtraError
        If networkx is not installed.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> graph = dag_to_networkx(Network(1, 1, 1).fiber().dag())
    >>> graph.nodes[2]["barcode"], graph.edges[0, 2]["move"]
    ('0-1,2-2', 'connect')
    """
    try:
        import networkx
    except ImportError:
        raise missing_extra("networkx is not installed", "draw") from None
    graph = networkx.DiGraph(widths=str(dag.fiber.network), rank=dag.fiber.rank)
    graph.add_nodes_from(enumerate(_node_attributes(dag)))
    graph.add_edges_from(
        (lower, upper, {"move": move.kind, "bars": f"{move.lower},{move.upper}"})
        for lower, upper, move in dag.edges()
    )
    return graph


def _node_attributes(dag: StratumDAG) -> Iterator[dict[str, Any]]:
    """Yield what is known about each stratum, in order, as plain Python values."""
    known = _known(dag)
    rows = zip(*(column.tolist() for column in known.values()), strict=True)
    for barcode, row in zip(
        barcode_texts(dag.listing, dag.multiplicities, "csv"), rows, strict=True
    ):
        named = zip(known, row, strict=True)
        yield {"barcode": barcode, **{name: _value(name, number) for name, number in named}}


def _known(dag: StratumDAG) -> dict[str, NDArray[Any]]:
    """Return what is known about each stratum besides its barcode, in columns for `_value`."""
    columns = dag.columns
    found = (
        columns.dimension,
        columns.tangent_dimension,
        columns.local_fiber_dimension,
        columns.singular,
        columns.real_component_exponent,
        columns.maximal,
    )
    return dict(zip(_KNOWN, found, strict=True))


def _value(name: str, number: int) -> int:
    """Return the number or the truth that a number in a column stands for."""
    if name == "real_components":
        return 1 << number
    return bool(number) if name in ("singular", "maximal") else number
