"""The tables of an atlas in SQLite.

``PRAGMA application_id`` says that a file is an atlas and ``PRAGMA user_version`` which version.

- ``fibers``: every fiber of the box; ``same_as`` is the fiber with reversed widths whose strata are
  stored for both, ``first_stratum`` the id of the first stratum stored for it, ``strata`` their
  number (as text from 2^63 on).
- ``invariants``: what is known of each stored fiber.
- ``stored_strata``: the strata, numbered in the order of the fibers and, in a fiber, of its
  listing, the minimal stratum first. ``strata`` is the same for readers, with widths and rank.
- ``edges``: covers of the closure order; ``move`` is a row of ``moves`` for that depth.
- ``claims``: how often each claim was checked on the cases of a fiber, and failed.
- ``units``: the pieces of work, and which of them are done; each is written in one transaction.
- ``box``: what was asked for. ``runs``: when it was worked on; not part of the content.
"""

import sqlite3

from linnet_exact.strata.order.moves import moves_of_fiber

__all__ = ["APPLICATION_ID", "DATA_TABLES", "VERSION", "create_data_tables", "create_tables"]

APPLICATION_ID = 0x4C45_4154
VERSION = 1

DATA_TABLES = {
    "invariants": """(
        fiber INTEGER PRIMARY KEY,
        dimension INTEGER,
        codimension INTEGER,
        learning_coefficient TEXT,
        multiplicity INTEGER,
        top_components INTEGER,
        smooth INTEGER,
        components INTEGER,
        component_dimensions TEXT
    )""",
    "stored_strata": """(
        id INTEGER PRIMARY KEY,
        barcode TEXT,
        dimension INTEGER,
        tangent_dimension INTEGER,
        local_dimension INTEGER,
        real_components INTEGER,
        maximal INTEGER
    )""",
    "edges": "(lower INTEGER, upper INTEGER, move INTEGER, PRIMARY KEY (lower, upper)) "
    "WITHOUT ROWID",
    "claims": "(fiber INTEGER, claim TEXT, checked INTEGER, failed INTEGER, witness TEXT, "
    "PRIMARY KEY (fiber, claim)) WITHOUT ROWID",
}

_PLAN_TABLES = """
    CREATE TABLE box (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
    CREATE TABLE fibers (
        id INTEGER PRIMARY KEY,
        widths TEXT,
        rank INTEGER,
        depth INTEGER,
        weight_dimension INTEGER,
        strata,
        same_as INTEGER REFERENCES fibers (id),
        first_stratum INTEGER
    );
    CREATE TABLE moves (
        depth INTEGER,
        move INTEGER,
        kind TEXT,
        lower_bar TEXT,
        upper_bar TEXT,
        PRIMARY KEY (depth, move)
    ) WITHOUT ROWID;
    CREATE TABLE units (
        id INTEGER PRIMARY KEY,
        first_fiber INTEGER,
        last_fiber INTEGER,
        prefixes TEXT,
        first_stratum INTEGER,
        strata INTEGER,
        contents TEXT,
        done INTEGER DEFAULT 0
    );
    CREATE INDEX units_left ON units (id) WHERE NOT done;
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        started REAL,
        seconds REAL DEFAULT 0,
        strata INTEGER DEFAULT 0,
        units INTEGER DEFAULT 0
    );
    CREATE VIEW strata AS
        SELECT
            s.id,
            f.id AS fiber,
            f.widths,
            f.rank,
            s.barcode,
            s.dimension,
            f.weight_dimension - s.dimension AS codimension,
            s.tangent_dimension AS tangent_dimension_of_fiber,
            s.local_dimension AS local_fiber_dimension,
            s.tangent_dimension > s.local_dimension AS singular,
            s.real_components,
            s.maximal,
            s.id = f.first_stratum AS minimal
        FROM fibers AS f
        JOIN stored_strata AS s ON s.id >= f.first_stratum AND s.id < f.first_stratum + f.strata;
"""


def create_data_tables(connection: sqlite3.Connection) -> None:
    """Create the tables that the units fill."""
    for name, columns in DATA_TABLES.items():
        connection.execute(f"CREATE TABLE {name} {columns}")


def create_tables(connection: sqlite3.Connection, max_depth: int) -> None:
    """Create all tables of an empty atlas, and say what the moves are."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.executescript(_PLAN_TABLES)
    create_data_tables(connection)
    connection.executemany(
        "INSERT INTO moves VALUES (?, ?, ?, ?, ?)",
        (
            (depth, label, move.kind, str(move.lower), str(move.upper))
            for depth in range(1, max_depth + 1)
            for label, move in enumerate(moves_of_fiber(depth))
        ),
    )
