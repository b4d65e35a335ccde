"""Where an atlas is: one SQLite file, or a folder of Parquet files with a small one that leads it.

Everything about a file that can be wrong is found here, before SQLite may change a byte of it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from linnet_exact.atlas.schema import APPLICATION_ID, VERSION
from linnet_exact.errors import FileError

__all__ = ["Location", "open_to_read", "open_to_write", "the_only_builder"]

LEADER = "_atlas.db"  # readers of Parquet data sets leave out names that begin with an underscore
_CHECKED_ALWAYS = 1 << 26  # bytes; checking a larger file takes more than a moment
_HEADER = b"SQLite format 3\0"


@dataclass(frozen=True)
class Location:
    """The place of an atlas: an SQLite file, or a folder for Parquet."""

    path: Path
    parquet: bool = False

    @classmethod
    def find(cls, path: Path) -> Location:
        """Return the location of the atlas that is at `path`.

        Raises
        ------
        FileError
            If there is none, or one of a newer version.
        """
        location = cls(path, path.is_dir())
        header = b""
        if location.database.exists():
            with location.database.open("rb") as stream:
                header = stream.read(100)
        elif not path.exists():
            raise FileError(f"{path}: there is no such atlas; linnet-exact atlas build makes one")
        identity = int.from_bytes(header[68:72], "big")
        if len(header) < 100 or not header.startswith(_HEADER) or identity != APPLICATION_ID:
            raise FileError(f"{path}: not an atlas made by linnet-exact atlas build")
        version = int.from_bytes(header[60:64], "big")
        if version > VERSION:
            raise FileError(
                f"{path}: an atlas of version {version}; this program knows versions up to "
                f"{VERSION}, so a newer one is needed"
            )
        return location

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.path / LEADER if self.parquet else self.path

    @property
    def bytes(self) -> int:
        """The size of the atlas on disk."""
        if not self.parquet:
            beside = (self.path, self.path.with_name(self.path.name + "-wal"))
            return sum(file.stat().st_size for file in beside if file.exists())
        return sum(file.stat().st_size for file in self.path.rglob("*") if file.is_file())

    def require_writable(self) -> None:
        """Raise `FileError` if the file or its folder is read-only, even for the superuser."""
        for path in (self.database, self.database.parent):
            if not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK):
                raise FileError(f"{path}: read-only; copy it to where it can be written")


@contextmanager
def errors_of(location: Location) -> Iterator[None]:
    """Turn what SQLite says about a damaged, full or locked file into a `FileError`."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None) or 0
        if code & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise FileError(
                f"{location.path}: the disk is full or failing ({error}); what was finished is "
                f"kept: make room, then linnet-exact atlas resume {location.path}"
            ) from error
        if code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise FileError(f"{location.path}: damaged: {error}") from error
        raise


@contextmanager
def open_to_read(location: Location, thorough: bool = False) -> Iterator[sqlite3.Connection]:
    """Open an atlas for reading only; it may be being built at the same time.

    Parameters
    ----------
    thorough : bool
        Check the integrity of a file of any size; otherwise only if that is quick.

    Raises
    ------
    FileError
        If the file is damaged.
    """
    with errors_of(location):
        name = f"file:{quote(str(location.database.absolute()))}"
        writable = os.access(location.database.parent, os.W_OK)
        # Without a place for a log beside it, a file must not be about to change.
        mode = "mode=ro" if writable else "mode=ro&immutable=1"
        with closing(sqlite3.connect(f"{name}?{mode}", uri=True, isolation_level=None)) as opened:
            if thorough or location.database.stat().st_size <= _CHECKED_ALWAYS:
                _check_integrity(location, opened)
            yield opened


def _check_integrity(location: Location, connection: sqlite3.Connection) -> None:
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise FileError(f"{location.path}: damaged: {' '.join(found.split())}")


@contextmanager
def open_to_write(location: Location) -> Iterator[sqlite3.Connection]:
    """Open an atlas for writing, after checking its integrity without changing it.

    Raises
    ------
    FileError
        If the file is read-only or damaged.
    """
    location.require_writable()
    with open_to_read(location, thorough=True):
        pass
    with (
        errors_of(location),
        closing(sqlite3.connect(location.database, isolation_level=None)) as connection,
    ):
        # Readers go on while a unit is written. After a crash of the machine, and not only of
        # this program, the last units may have to be done again; nothing worse.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        yield connection


@contextmanager
def the_only_builder(location: Location) -> Iterator[None]:
    """Hold a lock that the system gives back even when this process is killed.

    Raises
    ------
    FileError
        If somebody else is building this atlas.
    """
    name = location.database.with_name(location.database.name + "-lock")
    with closing(sqlite3.connect(name, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise FileError(
                f"{location.path}: somebody else is building this atlas; "
                f"linnet-exact atlas status shows how far it is"
            ) from error
        try:
            yield
        finally:
            name.unlink(missing_ok=True)
