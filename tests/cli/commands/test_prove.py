"""`prove`: its report, its explanations and its certificate."""

import json

import pytest

from linnet_exact.claims.proof import check_proof
from linnet_exact.cli.main import main
from linnet_exact.strata.formulas.freedom import KINDS


def test_report(capsys) -> None:
    assert main(["prove", "--depth", "3", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["depth"], report["blocks"], report["identity"]) == (3, 100, True)
    assert all(identity["holds"] for identity in report["identities"])
    names = [identity["name"] for identity in report["identities"]]
    assert names[-5:] == [f"{kind} moves" for kind in KINDS]


def test_explanations(capsys) -> None:
    assert main(["prove", "--depth", "2", "--explain", "--format", "table"]) == 0
    assert capsys.readouterr().out.startswith("Theorem.")
    assert main(["prove", "--depth", "2", "--format", "latex"]) == 0
    assert capsys.readouterr().out.startswith("\\begin{theorem}")
    assert main(["prove", "--depth", "2", "--explain", "--format", "json"]) == 0
    assert "∎" in json.loads(capsys.readouterr().out)["explanation"]


def test_certificate(tmp_path, capsys) -> None:
    path = tmp_path / "proof.json"
    assert main(["prove", "--depth", "2", "--certificate", str(path)]) == 0
    assert len(check_proof(json.loads(path.read_text()))) == 3


@pytest.mark.parametrize("depth", ["0", "11", "x"])
def test_bad_depths_are_refused(depth: str, capsys) -> None:
    assert main(["prove", "--depth", depth]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_failed_proof_is_status_1(capsys, monkeypatch) -> None:
    from linnet_exact.claims.proof import theorem

    monkeypatch.setattr(theorem, "ext", lambda p, q: 0)
    assert main(["prove", "--depth", "2", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["identity"] is False
