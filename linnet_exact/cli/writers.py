"""Rows as JSON, JSON lines, CSV or an aligned table, written to a text stream as they come.

A million rows need no more memory than a thousand.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, TextIO, TypeGuard

from linnet_exact.errors import printable
from linnet_exact.strata.values.json_integers import jsonable

__all__ = [
    "WRITERS",
    "Row",
    "write_csv",
    "write_json",
    "write_json_lines",
    "write_pairs",
    "write_table",
]

Row = Mapping[str, Any]
Columns = Sequence[str] | None

_ROWS_ALIGNED_TOGETHER = 1000


def write_json(rows: Iterable[Row], columns: Columns, stream: TextIO) -> None:
    """Write one JSON list, a row on each line. `columns` plays no part."""
    before = "["
    for row in rows:
        stream.write(before + _json_text(row))
        before = ",\n "
    stream.write("[]\n" if before == "[" else "]\n")


def write_json_lines(rows: Iterable[Row], columns: Columns, stream: TextIO) -> None:
    """Write one JSON value on each line. `columns` plays no part."""
    for row in rows:
        stream.write(_json_text(row) + "\n")


def write_csv(rows: Iterable[Row], columns: Columns, stream: TextIO) -> None:
    """Write a heading and a line for each row; lists are `1,2`, mappings `key:value,key:value`."""
    import csv  # here, because most commands print no CSV

    columns, rows = _columns_of(rows, columns)
    writer = csv.writer(stream, lineterminator="\n")
    if columns:
        writer.writerow(columns)
    writer.writerows([_text(row[column]) for column in columns] for row in rows)


def write_table(rows: Iterable[Row], columns: Columns, stream: TextIO) -> None:
    """Write a heading and aligned lines, numbers to the right.

    Widths are those of the first thousand rows; a later thousand may widen them.
    """
    columns, rows = _columns_of(rows, columns)
    lines = [[column.replace("_", " ") for column in columns]] if columns else []
    widths = [0] * len(columns)
    to_right = [True] * len(columns)
    blocks = iter(lambda: list(islice(rows, _ROWS_ALIGNED_TOGETHER)), [])
    for block in chain([next(blocks, [])], blocks):
        values = [[row[column] for column in columns] for row in block]
        lines += [[_short_text(value) for value in line] for line in values]
        for at, texts in enumerate(zip(*lines, strict=True)):
            widths[at] = max(widths[at], *map(len, texts))
        for at, entries in enumerate(zip(*values, strict=True)):
            to_right[at] = to_right[at] and all(map(_is_number, entries))
        stream.writelines(_aligned(line, widths, to_right) for line in lines)
        lines = []


def write_pairs(value: Row, stream: TextIO) -> None:
    """Write a line `name  value` for each key of one value."""
    names = [printable(name.replace("_", " ")) for name in value]
    width = max(map(len, names), default=0)
    for name, entry in zip(names, value.values(), strict=True):
        stream.write(f"{name:<{width}}  {_short_text(entry)}".rstrip() + "\n")


WRITERS: dict[str, Callable[[Iterable[Row], Columns, TextIO], None]] = {
    "table": write_table,
    "json": write_json,
    "jsonl": write_json_lines,
    "csv": write_csv,
}


def _json_text(value: object) -> str:
    return json.dumps(jsonable(value))  # ASCII: safe on every terminal, in every encoding


def _columns_of(rows: Iterable[Row], columns: Columns) -> tuple[Sequence[str], Iterator[Row]]:
    rows = iter(rows)
    if columns is not None:
        return columns, rows
    first = next(rows, None)
    return ([], rows) if first is None else (list(first), chain([first], rows))


def _text(value: object) -> str:
    """Text of a cell: a barcode reads `0-0:2,0-2:1`, widths `2,3,2`, as they do on input."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not _is_nested(value):
        return printable(str(value))
    entries = value.values() if isinstance(value, Mapping) else value
    if any(map(_is_nested, entries)):
        return _json_text(value)
    if isinstance(value, Mapping):
        return ",".join([f"{printable(str(key))}:{_text(entry)}" for key, entry in value.items()])
    return ",".join(map(_text, entries))


def _short_text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    return _text(value) or "-"


def _is_nested(value: object) -> TypeGuard[Mapping[str, object] | Sequence[object]]:
    if isinstance(value, (int, str)):  # the most frequent ones; asking Mapping takes long
        return False
    return isinstance(value, (dict, list, tuple))  # a Barcode is a Mapping with a text of its own


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _aligned(line: Sequence[str], widths: Sequence[int], to_right: Sequence[bool]) -> str:
    cells = (
        text.rjust(width) if right else text.ljust(width)
        for text, width, right in zip(line, widths, to_right, strict=True)
    )
    return "  ".join(cells).rstrip() + "\n"
