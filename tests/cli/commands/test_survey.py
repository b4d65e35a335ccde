"""`survey` on the tiny transformer of the guide."""

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from linnet_exact.cli.main import main

EXAMPLE = str(Path(__file__).parents[2] / "data" / "heads.npz")


def test_rows_plot_and_state(capsys, tmp_path):
    plot, state = tmp_path / "r.svg", tmp_path / "s.jsonl"
    arguments = ["survey", EXAMPLE, "--heads", "2", "--state", str(state), "--format", "json"]
    assert main([*arguments, "--plot", str(plot)]) == 1
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert "survey: 18 tasks, at most" in printed.err
    assert found["agree"] is False
    assert found["left_out"] == []
    lost = [row for row in found["rows"] if not row["agree"]]
    assert [(row["kind"], row["layer"], row["head"]) for row in lost] == [("chain", 1, 0)]
    assert (lost[0]["exact"], lost[0]["float64"], lost[0]["float32"]) == (3, 3, 2)
    low, high = map(float, lost[0]["distance_bounds"])
    assert low <= 4.2329e-06 * 1.01
    assert high >= 4.2329e-06 * 0.99
    text = "".join(ElementTree.parse(plot).getroot().itertext())
    assert "layer 1, head 0: exact 3, float64 3, float32 2" in text
    assert main(arguments) == 1
    assert json.loads(capsys.readouterr().out) == found


def test_tables_plans_and_what_is_left_out(capsys, tmp_path):
    assert main(["survey", EXAMPLE, "--format", "table"]) == 0
    printed = capsys.readouterr()
    assert "warning: heads left out: encoder.layer.{l} (BERT)" in printed.err
    assert "agree  true" in printed.out
    assert "…r.0.attention.self.query.weight" in printed.out
    assert main(["survey", EXAMPLE, "--heads", "2", "--plan", "--format", "csv"]) == 0
    assert capsys.readouterr().out.count("\n") == 19
    path = tmp_path / "bad.npz"
    np.savez(path, w=np.array([[np.inf]]))
    assert main(["survey", str(path), "--format", "table"]) == 0
    assert "inf" in capsys.readouterr().out


def test_bad_usage(capsys, tmp_path):
    assert main(["survey", "-"]) == 2
    assert "name a file instead of -" in capsys.readouterr().err
    assert main(["survey", EXAMPLE, "--plot", str(tmp_path / "a.csv")]) == 2
    assert "a name that ends in .svg or .pdf or .png" in capsys.readouterr().err
    (tmp_path / "a.jsonl").symlink_to(EXAMPLE)
    assert main(["survey", EXAMPLE, "--state", str(tmp_path / "a.jsonl")]) == 2
    assert "it is read and would be written over" in capsys.readouterr().err
