"""Thousands of rows of numbers as text, from look-up tables in few large calls.

What the columns of a row say is put together in pieces: neighbouring columns share a table with the
text of every combination of their values, as long as there are few, and each row takes its text
from it. So the work for one row is one look-up for each piece.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from linnet_exact.strata.values.json_integers import decimal_text, integer_to_jsonable

__all__ = [
    "Part",
    "bar_parts",
    "interleaved",
    "joined_texts",
    "look_ups",
    "member_text",
    "number_text",
]

_LARGEST_TABLE = 1 << 12
_SMALLEST_TABLE = 1 << 4

Column = NDArray[np.integer] | NDArray[np.bool_]
Part = str | tuple[Column, Callable[[int], str]]
"""What all rows say, or a column of numbers that are not negative, and what each number says."""


def joined_texts(parts: Sequence[Part]) -> list[str]:
    """Return for each row the texts of all parts, one after the other.

    Parameters
    ----------
    parts : sequence
        With at least one column; all columns are of the same length.

    Examples
    --------
    >>> columns = np.array([1, 0]), np.array([2, 7])
    >>> joined_texts(["x", (columns[0], str), " y", (columns[1], str)])
    ['x1 y2', 'x0 y7']
    """
    return list(map("".join, zip(*look_ups(parts), strict=True)))


def interleaved(parts: Sequence[Part], between: str = "") -> Iterator[str]:
    """Return the pieces of all rows in order; put together, they are `joined_texts` in one text.

    Parameters
    ----------
    between : str
        What is written between two rows.

    Examples
    --------
    >>> "".join(interleaved([(np.array([1, 0]), str), ";"], " "))
    '1; 0;'
    """
    pieces = look_ups([*parts, between])
    pieces[-1][-1:] = [last.removesuffix(between) for last in pieces[-1][-1:]]
    return chain.from_iterable(zip(*pieces, strict=True))


def look_ups(parts: Sequence[Part]) -> list[list[str]]:
    """Return the pieces of the rows: one list for each table, with a text for each row."""
    pieces: list[list[str]] = []
    table: NDArray[np.object_] | None = None
    key = np.zeros(0, dtype=np.int64)
    before = ""  # what all rows say since the last column
    for part in parts:
        if isinstance(part, str):
            before += part
            continue
        column, text_of = part
        values, places = _different(column)
        known = map(text_of, values.tolist())
        texts = np.array([before + text for text in known] if before else list(known), dtype=object)
        before = ""
        most = min(max(len(column) // 4, _SMALLEST_TABLE), _LARGEST_TABLE)
        if table is not None and len(table) * len(texts) <= most:
            key, table = key * len(texts) + places, np.add.outer(table, texts).ravel()
            continue
        if table is not None:
            pieces.append(table[key].tolist())
        key, table = places, texts
    assert table is not None
    pieces.append((table + before if before else table)[key].tolist())
    return pieces


def _different(column: Column) -> tuple[NDArray[np.integer], NDArray[np.int64]]:
    """Return the different values of a column, ascending, and the place of each row's among them.

    A table over all numbers up to the largest one is faster than sorting, if it is not long.
    """
    numbers = column.astype(np.int64, copy=False)
    top = int(numbers.max(initial=0))
    if top > 4 * len(numbers) + 64:
        values, places = np.unique(numbers, return_inverse=True)
        return values, places
    there = np.zeros(top + 1, dtype=bool)
    there[numbers] = True
    values = np.flatnonzero(there)
    place_of = np.empty(top + 1, dtype=np.int64)
    place_of[values] = np.arange(len(values))
    return values, place_of[numbers]


def bar_parts(names: Sequence[str], counts: Sequence[Column], style: str) -> list[Part]:
    """Return the parts of barcodes, whose bars of multiplicity 0 are left out.

    Parameters
    ----------
    names, counts : sequences
        The bars, and a column of multiplicities for each.
    style : str
        ``"json"`` for the members of an object, ``"csv"`` for `0-0,0-1:2`, as barcodes are read.

    Examples
    --------
    >>> counts = [np.array([1, 0, 0]), np.array([2, 1, 0]), np.array([0, 0, 1])]
    >>> joined_texts(bar_parts(["0-0", "0-1", "1-1"], counts, "csv"))
    ['0-0,0-1:2', '0-1', '1-1']
    """
    separator = ", " if style == "json" else ","
    parts: list[Part] = []
    none_before = np.ones(len(counts[0]), dtype=np.int64)
    for name, column in zip(names, counts, strict=True):
        number = column.astype(np.int64, copy=False)
        texts = _BarText(name, separator, style)
        parts.append((2 * number + none_before, texts))
        none_before = none_before * (number == 0)
    return parts


class _BarText:
    """What one bar says: nothing if there is none, and a separator first if it is not the first."""

    def __init__(self, name: str, separator: str, style: str) -> None:
        self._name, self._separator, self._style = name, separator, style

    def __call__(self, code: int) -> str:
        number, first = divmod(code, 2)
        if number == 0:
            return ""
        alone = self._style == "csv" and number == 1
        text = self._name if alone else member_text(self._name, number, self._style)
        return text if first else self._separator + text


def member_text(name: str, number: int | None, style: str) -> str:
    """Return a name with its number, if any, as in JSON objects or as in CSV.

    Examples
    --------
    >>> member_text("0-1", 2, "json"), member_text("0-1", 2, "csv")
    ('"0-1": 2', '0-1:2')
    """
    value = "" if number is None else number_text(number, style)
    return f'"{name}": {value}' if style == "json" else f"{name}:{value}"


def number_text(number: int, style: str) -> str:
    """Return a number, in JSON as text where others would round it.

    Examples
    --------
    >>> number_text(2**60, "json"), number_text(2**60, "csv")
    ('"1152921504606846976"', '1152921504606846976')
    """
    return json.dumps(integer_to_jsonable(number)) if style == "json" else decimal_text(number)
