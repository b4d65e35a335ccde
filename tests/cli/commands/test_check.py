"""`analyze --certificate` and `check`, from file to file."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from linnet_exact.cli.main import main
from linnet_exact.files.certificates.sealing import sealed

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
    theta.write_text(f" {theta.read_text()}")
    status, found = check(capsys, proof, "--input", theta)
    assert (status, found["valid"]) == (1, False)
    assert "digest differs" in found["reason"]
    assert independent(proof, theta).returncode == 1
    proof.write_text(proof.read_text().replace("7", "8", 1))
    status, found = check(capsys, proof)
    assert (status, found["valid"]) == (1, False)
    assert "something was changed" in found["reason"]


def test_what_is_not_json_is_bad_input(capsys, tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    path.write_text("{")
    assert main(["check", str(path)]) == 2
    assert "not JSON" in capsys.readouterr().err
    for text in ("[1.5]", "{}", "null", "[]", "1", '""', '{"format": "linnet-exact/weights"}'):
        path.write_text(text)
        capsys.readouterr()
        assert main(["check", str(path)]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.count("\n") == 1
        assert str(path) in captured.err
        assert independent(path).returncode == 2


def independent(*files: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-E", "-s", "-S", str(SCRIPT), *map(str, files)]
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


def test_other_weights_with_the_digest_of_the_input_put_in(capsys, tmp_path: Path) -> None:
    """The weights are compared, whatever digest is recorded."""
    one, other, proof = (tmp_path / name for name in ("one.json", "other.json", "proof.json"))
    header = {"format": "linnet-exact/weights", "version": 1}
    one.write_text(json.dumps({**header, "weights": [[[1, 2], [2, 4]]]}))
    other.write_text(json.dumps({**header, "weights": [[[1, 2], [3, 4]]]}))
    assert main(["analyze", str(one), "--certificate", str(proof)]) == 0
    certificate = json.loads(proof.read_text())
    certificate["input"]["sha256"] = hashlib.sha256(other.read_bytes()).hexdigest()
    proof.write_text(json.dumps(sealed(certificate)))
    assert check(capsys, proof)[0] == 0
    status, found = check(capsys, proof, "--input", other)
    assert (status, found["reason"]) == (1, f"W_1 in {other} is not the one that was certified")
    assert independent(proof, other).returncode == 1
    assert independent(proof, one).returncode == 1


def test_layers_are_recorded_and_applied(capsys, tmp_path: Path) -> None:
    model, proof = tmp_path / "model.npz", tmp_path / "proof.json"
    numbers = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    np.savez_compressed(model, o=np.ones((2, 3)), v=numbers, unused=np.zeros(7))
    layers = ["--layer", "v[0, 0:2, ::2]", "--layer", "o[:, 0:2].T"]
    layers[3] = "o[:, 0:2]"
    assert main(["analyze", str(model), *layers, "--certificate", str(proof)]) == 0
    assert json.loads(proof.read_text())["input"]["layers"] == [layers[1], layers[3]]
    assert check(capsys, proof, "--input", model)[0] == 0
    assert independent(proof, model).stdout.startswith("valid")
    np.savez_compressed(model, o=np.ones((2, 3)), v=numbers + 1, unused=np.zeros(7))
    assert check(capsys, proof, "--input", model)[0] == 1
    assert independent(proof, model).returncode == 1


def test_layers_of_a_certificate_that_does_not_record_them(capsys, tmp_path: Path) -> None:
    model, proof = tmp_path / "model.npz", tmp_path / "proof.json"
    np.savez(model, a=np.ones((2, 3)), b=np.ones((4, 2)), c=np.ones((5, 5)))
    layers = ["--layer", "a", "--layer", "b"]
    assert main(["analyze", str(model), *layers, "--certificate", str(proof)]) == 0
    old = json.loads(proof.read_text())
    del old["input"]["layers"]
    proof.write_text(json.dumps(sealed({**old, "version": 1})))
    assert check(capsys, proof)[0] == 0
    assert check(capsys, proof, "--input", model, *layers)[0] == 0
    assert main(["check", str(proof), "--input", str(model)]) == 2
    assert main(["check", str(proof), *layers]) == 2
    assert "--layer needs --input" in capsys.readouterr().err


def test_snap_records_where_it_came_from(capsys, tmp_path: Path) -> None:
    near, proof = tmp_path / "near.npz", tmp_path / "proof.json"
    np.savez(near, w1=np.array([[1.0, 2.0], [2.0, 4.001]]), w2=np.array([[1.0, 1.0]]))
    assert main(["snap", str(near), "--tolerance", "0.01", "--certificate", str(proof)]) == 0
    assert json.loads(proof.read_text())["input"]["name"] == "near.npz"
    status, found = check(capsys, proof, "--input", near)
    assert status == 0
    assert any(claim.startswith("squared distances") for claim in found["claims"])
    assert independent(proof, near).returncode == 0
    np.savez(near, w1=np.array([[1.0, 2.0], [2.0, 4.0015]]), w2=np.array([[1.0, 1.0]]))
    assert check(capsys, proof, "--input", near)[0] == 1
    assert independent(proof, near).returncode == 1


def test_paths_are_checked_and_have_no_input(capsys, tmp_path: Path, theta: Path) -> None:
    path = tmp_path / "path.json"
    assert main(["path", str(theta), str(theta), "--format", "json", "-o", str(path)]) == 0
    assert check(capsys, path)[0] == 0
    assert independent(path).returncode == 0
    assert check(capsys, path, "--input", theta)[0] == 1
    assert independent(path, theta).returncode == 1
