"""`balance`, as other programs see it."""

import json

from linnet_exact.cli.main import main

HEADER = {"format": "linnet-exact/weights", "version": 1}


def write(tmp_path, weights) -> str:
    path = tmp_path / "theta.json"
    path.write_text(json.dumps(HEADER | {"weights": weights}))
    return str(path)


def test_json_and_the_point(tmp_path, capsys) -> None:
    path, point = write(tmp_path, [[[1, 2], [0, 1]], [[3, 0]]]), str(tmp_path / "point.json")
    assert main(["balance", path, "--write", point]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["invariants"] == [
        {"layer": 1, "trace": 3, "rank": 2, "invariant": [[4, -2], [-2, -1]]}
    ]
    assert (found["balanced"], found["possible"]) == (False, False)
    assert found["minimal_stratum"] == {"0-0": 1, "0-2": 1, "1-1": 1}
    assert main(["balance", point]) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["balanced"], again["possible"], again["reason"]) == (
        True,
        True,
        "the weights themselves",
    )
    assert main(["analyze", point]) == 0
    assert json.loads(capsys.readouterr().out)["barcode"] == found["minimal_stratum"]


def test_table(tmp_path, capsys) -> None:
    assert main(["balance", write(tmp_path, [[[2]], [[1]]]), "--format", "table"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["layer  trace  rank", "    1     -3     1"]
    assert "balanced point   made from singular values of the product" in lines


def test_depth_one_is_balanced(tmp_path, capsys) -> None:
    assert main(["balance", write(tmp_path, [[[0, 3]]])]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["balanced"], found["invariants"]) == (True, [])


def test_nothing_to_write(tmp_path, capsys) -> None:
    path = tmp_path / "theta.json"
    field = {"generator": "a", "minimal_polynomial": [-2, 0, 1], "near": "1.4"}
    path.write_text(json.dumps(HEADER | {"field": field, "weights": [[["a"]], [[1]]]}))
    point = tmp_path / "point.json"
    assert main(["balance", str(path), "--write", str(point)]) == 2
    assert "no balanced point to write: the product is not rational" in capsys.readouterr().err
    assert not point.exists()
