"""Up-sets, down-sets and intervals beside networkx, in every format."""

import json
from xml.etree import ElementTree

import networkx
import pytest

from linnet_exact import Network
from linnet_exact.draw.dag.svg import dag_to_svg
from linnet_exact.errors import InputError
from linnet_exact.strata.dag_formats import dag_to_dot, dag_to_graphml, dag_to_networkx
from linnet_exact.strata.sub_dag import SubDAG


@pytest.mark.parametrize(("widths", "rank"), [("1,1", 0), ("2,2,2", 1), ("2,2,2,2", 0)])
def test_against_networkx(widths: str, rank: int) -> None:
    dag = Network.parse(widths).fiber(rank).dag()
    graph = dag.to_networkx()
    for node in range(len(dag)):
        above = {node, *networkx.descendants(graph, node)}
        below = {node, *networkx.ancestors(graph, node)}
        for nodes, expected in ((dag.up_set(node), above), (dag.down_set(node), below)):
            part = SubDAG(dag, nodes)
            assert set(nodes.tolist()) == expected
            found = dag_to_networkx(part)
            whole = graph.subgraph(expected)
            name = {number: data["barcode"] for number, data in graph.nodes(data=True)}
            mine = {number: data["barcode"] for number, data in found.nodes(data=True)}
            assert {mine[n]: found.nodes[n] for n in found} == {
                name[n]: whole.nodes[n] for n in whole
            }
            assert {(mine[a], mine[b]) for a, b in found.edges} == {
                (name[a], name[b]) for a, b in whole.edges
            }


def test_parts_of_parts() -> None:
    dag = Network(2, 2, 2, 2).fiber().dag()
    nodes = dag.up_set(3)
    above, at = SubDAG(dag, nodes), len(nodes) // 2
    part, alone = SubDAG(above, above.down_set(at)), SubDAG(dag, dag.interval(3, int(nodes[at])))
    assert 1 < len(alone) < len(above)
    assert list(part.edges()) == list(alone.edges())
    assert part.to_jsonable() == alone.to_jsonable()
    assert dict(dag_to_networkx(part).nodes(data=True)) == dict(dag_to_networkx(alone).nodes.data())


def test_formats_and_numbers() -> None:
    dag = Network(2, 2, 2).fiber().dag()
    part = SubDAG(dag, dag.interval(0, 4))
    assert dag_to_dot(part).count(" -> ") == len(list(part.edges())) == 4
    assert len(ElementTree.fromstring(dag_to_graphml(part)).findall(".//{*}node")) == 4
    assert dag_to_svg(part).count('class="node"') == 4
    assert len(json.loads(json.dumps(part.to_jsonable()))["nodes"]) == 4
    assert [part.node(barcode) for barcode in part.barcodes()] == [0, 1, 2, 3]
    assert part.level.tolist() == [0, 1, 1, 2]
    outside = next(barcode for barcode in dag.barcodes() if barcode not in list(part.barcodes()))
    with pytest.raises(InputError, match="not among the 4"):
        part.node(outside)
