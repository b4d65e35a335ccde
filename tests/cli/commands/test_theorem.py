"""`theorem` and `flow --subspaces`, as other programs see them."""

import json
from xml.etree import ElementTree

import pytest

from linnet_exact import Matrix, Subspace
from linnet_exact.cli.main import main

HEADER = {"format": "linnet-exact/weights", "version": 1}


def write(tmp_path, weights, field="QQ") -> str:
    path = tmp_path / "theta.json"
    path.write_text(json.dumps({**HEADER, "field": field, "weights": weights}))
    return str(path)


@pytest.fixture
def by_hand(tmp_path) -> str:
    """x ↦ x_1 reaches hidden unit 1 and the output; unit 2 is read but fed nothing."""
    return write(tmp_path, [[[1, 0], [0, 0], [0, 0]], [[1, 0, 0], [0, 1, 0]]])


def test_json_by_hand(by_hand: str, capsys) -> None:
    assert main(["theorem", by_hand]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["widths"], found["rank"], found["checked"]) == ([2, 3, 2], 1, True)
    rows = {row["subspace"]: row for row in found["subspaces"]}
    assert list(rows) == ["a_000", "a_200", "a_210", "a_111", "a_211", "a_220", "a_221"]
    assert {name: row["basis"] for name, row in rows.items()} == {
        "a_000": [[0, 1]],
        "a_200": [[1, 0]],
        "a_210": [[1, 0, 0]],
        "a_111": [[0, 0, 1]],
        "a_211": [[0, 1, 0]],
        "a_220": [[1, 0]],
        "a_221": [[0, 1]],
    }
    assert [row["dual"] for row in rows.values()] == [name.replace("a", "b") for name in rows]
    assert rows["a_000"]["dual_basis"] == [[0, 1]]
    assert (rows["a_000"]["carries"], rows["a_000"]["annihilated_by"]) == (True, "W1")
    assert (rows["a_211"]["carries"], rows["a_211"]["unreached_by"]) == (False, "W1")
    assert (rows["a_200"]["annihilated_by"], rows["a_200"]["unreached_by"]) == (None, None)


def test_words(by_hand: str, capsys) -> None:
    assert main(["theorem", by_hand, "--format", "text"]) == 0
    text = capsys.readouterr().out
    assert "Layer 1: R^3 = a_210 (1) + a_111 (1) + a_211 (1), a direct sum." in text
    assert (
        "W1 takes a_200 onto a_210; it annihilates a_000; it does not reach a_111, a_211." in text
    )
    assert text.endswith("checked: every null, column and row space agrees\n")


def test_table_and_picture(by_hand: str, capsys, tmp_path) -> None:
    assert main(["theorem", by_hand, "--format", "table"]) == 0
    assert "a_211     1-2" in capsys.readouterr().out
    picture = tmp_path / "theorem.svg"
    assert main(["theorem", by_hand, "-o", str(picture)]) == 0
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")


def test_all_subspaces_by_hand(by_hand: str, capsys) -> None:
    assert main(["flow", by_hand, "--subspaces", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["checked"]
    spaces = {(s["k"], s["j"], s["i"]): s for s in found["subspaces"]}
    assert len(spaces) == 10  # L ≥ k ≥ j ≥ i ≥ 0 for L = 2
    assert spaces[1, 1, 1]["A"] == {"dimension": 1, "basis": [[0, 0, 1]]}  # null W_2
    assert spaces[2, 1, 0]["A"] == {"dimension": 1, "basis": [[1, 0, 0]]}  # col W_1
    assert spaces[2, 1, 0]["B"] == {"dimension": 2, "basis": [[1, 0, 0], [0, 1, 0]]}  # row W_2
    assert spaces[2, 1, 1]["B"] == {"dimension": 1, "basis": [[0, 1, 0]]}  # row W_2, not col W_1
    assert spaces[1, 1, 0]["a"] == {"dimension": 0, "basis": []}


@pytest.mark.parametrize(
    ("weights", "names"),
    [
        ([[[0]]], ["a_000", "a_111"]),
        ([[[5]]], ["a_100", "a_110"]),
        ([[[0, 0]], [[0]]], ["a_000", "a_111", "a_222"]),
    ],
)
def test_edges(tmp_path, capsys, weights, names) -> None:
    assert main(["theorem", write(tmp_path, weights)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["subspace"] for row in found["subspaces"]] == names
    assert found["checked"]


def test_a_field_without_real_embedding(tmp_path, capsys) -> None:
    field = {"generator": "a", "minimal_polynomial": [1, 0, 1]}
    path = write(tmp_path, [[[1, "a"], ["a", -1]]], field)
    assert main(["theorem", path]) == 0
    found = json.loads(capsys.readouterr().out)
    kernel = next(row for row in found["subspaces"] if row["subspace"] == "a_000")
    assert (found["checked"], kernel["basis"]) == (True, [[1, "a"]])


def test_sums_are_direct(tmp_path, capsys) -> None:
    path = str(tmp_path / "theta.json")
    bars = "0-0,0-1,0-3,1-1,1-2:2,2-3,3-3"
    assert main(["sample", "3,5,4,3", "--barcode", bars, "-o", path]) == 0
    assert main(["theorem", path]) == 0
    rows = json.loads(capsys.readouterr().out)["subspaces"]
    for layer, width in enumerate((3, 5, 4, 3)):
        here = [row for row in rows if row["layer"] == layer]
        assert Subspace([v for row in here for v in row["basis"]]).dimension == width
        for row in here:
            for other in here:
                pairing = Matrix(row["dual_basis"]) @ Matrix(other["basis"]).T
                assert pairing.is_zero() == (row != other)


def test_too_large_and_wrong_format(tmp_path, by_hand, capsys) -> None:
    assert main(["flow", by_hand, "--subspaces", "--format", "svg"]) == 2
    assert "--subspaces goes with" in capsys.readouterr().err
