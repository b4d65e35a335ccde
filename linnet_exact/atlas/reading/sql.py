"""Questions to an atlas in SQL, which cannot change anything and can be broken off at any time.

SQLite looks at neither the clock nor an interruption within one function, or while it plans a
query. So a thread works on the query, on a connection of its own, and whoever asks only waits.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Semaphore, Thread
from time import monotonic
from typing import Any

from linnet_exact.atlas.contents.schema import complement
from linnet_exact.atlas.reading.reading import Atlas
from linnet_exact.atlas.storage.location import Location, connect_to_read
from linnet_exact.errors import InputError, TooLargeError

__all__ = ["Answer", "ask", "too_long"]

_ALLOWED = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
# Functions that could make a row of any length out of nothing.
_REFUSED_FUNCTIONS = {"load_extension", "zeroblob", "randomblob", "printf", "format"}
_MAX_BYTES = 200_000
_MAX_PATTERN = 200
_ROWS_AT_ONCE = 256
_READ_AHEAD = 4  # times as many rows

Row = tuple[Any, ...]


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
    messages = _Query(atlas.location, sql).messages(max_seconds)
    columns = next(messages)
    if not columns:
        raise InputError("the query has no result; it must be one SELECT")
    if len(set(columns)) < len(columns):
        raise InputError("two columns of the result have the same name; name them with AS")
    return Answer(columns, _rows(columns, messages))


def _rows(columns: Row, messages: Generator[Row, None, None]) -> Iterator[dict[str, Any]]:
    with closing(messages):
        for rows in messages:
            for row in rows:
                yield dict(zip(columns, map(_value, row), strict=True))


def _value(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


class _Query:
    """One query that a thread works on."""

    def __init__(self, location: Location, sql: str) -> None:
        self._location = location
        self._sql = sql
        self._messages: SimpleQueue[Row | Exception] = SimpleQueue()
        self._room = Semaphore(_READ_AHEAD)
        self._given_up = Event()

    def messages(self, max_seconds: float) -> Generator[Row, None, None]:
        """Yield the names of the columns, then rows, some at a time, which end with none."""
        end = monotonic() + max_seconds
        # A daemon, for the program does not wait for it to end.
        Thread(target=self._work, daemon=True).start()
        try:
            while True:
                try:
                    message = self._messages.get(timeout=max(0, end - monotonic()))
                except Empty:
                    raise too_long(max_seconds) from None
                if isinstance(message, Exception):
                    raise _refusal(message) from message
                self._room.release()
                yield message
                if not message:
                    return
        finally:
            self._given_up.set()
            self._room.release()

    def _work(self) -> None:
        try:
            with closing(connect_to_read(self._location)) as connection:
                complement(connection, self._location.version)
                # So that the schema is read, which would not be allowed later.
                connection.execute("SELECT 1 FROM temp.sqlite_schema, main.sqlite_schema")
                connection.set_authorizer(_authorize)
                connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_BYTES)
                connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, _MAX_PATTERN)
                connection.set_progress_handler(self._given_up.is_set, 10_000)
                cursor = connection.execute(self._sql)
                message: Row = tuple(name for name, *_ in cursor.description or ())
                self._messages.put(message)
                while message and self._room.acquire() and not self._given_up.is_set():
                    message = tuple(cursor.fetchmany(_ROWS_AT_ONCE))
                    self._messages.put(message)
        except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
            self._messages.put(error)


def too_long(max_seconds: float) -> TooLargeError:
    """Return the error that says that the time is over."""
    return TooLargeError(f"the query takes longer than {max_seconds:g} s; see --max-seconds")


def _refusal(error: Exception) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
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
