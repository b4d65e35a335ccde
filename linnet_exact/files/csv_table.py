"""Tables of exact numbers in CSV, with or without names of the columns or rows."""

import csv

from linnet_exact.algebra import QQ
from linnet_exact.errors import FileError, InputError
from linnet_exact.files.source import AnyFile, Source

__all__ = ["read_csv"]

MAX_BYTES = 64 * 2**20
"""Largest CSV file that is read."""


def read_csv(file: AnyFile, by_rows: bool) -> tuple[list[str] | None, list[list[object]]]:
    """Return a table as its columns' names, or None, and its rows of exact numbers.

    Decimals are read exactly: ``0.1`` is one tenth. Lines are separated by commas; blank lines are
    passed over.

    Parameters
    ----------
    by_rows : bool
        Whether names, if there are any, stand in the first line. Otherwise the first entry of every
        line is the name of a row, and the table is returned transposed.

    Raises
    ------
    FileError
        If the file cannot be read, is too large, ragged, or has an entry that is not a number; the
        message gives its line and column.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp(), "data.csv")
    >>> _ = path.write_text("x1,x2\\n1,0.5\\n")
    >>> read_csv(path, by_rows=True)
    (['x1', 'x2'], [[Fraction(1, 1), Fraction(1, 2)]])
    """
    source = Source.of(file)
    path, lines = source.path, _lines(source)
    table = [line for _, line in lines]
    numbers = [number for number, _ in lines]
    if not by_rows:
        table = [list(column) for column in zip(*table, strict=True)]
    names = None
    if any(not _is_number(cell) for cell in table[0]):
        names, table = [cell.strip() for cell in table[0]], table[1:]
    rows = []
    for at, cells in enumerate(table, start=0 if names is None else 1):
        row: list[object] = []
        for other, cell in enumerate(cells):
            line, column = (at, other) if by_rows else (other, at)
            try:
                row.append(QQ(cell.strip()))
            except InputError as error:
                raise FileError(
                    f"{path}: line {numbers[line]}, column {column + 1}: {error}"
                ) from None
        rows.append(row)
    if not rows:
        raise FileError(f"{path}: it has names but no numbers")
    return names, rows


def _lines(source: Source) -> list[tuple[int, list[str]]]:
    path, data = source.path, source.whole(MAX_BYTES)
    try:
        text = data.decode("utf-8-sig")
        reader = csv.reader(text.splitlines(), strict=True)
        lines = [(reader.line_num, line) for line in reader if any(cell.strip() for cell in line)]
    except UnicodeDecodeError as error:
        raise FileError(f"{path}: expected CSV in UTF-8; byte {error.start} is not") from None
    except csv.Error as error:
        raise FileError(f"{path}: not CSV: {error}") from None
    if not lines:
        raise FileError(f"{path}: it is empty")
    for number, line in lines:
        if len(line) != len(lines[0][1]):
            raise FileError(
                f"{path}: line {number} has {len(line)} entries, expected {len(lines[0][1])} as in "
                f"line {lines[0][0]}"
            )
    return lines


def _is_number(cell: str) -> bool:
    if cell.strip().lower().lstrip("+-") in ("nan", "inf", "infinity"):
        return True  # a number that will be refused, not a name
    try:
        QQ(cell.strip())
    except InputError:
        return False
    return True
