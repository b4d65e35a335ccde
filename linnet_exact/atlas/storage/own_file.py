"""A builder's own file: one that was put in its place meanwhile is left as it is."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from linnet_exact.atlas.storage.location import Location
from linnet_exact.errors import FileError

__all__ = ["OwnFile", "own_file"]

_LOG_BYTES = 1 << 22  # what SQLite itself takes for a large log


class OwnFile:
    """The database of a builder, into which its log is only written while nobody else wrote it."""

    def __init__(self, location: Location, connection: sqlite3.Connection) -> None:
        self._location = location
        self._connection = connection
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        self._state = self._now()

    def _now(self) -> tuple[int, ...] | None:
        try:
            found = os.stat(self._location.database)
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns

    @property
    def is_lost(self) -> bool:
        """Whether the file is another one, or was written to by others."""
        return self._now() != self._state

    def require(self) -> None:
        """Raise `FileError` if the file is lost."""
        if self.is_lost:
            raise FileError(
                f"{self._location.path}: something else was put there while it was being built; "
                "that is left as it is, and what was being built is gone"
            )

    def write_log(self) -> None:
        """Write the log to the file, if it is large."""
        log = self._location.beside("-wal")
        if log.exists() and log.stat().st_size > _LOG_BYTES:
            self.require()
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            self._state = self._now()

    def finish(self) -> None:
        """Leave one file without a log, which can be read from anywhere."""
        self.require()
        self._connection.execute("PRAGMA journal_mode = DELETE")
        self._state = self._now()

    def forget_log(self) -> None:
        """Spoil the log: SQLite would write it to the file when the connection is closed."""
        for ending in ("-wal", "-shm"):
            path = self._location.beside(ending)
            if path.exists():
                if ending == "-wal":
                    os.truncate(path, 0)
                path.unlink(missing_ok=True)


@contextmanager
def own_file(location: Location, connection: sqlite3.Connection) -> Iterator[OwnFile]:
    """Watch over the file of a builder.

    Raises
    ------
    FileError
        If something else was put in its place, whatever else went wrong because of that.
    """
    own = OwnFile(location, connection)
    try:
        yield own
    finally:
        if own.is_lost:
            own.forget_log()
            own.require()
