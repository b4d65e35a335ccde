"""`refute` as a command: its answers, its exit status, and expressions that attack it."""

import json
import signal
import subprocess
import sys

import pytest

from linnet_exact.cli.main import main
from tests.measured import measured, wait_until_busy

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
    assert done.seconds < 5  # to start Python takes most of it
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
    wait_until_busy(process, 2.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130
    assert "held on" in err
    assert "Traceback" not in err


SMALL = ["--max-depth", "2", "--max-width", "2", "--format", "json"]


@pytest.mark.parametrize("text", ["-1 < dim", "-omega(1, 0) <= 0", "--1 <= r(1, 0) + 1"])
def test_a_minus_sign_at_the_beginning_is_no_option(text: str, capsys) -> None:
    assert main(["refute", text, *SMALL]) == 0
    assert main(["refute", *SMALL, "--", text]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["statement"] == text
    assert main(["refute", "-1 < dimm", *SMALL]) == 2
    assert "did you mean dim" in capsys.readouterr().err


@pytest.mark.parametrize("over", ["strata", "weights"])
@pytest.mark.parametrize("text", ["r(9, 0) == 0", "omega(3, 0) == 0", "widths[9] == 0"])
def test_layers_that_do_not_exist_are_no_layers(over: str, text: str, capsys) -> None:
    assert main(["refute", text, *SMALL, "--over", over]) == 2
    error = capsys.readouterr().err
    assert "has no value" in error
    assert "widths 1,1" in error
    assert len(error.splitlines()) == 1
    assert main(["refute", f"implies(L >= 9, {text})", *SMALL, "--over", over]) == 0


def test_layers_of_both_ends(capsys) -> None:
    for over in ("covers", "pairs"):
        assert main(["refute", "lower.r(9, 0) == 0", *SMALL, "--over", over]) == 2
        assert "has no value for widths 1,1,1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("over", "text"), [("strata", "dim >= 0"), ("weights", "r(k, i) >= 0"), ("fibers", "L > 0")]
)
def test_a_search_that_was_cut_short_is_status_3(over: str, text: str, capsys) -> None:
    box = ["--max-depth", "9", "--max-width", "9", "--max-seconds", "0.2", "--format", "json"]
    assert main(["refute", text, *box, "--over", over]) == 3
    report = json.loads(capsys.readouterr().out)
    assert report["found"] is False
    assert report["complete"] is False
    assert report["checked"] > 0
    reached = report["reached"]
    widths = ",".join(map(str, reached["widths"]))
    assert f"widths {widths} and rank {reached['rank']}" in report["note"]


def test_a_counterexample_is_status_1_also_when_time_is_over(capsys) -> None:
    box = ["--max-depth", "9", "--max-width", "9", "--max-seconds", "0.2", "--format", "json"]
    assert main(["refute", "dim < 0", "--count", *box]) == 1
    assert json.loads(capsys.readouterr().out)["complete"] is False
