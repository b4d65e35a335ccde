"""Commands in processes of their own, with the memory and the time that they took."""

import subprocess
import sys
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
