"""`tangent`, as other programs see it."""

import json

import pytest

from linnet_exact import Matrix
from linnet_exact.cli.main import main


@pytest.fixture
def theta(tmp_path):
    path = tmp_path / "theta.json"
    arguments = ["2,3,2", "--barcode", "0-0,0-2,1-1:2,2-2", "--seed", "1"]
    assert main(["sample", *arguments, "-o", str(path)]) == 0
    return path


@pytest.mark.parametrize(("space", "dimension"), [("stratum", 5), ("fiber", 9), ("orbit", 8)])
def test_json(theta, capsys, space: str, dimension: int) -> None:
    assert main(["tangent", str(theta), "--space", space]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["space"], found["checked"]) == (space, True)
    assert (found["dimension"], found["normal_dimension"]) == (dimension, 12 - dimension)
    tangent, normal = Matrix(found["tangent"]), Matrix(found["normal"])
    assert (tangent.rank(), normal.rank()) == (dimension, 12 - dimension)
    assert (tangent @ normal.T).is_zero()
    assert len(found["tangent_labels"]) == dimension
    assert {label["kind"] for label in found["normal_labels"]} == {"normal"}
    assert found["tangent_labels"][0].keys() == {
        "kind",
        "layers",
        "from",
        "from_copy",
        "to",
        "to_copy",
    }


def test_table_counts_every_vector(theta, capsys) -> None:
    assert main(["tangent", str(theta), "--format", "table"]) == 0
    lines = capsys.readouterr().out.splitlines()
    counts = [int(line.split()[-1]) for line in lines if "-matrix" in line or "normal  " in line]
    assert sum(counts) == 12
    assert lines[-1].split() == ["checked", "true"]


def test_a_matrix_without_tangent_vectors(tmp_path, capsys) -> None:
    path = tmp_path / "theta.json"
    header = {"format": "linnet-exact/weights", "version": 1, "field": "QQ"}
    path.write_text(json.dumps(header | {"weights": [[[3]]]}))
    assert main(["tangent", str(path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["dimension"], found["tangent"], found["normal"]) == (0, [], [["1/3"]])


def test_too_many_weights(tmp_path, capsys) -> None:
    path = str(tmp_path / "theta.json")
    assert main(["sample", "100,100", "--barcode", "0-1:100", "--sparse", "-o", path]) == 0
    assert main(["tangent", path]) == 2
    assert "10000 weights would take" in capsys.readouterr().err
