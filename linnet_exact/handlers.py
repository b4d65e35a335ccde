"""Handlers of signals that are replaced for a while, and put back exactly.

Python knows only what it was told itself. PARI, Sage and others put functions in C in front of what
Python knows, which end their computations; `signal.signal` with what Python knows would lose these.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from types import FrameType

__all__ = ["replace_handler", "signals_held_back"]

_ROOM = 1024  # bytes, more than a struct sigaction has anywhere


def replace_handler(
    number: int, handler: Callable[[int, FrameType | None], object]
) -> Callable[[], None]:
    """Have `handler` called at a signal, and return what puts back the one before, in C too.

    Raises
    ------
    ValueError
        Outside the main thread, which alone handles signals.

    Examples
    --------
    >>> before, came = signal.getsignal(signal.SIGINT), []
    >>> put_back = replace_handler(signal.SIGINT, lambda number, _: came.append(number))
    >>> signal.raise_signal(signal.SIGINT)
    >>> put_back()
    >>> came == [signal.SIGINT], signal.getsignal(signal.SIGINT) == before
    (True, True)
    """
    in_c = _action(number)
    before = signal.signal(number, handler)

    def put_back() -> None:
        try:
            if before is not None:  # else Python was never told
                signal.signal(number, before)
        finally:  # what Python knows may have been called at once
            if in_c is not None:
                in_c()

    return put_back


@contextmanager
def signals_held_back(*numbers: int) -> Iterator[None]:
    """Let signals wait until the block is over, and then come to this thread, the main one.

    To block them would not do: then another thread takes them, and PARI takes no notice there.

    Examples
    --------
    >>> try:
    ...     with signals_held_back(signal.SIGINT):
    ...         signal.raise_signal(signal.SIGINT)
    ...         print("goes on")
    ... except KeyboardInterrupt:
    ...     print("interrupted")
    goes on
    interrupted
    """
    came: list[int] = []
    put_back = []
    try:
        for number in numbers:
            put_back.append(replace_handler(number, lambda number, _: came.append(number)))
        yield
    finally:
        try:
            for put in put_back:
                put()
        except BaseException:  # one came as soon as its handler was back: see to the others
            for put in put_back:
                put()
            raise
        for number in came:
            signal.raise_signal(number)


def _action(number: int) -> Callable[[], object] | None:
    """Return what puts back what C does at a signal now, if C can be asked."""
    functions = _functions_of_c()
    if functions is None:
        return None
    sigaction, room = functions
    found = room(_ROOM)
    return partial(sigaction, number, found, None) if sigaction(number, None, found) == 0 else None


@cache
def _functions_of_c() -> tuple[Callable[..., int], Callable[[int], object]] | None:
    """Return `sigaction`, which Windows lacks, and what makes room for its answers."""
    try:
        import ctypes

        return ctypes.CDLL(None).sigaction, ctypes.create_string_buffer
    except (ImportError, OSError, TypeError, AttributeError):
        return None
