"""Arguments that callers give: read in each form that is taken, or refused by name.

A message names the argument, the forms that are taken and what was found instead.
"""

import operator
import os
from collections.abc import Iterable, Mapping, Set
from math import inf
from numbers import Real
from pathlib import Path
from typing import Any, TypeVar

from linnet_exact.errors import InputError, WrongTypeError, printable

__all__ = [
    "as_boolean",
    "as_instance",
    "as_integer",
    "as_number",
    "as_path",
    "as_text",
    "is_listing",
    "shown",
    "wrong_type",
]

T = TypeVar("T")


def shown(value: object) -> str:
    """Return a short text for what was found: its type and, if it is short, its value.

    Examples
    --------
    >>> shown(None), shown([1, 2]), shown(object())
    ('None', 'list [1, 2]', 'object')
    """
    kind = type(value).__name__
    if value is None or isinstance(value, bool | float):
        return repr(value)
    if isinstance(value, str | int | float | bool | list | tuple | dict | bytes):
        try:
            text = printable(repr(value))
        except (RecursionError, ValueError):
            return kind
        lead = "" if isinstance(value, str | int) else f"{kind} "
        return f"{lead}{text}" if len(text) <= 60 else f"{lead}{text[:57]}..."
    return kind


def wrong_type(name: str, forms: str, value: object) -> WrongTypeError:
    """Return the error that names an argument, the forms that are taken, and what was found.

    Examples
    --------
    >>> print(wrong_type("rank", "an integer", None))
    rank must be an integer, not None
    """
    return WrongTypeError(f"{name} must be {forms}, not {shown(value)}")


def as_instance(value: Any, kind: type[T], name: str, forms: str) -> T:
    """Return the value, which must be of a type.

    Raises
    ------
    WrongTypeError
        If it is not; `forms` says what is taken.

    Examples
    --------
    >>> as_instance(1, int, "n", "an integer")
    1
    """
    if not isinstance(value, kind):
        raise wrong_type(name, forms, value)
    return value


def as_integer(value: Any, name: str, least: int | None = None, most: int | None = None) -> int:
    """Return an integer, also one of NumPy; not a boolean.

    Raises
    ------
    WrongTypeError
        If it is no integer.
    InputError
        If it is not between `least` and `most`.

    Examples
    --------
    >>> as_integer(3, "rank", least=0)
    3
    """
    try:
        number = operator.index(value)
    except TypeError:
        raise wrong_type(name, "an integer", value) from None
    if isinstance(value, bool):
        raise wrong_type(name, "an integer", value)
    if least is not None and number < least:
        raise InputError(f"{name} must be at least {least}, not {shown(number)}")
    if most is not None and number > most:
        raise InputError(f"{name} must be at most {most}, not {shown(number)}")
    return number


def as_boolean(value: Any, name: str) -> bool:
    """Return True or False, also of NumPy.

    Raises
    ------
    WrongTypeError
        If it is something else.

    Examples
    --------
    >>> as_boolean(True, "sparse")
    True
    """
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return bool(value)
    raise wrong_type(name, "True or False", value)


def as_number(value: Any, name: str) -> float:
    """Return a real number that is not negative, as a float.

    Raises
    ------
    WrongTypeError
        If it is no number.
    InputError
        If it is negative or not a number at all.

    Examples
    --------
    >>> as_number(1, "tolerance")
    1.0
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        raise wrong_type(name, "a number", value)
    try:
        number = float(value)
    except OverflowError:
        number = inf
    if not 0 <= number < inf:
        raise InputError(f"{name} must be a finite number of at least 0, not {shown(value)}")
    return number


def is_listing(value: object) -> bool:
    """Return whether a value lists others in an order: no text, mapping or set, nor one number.

    Examples
    --------
    >>> is_listing([1]), is_listing("ab"), is_listing({1: 2})
    (True, False, False)
    """
    if isinstance(value, str | bytes | Mapping | Set | type) or getattr(value, "ndim", 1) == 0:
        return False
    return isinstance(value, Iterable)


def as_text(value: Any, name: str, example: str) -> str:
    """Return a text.

    Raises
    ------
    WrongTypeError
        If it is something else; the message gives the example.

    Examples
    --------
    >>> as_text("0-2", "bar", "0-2")
    '0-2'
    """
    return str(as_instance(value, str, name, f"a text such as {example!r}"))


def as_path(value: Any, name: str) -> Path:
    """Return a path: of a text or of anything with ``__fspath__``.

    Raises
    ------
    WrongTypeError
        If it is something else.

    Examples
    --------
    >>> as_path("a/b.json", "file").name
    'b.json'
    """
    try:
        text = os.fspath(value)
    except TypeError:
        text = None
    if not isinstance(text, str):
        raise wrong_type(name, "a path: a text or a pathlib.Path", value)
    return Path(text)
