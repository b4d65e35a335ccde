"""Long computations within one call of FLINT, which Ctrl-C can end.

Python looks at signals between its own steps only, FLINT keeps the interpreter while it computes,
and one call may take minutes. So a call that is likely to take long is made in a fork of this
process, which shares its memory, and this one waits for the answer: that can be interrupted.
"""

from __future__ import annotations

import io
import os
import pickle
import select
import signal
import warnings
from collections.abc import Callable
from operator import mul
from threading import current_thread, main_thread
from typing import Any, TypeVar

from linnet_exact.handlers import signals_held_back

__all__ = ["interruptible", "product"]

# Some tenths of a second each, against some milliseconds for a fork: multiplications modulo a
# prime; of words, for products of integers; and for eliminations of these, which make entries
# longer, so that the rank counts once more.
_MODULAR, _PRODUCTS, _ELIMINATIONS = 5 * 10**8, 2 * 10**9, 2 * 10**8
_NAP = 500  # milliseconds
_WORDS_TO_SEND = 8  # products of shorter entries take less time than it takes to hand them over

T = TypeVar("T")


def interruptible(call: Callable[..., T], matrix: Any, *more: Any) -> T:
    """Return ``call(matrix, *more)``, for a matrix of FLINT.

    Raises
    ------
    MemoryError
        If the fork that computes it ends without an answer.

    Examples
    --------
    >>> from flint import fmpz_mat
    >>> interruptible(fmpz_mat.det, fmpz_mat([[2, 1], [1, 2]]))
    3
    """
    rows, columns = matrix.nrows(), matrix.ncols()
    work = rows * columns * min(rows, columns)
    if hasattr(matrix, "modulus"):
        long = work > _MODULAR
    else:
        long = work * min(rows, columns) > _ELIMINATIONS  # also with long entries, within reason
    return _in_a_fork(call, matrix, *more) if long and _can_wait() else call(matrix, *more)


def product(left: Any, right: Any) -> Any:
    """Return ``left * right`` for matrices of FLINT.

    Raises
    ------
    MemoryError
        As `interruptible`.

    Examples
    --------
    >>> from flint import fmpz_mat
    >>> product(fmpz_mat([[2]]), fmpz_mat([[3]]))
    [6]
    """
    rows, columns = left.nrows(), left.ncols()
    work = rows * columns * right.ncols()
    if hasattr(left, "modulus"):
        long = work > _MODULAR
    else:
        diagonal = (left[i, i] for i in range(min(rows, columns, 16)))
        words = 1 + max(map(_bits, diagonal), default=0) // 64
        long = words >= _WORDS_TO_SEND and work * words > _PRODUCTS
    return _in_a_fork(mul, left, right) if long and _can_wait() else left * right


def _can_wait() -> bool:
    """Return whether there is a way to fork, and this is the thread that signals interrupt."""
    return hasattr(os, "fork") and current_thread() is main_thread()


def _bits(entry: Any) -> int:
    return int(entry).bit_length()


def _in_a_fork(call: Callable[..., T], *arguments: Any) -> T:
    receiving, sending = os.pipe()
    child = 0
    try:
        with open(receiving, "rb") as stream:
            with signals_held_back(signal.SIGINT, signal.SIGTERM):  # until it is cared for
                child = _forked(receiving, sending, call, arguments)
            # A signal may have gone to another thread, which wakes nobody: look up now and then.
            poll = select.poll()
            poll.register(stream)
            while not poll.poll(_NAP):
                pass
            answer = stream.read()
    except BaseException:
        if child:
            os.kill(child, signal.SIGKILL)
        raise
    finally:
        if child:
            os.waitpid(child, 0)
    if not answer:
        raise MemoryError("a computation ended without an answer; there may be too little memory")
    finished, result = pickle.loads(answer)
    if not finished:
        raise result
    return result  # type: ignore[no-any-return]


def _forked(
    receiving: int, sending: int, call: Callable[..., Any], arguments: tuple[Any, ...]
) -> int:
    """Return the number of a fork of this process, which sends the answer and ends."""
    with warnings.catch_warnings():
        # Other threads do not come along; the fork needs none of them, nor any lock of theirs.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(receiving)
        _answer(sending, call, arguments)
    os.close(sending)
    return child


def _answer(sending: int, call: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Send whether `call` returned, and what; then end this process, and nothing else of it."""
    try:
        # Ctrl-C is for the process that waits, and kills this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            outcome = (True, call(*arguments))
        except Exception as error:
            outcome = (False, error)
        with open(sending, "wb") as stream:
            stream.write(_packed(outcome))
    finally:
        os._exit(0)


def _packed(outcome: tuple[bool, Any]) -> bytes:
    import flint

    def of_matrix(matrix: Any) -> tuple[Any, ...]:
        modulus = (int(matrix.modulus()),) if hasattr(matrix, "modulus") else ()
        entries = matrix.entries()
        if not isinstance(matrix, flint.fmpq_mat):
            entries = list(map(int, entries))
        return type(matrix), (matrix.nrows(), matrix.ncols(), entries, *modulus)

    def of_polynomial(polynomial: Any) -> tuple[Any, ...]:
        return type(polynomial), (polynomial.coeffs(),)

    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {
        **dict.fromkeys((flint.fmpz_mat, flint.fmpq_mat, flint.nmod_mat), of_matrix),
        **dict.fromkeys((flint.fmpz_poly, flint.fmpq_poly), of_polynomial),
    }
    pickler.dump(outcome)
    return stream.getvalue()
