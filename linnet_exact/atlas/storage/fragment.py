"""What a unit found, on its way into the one database that only one process may write to.

A unit that this process worked on is inserted right there. Other processes do the slow part, too,
which is to make records of columns: what they send is a small database in bytes, a fragment. What
is left to do with it is a copy of records from table to table, which SQLite does by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from linnet_exact.atlas.contents.schema import DATA_TABLES, create_data_tables
from linnet_exact.atlas.contents.tables import UnitTables, data_columns

__all__ = ["Found", "copy_fragment"]

_ROWS_AT_ONCE = 64  # in one statement: beginning and ending one takes as long as inserting a row


@dataclass(frozen=True)
class Found:
    """The tables that a unit found; pickled, they become the bytes of a fragment.

    Examples
    --------
    >>> import pickle
    >>> from linnet_exact.atlas.contents.units import Unit
    >>> from linnet_exact.atlas.contents.tables import FiberWork, unit_tables
    >>> unit = Unit(0, 0, 0, (), 0, 3, ("strata",))
    >>> found = Found(unit_tables(unit, [FiberWork(0, (1, 1, 1), 0, 0)], False))
    >>> pickle.loads(pickle.dumps(found))[:13]
    b'SQLite format'
    """

    tables: UnitTables

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        return bytes, (self.fragment(),)

    def fragment(self) -> bytes:
        """Return the tables as a serialized SQLite database."""
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            create_data_tables(connection)
            connection.execute("BEGIN")
            self.insert(connection)
            connection.execute("COMMIT")
            return connection.serialize()

    def insert(self, connection: sqlite3.Connection) -> None:
        """Insert the rows into the tables of the main database, within a transaction."""
        for name, columns in data_columns(self.tables).items():
            if columns:
                _insert(connection, name, columns)


def copy_fragment(connection: sqlite3.Connection) -> None:
    """Copy the fragment that is attached as ``unit`` into the main database, within a transaction.

    The tables are declared alike, so that SQLite copies records without looking into them.
    """
    for name in DATA_TABLES:
        connection.execute(f"INSERT INTO main.{name} SELECT * FROM unit.{name}")


def _insert(connection: sqlite3.Connection, table: str, columns: Sequence[Sequence[Any]]) -> None:
    width, number = len(columns), len(columns[0])
    values: list[Any] = [None] * (width * number)
    for place, column in enumerate(columns):
        values[place::width] = column
    size = _ROWS_AT_ONCE * width
    whole = iter(values)
    rows = zip(*[whole] * size, strict=False)
    connection.executemany(_insertion(table, width, _ROWS_AT_ONCE), rows)
    if rest := values[len(values) - len(values) % size :]:
        connection.execute(_insertion(table, width, len(rest) // width), rest)


def _insertion(table: str, width: int, rows: int) -> str:
    row = f"({', '.join('?' * width)})"
    return f"INSERT INTO main.{table} VALUES {', '.join([row] * rows)}"
