"""Questions to an atlas: in SQL, or in the language of `refute`; neither can change anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any

from linnet_exact.atlas.reading import Atlas, StoredFiber, bars_of
from linnet_exact.atlas.rows import row_of
from linnet_exact.errors import InputError, TooLargeError

__all__ = ["Answer", "ask", "where"]

_STEPS_BETWEEN_LOOKS_AT_THE_CLOCK = 10_000
_ALLOWED = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
# Functions that could make a row of any length out of nothing.
_REFUSED_FUNCTIONS = {"load_extension", "zeroblob", "randomblob", "printf", "format"}
# The clock is not looked at within one function, and some compare all places of a text with all of
# another: texts of this length keep that below a second.
_MAX_BYTES = 200_000
_MAX_PATTERN = 200


@dataclass(frozen=True)
class Answer:
    """The columns of an answer, and its rows as they come."""

    columns: tuple[str, ...]
    rows: Iterator[dict[str, Any]]


def ask(atlas: Atlas, sql: str, max_seconds: float) -> Answer:
    """Return the answer to one SELECT.

    Raises
    ------
    InputError
        If it is not SQL, or would do anything but read, or the atlas is in Parquet files.
    TooLargeError
        If it takes longer than `max_seconds`; also while the rows are read.
    """
    if atlas.location.parquet:
        path = atlas.location.path
        raise InputError(
            f"{path}: a folder of Parquet files; ask DuckDB, FROM '{path}/strata/*/*.parquet', "
            f"or use --where"
        )
    connection = atlas.connection
    connection.set_authorizer(_authorize)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_BYTES)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, _MAX_PATTERN)
    end = monotonic() + max_seconds
    connection.set_progress_handler(lambda: monotonic() > end, _STEPS_BETWEEN_LOOKS_AT_THE_CLOCK)
    try:
        cursor = connection.execute(sql)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        raise _refusal(error, max_seconds) from error
    columns = tuple(name for name, *_ in cursor.description or ())
    if not columns:
        raise InputError("the query has no result; it must be one SELECT")
    if len(set(columns)) < len(columns):
        raise InputError("two columns of the result have the same name; name them with AS")
    return Answer(columns, _rows(cursor, columns, max_seconds))


def _rows(
    cursor: sqlite3.Cursor, columns: tuple[str, ...], max_seconds: float
) -> Iterator[dict[str, Any]]:
    try:
        for row in cursor:
            yield dict(zip(columns, map(_value, row), strict=True))
    except sqlite3.Error as error:
        raise _refusal(error, max_seconds) from error


def _value(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def _refusal(error: Exception, max_seconds: float) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_INTERRUPT:
        return TooLargeError(f"the query takes longer than {max_seconds:g} s; see --max-seconds")
    if code is not None and code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return error
    if code == sqlite3.SQLITE_AUTH:
        return InputError("an atlas can only be read; the query must be one SELECT")
    return InputError(f"the query is not understood: {error}")


def _authorize(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action not in _ALLOWED:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and second in _REFUSED_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def where(atlas: Atlas, text: str, max_seconds: float) -> Iterator[dict[str, Any]]:
    """Yield the rows of the strata, those of mirrored fibers included, of which `text` holds.

    Raises
    ------
    InputError
        If `text` is not an expression over strata, or has no value for one of them.
    TooLargeError
        If it takes longer than `max_seconds`.
    """
    from linnet_exact.claims.language.expression import Expression
    from linnet_exact.claims.refutation.quantities import FIBER_QUANTITIES, kinds_over

    expression = Expression(text, kinds_over("strata"))
    end = monotonic() + max_seconds
    for fiber in atlas.fibers():
        of_fiber = {
            name: FIBER_QUANTITIES[name].value(fiber.fiber)
            for name in expression.names
            if name in FIBER_QUANTITIES
        }
        for stratum in atlas.strata(fiber.first_stratum, fiber.strata):
            row = row_of(fiber, stratum)
            values = of_fiber | _quantities(fiber, row, stratum.barcode, expression.names)
            if expression.holds(tuple(values[name] for name in expression.names)):
                yield row
        if monotonic() > end:
            raise TooLargeError(f"the query takes longer than {max_seconds:g} s; see --max-seconds")


_COLUMN_OF = {
    "dim": "dimension",
    "codim": "codimension",
    "tangent_dim": "tangent_dimension_of_fiber",
    "local_dim": "local_fiber_dimension",
    "singular": "singular",
    "maximal": "maximal",
    "minimal": "minimal",
    "real_components": "real_components",
}


def _quantities(
    fiber: StoredFiber, row: dict[str, Any], barcode: str, names: tuple[str, ...]
) -> dict[str, Any]:
    """Return the named quantities of a stratum, from what is stored of it."""
    from linnet_exact.claims.refutation.strata_table import place

    values: dict[str, Any] = {}
    depth, rank = fiber.fiber.network.depth, fiber.fiber.rank
    for name in names:
        if name in _COLUMN_OF:
            values[name] = row[_COLUMN_OF[name]]
            if values[name] is None:
                raise InputError(f"the atlas does not include invariants, such as {name}")
        elif name == "orbit_codim":
            widths = row["widths"]
            values[name] = row["codimension"] - rank * (widths[0] + widths[-1] - rank)
        elif name == "r":
            values[name] = list(row["rank_list"].values())
        elif name in ("bars", "omega"):
            bars = bars_of(barcode, depth if fiber.mirrored else None)
            if name == "bars":
                values[name] = tuple(tuple(bar) for bar, count in bars for _ in range(count))
            else:
                counts = [0] * ((depth + 1) * (depth + 2) // 2)
                for (start, end), count in bars:
                    counts[place(end, start)] = count
                values[name] = counts
    return values
