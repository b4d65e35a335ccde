"""Whether a file has the tables and columns that an atlas of its version has."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache

from linnet_exact.atlas.contents.schema import VERSION, complement, create_tables
from linnet_exact.atlas.storage.location import Location, damage
from linnet_exact.atlas.storage.store import box_of
from linnet_exact.errors import FileError

__all__ = ["require_structure"]

_SINCE_VERSION_2 = {"multiplicity", "label"}  # columns of fibers


def require_structure(location: Location, connection: sqlite3.Connection) -> None:
    """Check that all tables, columns and views are there, and as they should be.

    An older file is given what it lacks.

    Raises
    ------
    FileError
        If something is missing, or the box makes no sense.
    """
    (version,) = connection.execute("PRAGMA main.user_version").fetchone()
    found = _columns(connection)
    for table, names in expected_columns().items():
        if version == 1 and table in ("strata", "strata_all"):
            continue  # they come beside it
        if version == 1 and table == "fibers":
            names = tuple(name for name in names if name not in _SINCE_VERSION_2)
        if found.get(table) != names:
            lacking = [name for name in names if name not in found.get(table, ())]
            what = (
                f"no {', '.join(lacking)} in its table {table}" if lacking else f"another {table}"
            )
            raise FileError(
                f"{location.path}: damaged: it has {what}; build it anew, or take a copy"
            )
    if version == VERSION:
        missing = _definitions() - _schema(connection)
        for _, name, _ in sorted(missing):
            raise FileError(f"{location.path}: damaged: another definition of {name}")
    with damage(location):
        box_of(connection)
    complement(connection, version)


@cache
def expected_columns() -> dict[str, tuple[str, ...]]:
    """Return the columns of each table and view of an atlas of this version."""
    with closing(sqlite3.connect(":memory:")) as connection:
        create_tables(connection, 1)
        return _columns(connection)


@cache
def _definitions() -> frozenset[tuple[str, str, str | None]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        create_tables(connection, 1)
        return _schema(connection)


def _schema(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str | None]]:
    """Return kind, name and text of each table, view, index and trigger."""
    rows = connection.execute("SELECT type, name, sql FROM main.sqlite_master WHERE sql NOT NULL")
    return frozenset(rows.fetchall())


def _columns(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    names = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type IN ('table', 'view') "
        "AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    ).fetchall()
    return {name: _columns_of(connection, name) for (name,) in names}


def _columns_of(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
    return tuple(name for (name,) in rows)
