"""`path`: between files with one product; a no has status 1, bad input status 2."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from linnet_exact import Barcode, Weights
from linnet_exact.cli.main import main
from linnet_exact.files import weights_to_jsonable
from linnet_exact.files.certificates.path import read_path
from linnet_exact.strata.order.moves import covers_above


@pytest.fixture
def write(tmp_path: Path):
    def write(name: str, *matrices: list) -> str:
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(weights_to_jsonable(Weights(matrices))))
        return str(file)

    return write


def test_json(write, tmp_path: Path, capsys) -> None:
    start = write("start", [[1, 0], [0, 0]], [[0, 0], [0, 1]])
    end = write("end", [[0, 0], [0, 0]], [[0, 7], [0, 0]])
    assert main(["path", start, end]) == 0
    text = capsys.readouterr().out
    found = json.loads(text)
    assert found.keys() >= {"moves", "barcodes", "steps"}
    barcodes = [Barcode.from_jsonable(barcode) for barcode in found["barcodes"]]
    assert (str(barcodes[0]), str(barcodes[-1])) == ("0-0,0-1,1-2,2-2", "0-0:2,1-1,1-2,2-2")
    assert len(found["moves"]) == len(barcodes) - 1
    for move, (before, after) in zip(found["moves"], pairwise(barcodes), strict=True):
        lower, upper = (before, after) if move["direction"] == "up" else (after, before)
        edges = {(m.kind, str(m.lower), str(m.upper)): up for m, up in covers_above(lower)}
        assert edges[move["move"], *move["bars"]] == upper
    (tmp_path / "path.json").write_text(text)
    read_path(tmp_path / "path.json").check()


def test_table(write, capsys) -> None:
    start, end = write("start", [[1]], [[0]]), write("end", [[-1]], [[0]])
    assert main(["path", start, end, "--format", "table"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["1", "connect", "down", "0-0,1-1,2-2"]
    assert lines[2].split() == ["2", "connect", "up", "0-1,2-2"]
    assert lines[-1] == "separated by   layer 1 * null W"
    assert main(["path", start, start, "--format", "table"]) == 0


def test_no_path(write, capsys) -> None:
    start, end = write("start", [[1]], [[6]]), write("end", [[-2]], [[-3]])
    assert main(["path", start, end]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("linnet-exact path: no path: the real fiber is not connected")
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize(
    ("end", "message"),
    [
        (([[1]], [[5]]), "products differ at row 1, column 1, where they are 6 and 5"),
        (([[1, 1]], [[5]]), "their widths are 1,1,1 and 2,1,1"),
    ],
)
def test_different_fibers(write, capsys, end, message: str) -> None:
    assert main(["path", write("start", [[1]], [[6]]), write("end", *end)]) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.err.count("\n") == 1


def test_missing_file(write, capsys) -> None:
    assert main(["path", write("start", [[1]]), "nowhere.json"]) == 2
    assert "nowhere.json: no such file" in capsys.readouterr().err.lower()
