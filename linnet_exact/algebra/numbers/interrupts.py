"""Keeping interrupts that a call into FLINT would lose."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from linnet_exact.handlers import signals_held_back

__all__ = ["interrupts_deferred"]


@contextmanager
def interrupts_deferred() -> Iterator[None]:
    """Hold back SIGINT and SIGTERM until the block is over, then let them be handled.

    `acb_poly.roots` of python-flint 0.9 runs the handlers but drops what they raise.

    Examples
    --------
    >>> with interrupts_deferred():
    ...     signal.getsignal(signal.SIGINT) is signal.default_int_handler
    False
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # handlers run in the main thread only
        return
    numbers = [signal.SIGINT, signal.SIGTERM]
    with signals_held_back(*(number for number in numbers if callable(signal.getsignal(number)))):
        yield
