"""`overlap` on the tiny transformer of the guide, and on chosen layers."""

import json
from pathlib import Path

import pytest

from linnet_exact.cli.main import main

EXAMPLE = str(Path(__file__).parents[2] / "data" / "heads.npz")
VALUE = "encoder.layer.0.attention.self.value.weight"


def answer(capsys, *arguments):
    assert main(["overlap", EXAMPLE, *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_heads_share_a_line(capsys):
    (row,) = answer(capsys, "--circuit", "ov", "--heads", "2", "--layers", "0", "--angles")
    assert row["first"].endswith("output.dense.weight[:, 0:3]")
    assert (row["dimensions"], row["intersection"], row["sum"]) == ([3, 3], 1, 5)
    assert row["angles"][0] == ["0", "0"]
    rows = answer(capsys, "--circuit", "ov", "--heads", "2", "--space", "rows")
    assert len(rows) == 6
    assert rows[0]["dimensions"] == [3, 2]
    assert len(answer(capsys, "--circuit", "qk", "--heads", "2", "--space", "rows")) == 28


def test_chosen_layers(capsys):
    layers = ("--layer", f"{VALUE}[0:2, :]", "--layer", f"{VALUE}[1:4, :]")
    (row,) = answer(capsys, *layers, "--space", "rows", "--exact")
    assert (row["dimensions"], row["intersection"]) == ([2, 3], 1)
    assert row["squared_cosines_polynomial"][-1] == "1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give --layer, --chain or --circuit"),
        (["--layer", VALUE], "1 matrices have 0 pairs"),
        (["--circuit", "ov", "--heads", "2", "--head", "0"], "compares all heads"),
        (["--circuit", "qk", "--heads", "2"], "for all heads there are --circuit ov"),
        (["--layer", f"{VALUE}[0:2, :]", "--layer", f"{VALUE}[0:3, :]"], "different spaces"),
    ],
)
def test_bad_usage(capsys, arguments, said):
    assert main(["overlap", EXAMPLE, *arguments]) == 2
    assert said in capsys.readouterr().err
