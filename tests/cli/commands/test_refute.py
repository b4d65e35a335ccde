"""`refute` as a command: its answers, its exit status, and expressions that attack it."""

import json
import signal
import subprocess
import sys
import time

import pytest

from linnet_exact.cli.main import main
from tests.measured import measured

REFUTE = [sys.executable, "-m", "linnet_exact", "refute"]


def test_a_counterexample_is_status_1(capsys) -> None:
    assert main(["refute", "implies(not maximal, singular)", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["found"] is True
    assert report["checked"] == 64
    counterexample = report["counterexample"]
    assert counterexample["widths"] == [1, 2, 1]
    assert counterexample["barcode"] == {"0-0": 1, "1-1": 1, "1-2": 1}
    assert counterexample["values"] == {"maximal": False, "singular": False}
    assert counterexample["weights"]["weights"] == [[[0], [0]], [[0, 1]]]


def test_none_is_status_0(capsys) -> None:
    box = ["--max-depth", "3", "--max-width", "2"]
    assert main(["refute", "tangent_dim >= local_dim", *box, "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["found"] is False
    assert report["counterexample"] is None
    assert "proves nothing beyond them" in report["note"]


def test_tables(capsys) -> None:
    steps = "upper.dim - lower.dim == 1"
    assert main(["refute", steps, "--over", "covers", "--format", "table"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "values            upper.dim = 2, lower.dim = 0" in lines
    assert "weights on upper  W1 = [[0]]; W2 = [[1], [0]]" in lines
    assert main(["refute", "fiber.smooth", "--over", "fibers", "--format", "table"]) == 1
    assert "fiber.smooth = false" in capsys.readouterr().out
    assert main(["refute", "dim >= 0", "--max-depth", "1", "--format", "table"]) == 0
    assert "proves nothing beyond them" in capsys.readouterr().out


def test_weights_go_to_a_file(capsys, tmp_path) -> None:
    path = tmp_path / "theta.json"
    text = "float64_rank(k, i) == r(k, i)"
    arguments = ["--over", "weights", "-o", str(path), "--format", "json"]
    assert main(["refute", text, *arguments]) == 1
    report = json.loads(capsys.readouterr().out)
    assert json.loads(path.read_text()) == report["counterexample"]["weights"]
    assert main(["analyze", str(path), "--format", "json"]) == 0
    exact = json.loads(capsys.readouterr().out)["rank_list"]["1~0"]
    assert exact == report["counterexample"]["values"]["r(k, i)"]


@pytest.mark.parametrize("over", ["fibers", "strata", "covers", "pairs", "weights"])
def test_names_are_listed(over: str, capsys) -> None:
    assert main(["refute", "--names", "--over", over, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"widths", "implies"} <= {row["name"] for row in rows}
    assert all(row["meaning"] for row in rows)


ATTACKS = ["__import__('os')", "().__class__", "9**9**9 == 1", "(" * 10_000, "x" * 100_000]


@pytest.mark.parametrize("text", ATTACKS, ids=lambda text: text[:20])
def test_attacks_are_refused_in_little_time_and_memory(text: str) -> None:
    done = measured("refute", text)
    assert done.status == 2
    assert len(done.printed.splitlines()) == 1
    assert done.seconds < 1.5  # to start Python takes most of it
    assert done.memory < 200 * 2**20


def test_bad_input(capsys) -> None:
    for arguments in (["dimm == 1"], ["dim"], [], ["dim >= 0", "--over", "layers"], ["dim ="]):
        assert main(["refute", *arguments]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_interruption() -> None:
    box = ["--max-depth", "9", "--max-width", "9"]
    process = subprocess.Popen(
        [*REFUTE, "dim >= 0", *box], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    time.sleep(4)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "held on" in err
    assert "Traceback" not in err
