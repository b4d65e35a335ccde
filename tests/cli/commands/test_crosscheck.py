"""`crosscheck` on the trained example and on small files."""

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from linnet_exact.cli.main import main

EXAMPLE = str(Path(__file__).parents[2] / "data" / "digits.npz")


def test_keys_and_exit_status(capsys, tmp_path) -> None:
    assert main(["crosscheck", EXAMPLE, "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["agree"] is False
    assert [(row["k"], row["i"]) for row in found["rows"]] == [
        (k, i) for k in range(4) for i in range(k + 1)
    ]
    row = next(row for row in found["rows"] if (row["k"], row["i"]) == (2, 0))
    assert (row["exact"], row["float64"], row["float32"], row["agree"]) == (11, 9, 9, False)
    assert row["largest_dropped"] < 1e-15 < row["smallest_kept"]
    assert row["gap"] == pytest.approx(row["smallest_kept"] / row["largest_dropped"])
    assert {(e["k"], e["i"], e["precision"]) for e in found["explanations"]} >= {(2, 0, "float64")}


def test_agreement(capsys, tmp_path) -> None:
    path = tmp_path / "w.npz"
    np.savez(path, a=np.ones((2, 3)), b=np.ones((4, 2)))
    assert main(["crosscheck", str(path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["agree"] is True
    assert main(["crosscheck", str(path), "--layer", "b[0:2, :].T", "--format", "table"]) == 0
    assert "agree  true" in capsys.readouterr().out


def test_the_table_explains(capsys, tmp_path) -> None:
    path = tmp_path / "w.npz"
    layer = np.diag([1, 2.0**-40])
    np.savez(path, a=layer, b=layer, c=layer)
    assert main(["crosscheck", str(path), "--format", "table"]) == 1
    printed = capsys.readouterr().out
    assert "W3~0 float64    1 lost: 7.523e-37, the 2nd singular value, is not above" in printed
    assert "all of float64  no weights have these ranks: not a rank list: omega(1, 1) =" in printed


def test_the_tolerance(capsys) -> None:
    assert main(["crosscheck", EXAMPLE, "--rtol", "1e-3", "--format", "json"]) == 1
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["float64"] for row in rows if row["k"] > row["i"]} == {9}
    assert main(["crosscheck", EXAMPLE, "--rtol", "-1"]) == 2


def test_the_plot(capsys, tmp_path) -> None:
    picture = tmp_path / "ranks.svg"
    assert main(["crosscheck", EXAMPLE, "--plot", str(picture)]) == 1
    text = "".join(ElementTree.parse(picture).getroot().itertext())
    assert "exact rank 11 of 16" in text
    assert all(name in text for name in ("float64", "float32", "W3~0"))
    capsys.readouterr()
    assert main(["crosscheck", EXAMPLE, "--plot", str(tmp_path / "ranks.csv")]) == 2
    assert "give a name that ends in .svg or .pdf or .png" in capsys.readouterr().err
