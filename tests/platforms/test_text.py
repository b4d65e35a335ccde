"""Files as other systems write them: CRLF, a byte order mark; locales that are not UTF-8."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from linnet_exact.cli.main import main

REPOSITORY = Path(__file__).parents[2]
GOLDEN = REPOSITORY / "tests" / "files" / "golden"
WEIGHTS = {"format": "linnet-exact/weights", "version": 1, "weights": [[[1, "1/2"]]]}


def as_windows(path: Path, value: object) -> Path:
    text = json.dumps(value, indent=1).replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    return path


def test_weights_with_a_mark_and_windows_line_ends(tmp_path: Path) -> None:
    theta, proof = as_windows(tmp_path / "theta.json", WEIGHTS), tmp_path / "proof.json"
    assert main(["analyze", str(theta), "--certificate", str(proof)]) == 0
    assert main(["check", str(proof), "--input", str(theta)]) == 0


@pytest.mark.parametrize("name", ["rank-list-2", "path-2-down-and-up", "refute-strata"])
def test_certificates_with_a_mark_and_windows_line_ends(tmp_path: Path, name: str) -> None:
    value = json.loads((GOLDEN / f"{name}.json").read_text())
    assert main(["check", str(as_windows(tmp_path / "proof.json", value))]) == 0


@pytest.mark.parametrize("arguments", [
    ["-m", "linnet_exact", "check", str(GOLDEN / "dimension-theorem-1.json")],
    ["scripts/check_certificate.py", str(GOLDEN / "dimension-theorem-1.json")],
], ids=["package", "stand-alone"])  # fmt: skip
def test_a_locale_that_is_not_utf8(arguments: list[str]) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True, env=environment, cwd=REPOSITORY, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
