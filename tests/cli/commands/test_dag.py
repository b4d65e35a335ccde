"""`dag` in its four formats."""

import json
from itertools import product
from xml.etree import ElementTree

import networkx
import pytest

from linnet_exact import Network
from linnet_exact.cli.main import main


def dag(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["dag", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(("widths", "rank"), [("1,1", 1), ("2,2,2", 0), ("2,3,2", 1), ("1^4", 0)])
def test_json_by_transitive_reduction(capsys, widths: str, rank: int) -> None:
    found = json.loads(dag(capsys, widths, "--rank", str(rank), "--format", "json"))
    strata = list(Network.parse(widths).fiber(rank).strata())
    place = {str(stratum.barcode.to_jsonable()): stratum for stratum in strata}
    nodes = {node["id"]: place[str(node["barcode"])] for node in found["nodes"]}
    assert len(nodes) == len(strata)
    assert all(nodes[node["id"]].dimension == node["dimension"] for node in found["nodes"])
    order = networkx.DiGraph((a, b) for a, b in product(nodes, nodes) if nodes[a] < nodes[b])
    covers = set(networkx.transitive_reduction(order).edges)
    assert {(edge["from"], edge["to"]) for edge in found["edges"]} == covers
    assert len(found["edges"]) == len(covers)
    assert {edge["move"] for edge in found["edges"]} <= {"connect", "swap"}


def test_other_formats_hold_all_nodes_and_edges(capsys) -> None:
    dot = dag(capsys, "2,2,2,2", "--format", "dot")
    assert dot.startswith("digraph")
    assert dot.count(" -> ") == 49
    graphml = ElementTree.fromstring(dag(capsys, "2,2,2,2", "--format", "graphml"))
    assert len(graphml.findall(".//{*}node")) == 27
    assert len(graphml.findall(".//{*}edge")) == 49
    svg = ElementTree.fromstring(dag(capsys, "2,2,2,2", "--format", "svg"))
    assert svg.tag.endswith("svg")


def test_above_the_list_limit(capsys) -> None:
    assert main(["dag", "2,2,2", "--list-limit", "5"]) == 2
    assert "6 strata" in capsys.readouterr().err
