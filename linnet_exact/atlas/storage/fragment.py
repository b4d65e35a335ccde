"""The tables of one unit as a small SQLite database in bytes, copied into an atlas at one stroke.

Workers do the slow part, making records of columns. What is left for the one process that may
write to the atlas is a copy of records from table to table, which SQLite does by itself.
"""

from __future__ import annotations

import sqlite3
from itertools import repeat

from linnet_exact.atlas.contents.schema import DATA_TABLES, create_data_tables
from linnet_exact.atlas.contents.tables import StrataTable, UnitTables

__all__ = ["copy_fragment", "fragment"]


def fragment(tables: UnitTables) -> bytes:
    """Return `tables` as a serialized SQLite database.

    Examples
    --------
    >>> from linnet_exact.atlas.contents.units import Unit
    >>> from linnet_exact.atlas.contents.tables import FiberWork, unit_tables
    >>> unit = Unit(0, 0, 0, (), 0, 3, ("strata",))
    >>> fragment(unit_tables(unit, [FiberWork(0, (1, 1, 1), 0, 0)], False))[:13]
    b'SQLite format'
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        create_data_tables(connection)
        connection.execute("BEGIN")
        if tables.strata is not None:
            _insert_strata(connection, tables.strata)
        if tables.edges is not None:
            columns = (column.tolist() for column in tables.edges)
            rows = zip(*columns, strict=True)
            connection.executemany("INSERT INTO edges VALUES (?, ?, ?)", rows)
        connection.executemany(
            "INSERT INTO invariants VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", tables.invariants
        )
        connection.executemany("INSERT INTO claims VALUES (?, ?, ?, ?, ?)", tables.claims)
        connection.execute("COMMIT")
        return connection.serialize()
    finally:
        connection.close()


def _insert_strata(connection: sqlite3.Connection, strata: StrataTable) -> None:
    number = len(strata.barcode)
    numbers = range(strata.first, strata.first + number)
    known = (
        [column.tolist() for column in strata.invariants]
        if strata.invariants is not None
        else [repeat(None, number) for _ in range(4)]
    )
    rows = zip(numbers, strata.barcode, strata.dimension.tolist(), *known, strict=True)
    connection.executemany("INSERT INTO stored_strata VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def copy_fragment(connection: sqlite3.Connection) -> None:
    """Copy the fragment that is attached as ``unit`` into the main database, within a transaction.

    The tables are declared alike, so that SQLite copies records without looking into them.
    """
    for name in DATA_TABLES:
        connection.execute(f"INSERT INTO main.{name} SELECT * FROM unit.{name}")
