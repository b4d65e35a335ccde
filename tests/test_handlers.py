"""What handles signals is put back exactly, also what only C knows of."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from linnet_exact import handlers
from linnet_exact.algebra.numbers.interrupts import interrupts_deferred
from linnet_exact.atlas import Box, build
from linnet_exact.handlers import _functions_of_c, replace_handler
from linnet_exact.workers import in_order

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "pthread_sigmask"), reason="signals as Unix has them"
)


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Put a function in C in front of Python's handler of SIGINT, as PARI does."""
    reached: list[int] = []
    function = ctypes.CFUNCTYPE(None, ctypes.c_int)(reached.append)
    libc_signal = ctypes.CDLL(None).signal
    libc_signal.restype, libc_signal.argtypes = ctypes.c_void_p, (ctypes.c_int, ctypes.c_void_p)
    before = libc_signal(signal.SIGINT, ctypes.cast(function, ctypes.c_void_p))
    yield reached
    libc_signal(signal.SIGINT, before)


def defer(_: Path) -> None:
    with interrupts_deferred():
        pass


def work_in_processes(_: Path) -> None:
    assert list(in_order(2, abs, [-1, 2])) == [1, 2]


def build_an_atlas(folder: Path) -> None:
    build(folder / "a", Box(1, 1))


@pytest.mark.parametrize("use", [defer, work_in_processes, build_an_atlas])
def test_a_function_in_c_is_put_back(
    tmp_path: Path, reached: list[int], use: Callable[[Path], None]
) -> None:
    use(tmp_path)
    signal.raise_signal(signal.SIGINT)  # Python's own handler would raise KeyboardInterrupt
    assert reached == [signal.SIGINT]


def test_signals_meanwhile_come_to_the_function_in_c(reached: list[int]) -> None:
    with interrupts_deferred():
        signal.raise_signal(signal.SIGINT)
        assert reached == []
    assert reached == [signal.SIGINT]


def test_without_a_library_of_c_what_python_knows_is_put_back(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "ctypes", None)
    monkeypatch.setattr(handlers, "_functions_of_c", _functions_of_c.__wrapped__)
    before, came = signal.getsignal(signal.SIGINT), []
    put_back = replace_handler(signal.SIGINT, lambda number, _: came.append(number))
    signal.raise_signal(signal.SIGINT)
    put_back()
    assert came == [signal.SIGINT]
    assert signal.getsignal(signal.SIGINT) is before


# PARI says that it has begun by writing to a pipe with a name.
SESSION = """
import os, signal, subprocess
from cypari import pari
from linnet_exact.algebra.numbers.interrupts import interrupts_deferred
from linnet_exact.atlas import Box, build
from linnet_exact.workers import in_processes

def pari_is_interrupted():
    sender = subprocess.Popen(["sh", "-c", f"cat pipe >&2 && kill -INT {os.getpid()}"])
    pari("done = 0")
    try:
        pari('write("pipe", "begun"); for(n = 1, 10^7, n); done = 1')
    except KeyboardInterrupt:
        sender.wait()
        return int(pari("done")) == 0

if __name__ == "__main__":
    before = pari_is_interrupted()
    with interrupts_deferred():
        pass
    deferred = pari_is_interrupted()
    build("a", Box(1, 1), workers=in_processes(2))
    built = pari_is_interrupted()
    try:
        with interrupts_deferred():
            os.kill(os.getpid(), signal.SIGINT)
            held_back = True
    except KeyboardInterrupt:
        print(before, deferred, built, held_back)
"""


def test_pari_can_be_interrupted_after_our_work_and_this_before(tmp_path: Path) -> None:
    if find_spec("cypari") is None:  # to import it here would take signals over in this process
        pytest.skip("cypari is not installed")
    (tmp_path / "session.py").write_text(SESSION)
    os.mkfifo(tmp_path / "pipe")
    done = subprocess.run(
        [sys.executable, "session.py"], cwd=tmp_path, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
    )  # fmt: skip
    assert (done.stdout, done.returncode) == ("True True True True\n", 0), done.stderr
