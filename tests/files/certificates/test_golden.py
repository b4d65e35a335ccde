"""Certificates of every version that was ever written hold for ever."""

import json
from pathlib import Path

import pytest

from linnet_exact.cli.main import main
from tests.files.certificates.both import GOLDEN, verdict

DOCUMENTS = sorted(p for p in GOLDEN.glob("*.json") if not p.name.startswith(("input", "refute")))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_both_checkers_accept(path: Path) -> None:
    assert verdict(path.read_bytes()) == 0


def test_every_kind_and_version_is_there() -> None:
    found = set()
    for path in DOCUMENTS:
        document = json.loads(path.read_text())
        found.add((document.get("kind", "path"), document["version"]))
    assert found == {
        ("rank-list", 1), ("rank-list", 2), ("snapped-weights", 2), ("dimension-theorem", 1),
        ("critical", 1), ("critical", 2), ("critical", 3), ("path", 1), ("path", 2),
        ("path", 3), ("transport", 1), ("probable-rank-list", 2),
    }  # fmt: skip


@pytest.mark.parametrize("over", ["strata", "covers", "fibers", "weights"])
def test_reports_of_counterexamples(capsys: pytest.CaptureFixture[str], over: str) -> None:
    assert main(["check", str(GOLDEN / f"refute-{over}.json")]) == 0
    assert "does not hold" in capsys.readouterr().out


def test_the_input_of_version_1(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(GOLDEN / "rank-list-of-a-file.json")
    assert main(["check", path, "--input", str(GOLDEN / "input.json")]) == 0
