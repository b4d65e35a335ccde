"""`flow`, as other programs see it."""

import json
from xml.etree import ElementTree

import pytest

from linnet_exact import Matrix
from linnet_exact.cli.main import main
from tests.terminal import run_command, run_on_terminal


@pytest.fixture
def theta(tmp_path):
    path = tmp_path / "theta.json"
    arguments = ["2,3,2", "--barcode", "0-0,0-2,1-1:2,2-2", "--seed", "1"]
    assert main(["sample", *arguments, "-o", str(path)]) == 0
    return path


def test_json_holds_the_canonical_form(theta, capsys) -> None:
    assert main(["flow", str(theta)]) == 0
    found = json.loads(capsys.readouterr().out)
    weights = json.loads(theta.read_text())["weights"]
    assert found["barcode"] == {"0-0": 1, "0-2": 1, "1-1": 2, "2-2": 1}
    assert found["strands"][1] == ["0-2", "1-1", "1-1"]
    assert (found["checked"], found["field"]) == (True, "QQ")
    bases = [Matrix(rows) for rows in found["bases"]]
    for j, rows in enumerate(weights, start=1):
        inner = bases[j].inverse() @ Matrix(rows) @ bases[j - 1]
        assert {x for row in inner.rows() for x in row} <= {0, 1}
        assert inner.rank() == 1


def test_number_fields(tmp_path, capsys) -> None:
    path = str(tmp_path / "theta.json")
    bars = ["--barcode", "0-0,0-2,1-1"]
    assert main(["sample", "2,2,1", *bars, "--field", "sqrt(2)", "-o", path]) == 0
    assert main(["flow", path]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["checked"]
    assert found["field"]["minimal_polynomial"] == ["-2", "0", "1"]


def test_pictures(theta, capsys, tmp_path) -> None:
    assert main(["flow", str(theta), "--format", "text"]) == 0
    text = capsys.readouterr().out
    assert text.splitlines()[:2] == ["layer 0         1         2", "width 2         3         2"]
    assert main(["flow", str(theta), "--format", "tikz"]) == 0
    assert capsys.readouterr().out.startswith("\\begin{tikzpicture}")
    picture = tmp_path / "flow.svg"
    assert main(["flow", str(theta), "--format", "svg", "-o", str(picture)]) == 0
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")


def test_a_pipe_gets_json(theta) -> None:
    assert json.loads(run_command("flow", theta).stdout)["checked"]


def test_a_terminal_gets_a_diagram_that_fits(tmp_path) -> None:
    arguments = ["1^30", "--barcode", "0-29", "-o", str(tmp_path / "deep.json")]
    assert main(["sample", *arguments]) == 0
    printed, status = run_on_terminal(["flow", "deep.json"], tmp_path)
    assert status == 0
    assert max(map(len, printed.splitlines())) <= 80
    assert printed.count("layer") > 1
    assert set(map(str, range(30))) <= set(printed.split())


def test_bad_input(tmp_path, capsys) -> None:
    assert main(["flow", str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
