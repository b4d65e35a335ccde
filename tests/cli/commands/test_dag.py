"""`dag` in its formats."""

import io
import json
import sys
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


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("x.svg", b"<svg "),
        ("x.html", b"<!DOCTYPE html>"),
        ("x.json", b'{"widths"'),
        ("x.gv", b"digraph"),
        ("x.graphml", b"<?xml"),
    ],
)
def test_the_name_of_the_file_says_the_format(tmp_path, name: str, start: bytes) -> None:
    assert main(["dag", "2,2,2", "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(start)


@pytest.mark.parametrize(("format", "start"), [("pdf", b"%PDF-"), ("png", b"\x89PNG")])
def test_pdf_and_png(tmp_path, monkeypatch, format: str, start: bytes) -> None:
    pytest.importorskip("cairosvg")
    assert main(["dag", "1,1", "-o", str(tmp_path / f"x.{format}")]) == 0
    written = (tmp_path / f"x.{format}").read_bytes()
    assert written.startswith(start)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    assert main(["dag", "1,1", "--format", format]) == 0
    assert sys.stdout.buffer.getvalue().startswith(start)


def test_binary_files_are_not_for_a_terminal(capsys, monkeypatch) -> None:
    pytest.importorskip("cairosvg")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["dag", "1,1", "--format", "png"]) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert found.err == "linnet-exact: a terminal cannot show png; -o FILE.png writes it\n"


def test_colours(capsys) -> None:
    fiber = Network(1, 1).fiber()
    assert dag(capsys, "1,1", "--format", "svg") == fiber.dag().svg()
    assert dag(capsys, "1,1", "--format", "svg", "--dark") == fiber.dag().svg("dark")
    assert dag(capsys, "1,1", "--format", "svg", "--light") == fiber.dag().svg("light")


def test_too_many_strata_for_a_picture_are_refused_before_edges_are_sought(capsys) -> None:
    assert main(["dag", "5^6", "--format", "svg"]) == 2
    assert "a drawing of more than 10000 strata could not be read" in capsys.readouterr().err


def test_above_the_list_limit(capsys) -> None:
    assert main(["dag", "2,2,2", "--list-limit", "5"]) == 2
    assert "6 strata" in capsys.readouterr().err
