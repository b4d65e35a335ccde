"""The one way in which everything in a certificate is written; whatever else is there is refused.

Every function here takes a value of a JSON document and the place where it stands, and returns what
it denotes. Two documents that say the same in two spellings would let one claim stand beside
another, so there is one spelling: guide/certificates.md has it in words, and the functions raise
`InputError` for all else. Whether a claim is true is no question here.
"""

import json
import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, TypeVar

from linnet_exact.algebra.numbers.rational import format_rational, parse_rational
from linnet_exact.errors import InputError

__all__ = [
    "INTEGER",
    "bar",
    "counts",
    "integer",
    "items",
    "layer_pair",
    "members",
    "natural",
    "number",
    "one_of",
    "rational",
    "require_lowest_terms",
    "same",
    "shown",
    "text",
]

Read = TypeVar("Read")

_IN_DOUBLES = 2**53
INTEGER = "0|-?[1-9][0-9]*"
_RATIONAL = re.compile(r"(-?[1-9][0-9]*)/([1-9][0-9]*)")
_LAYERS = r"(0|[1-9][0-9]{0,3}){}(0|[1-9][0-9]{0,3})"
_MOST_DIGITS = 100_000


def members(
    value: Any, place: str, required: Iterable[str], optional: Iterable[str] = ()
) -> dict[str, Any]:
    """Return a JSON object after checking which keys it has.

    Examples
    --------
    >>> members({"a": 1}, "here", ["a"])
    {'a': 1}
    >>> members({"a": 1, "b": 2}, "here", ["a"])
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: here: the key 'b' is not known
    """
    if not isinstance(value, dict):
        raise InputError(f"{place} must be a JSON object, not {shown(value)}")
    needed, known = list(required), {*required, *optional}
    for key in needed:
        if key not in value:
            raise InputError(f"{place}: the key {key!r} is missing")
    for key in value:
        if key not in known:
            raise InputError(f"{place}: the key {shown(key)} is not known")
    return value


def items(value: Any, place: str, read: Callable[[Any, str], Read], least: int = 0) -> list[Read]:
    """Return what the values of a JSON list denote.

    Examples
    --------
    >>> items([0, 2], "rows", natural)
    [0, 2]
    """
    if not isinstance(value, list) or len(value) < least:
        of = f" of at least {least}" if least else ""
        raise InputError(f"{place} must be a list{of}, not {shown(value)}")
    return [read(item, f"{place}[{at}]") for at, item in enumerate(value)]


def text(value: Any, place: str, pattern: str = "(?s:.*)") -> str:
    """Return a text of a pattern.

    Examples
    --------
    >>> text("01", "prime", "[1-9][0-9]*")
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: prime must be a text of the form [1-9][0-9]*, not '01'
    """
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        form = "" if pattern.startswith("(?s") else f" of the form {pattern}"
        raise InputError(f"{place} must be a text{form}, not {shown(value)}")
    return value


def one_of(value: Any, place: str, choices: Iterable[str]) -> str:
    """Return one of a few texts.

    Examples
    --------
    >>> one_of("left", "side", ["left", "right"])
    'left'
    """
    names = list(choices)
    if not isinstance(value, str) or value not in names:
        raise InputError(f"{place} must be {' or '.join(map(repr, names))}, not {shown(value)}")
    return value


def natural(value: Any, place: str) -> int:
    """Return an integer from 0 to 2^53 − 1; a boolean is none.

    Examples
    --------
    >>> natural(True, "rank")
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: rank must be an integer of at least 0, not True
    """
    if type(value) is not int or not 0 <= value < _IN_DOUBLES:
        raise InputError(f"{place} must be an integer of at least 0, not {shown(value)}")
    return value


def integer(value: Any, place: str) -> int:
    """Return an integer: a JSON integer below 2^53 and of at most 16 characters, else text.

    Examples
    --------
    >>> integer("9007199254740992", "dimension")
    9007199254740992
    """
    found = number(value, place)
    if found.denominator != 1:
        raise InputError(f"{place} must be an integer, not {shown(value)}")
    return found.numerator


def number(value: Any, place: str) -> Fraction:
    """Return a rational number: an integer as `integer` has it, or a text p/q in lowest terms.

    Examples
    --------
    >>> number("-3/2", "loss")
    Fraction(-3, 2)
    >>> number("2/4", "loss")
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: loss: '2/4' is not written the one way that there is: '1/2'
    """
    if type(value) is int:
        if _is_short(value):
            return Fraction(value)
        raise InputError(f"{place}: integers of 2^53 or of more than 16 characters must be texts")
    if not isinstance(value, str):
        raise InputError(f"{place} must be an integer or a text such as '1/2', not {shown(value)}")
    found = rational(value)
    if found is None:
        raise InputError(f"{place}: {shown(value)} is no number such as 3, '-1/2'")
    if found.denominator == 1 and _is_short(found.numerator):
        raise InputError(f"{place}: write the JSON integer {found}, not {shown(value)}")
    require_lowest_terms(value, found, place)
    return found


def layer_pair(value: Any, place: str) -> tuple[int, int]:
    """Return (k, i) for a text ``k~i``.

    Examples
    --------
    >>> layer_pair("01~0", "rank_list")
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: rank_list: expected a text such as 2~0, not '01~0'
    """
    return _pair(value, "~", "2~0", place)


def bar(value: Any, place: str) -> tuple[int, int]:
    """Return (i, k) for a text ``i-k``.

    Examples
    --------
    >>> bar("0-2", "bars")
    (0, 2)
    """
    return _pair(value, "-", "0-2", place)


def counts(value: Any, place: str) -> dict[tuple[int, int], int]:
    """Return a barcode as it stands: each bar with how often it occurs.

    Examples
    --------
    >>> counts({"0-2": 1}, "barcode")
    {(0, 2): 1}
    """
    if not isinstance(value, dict):
        raise InputError(f"{place} must be a JSON object, not {shown(value)}")
    return {bar(key, place): natural(count, f"{place} {key}") for key, count in value.items()}


def rational(value: str) -> Fraction | None:
    """Return the number of a text p or p/q, also if it is not in lowest terms; None of others.

    Examples
    --------
    >>> rational("-2/4"), rational("04")
    (Fraction(-1, 2), None)
    """
    if len(value) > _MOST_DIGITS:
        raise InputError(f"a number may have at most {_MOST_DIGITS} characters, not {len(value)}")
    if not re.fullmatch(INTEGER, value) and not _RATIONAL.fullmatch(value):
        return None
    return parse_rational(value)


def require_lowest_terms(written: str, found: Fraction, place: str) -> None:
    """Raise an `InputError` unless a number is written as it is in lowest terms.

    Examples
    --------
    >>> require_lowest_terms("1/2", Fraction(1, 2), "loss")
    """
    only = format_rational(found)
    if only != written:
        raise InputError(
            f"{place}: {shown(written)} is not written the one way that there is: {shown(only)}"
        )


def _is_short(value: int) -> bool:
    """Whether an integer is written as one in JSON, as `entry_to_jsonable` does it."""
    return -(10**15) < value < _IN_DOUBLES


def _pair(value: Any, sign: str, example: str, place: str) -> tuple[int, int]:
    match = re.fullmatch(_LAYERS.replace("{}", sign, 1), value) if isinstance(value, str) else None
    if match is None:
        raise InputError(f"{place}: expected a text such as {example}, not {shown(value)}")
    return int(match[1]), int(match[2])


def shown(value: Any) -> str:
    """Return a value as it is shown in messages.

    Examples
    --------
    >>> shown("long " * 100)
    "'long long long long long long long l..."
    """
    shown = ascii(value) if isinstance(value, str) else repr(value)
    return shown if len(shown) <= 40 else f"{shown[:37]}..."


def same(one: Any, other: Any) -> bool:
    """Return whether two values are written alike: 1, 1.0 and true are not.

    Examples
    --------
    >>> same({"holds": True}, {"holds": 1}), same([1], [1])
    (False, True)
    """
    texts = [json.dumps(value, sort_keys=True, default=repr) for value in (one, other)]
    return texts[0] == texts[1]
