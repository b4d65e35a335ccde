"""Rows as JSON, JSON lines, CSV or an aligned table, written to a text stream as they come.

A million rows need no more memory than a thousand.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, NamedTuple, TextIO, TypeGuard

from linnet_exact.cli.layout import GAP, layout
from linnet_exact.cli.terminal import broken, columns_of, heading, shown, width_of
from linnet_exact.errors import printable
from linnet_exact.strata.values.json_integers import jsonable

__all__ = [
    "WRITERS",
    "Block",
    "Row",
    "write_csv",
    "write_json",
    "write_json_lines",
    "write_pairs",
    "write_table",
    "write_table_of_texts",
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


@dataclass(frozen=True)
class Block:
    """A value of several lines in `write_pairs`, such as a triangle of ranks.

    Attributes
    ----------
    text : str
        The lines.
    instead : object
        What is shown where the lines are too long for a terminal.
    """

    text: str
    instead: object


def write_table(rows: Iterable[Row], columns: Columns, stream: TextIO) -> None:
    """Write a heading and aligned lines, numbers to the right; on a terminal they fit its width.

    Widths are those of the first thousand rows; a later thousand may widen them. What does not fit
    a terminal at all is written as `write_pairs` does, row by row.
    """
    columns, rows = _columns_of(rows, columns)
    blocks = iter(lambda: list(islice(rows, _ROWS_ALIGNED_TOGETHER)), [])
    together = (_aligned(block, columns) for block in chain([next(blocks, [])], blocks))
    _write_aligned(together, columns, stream)


class _Aligned(NamedTuple):
    """Rows that are aligned together, their cells as texts, and which columns are numbers."""

    rows: Iterable[Row]
    texts: Sequence[Sequence[str]]
    numbers: Sequence[bool]


def _aligned(block: Sequence[Row], columns: Sequence[str]) -> _Aligned:
    values = [[row[column] for column in columns] for row in block]
    known: dict[tuple[type, object], str] = {}  # most values come again
    texts = [[_known_text(value, known) for value in line] for line in values]
    return _Aligned(block, texts, [all(map(_is_number, x)) for x in zip(*values, strict=True)])


def write_table_of_texts(
    rows: Iterable[Sequence[str]],
    numbers: Sequence[bool],
    columns: Sequence[str],
    stream: TextIO,
) -> None:
    """Write what `write_table` does, from cells that are texts already.

    Parameters
    ----------
    numbers : sequence of bool
        Which columns are numbers.
    """
    rows = iter(rows)
    blocks = iter(lambda: list(islice(rows, _ROWS_ALIGNED_TOGETHER)), [])
    together = (
        _Aligned([dict(zip(columns, line, strict=True)) for line in block], block, numbers)
        for block in chain([next(blocks, [])], blocks)
    )
    _write_aligned(together, columns, stream)


def _write_aligned(blocks: Iterator[_Aligned], columns: Sequence[str], stream: TextIO) -> None:
    most = columns_of(stream)
    names = [shown(column.replace("_", " "), stream) for column in columns]
    to_right = [True] * len(columns)
    widths: list[int] = []
    for block in blocks:
        texts = block.texts
        if texts:
            to_right = list(map(all, zip(to_right, block.numbers, strict=True)))
        if most is not None:
            texts = [[shown(text, stream) for text in line] for line in texts]
        table = layout(names, texts, to_right, most, widths)
        if table is None:
            rows = chain(block.rows, chain.from_iterable(later.rows for later in blocks))
            _write_one_by_one(rows, columns, stream)
            return
        if columns and not widths:
            stream.writelines(heading(line, stream) + "\n" for line in table.heading())
        widths = table.widths
        if most is None and columns and texts:
            stream.writelines(line + "\n" for line in table.rows_of_one_line(texts))
        else:
            stream.writelines(line + "\n" for row in texts for line in table.row(row))


def _write_one_by_one(rows: Iterable[Row], columns: Sequence[str], stream: TextIO) -> None:
    before = ""
    for row in rows:
        stream.write(before)
        write_pairs({column: row[column] for column in columns}, stream)
        before = "\n"


def write_pairs(value: Row, stream: TextIO) -> None:
    """Write `name  value` for each key of one value, which may take several lines."""
    names = [shown(printable(name.replace("_", " ")), stream) for name in value]
    width = max(map(width_of, names), default=0)
    columns = columns_of(stream)
    if columns is not None:
        width = min(width, columns // 2)
    for name, entry in zip(names, value.values(), strict=True):
        lines = _lines(entry, stream, None if columns is None else columns - width - GAP)
        above, told = ([], name) if width_of(name) <= width else (broken(name, columns or 1), "")
        stream.writelines(heading(line, stream) + "\n" for line in above)
        blanks = " " * (width - width_of(told) + GAP)
        stream.write((heading(told, stream) + blanks + lines[0]).rstrip() + "\n")
        stream.writelines((" " * (width + GAP) + line).rstrip() + "\n" for line in lines[1:])


def _lines(entry: object, stream: TextIO, width: int | None) -> list[str]:
    """Return the lines of a value: of a block, of each text of several, or of a text."""
    if isinstance(entry, Block):
        lines = entry.text.splitlines()
        fit = width is None or max(map(width_of, lines)) <= width
        return lines if fit else _lines(entry.instead, stream, width)
    if isinstance(entry, (list, tuple)) and any(_is_phrase(part) for part in entry):
        texts = list(map(_short_text, entry))
    else:
        texts = [_short_text(entry)]
    if width is None:
        return texts
    return [line for text in texts for line in broken(shown(text, stream), width)]


def _is_phrase(value: object) -> bool:
    """Whether a value could not be told from its neighbours in a list with commas."""
    return isinstance(value, str) and ("," in value or " " in value)


WRITERS: dict[str, Callable[[Iterable[Row], Columns, TextIO], None]] = {
    "table": write_table,
    "json": write_json,
    "jsonl": write_json_lines,
    "csv": write_csv,
}


def _json_text(value: object) -> str:
    import json  # here, because a table needs none

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


def _known_text(value: object, known: dict[tuple[type, object], str]) -> str:
    """Return `_short_text`, of an integer or a truth only once."""
    if not isinstance(value, int):
        return _short_text(value)
    key = type(value), value
    if (text := known.get(key)) is None:
        text = known[key] = _short_text(value)
    return text


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
