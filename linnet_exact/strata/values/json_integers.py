"""Exact values in JSON: integers beyond 2^53, where other readers begin to round, are text."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from linnet_exact.errors import InputError

__all__ = ["decimal_text", "integer_from_jsonable", "integer_to_jsonable", "jsonable"]

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


def jsonable(value: object) -> Any:
    """Return `value` made of what JSON has: numbers, texts, booleans, null, lists and objects.

    Integers of 2^53 and more, and rationals, become texts, and so do the keys of mappings.

    Examples
    --------
    >>> from fractions import Fraction
    >>> jsonable({"points": 2**60, "lambda": Fraction(5, 2), "widths": (2, 3)})
    {'points': '1152921504606846976', 'lambda': '5/2', 'widths': [2, 3]}
    """
    if value is None or isinstance(value, (str, bool, float)):
        return value
    if isinstance(value, int):
        return integer_to_jsonable(value)
    if isinstance(value, (dict, Mapping)):  # dict first: asking Mapping takes long
        return {str(key): jsonable(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, Iterable)):
        return [jsonable(entry) for entry in value]
    return str(value)
