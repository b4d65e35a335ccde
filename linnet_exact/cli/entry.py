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
_AT_ONCE = 0.01  # seconds


def main() -> int:
    """Run the command line on the arguments of the process, and return its exit status."""
    status = 130
    try:
        status = _run()
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)  # see _exit
        for number in (signal.SIGINT, *_ENDING):  # Python itself would show a traceback
            if callable(signal.getsignal(number)):
                signal.signal(number, signal.SIG_DFL)
    except (KeyboardInterrupt, SystemExit):
        pass  # there is nothing left to end
    return status


def _run() -> int:
    try:
        sys.unraisablehook = _come_again
        for number in _ENDING:
            if signal.getsignal(number) is signal.SIG_DFL:  # nohup ignores SIGHUP
                signal.signal(number, _exit)
        from linnet_exact.cli.main import main as run

        return run()
    except KeyboardInterrupt:
        os.write(2, b"linnet-exact: interrupted\n")
        return 130
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 1


def _exit(number: int, _: FrameType | None) -> NoReturn:
    for each in _ENDING:  # `timeout` sends two
        signal.signal(each, signal.SIG_IGN)
    _insist(SystemExit(128 + number), 1, 1)
    sys.exit(128 + number)


def _insist(ending: BaseException, *seconds: float) -> None:
    """End the program once more, if what ended it is lost on the way.

    Some extension modules clear whatever exception comes while they are imported or compare.
    """
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, partial(_end_again, type(ending), ending.args))
        signal.setitimer(signal.ITIMER_REAL, *seconds)


def _end_again(
    kind: type[BaseException], details: tuple[object, ...], _: int, __: FrameType | None
) -> None:
    """Raise the like again, unless it is on its way: finally clauses and the like see it."""
    if not isinstance(sys.exc_info()[1], kind):
        raise kind(*details)


def _come_again(unraisable: "sys.UnraisableHookArgs") -> None:
    """Raise again what a signal raised where Python would only show it, and later: here, too."""
    ending = unraisable.exc_value
    if isinstance(ending, KeyboardInterrupt):
        _insist(ending, _AT_ONCE)
    elif isinstance(ending, SystemExit):
        _insist(ending, _AT_ONCE, 1)
    else:
        sys.__unraisablehook__(unraisable)
