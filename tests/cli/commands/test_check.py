"""`analyze --certificate` and `check`, from file to file."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from linnet_exact.cli.main import main
from linnet_exact.files.certificate import sealed

EXAMPLE = Path(__file__).parents[2] / "data" / "digits.npz"
SCRIPT = Path(__file__).parents[3] / "scripts" / "check_certificate.py"


@pytest.fixture
def theta(tmp_path: Path) -> Path:
    path = tmp_path / "theta.json"
    arguments = ["2,3,2", "--barcode", "0-0,0-2,1-1:2,2-2", "--seed", "1", "-o", str(path)]
    assert main(["sample", *arguments]) == 0
    return path


def check(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict]:
    capsys.readouterr()
    status = main(["check", *map(str, arguments), "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("trained", [False, True])
def test_certificate_of_a_file(capsys, tmp_path: Path, theta: Path, trained: bool) -> None:
    source, proof = EXAMPLE if trained else theta, tmp_path / "proof.json"
    assert main(["analyze", str(source), "--certificate", str(proof), "--format", "json"]) == 0
    barcode = json.loads(capsys.readouterr().out)["barcode"]
    assert json.loads(proof.read_text())["barcode"] == barcode
    status, found = check(capsys, proof)
    assert (status, found["valid"], len(found["claims"])) == (0, True, 3)
    assert check(capsys, proof, "--input", source)[0] == 0


def test_changed_input_and_changed_certificate(capsys, tmp_path: Path, theta: Path) -> None:
    proof = tmp_path / "proof.json"
    assert main(["analyze", str(theta), "--certificate", str(proof)]) == 0
    theta.write_text(theta.read_text().replace("7", "8"))
    status, found = check(capsys, proof, "--input", theta)
    assert (status, found["valid"]) == (1, False)
    assert "digest differs" in found["reason"]
    proof.write_text(proof.read_text().replace("7", "8", 1))
    status, found = check(capsys, proof)
    assert (status, found["valid"]) == (1, False)
    assert "something was changed" in found["reason"]


def test_what_is_not_json_is_bad_input(capsys, tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    path.write_text("{")
    assert main(["check", str(path)]) == 2
    assert "not JSON" in capsys.readouterr().err
    path.write_text("[1.5]")
    assert check(capsys, path)[0] == 1


def independent(proof: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-E", "-s", "-S", str(SCRIPT), str(proof)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_certificate_of_the_dimension_theorem(capsys, tmp_path: Path) -> None:
    proof = tmp_path / "proof.json"
    assert main(["prove", "--depth", "3", "--certificate", str(proof)]) == 0
    status, found = check(capsys, proof)
    assert (status, len(found["claims"])) == (0, 3)
    assert independent(proof).returncode == 0


@pytest.mark.parametrize(
    ("key", "value"),
    [("depth", 3), ("identity", False), ("tangent", 2), ("slots", [2]), ("condition", [])],
)
def test_false_proofs_are_refused_even_with_a_fitting_digest(
    capsys, tmp_path: Path, key: str, value: object
) -> None:
    proof = tmp_path / "proof.json"
    assert main(["prove", "--depth", "2", "--certificate", str(proof)]) == 0
    certificate = json.loads(proof.read_text())
    changed = certificate if key in certificate else certificate["blocks"][8]
    assert changed[key] != value
    changed[key] = value
    proof.write_text(json.dumps(sealed(certificate)))
    assert check(capsys, proof)[0] == 1
    done = independent(proof)
    assert (done.returncode, done.stderr) == (1, "")
