"""The stratum DAG against covers found one by one, transitive reduction and other programs."""

import json
from xml.etree import ElementTree

import networkx
import numpy as np
import pytest
from hypothesis import given, settings

from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata import Barcode, Fiber, Network
from linnet_exact.strata.dag_formats import dag_to_dot, dag_to_graphml
from linnet_exact.strata.order.moves import covers_above
from tests.strategies_strata import box_of_fibers, fibers

DEEP = Network.parse("1^13").fiber()  # ranks do not fit into the digits of one number


@settings(max_examples=40)
@given(fibers(max_depth=5, max_width=3))
def test_edges_are_the_covers(fiber: Fiber) -> None:
    check_edges(fiber)


@pytest.mark.parametrize("fiber", [Network(1, 1).fiber(), Network(3, 2).fiber(2), DEEP], ids=str)
def test_edges_of_special_fibers(fiber: Fiber) -> None:
    check_edges(fiber)


def check_edges(fiber: Fiber) -> None:
    dag = fiber.dag()
    barcodes = list(dag.barcodes())
    number = {barcode: node for node, barcode in enumerate(barcodes)}
    edges = [
        (node, number[above], move)
        for node, barcode in enumerate(barcodes)
        for move, above in covers_above(barcode)
    ]
    assert list(dag.edges()) == edges
    assert (dag.lower < dag.upper).all()


def test_networkx_agrees_on_reduction_reachability_and_levels() -> None:
    for fiber in box_of_fibers(max_depth=3, max_width=2):
        dag = fiber.dag()
        graph = dag.to_networkx()
        assert set(networkx.transitive_reduction(graph).edges) == set(graph.edges)
        ranks = [barcode.rank_list for barcode in dag.barcodes()]
        distance = dict.fromkeys(graph, 0)
        for node in networkx.topological_sort(graph):
            for above in graph[node]:
                distance[above] = max(distance[above], distance[node] + 1)
        assert dag.level.tolist() == [distance[node] for node in graph]
        assert sorted(np.concatenate(dag.levels()).tolist()) == list(graph)
        for node in graph:
            above = {node, *networkx.descendants(graph, node)}
            below = {node, *networkx.ancestors(graph, node)}
            assert set(dag.up_set(node).tolist()) == above
            assert set(dag.down_set(node).tolist()) == below
            assert above == {other for other in graph if ranks[node] <= ranks[other]}
        top = len(dag) - 1
        assert dag.interval(0, top).tolist() == dag.down_set(top).tolist()
        assert dag.maximal().tolist() == [n for n in graph if graph.out_degree(n) == 0]


def test_nodes_are_found_by_their_barcodes() -> None:
    for fiber in (Network(2, 3, 2).fiber(1), DEEP):
        dag = fiber.dag()
        assert [dag.node(barcode) for barcode in dag.barcodes()] == list(range(len(dag)))
        assert dag.node(fiber.minimal_stratum) == 0
        assert dag.barcode(len(dag) - 1) == list(dag.barcodes())[-1]
    with pytest.raises(InputError, match="is not a stratum of the fiber of widths 1,1,1"):
        DEEP.network.parse("1,1,1").fiber().dag().node(Barcode.parse("0-2"))


def test_known_sizes() -> None:
    sizes = [len(Network.parse(widths).fiber().dag().lower) for widths in ("2^4", "2^5", "3^5")]
    assert sizes == [49, 282, 1671]
    with pytest.raises(TooLargeError, match="535 strata, above the limit 100"):
        Network.parse("3^5").fiber().dag(list_limit=100)


def test_json() -> None:
    answer = json.loads(json.dumps(Network(1, 1, 1).fiber().dag().to_jsonable()))
    assert answer["nodes"][2] == {"id": 2, "barcode": {"0-1": 1, "2-2": 1}, "dimension": 1}
    assert answer["edges"] == [
        {"from": 0, "to": 2, "move": "connect", "bars": ["0-0", "1-1"]},
        {"from": 0, "to": 1, "move": "connect", "bars": ["1-1", "2-2"]},
    ]


def test_swaps_are_labelled() -> None:
    dag = Network(1, 2, 2, 1).fiber().dag()
    low, high = (dag.node(Barcode.parse(text)) for text in ("0-1,1-2,2-3", "0-2,1-1,2-3"))
    edges = {(e["from"], e["to"]): (e["move"], e["bars"]) for e in dag.to_jsonable()["edges"]}
    assert edges[low, high] == ("swap", ["0-1", "1-2"])


def test_graphml_is_read_by_networkx() -> None:
    dag = Network(2, 2, 2).fiber().dag()
    graph = networkx.parse_graphml(dag_to_graphml(dag), node_type=int)
    ours = dag.to_networkx()
    assert dict(graph.nodes(data=True)) == dict(ours.nodes(data=True))
    assert [(a, b, d["move"], d["bars"]) for a, b, d in graph.edges(data=True)] == [
        (a, b, d["move"], d["bars"]) for a, b, d in ours.edges(data=True)
    ]
    ElementTree.fromstring(dag_to_graphml(dag))


def test_dot_has_a_line_for_each_node_and_edge() -> None:
    dag = Network(2, 2, 2, 2).fiber().dag()
    text = dag_to_dot(dag)
    assert text.count("label=") == len(dag)
    assert text.count(" -> ") == len(dag.lower)
