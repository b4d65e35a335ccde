"""Integers in JSON: beyond 2^53, where other readers begin to round, they are written as text."""

import re
from typing import Any

from linnet_exact.errors import InputError

__all__ = ["decimal_text", "integer_from_jsonable", "integer_to_jsonable"]

_EXACT_IN_DOUBLES = 2**53
_MAX_DIGITS = 4000  # the interpreter's own limit on text to int is 4300 digits
_INTEGER = re.compile(r"-?[0-9]+", re.ASCII)


def integer_to_jsonable(value: int) -> int | str:
    """Return `value` itself when |value| < 2^53, else its decimal text.

    Examples
    --------
    >>> integer_to_jsonable(7), integer_to_jsonable(2**53)
    (7, '9007199254740992')
    """
    return value if abs(value) < _EXACT_IN_DOUBLES else decimal_text(value)


def decimal_text(value: int) -> str:
    """Return the decimal digits of `value`, of any length.

    ``str`` refuses integers beyond a few thousand digits (a guard that belongs to input, not to
    results); longer ones are written in two halves.

    Examples
    --------
    >>> len(decimal_text(10**9999))
    10000
    """
    if value < 0:
        return "-" + decimal_text(-value)
    digits = value.bit_length() * 30103 // 100000 + 1  # at least the true number, at most one more
    if digits <= _MAX_DIGITS:
        return str(value)
    half = digits // 2
    high, low = divmod(value, 10**half)
    return decimal_text(high) + decimal_text(low).zfill(half)


def integer_from_jsonable(value: Any, what: str) -> int:
    """Return the integer that a JSON value stands for; `what` names it in the error.

    Raises
    ------
    InputError
        If `value` is neither an integer nor the decimal text of one.

    Examples
    --------
    >>> integer_from_jsonable("9007199254740992", "count") == 2**53
    True
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and len(value) <= _MAX_DIGITS and _INTEGER.fullmatch(value):
        return int(value)
    raise InputError(f"{what} must be an integer, not {str(value)[:40]!r}")
