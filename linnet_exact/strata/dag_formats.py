"""The stratum DAG in other people's formats: JSON, DOT, GraphML and networkx."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from linnet_exact.errors import missing_extra
from linnet_exact.strata.listing.table import stratum_columns
from linnet_exact.strata.listing.text import barcode_texts, joined_texts
from linnet_exact.strata.values.json_integers import integer_to_jsonable

if TYPE_CHECKING:
    from linnet_exact.strata.dag import StratumDAG

__all__ = ["dag_to_dot", "dag_to_graphml", "dag_to_json", "dag_to_jsonable", "dag_to_networkx"]

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
    barcodes = barcode_texts(dag.listing, dag.multiplicities, "json")
    dimensions = joined_texts([dag.dimension], lambda _, n: json.dumps(integer_to_jsonable(n)))
    nodes = [
        f'{{"id": {node}, "barcode": {{{bars}}}, "dimension": {dimension}}}'
        for node, (bars, dimension) in enumerate(zip(barcodes, dimensions, strict=True))
    ]
    moves = [
        f'"move": "{move.kind}", "bars": ["{move.lower}", "{move.upper}"]}}' for move in dag.moves
    ]
    ends = zip(dag.lower.tolist(), dag.upper.tolist(), dag.move.tolist(), strict=True)
    edges = [f'{{"from": {lower}, "to": {upper}, {moves[label]}' for lower, upper, label in ends]
    head = json.dumps({"widths": list(dag.fiber.network.widths), "rank": dag.fiber.rank})
    return f'{head[:-1]}, "nodes": [{", ".join(nodes)}], "edges": [{", ".join(edges)}]}}'


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
    return "".join(f"{line}\n" for line in _dot_lines(dag))


def _dot_lines(dag: StratumDAG) -> Iterator[str]:
    yield f'digraph "widths {dag.fiber.network}, rank {dag.fiber.rank}" {{'
    yield "  rankdir=BT;"
    yield "  node [shape=box];"
    barcodes = barcode_texts(dag.listing, dag.multiplicities, "csv")
    labels = zip(barcodes, dag.dimension.tolist(), strict=True)
    for node, (barcode, dimension) in enumerate(labels):
        yield f'  {node} [label="{barcode}\\ndimension {dimension}"];'
    rows: dict[int, list[int]] = {}
    for node, dimension in enumerate(dag.dimension.tolist()):
        rows.setdefault(dimension, []).append(node)
    for nodes in rows.values():
        yield f"  {{ rank=same; {'; '.join(map(str, nodes))} }}"
    moves = [str(move) for move in dag.moves]
    for lower, upper, label in zip(
        dag.lower.tolist(), dag.upper.tolist(), dag.move.tolist(), strict=True
    ):
        yield f'  {lower} -> {upper} [tooltip="{moves[label]}"];'
    yield "}"


def dag_to_graphml(dag: StratumDAG) -> str:
    """Return the DAG as GraphML, with what is known about each stratum as data of its node.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> text = dag_to_graphml(Network(1, 1, 1).fiber().dag())
    >>> text.count("<node "), text.count("<edge ")
    (3, 2)
    """
    return "".join(f"{line}\n" for line in _graphml_lines(dag))


def _graphml_lines(dag: StratumDAG) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    first = next(_node_attributes(dag))
    for domain, examples in (("node", first), ("edge", {"move": "", "bars": ""})):
        for name, example in examples.items():
            kind = _GRAPHML_TYPES[type(example)]
            yield (
                f'  <key id="{domain}_{name}" for="{domain}" '
                f'attr.name="{name}" attr.type="{kind}"/>'
            )
    name = f"widths {dag.fiber.network}, rank {dag.fiber.rank}"
    yield f'  <graph id={quoteattr(name)} edgedefault="directed">'
    texts: dict[tuple[Any, ...], str] = {}  # many nodes have the same numbers
    for node, attributes in enumerate(_node_attributes(dag)):
        barcode = _data("node", {"barcode": attributes.pop("barcode")})
        key = tuple(attributes.values())
        if (rest := texts.get(key)) is None:
            rest = texts[key] = _data("node", attributes)
        yield f'    <node id="{node}">{barcode}{rest}</node>'
    moves = [
        _data("edge", {"move": move.kind, "bars": f"{move.lower},{move.upper}"})
        for move in dag.moves
    ]
    for lower, upper, label in zip(
        dag.lower.tolist(), dag.upper.tolist(), dag.move.tolist(), strict=True
    ):
        yield f'    <edge source="{lower}" target="{upper}">{moves[label]}</edge>'
    yield "  </graph>"
    yield "</graphml>"


def _data(domain: str, attributes: dict[str, Any]) -> str:
    """Return the data elements of one node or edge; XML spells booleans in lower case."""
    texts = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in attributes.items()
    }
    return "".join(
        f'<data key="{domain}_{name}">{escape(text)}</data>' for name, text in texts.items()
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
    wanted = set(dag.places.tolist())
    known = (row for place, row in enumerate(_known(dag)) if place in wanted)
    barcodes = barcode_texts(dag.listing, dag.multiplicities, "csv")
    for barcode, row in zip(barcodes, known, strict=True):
        yield {"barcode": barcode, **row}


def _known(dag: StratumDAG) -> Iterator[dict[str, Any]]:
    """Yield what is known about each stratum of the whole fiber besides its barcode."""
    for columns in stratum_columns(dag.listing):
        for dimension, tangent, local, singular, exponent, maximal in zip(
            columns.dimension.tolist(),
            columns.tangent_dimension.tolist(),
            columns.local_fiber_dimension.tolist(),
            columns.singular.tolist(),
            columns.real_component_exponent.tolist(),
            columns.maximal.tolist(),
            strict=True,
        ):
            yield {
                "dimension": dimension,
                "tangent_dimension_of_fiber": tangent,
                "local_fiber_dimension": local,
                "singular": singular,
                "real_components": 1 << exponent,
                "maximal": maximal,
            }
