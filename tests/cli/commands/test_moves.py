"""`moves` and `compare` in their formats, and what they refuse."""

import csv
import io
import json
from pathlib import Path

import pytest

from linnet_exact.cli.main import main


def out(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(list(arguments)) == status
    return capsys.readouterr().out


def test_moves_by_hand(capsys) -> None:
    # Zero weights 2 → 2 → 2: one matrix may become nonzero, with 2 x 2 parameters.
    zero = json.loads(out(capsys, "moves", "2,2,2", "--rank", "0", "--format", "json"))
    assert zero["barcode"] == {"0-0": 2, "1-1": 2, "2-2": 2}
    assert [(m["direction"], m["bars"], m["freedom"], m["to"]) for m in zero["moves"]] == [
        ("up", ["0-0", "1-1"], 4, "0-0,0-1,1-1,2-2:2"),
        ("up", ["1-1", "2-2"], 4, "0-0:2,1-1,1-2,2-2"),
    ]
    assert zero["freedom_up"] == 8 == zero["tangent_dimension_of_fiber"] - zero["dimension"]


def test_swaps_and_what_is_no_cover(capsys) -> None:
    text = out(capsys, "moves", "1,2,2,1", "--barcode", "0-1,1-2,2-3", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    found = {(r["direction"], r["move"], r["bars"], r["to"], r["cover"], r["layers"]) for r in rows}
    assert ("up", "swap", "0-1,1-2", "0-2,1-1,2-3", "true", "1,2") in found
    assert ("up", "swap", "1-2,2-3", "0-1,1-3,2-2", "true", "2,3") in found
    assert ("down", "connect", "0-1", "0-0,1-1,1-2,2-3", "true", "1") in found
    assert len(rows) == 5
    below = out(capsys, "moves", "1,2,1", "--barcode", "0-1,1-1,2-2", "--format", "csv")
    assert 'down,connect,0-1,"0-0,1-1",true,2,1' in below
    wide = out(capsys, "moves", "1,1,1,1,1", "--barcode", "0-0,1-1,2-3,4-4", "--format", "json")
    covers = {m["to"]: m["cover"] for m in json.loads(wide)["moves"]}
    assert covers["0-0,1-3,4-4"] is True


def test_moves_of_weights_and_of_nothing(tmp_path: Path, capsys) -> None:
    file = tmp_path / "theta.json"
    document = {"format": "linnet-exact/weights", "version": 1, "weights": [[[1]], [[1]]]}
    file.write_text(json.dumps(document))
    found = json.loads(out(capsys, "moves", str(file), "--format", "json"))
    assert (found["moves"], found["rank"], found["dimension"]) == ([], 1, 1)
    header = out(capsys, "moves", "3,3", "--rank", "3", "--format", "csv")
    assert header == "direction,move,bars,makes,cover,freedom,layers,to,dimension\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["moves", "2,2,2"], "give --barcode, or --rank"),
        (["moves", "2,2,2", "--barcode", "0-1,2-2"], "has widths 1,1,1, not 2,2,2"),
        (["moves", "1,1,1", "--barcode", "0-1,2-2", "--rank", "1"], "has rank 0, not 1"),
        (["moves", "1,1", "--rank", "2"], "rank must be between 0 and 1"),
        (["moves", "1,1", "--rank", "0", "--layer", "w"], "--layer goes with a file"),
        (["moves", "missing.json"], "missing.json"),
        (["compare", "0-1", "0-2"], "different networks"),
        (["compare", "0-1", "none.json"], "none.json"),
        (["compare", "1-0", "0-1"], "ends before it starts"),
        (["dag", "1,1,1", "--above", "0-2", "--rank", "0"], "rank 1, not 1,1,1 and 0"),
        (["dag", "1,1,1", "--between", "0-1,2-2", "0-0,1-2"], "is not in the closure of"),
        (["dag", "1,1,1", "--above", "0-2", "--between", "0-2", "0-2"], "give --between, or"),
    ],
)
def test_refused(capsys, arguments: list[str], message: str) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert captured.err.count("\n") == 1


def test_compare(tmp_path: Path, capsys) -> None:
    lowest, highest = "0-0,1-1,2-2,3-3", "0-2,3-3"
    up = json.loads(out(capsys, "compare", lowest, highest))
    assert (up["relation"], up["in_closure"], up["larger_ranks"]) == ("below", True, [])
    assert [step["to"] for step in up["chain"]] == ["0-1,2-2,3-3", "0-2,3-3"]
    down = json.loads(out(capsys, "compare", highest, lowest, status=1))
    assert down["relation"] == "above"
    assert down["chain"] == up["chain"]
    assert {each["rank"] for each in down["larger_ranks"]} == {"1~0", "2~0", "2~1"}
    file = tmp_path / "theta.json"
    document = {"format": "linnet-exact/weights", "version": 1, "weights": [[[0]], [[3]]]}
    file.write_text(json.dumps(document))
    same = json.loads(out(capsys, "compare", str(file), "0-0,1-2"))
    assert (same["relation"], same["in_closure"], same["chain"]) == ("equal", True, [])
    neither = json.loads(out(capsys, "compare", str(file), "0-1,2-2", status=1))
    assert neither["larger_ranks"] == [{"rank": "2~1", "first": 1, "second": 0}]


@pytest.mark.parametrize(
    ("options", "nodes", "edges"),
    [
        (["--above", "0-0:2,1-1:2,2-2:2"], 6, 6),
        (["--below", "0-0,0-1,1-2,2-2"], 4, 4),
        (["--above", "0-1:2,2-2:2", "--below", "0-1:2,2-2:2"], 1, 0),
        (["--between", "0-0:2,1-1,1-2,2-2", "0-0,0-1,1-2,2-2"], 2, 1),
    ],
)
def test_parts_of_the_dag(capsys, options: list[str], nodes: int, edges: int) -> None:
    found = json.loads(out(capsys, "dag", "2,2,2", *options, "--format", "json"))
    assert (len(found["nodes"]), len(found["edges"])) == (nodes, edges)
