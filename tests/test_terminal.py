"""What runs commands for other tests does as a shell does, and leaves no process behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import run_on_terminal, words_of


def test_commands_see_a_terminal(tmp_path: Path):
    assert run_on_terminal("test -t 1 && echo yes; echo no >&2; exit 3", tmp_path) == (
        "yes\nno\n",
        3,
    )


@pytest.mark.parametrize(
    "command",
    [
        "linnet-exact fiber 2,2 \\\n  --rank 1  # exit status 0",
        "linnet-exact strata '2,2' \"--rank\" 1",
        "linnet-exact analyze nowhere.json",
        "linnet-exact fiber 2,2 --ranc 1",
        "linnet-exact strata 2,2 | grep -c dimension",
        "linnet-exact analyze nowhere.json | head -1",
    ],
)
def test_forked_or_by_a_shell_is_the_same(command: str, tmp_path: Path):
    assert words_of(command.partition(" | ")[0]) is not None
    assert words_of(f"true; {command}") is None
    assert run_on_terminal(command, tmp_path) == run_on_terminal(f"true; {command}", tmp_path)


KILLED = """
import os, pathlib, signal
from tests.terminal import run_on_terminal
printed, status = run_on_terminal("linnet-exact --version", pathlib.Path())
print(printed, status, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_server_ends_with_the_process_that_it_serves():
    """stderr, which it inherits, ends with it: until then `run` waits."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
        check=False,
    )
    assert (done.returncode, done.stderr) == (-9, b"")
    assert done.stdout.split()[0] == b"linnet-exact"
