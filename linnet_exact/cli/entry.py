"""Where the console script starts: signals have their meaning before anything slow is imported.

Ctrl-C, SIGTERM and SIGHUP end the program with status 130, 143 and 129, by an exception, so that
temporary files and other processes go with it.
"""

import os
import signal
import sys
from functools import partial
from types import FrameType
from typing import NoReturn

__all__ = ["main"]

_ENDING = [
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
]  # Windows has no SIGHUP


def main() -> int:
    """Run the command line on the arguments of the process, and return its exit status."""
    sys.unraisablehook = _come_again
    for number in _ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup ignores SIGHUP
            signal.signal(number, _exit)
    try:
        from linnet_exact.cli.main import main as run

        status = run()
    except KeyboardInterrupt:
        os.write(2, b"linnet-exact: interrupted\n")
        status = 130
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else 1
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)  # see _exit
    for number in (signal.SIGINT, *_ENDING):  # Python itself would show a traceback
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    return status


def _exit(number: int, _: FrameType | None) -> NoReturn:
    for each in _ENDING:  # `timeout` sends two
        signal.signal(each, signal.SIG_IGN)
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, partial(_insist, 128 + number))
        signal.setitimer(signal.ITIMER_REAL, 1, 1)
    sys.exit(128 + number)


def _insist(status: int, _: int, __: FrameType | None) -> None:
    """End the program once more, if what ended it was lost on the way.

    Some extension modules clear whatever exception comes while they are imported or compare. While
    the exception is on its way, finally clauses and the like see it.
    """
    if not isinstance(sys.exc_info()[1], SystemExit):
        sys.exit(status)


def _come_again(unraisable: "sys.UnraisableHookArgs") -> None:
    """Raise again, somewhere else, what a signal raised where Python would only show it."""
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    elif isinstance(unraisable.exc_value, SystemExit):
        number = int(unraisable.exc_value.code or 0) - 128
        signal.signal(number, _exit)
        signal.raise_signal(number)
    else:
        sys.__unraisablehook__(unraisable)
