"""`cone`: by formula, by Macaulay2, and not at all."""

import json
import shutil

import pytest

from linnet_exact.cli.main import main


def cone(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> dict:
    assert main(["cone", *arguments, "--format", "json"]) == status
    return json.loads(capsys.readouterr().out)


def test_by_formula(capsys) -> None:
    found = cone(capsys, "1,1,1", "--barcode", "0-0,1-1,2-2")
    assert (found["multiplicity"], found["singular"]) == (2, True)
    assert found["computed_by"] == "formula: degree of a cone"
    smooth = cone(capsys, "1,1", "--barcode", "0-1")
    assert (smooth["multiplicity"], smooth["computed_by"]) == (1, "formula: smooth")


@pytest.mark.skipif(shutil.which("M2") is None, reason="needs Macaulay2")
def test_by_macaulay2(capsys) -> None:
    both = cone(capsys, "2,2,2", "--barcode", "0-0,0-2,1-1,2-2", "--macaulay2")
    assert both["multiplicity"] == both["macaulay2"] == 2
    found = cone(capsys, "2,3,2", "--barcode", "0-0:2,1-1:2,1-2,2-2")
    assert found["computed_by"] == "Macaulay2"
    assert found["multiplicity"] >= 2


def test_without_macaulay2(capsys, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["cone", "2,3,2", "--barcode", "0-0:2,1-1:2,1-2,2-2", "--format", "json"]) == 3
    captured = capsys.readouterr()
    assert json.loads(captured.out)["multiplicity"] is None
    assert "Macaulay2 is not installed" in captured.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["1,1,1"], "give --barcode"),
        (["1,1,1", "--barcode", "0-1"], "has widths 1,1, not 1,1,1"),
        (["none.json"], "none.json"),
    ],
)
def test_refused(capsys, arguments: list[str], message: str) -> None:
    assert main(["cone", *arguments]) == 2
    assert message in capsys.readouterr().err
