"""Ctrl-C and SIGTERM end work in several processes, and leave no process behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from linnet_exact.cli.main import main
from tests.atlas.contents import until

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="finds the children of a process as Linux does"
)

BOX = ["--max-width", "9", "--jobs", "2"]
LONG = [["verify", "--max-depth", "3", *BOX], ["refute", "dim >= 0", "--max-depth", "9", *BOX]]


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.parametrize("whole_group", [False, True])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("arguments", LONG, ids=lambda arguments: arguments[0])
def test_nothing_is_left(arguments: list[str], number: int, whole_group: bool) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "linnet_exact", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        until(lambda: len(children(process.pid)) >= 2)  # a worker, and what tracks its resources
        workers = children(process.pid)
        (os.killpg if whole_group else os.kill)(process.pid, number)
        _, err = process.communicate()  # of itself it would go on for days
        assert process.returncode == 128 + number, err
        assert "Traceback" not in err
        until(lambda: not any(map(is_alive, workers)))


def test_points_are_searched_in_one_process(capsys) -> None:
    assert main(["refute", "r(k, i) >= 0", "--over", "weights", "--jobs", "2"]) == 2
    assert "leave out --jobs" in capsys.readouterr().err


LOST = """
import os, signal, sys, time
from linnet_exact.cli import entry, main
def work():
    try:
        print("working", flush=True)
        while True: time.sleep(0.01)
    except SystemExit:
        pass  # as an extension module does that clears all exceptions
    try:
        while True: time.sleep(0.01)
    finally:
        end = time.monotonic() + 1.5
        while time.monotonic() < end: time.sleep(0.01)
        print("cleaned up", flush=True)
main.main = work
sys.exit(entry.main())
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_is_lost_comes_again_but_not_while_it_is_heeded(number: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LOST], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "working\n"
        process.send_signal(number)
        out, err = process.communicate()
    assert (process.returncode, out, err) == (128 + number, "cleaned up\n", "")


UNRAISABLE = """
import signal, sys
from linnet_exact.cli import entry, main
class Waits:
    def __del__(self):
        print("working", flush=True)
        signal.pause()  # what is raised here goes nowhere
def work():
    Waits()
    while True: signal.pause()
main.main = work
sys.exit(entry.main())
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_where_nothing_can_be_raised_comes_again(number: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", UNRAISABLE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "working\n"
        process.send_signal(number)
        out, err = process.communicate()
    said = "linnet-exact: interrupted\n" if number == signal.SIGINT else ""
    assert (process.returncode, out, err) == (128 + number, "", said)


ENDED = """
import signal, sys
from linnet_exact.cli import entry, main
def at_the_end(name):  # between the work and the end of the program
    signal.getsignal = getsignal
    signal.raise_signal(signal.SIGINT)
def work():
    signal.getsignal = at_the_end
    return 7
getsignal, main.main = signal.getsignal, work
sys.exit(entry.main())
"""


def test_a_signal_after_the_work_changes_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", ENDED], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (7, b"", b"")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_no_unfinished_file_is_left(tmp_path: Path, number: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "linnet_exact", "strata", "7^5", "-o", "strata.jsonl"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
    ) as process:
        until(lambda: any(tmp_path.glob(".*.unfinished")) or process.poll() is not None)
        process.send_signal(number)
        _, err = process.communicate()
    assert (process.returncode, err) == (128 + number, b"")
    assert list(tmp_path.iterdir()) == []
