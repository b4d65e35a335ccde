"""Commands in processes of their own, with the memory and the time that they took.

Time is that of the processor: a clock on the wall also measures what else a machine does.
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

PROGRAM = """
import re, sys, time
from linnet_exact.cli.main import main
status = main(sys.argv[1:])
# Not getrusage: its peak is inherited from the process that forked this one.
(kibibytes,) = re.findall("VmHWM:\\\\s*(\\\\d+) kB", open("/proc/self/status").read())
print(1024 * int(kibibytes), time.process_time(), file=sys.stderr)
sys.exit(status)
"""


class Measured(NamedTuple):
    status: int
    printed: str  # stdout, then stderr
    memory: int  # peak of resident memory in bytes
    seconds: float  # of the processor, starting Python included


def measured(*arguments: str) -> Measured:
    """Run a command of linnet-exact; only where there is /proc."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=False
    )
    message, _, figures = done.stderr.rstrip("\n").rpartition("\n")
    memory, seconds = figures.split()
    return Measured(done.returncode, done.stdout + message, int(memory), float(seconds))


def seconds_of_children() -> float:
    """Return how long the processor worked for processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def wait_until_busy(process: subprocess.Popen[str], seconds: float) -> None:
    """Wait until a process has had so many seconds of the processor; only where there is /proc."""
    while process.poll() is None:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        if (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") >= seconds:
            return
        time.sleep(0.02)
