"""Commands on a terminal of 80 columns, and commands whose output is read by a program.

They are processes forked from one that has imported what commands need: a new interpreter takes
most of a second for that.
"""

import atexit
import fcntl
import json
import os
import pty
import re
import shlex
import socket
import struct
import subprocess
import sys
import sysconfig
import tempfile
import termios
from collections.abc import Callable
from functools import cache
from pathlib import Path

# Where a thread holds a lock while another one forks, nobody ever opens it: there are no threads.
ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

PROGRAM = """
import atexit, gc, json, os, pkgutil, socket, sys
from importlib import import_module
from linnet_exact.cli import commands
from linnet_exact.cli.entry import main

for module in pkgutil.walk_packages(commands.__path__, commands.__name__ + "."):
    import_module(module.name)
for name in ("numpy", "sympy", "flint", "sqlite3", "rich.markdown", "linnet_exact.cli.layout"):
    import_module(name)
if os.path.isdir("/proc/self/task"):
    assert len(os.listdir("/proc/self/task")) == 1, "threads do not survive a fork"
gc.freeze()  # a collection in a fork would copy all memory
requests = socket.socket(fileno=int(sys.argv[1]))
while True:
    request, files, *_ = socket.recv_fds(requests, 65536, 3)
    if not request:
        break
    if child := os.fork():
        for file in files:
            os.close(file)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        requests.sendall(status.to_bytes(2, "big", signed=True))
        continue
    requests.close()
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    folder, environment, arguments = json.loads(request)
    os.chdir(folder)
    os.environ.update(environment)
    # As Python itself does when it starts.
    encoding, _, errors = os.environ.get("PYTHONIOENCODING", "utf-8").partition(":")
    sys.stdin = open(0, encoding=encoding, errors=errors or None)
    sys.stdout = open(1, "w", encoding=encoding, errors=errors or None)
    sys.stderr = open(2, "w", encoding=encoding, errors="backslashreplace")
    sys.argv = ["linnet-exact", *arguments]
    status = main()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status)  # at once: to take all modules apart would take half a second
"""


class _Server:
    """A process that answers requests for commands, and ends when this one does."""

    def __init__(self) -> None:
        self.requests, theirs = socket.socketpair()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", PROGRAM, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=_environment() | ALONE,
            start_new_session=True,
        )
        theirs.close()
        atexit.register(self.close)

    def close(self) -> None:
        self.requests.close()
        self.process.wait()

    def start(
        self, folder: Path, arguments: list[str], files: list[int], environment: dict[str, str]
    ) -> Callable[[], int]:
        """Start a command whose stdin, stdout and stderr are the given descriptors.

        Returns a function that waits until it has ended, and returns its exit status.
        """
        request = json.dumps([str(folder.absolute()), environment, arguments])
        socket.send_fds(self.requests, [request.encode()], files)
        return self._wait

    def _wait(self) -> int:
        status = self.requests.recv(2)
        assert len(status) == 2, "the process that forks commands has ended"
        return int.from_bytes(status, "big", signed=True)


def _server() -> _Server:
    return _server_of(os.getpid())


@cache
def _server_of(process: int) -> _Server:
    """A fork of this process gets a server of its own: answers would go to either."""
    return _Server()


def _environment() -> dict[str, str]:
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
    other = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    return {**other, "PATH": path, "TERM": "dumb"}


def words_of(command: str) -> list[str] | None:
    """The arguments of `linnet-exact`, if a line for a shell asks for it and nothing else."""
    line = command.replace("\\\n", "")
    bare = re.sub(r"'[^']*'|\"[^\"$`\\]*\"", "", line.partition(" #")[0])
    if not line.startswith("linnet-exact ") or re.search(r"[^\w\s.,:/=^+-]", bare):
        return None
    return shlex.split(line, comments=True)[1:]


def run_on_terminal(command: str | list[str], folder: Path) -> tuple[str, int]:
    """Run a line for a shell, or `linnet-exact` with these arguments; its stdout is a terminal.

    Returns what it printed, stderr last, and its exit status.
    """
    words, rest = command, ""
    if isinstance(command, str):
        first, _, rest = command.partition(" | ")
        words = words_of(first)
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with tempfile.TemporaryFile("w+") as errors, open(os.devnull) as nothing:
        files = [nothing.fileno(), theirs, errors.fileno()]
        if words is None:
            wait = _start_shell(command, folder, files).wait
        elif not rest:
            wait = _server().start(folder, words, files, {})
        else:
            reading, writing = os.pipe()
            ended = _server().start(folder, words, [files[0], writing, files[2]], {})
            os.close(writing)
            wait = _start_shell(rest, folder, [reading, *files[1:]]).wait
            os.close(reading)
        os.close(theirs)
        printed = b""
        while chunk := _read(ours):
            printed += chunk
        os.close(ours)
        status = wait()
        if rest and words is not None:
            ended()
        errors.seek(0)
        return printed.decode().replace("\r\n", "\n") + errors.read(), status


def run_command(
    *arguments: str | Path, stdin: str = "", folder: Path = Path(), **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `linnet-exact` with these arguments and variables of the environment, off a terminal."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as printed,
        tempfile.TemporaryFile() as errors,
    ):
        given.write(stdin.encode())
        given.seek(0)
        files = [file.fileno() for file in (given, printed, errors)]
        words = list(map(str, arguments))
        status = _server().start(folder, words, files, environment)()
        printed.seek(0)
        errors.seek(0)
        return subprocess.CompletedProcess(words, status, printed.read(), errors.read())


def _start_shell(line: str, folder: Path, files: list[int]) -> subprocess.Popen[bytes]:
    stdin, stdout, stderr = files
    return subprocess.Popen(
        ["sh", "-c", line],
        cwd=folder,
        env=_environment(),
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
    )


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says "input/output error" where the output ends
        return b""
