"""JSON from strangers: read without running anything, rounding anything or taking much memory."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linnet_exact.algebra.numbers.rational import parse_rational
from linnet_exact.errors import FileError, InputError
from linnet_exact.files.source import AnyFile, Source

__all__ = ["RoundedNumber", "checked_header", "read_json", "without_repeated_keys"]

MAX_BYTES = 128 * 2**20
"""Largest JSON file that is read."""
MAX_VALUES = 2**22
"""Most commas in one file: each stands for a value that takes memory."""
MAX_LISTS = 2**20
"""Most lists and objects in one file."""


@dataclass(frozen=True)
class RoundedNumber:
    """A JSON number with a fraction part or an exponent: its writer may have rounded it."""

    text: str

    def __repr__(self) -> str:
        return self.text


def read_json(file: AnyFile, one_spelling: bool = False) -> Any:
    """Return the value in a JSON file; numbers that are not integers become `RoundedNumber`.

    Parameters
    ----------
    one_spelling : bool
        Whether -0, which JSON has beside 0, is refused.

    Raises
    ------
    FileError
        If the file cannot be read, is larger than `MAX_BYTES`, has more than `MAX_VALUES` values or
        `MAX_LISTS` lists and objects, or is not JSON; the message gives the line and the column.
    """
    source = Source.of(file)
    path, data = source.path, source.whole(MAX_BYTES)
    values, lists = data.count(b","), data.count(b"[") + data.count(b"{")
    if values > MAX_VALUES or lists > MAX_LISTS:
        raise FileError(
            f"{path}: {values} commas and {lists} brackets are more than the {MAX_VALUES} and "
            f"{MAX_LISTS} that are read of a JSON file; .npz and .safetensors have no such limit"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"{path}: expected JSON in UTF-8; byte {error.start} is not") from None
    try:
        return json.loads(
            text,
            object_pairs_hook=without_repeated_keys,
            parse_float=RoundedNumber,
            parse_constant=RoundedNumber,
            parse_int=_integer_without_sign_of_zero if one_spelling else _integer,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise FileError(f"{path}: not JSON: {error.msg} at {where}") from None
    except InputError as error:
        raise FileError(f"{path}: {error}") from None
    except RecursionError:
        raise FileError(f"{path}: nested too deeply") from None


def _integer(digits: str) -> int:
    return parse_rational(digits).numerator


def _integer_without_sign_of_zero(digits: str) -> int:
    if digits == "-0":
        raise InputError("write 0, not -0")
    return _integer(digits)


def without_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object as a dictionary, for `json.loads`.

    Raises
    ------
    InputError
        If a key comes twice: readers differ in which value they take.

    Examples
    --------
    >>> json.loads('{"a": 1, "a": 2}', object_pairs_hook=without_repeated_keys)
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: the key "a" comes twice in one JSON object
    """
    value = dict(pairs)
    if len(value) < len(pairs):
        (twice, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise InputError(f"the key {_shown(twice)} comes twice in one JSON object")
    return value


def checked_header(path: Path, value: Any, kind: str) -> dict[str, Any]:
    """Return a JSON object after checking that it is a linnet-exact file of the kind wanted.

    Parameters
    ----------
    kind : str
        The last part of the format, such as ``"weights"``.

    Raises
    ------
    FileError
        If it is something else, or of a version that this program does not know.
    """
    form = f"linnet-exact/{kind}"
    if not isinstance(value, dict):
        raise FileError(f'{path}: expected a JSON object with "format": "{form}"')
    if value.get("format") != form:
        raise FileError(f'{path}: "format" must be "{form}", not {_shown(value.get("format"))}')
    version = value.get("version")
    if version != 1 or isinstance(version, bool):
        raise FileError(f'{path}: "version" must be 1, not {_shown(version)}')
    return value


def _shown(value: Any) -> str:
    text = json.dumps(value, default=repr)
    return text if len(text) <= 60 else text[:57] + "..."
