"""A disk that is full, and folders that cannot be written: one line, and nothing half-written.

A full disk is a limit on the size of files, which fails a write in the middle as a full disk does.
"""

import os
import resource
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[1] / "files" / "golden"
THETA = str(GOLDEN / "input.json")
ROOM = 300
MODEL = str(Path(__file__).parents[1] / "data" / "heads.npz")
COMMANDS = [
    ["analyze", THETA, "--certificate", "OUT.json"],
    ["export", THETA, "--to", "lean", "-o", "OUT.lean"],
    ["strata", "2,3,2", "--rank", "1", "-o", "OUT.json"],
]


def full(room: int = ROOM) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))


def run(command: list[str], folder: Path, **options: object) -> subprocess.CompletedProcess[str]:
    arguments = [str(folder / part) if part.startswith("OUT") else part for part in command]
    return subprocess.run(
        [sys.executable, "-B", "-m", "linnet_exact", *arguments],
        capture_output=True, text=True, check=False, **options,
    )  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, command: list[str]) -> None:
    path = tmp_path / command[-1]
    path.write_text("what was there")
    done = run(command, tmp_path, preexec_fn=full)
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1
    assert f"{path}: File too large" in done.stderr
    assert os.listdir(tmp_path) == [path.name]
    assert path.read_text() == "what was there"


def test_a_full_disk_keeps_what_a_survey_has_found(tmp_path: Path) -> None:
    state = tmp_path / "OUT.jsonl"
    command = ["survey", MODEL, "--heads", "2", "--state", "OUT.jsonl", "--format", "json"]
    whole = run(command, tmp_path)
    lines = state.read_bytes().splitlines(keepends=True)
    state.unlink()
    room = len(lines[0]) + len(lines[1]) + len(lines[2]) // 2
    done = run(command, tmp_path, preexec_fn=partial(full, room))
    assert (done.returncode, done.stderr.count("\n")) == (2, 2)  # and the line of all surveys
    assert f"{state}: File too large; what was found before is kept" in done.stderr
    assert state.read_bytes().startswith(b"".join(lines[:2]))
    assert run(command, tmp_path).stdout == whole.stdout
    assert state.read_bytes().splitlines(keepends=True) == lines


def test_a_disk_without_room_for_a_lock(tmp_path: Path) -> None:
    command = ["atlas", "build", "-o", "OUT.atlas", "--max-depth", "1", "--max-width", "1"]
    done = run(command, tmp_path, preexec_fn=partial(full, 10))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "OUT.atlas" in done.stderr
    assert os.listdir(tmp_path) == []


def test_a_pipe_that_has_a_name_is_written_to(tmp_path: Path) -> None:
    done = run([*COMMANDS[-1][:-1], "/dev/stdout", "--format", "csv"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") > 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = run(COMMANDS[-1], tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert os.listdir(tmp_path) == []
