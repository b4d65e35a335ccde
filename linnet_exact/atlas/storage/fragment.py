"""The tables of one unit as a small SQLite database in bytes, copied into an atlas at one stroke.

Workers do the slow part, making records of columns. What is left for the one process that may
write to the atlas is a copy of records from table to table, which SQLite does by itself.
"""

from __future__ import annotations

import sqlite3

from linnet_exact.atlas.contents.schema import DATA_TABLES, create_data_tables
from linnet_exact.atlas.contents.tables import COLUMNS_OF, UnitTables, data_rows

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
        for name, rows in data_rows(tables).items():
            places = ", ".join("?" * len(COLUMNS_OF[name]))
            connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
        connection.execute("COMMIT")
        return connection.serialize()
    finally:
        connection.close()


def copy_fragment(connection: sqlite3.Connection) -> None:
    """Copy the fragment that is attached as ``unit`` into the main database, within a transaction.

    The tables are declared alike, so that SQLite copies records without looking into them.
    """
    for name in DATA_TABLES:
        connection.execute(f"INSERT INTO main.{name} SELECT * FROM unit.{name}")
