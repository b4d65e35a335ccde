"""Files as other systems write them: CRLF, a byte order mark; locales that are not UTF-8."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from linnet_exact.cli.main import main
from linnet_exact.files.chains.expansion import Chain

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


JSON_TEXT = json.dumps({**WEIGHTS, "weights": [[[1, "1/2"], [0, 3]]]}, indent=1)
DATA = {"format": "linnet-exact/data", "version": 1, "X": [[1, 0], [0, 1]], "Y": [[1, 2], [1, 1]]}
TEXTS = {
    "weights": (JSON_TEXT, ["analyze", "FILE"]),
    "data": (json.dumps(DATA, indent=1), ["landscape", "2,2", "--data", "FILE"]),
    "table": ("x1,x2,y1\n1,0,1\n0,1,2\n", ["landscape", "2,1", "--data", "FILE", "--samples=rows"]),
    "rows": ("1,0,1\n0,1,1\n2,3,1\n", ["landscape", "2,1", "--data", "FILE", "--samples=columns"]),
    "target": ("1,2\n3,4\n", ["landscape", "2,2", "--target", "FILE"]),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_line_ends_and_marks_change_nothing(capsys, tmp_path: Path, kind: str) -> None:
    text, command = TEXTS[kind]
    file = tmp_path / ("text.json" if text.startswith("{") else "text.csv")
    arguments = [str(file) if part == "FILE" else part for part in command]

    def printed(data: bytes) -> tuple[int, str]:
        file.write_bytes(data)
        return main([*arguments, "--format", "json"]), capsys.readouterr().out

    status, expected = printed(text.encode())
    assert status == 0
    for end in ("\r\n", "\r"):
        for encoding in ("utf-8", "utf-8-sig"):
            assert printed(text.replace("\n", end).encode(encoding)) == (0, expected)
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        file.write_bytes(text.encode(encoding))
        assert main(arguments) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_line_ends_of_chains() -> None:
    lines = ["d = 2", 'for l in 0..1: "v{l}"[:d, :]', "o"]
    expected = Chain.parse("\n".join(lines)).layers()
    assert [Chain.parse(end.join(lines)).layers() for end in ("\r\n", "\r")] == [expected] * 2
