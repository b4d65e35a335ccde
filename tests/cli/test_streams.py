"""Closed streams and encodings that lack characters, in real processes."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from linnet_exact.cli.main import main
from tests.terminal import run_command

WEIGHTS = {"format": "linnet-exact/weights", "version": 1, "weights": [[[1, 0], [0, 0]], [[1, 2]]]}
ENCODINGS = ["ascii", "cp1252", "latin-1", "utf-8", "shift_jis", "ascii:strict", "cp437"]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="closes streams as a shell does")


@pytest.fixture
def theta(tmp_path: Path) -> Path:
    path = tmp_path / "theta.json"
    path.write_text(json.dumps(WEIGHTS))
    return path


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = line.replace("linnet-exact", f"{sys.executable} -m linnet_exact")
    return subprocess.run(
        ["sh", "-c", command], capture_output=True, check=False,
        env=os.environ | environment,
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_diagrams_in_every_encoding(theta: Path, encoding: str) -> None:
    line = f"linnet-exact flow {theta} --format text"
    done = shell(line, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    drawn = done.stdout.decode(encoding.partition(":")[0])
    if encoding == "utf-8":
        assert "●━━━" in drawn
    else:
        words = shlex.split(line)[1:]
        in_ascii = run_command(*words, "--ascii").stdout.decode("ascii")
        assert drawn in (in_ascii, run_command(*words).stdout.decode())
        assert "o===" in in_ascii


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize(
    "line",
    [
        *("guide weights", "prove --depth 2 --explain --format table", "verify --list"),
        *("flow --help", "prove --help"),
        *("--help", "prove --depth 1 --format latex", "fiber 日本", "analyze 'é\u2192\x1b'"),
        "analyze WEIGHTS --list --format table",
        "analyze WEIGHTS --list --format json",
        "analyze WEIGHTS --list --format csv",
    ],
)
def test_texts_in_every_encoding(tmp_path: Path, line: str, encoding: str) -> None:
    path = tmp_path / "w.npz"
    np.savez(path, **{"日本\x1b[2J": np.eye(2), "é\x85": np.eye(2)})
    words = shlex.split(line.replace("WEIGHTS", str(path)))
    done = run_command(*words, PYTHONIOENCODING=encoding)
    assert done.returncode in (0, 2), done.stderr
    assert b"Traceback" not in done.stderr
    assert b"\x1b[2J" not in done.stdout + done.stderr
    assert (done.stdout + done.stderr).decode(encoding)
    if done.returncode == 2:
        assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "no_SUCH"])
def test_names_that_are_not_utf8(tmp_path: Path, locale: str) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\n.json"
    Path(os.fsdecode(name)).write_text(json.dumps(WEIGHTS))
    options = ["--format", "table", "--certificate", tmp_path / "proof.json"]
    done = subprocess.run(
        [sys.executable, "-m", "linnet_exact", "analyze", name, *options],
        capture_output=True, check=False, env=os.environ | {"LC_ALL": locale},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    done = subprocess.run(
        [sys.executable, "-m", "linnet_exact", "analyze", name + b"\xfe"],
        capture_output=True, check=False, env=os.environ | {"LC_ALL": locale},
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


def test_closed_streams(theta: Path, tmp_path: Path) -> None:
    done = shell(f"linnet-exact analyze {theta} >&-")
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"stdout is closed; -o FILE" in done.stderr
    assert shell(f"linnet-exact analyze {theta} >&- 2>&-").returncode == 2
    out = tmp_path / "out.json"
    assert shell(f"linnet-exact analyze {theta} -o {out} <&- >&- 2>&-").returncode == 0
    assert json.loads(out.read_text())["rank"] == 1
    done = shell("linnet-exact analyze - <&-")
    assert (done.returncode, b"stdin is closed" in done.stderr) == (2, True)
    assert shell(f"linnet-exact analyze {theta} 2>&-").returncode == 0
    assert shell("linnet-exact analyze nowhere.json 2>&-").returncode == 2
    assert shell("linnet-exact --help >&-").returncode == 2


@pytest.mark.parametrize("line", ["guide", "guide weights", "fiber --help", "x", "verify --list"])
def test_no_stdout(line: str, monkeypatch, capsys) -> None:
    """`sys.stdout` is None where it was closed when Python started."""
    monkeypatch.setattr(sys, "stdout", None)
    assert main(shlex.split(line)) == 2
    assert capsys.readouterr().err.count("\n") == 1
