"""`decompose`, as other programs see it."""

import json
from time import process_time

import pytest

from linnet_exact import Matrix
from linnet_exact.cli.main import main

BARS = "0-0,0-2,1-1:2,2-2"


@pytest.fixture
def theta(tmp_path) -> str:
    path = str(tmp_path / "theta.json")
    assert main(["sample", "2,3,2", "--barcode", BARS, "-o", path]) == 0
    return path


def test_counts_from_a_barcode(capsys) -> None:
    assert main(["decompose", "2,3,2", "--barcode", BARS]) == 0
    found = json.loads(capsys.readouterr().out)
    moves = {row["kind"]: row["moves"] for row in found["kinds"]}
    # W_1: 0-0 → 1-1:2 and W_2: 1-1:2 → 2-2 connect; 0-2 → 0-2 has a slot in both matrices.
    assert moves == {
        "one-matrix": 4,
        "two-matrix": 1,
        "connecting": 4,
        "swapping": 0,
        "through": 3,
    }
    assert (found["dimension"], found["tangent_dimension_of_fiber"]) == (5, 9)
    assert (found["rank_of_differential"], found["weight_dimension"]) == (3, 12)
    staying = sum(row["staying"] for row in found["pairs"])
    assert (staying, sum(row["leaving"] for row in found["pairs"])) == (5, 7)


def test_bases_at_a_point(theta: str, capsys) -> None:
    assert main(["decompose", theta]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["checked"]
    vectors = [v for space in found["subspaces"] for v in space["basis"]]
    assert Matrix(vectors).rank() == 12
    assert [space["dimension"] for space in found["subspaces"]] == [4, 1, 4, 0, 3]
    null, row = found["null_space"], found["row_space"]
    assert (null["dimension"], row["dimension"]) == (9, 3)
    assert (Matrix(null["basis"]) @ Matrix(row["basis"]).T).is_zero()


def test_table_says_why_they_add_up(theta: str, capsys) -> None:
    assert main(["decompose", theta, "--format", "table"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "stratum           5 = 4 + 1" in lines
    assert "null space of dμ  9 = 4 + 1 + 4 + 0" in lines
    assert "row space of dμ   3 = 3" in lines
    assert "weight space      12 = 4 + 1 + 4 + 0 + 3" in lines
    assert main(["decompose", theta, "--pairs", "--format", "table"]) == 0
    assert "0-0   1-1  W1            2  two-matrix        0  connecting        2" in (
        capsys.readouterr().out
    )


def test_wide_networks_are_quick(capsys) -> None:
    bars = "0-0:3,0-1:3,0-2:3,0-3:3,1-1,1-2,1-3,2-2:2,2-3:2,3-3:6"
    start = process_time()
    assert main(["decompose", "12,12,12,12", "--barcode", bars]) == 0
    assert process_time() - start < 2
    assert json.loads(capsys.readouterr().out)["weight_dimension"] == 3 * 144


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2,3,2"], "WIDTHS go with --barcode"),
        (["2,2,2", "--barcode", BARS], "has widths 2,3,2, not 2,2,2"),
        (["2,3,2", "--barcode", "0-0"], "bars at two layers"),
        (["none.json"], "none.json"),
        (["2,3,2", "--barcode", BARS, "--layer", "x"], "--layer goes with a file"),
    ],
)
def test_bad_input(arguments: list[str], message: str, capsys) -> None:
    assert main(["decompose", *arguments]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
