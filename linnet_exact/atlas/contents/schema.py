"""The tables of an atlas in SQLite; `describe` says what is in them.

``PRAGMA application_id`` says that a file is an atlas and ``PRAGMA user_version`` which version.
Since version 2 fibers have a label and a multiplicity, and there is a view of all strata. A file of
version 1 has the same tables otherwise: it is read, and finished, with these additions beside it.
"""

import sqlite3

from linnet_exact.strata.order.moves import moves_of_fiber

__all__ = [
    "APPLICATION_ID",
    "DATA_TABLES",
    "VERSION",
    "complement",
    "create_data_tables",
    "create_tables",
    "move_rows",
]

APPLICATION_ID = 0x4C45_4154
VERSION = 2

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
        label TEXT,
        multiplicity INTEGER,
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
"""

# What version 1 lacks, of the table itself.
_FIBERS_OF_VERSION_1 = """
    CREATE TEMP VIEW fibers AS
        SELECT
            f.*,
            CASE WHEN f.same_as IS NULL
                THEN 1 + (f.id IN (SELECT same_as FROM main.fibers WHERE same_as IS NOT NULL))
            END AS multiplicity,
            replace(f.widths, ',', '.') || '-' || f.rank AS label
        FROM main.fibers AS f;
"""

_KEYS = """
    dimension,
    codimension,
    tangent_dimension AS tangent_dimension_of_fiber,
    local_dimension AS local_fiber_dimension,
    tangent_dimension > local_dimension AS singular,
    real_components,
    maximal,
    minimal
"""

# The barcode in a label; see `linnet_exact.strata.values.label`.
_IN_LABEL = "replace(replace(replace(barcode, '-', '_'), ':', 'x'), ',', '.')"

# A barcode with all bars reversed: cut at the commas, turned, sorted and put together again.
_REVERSED = """(
    SELECT group_concat(bar, ',') FROM (
        SELECT start || '-' || stop || count AS bar FROM (
            SELECT
                f.depth - CAST(substr(value, instr(value, '-') + 1) AS INTEGER) AS start,
                f.depth - CAST(substr(value, 1, instr(value, '-') - 1) AS INTEGER) AS stop,
                CASE WHEN instr(value, ':') THEN substr(value, instr(value, ':')) ELSE '' END
                    AS count
            FROM json_each('["' || replace(s.barcode, ',', '","') || '"]')
        )
        ORDER BY start, stop
    )
)"""

_STORED = """
    CREATE {temporary} VIEW strata AS
        SELECT id, fiber, widths, rank, barcode, {keys}, multiplicity, label || '-' || {in_label}
            AS label
        FROM (
            SELECT s.*, f.id AS fiber, f.widths, f.rank, f.multiplicity, f.label,
                f.weight_dimension - s.dimension AS codimension, s.id = f.first_stratum AS minimal
            FROM fibers AS f
            JOIN stored_strata AS s
                ON s.id >= f.first_stratum AND s.id < f.first_stratum + f.strata
        );
"""
_ALL = """
    CREATE {temporary} VIEW strata_all AS
        SELECT id, fiber, widths, rank, barcode, {keys}, label || '-' || {in_label} AS label
        FROM (
            SELECT
                s.id, f.id AS fiber, f.widths, f.rank, f.label,
                CASE WHEN f.same_as IS NULL THEN s.barcode ELSE {reversed} END AS barcode,
                s.dimension, s.tangent_dimension, s.local_dimension, s.real_components, s.maximal,
                f.weight_dimension - s.dimension AS codimension, s.id = g.first_stratum AS minimal
            FROM fibers AS f
            JOIN fibers AS g ON g.id = coalesce(f.same_as, f.id)
            JOIN stored_strata AS s
                ON s.id >= g.first_stratum AND s.id < g.first_stratum + g.strata
        );
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
    _create_views(connection, "")
    connection.executemany("INSERT INTO moves VALUES (?, ?, ?, ?, ?)", move_rows(max_depth))


def move_rows(max_depth: int) -> list[tuple[int, int, str, str, str]]:
    """Return the rows of the table of moves: depth, number, kind and the two bars.

    Examples
    --------
    >>> move_rows(2)
    [(2, 0, 'connect', '0-0', '1-1'), (2, 1, 'connect', '1-1', '2-2')]
    """
    return [
        (depth, number, move.kind, str(move.lower), str(move.upper))
        for depth in range(1, max_depth + 1)
        for number, move in enumerate(moves_of_fiber(depth))
    ]


def complement(connection: sqlite3.Connection, version: int) -> None:
    """Add to a file of an older version, for this connection alone, what it lacks."""
    if version < VERSION:
        connection.executescript(_FIBERS_OF_VERSION_1)
        _create_views(connection, "TEMP")


def _create_views(connection: sqlite3.Connection, temporary: str) -> None:
    for view in (_STORED, _ALL):
        connection.executescript(
            view.format(temporary=temporary, keys=_KEYS, in_label=_IN_LABEL, reversed=_REVERSED)
        )
