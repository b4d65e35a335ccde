"""Signals in the middle of commands, at calls of functions that are counted, not at times."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from linnet_exact.atlas import Box, build
from tests.terminal import ALONE

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks need a Unix")

THETA = str(Path(__file__).parents[1] / "files" / "golden" / "input.json")
COMMANDS = {
    "analyze": ["analyze", THETA, "--certificate", "proof.json", "-o", "OUT.json"],
    "export": ["export", THETA, "--to", "lean", "-o", "OUT.lean"],
    "dag": ["dag", "2,3,2", "--rank", "1", "--format", "html", "-o", "OUT.html"],
    "explore": ["explore", "2,2,2", "--rank", "1", "-o", "OUT.html"],
    "query": ["atlas", "query", "../a", "SELECT * FROM strata", "-o", "OUT.csv"],
}
PARTS = (0.1, 0.5, 0.8, 0.95)
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)

# A fork for each try; it prints how it ended, what it said, and the files that it left.
PROGRAM = """
import gc, json, os, signal, sys
from pathlib import Path
from linnet_exact.cli.entry import main

def try_once(name, arguments, at, number):
    folder = Path(f"{name}-{at}-{int(number)}")
    folder.mkdir()
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.chdir(folder)
        os.dup2(writing, 2)
        sys.stderr = open(2, "w")
        sys.argv = ["linnet-exact", *arguments]
        calls = 0
        def count(frame, event, _):
            nonlocal calls
            calls += event == "call"
            if event == "call" and calls == at:
                sys.setprofile(None)
                os.kill(os.getpid(), number)
        sys.setprofile(count)
        status = main()
        sys.setprofile(None)
        if not at:
            print(calls, file=sys.stderr)
        sys.stderr.flush()
        os._exit(status)
    os.close(writing)
    said = open(reading).read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status, said, {file.name: len(file.read_bytes()) for file in folder.iterdir()}

commands, parts, signals = json.loads(sys.argv[1])
os.mkdir("warm")
os.chdir("warm")
for arguments in commands.values():  # what is imported now need not be in every fork
    sys.argv = ["linnet-exact", *arguments]
    assert main() == 0
    signal.signal(signal.SIGINT, signal.default_int_handler)
os.chdir("..")
gc.freeze()  # a collection in a fork would copy all memory
found = {}
for name, arguments in commands.items():
    status, said, whole = try_once(name, arguments, 0, 0)
    assert status == 0, said
    calls = [int(int(said.split()[-1]) * part) for part in parts]
    found[name] = whole, [(n, *try_once(name, arguments, at, n)) for at in calls for n in signals]
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict:
    folder = tmp_path_factory.mktemp("signals")
    build(folder / "a", Box(1, 2))
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, json.dumps([COMMANDS, PARTS, SIGNALS])],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | ALONE | {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_half_written_nothing_lying_about_one_line(found: dict, name: str) -> None:
    whole, tries = found[name]
    assert whole
    assert len(tries) == len(PARTS) * len(SIGNALS)
    for number, status, said, left in tries:
        if number == signal.SIGKILL:
            assert status == -signal.SIGKILL
            left = {file: size for file, size in left.items() if not file.endswith(".unfinished")}
        else:
            assert status == 128 + number
            assert said == ("linnet-exact: interrupted\n" if number == signal.SIGINT else "")
        assert left.items() <= whole.items()
