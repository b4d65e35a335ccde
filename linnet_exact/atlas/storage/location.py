"""Where an atlas is: one SQLite file, or a folder of Parquet files with a small one that leads it.

Everything about a file that can be wrong is found here, before SQLite may change a byte of it.
"""

from __future__ import annotations

import glob
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from linnet_exact.atlas.contents.schema import APPLICATION_ID, VERSION
from linnet_exact.errors import FileError

__all__ = ["Location", "damage", "errors_of", "open_to_read", "open_to_write"]

LEADER = "_atlas.db"  # readers of Parquet data sets leave out names that begin with an underscore
_CHECKED_ALWAYS = 1 << 26  # bytes; checking a larger file takes more than a moment
_HEADER = b"SQLite format 3\0"
_ROLLBACK = 1  # in byte 18 of the header: whoever closed this file left no log behind


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
        if not path.exists():
            raise FileError(f"{path}: there is no such atlas; linnet-exact atlas build makes one")
        header = location.header() if location.database.is_file() else b""
        identity = int.from_bytes(header[68:72], "big")
        if len(header) < 100 or not header.startswith(_HEADER) or identity != APPLICATION_ID:
            raise FileError(f"{path}: not an atlas made by linnet-exact atlas build")
        version = int.from_bytes(header[60:64], "big")
        if not 1 <= version <= VERSION:
            raise FileError(
                f"{path}: an atlas of version {version}; this program knows versions up to "
                f"{VERSION}, so a newer one is needed"
            )
        return location

    @property
    def database(self) -> Path:
        """The SQLite file; absolute, for SQLite takes names such as ``:memory:`` as something else.

        Examples
        --------
        >>> Location(Path(":memory:")).database == Path.cwd() / ":memory:"
        True
        """
        return (self.path / LEADER if self.parquet else self.path).absolute()

    def beside(self, ending: str) -> Path:
        """Return the path of a file that SQLite, or a builder, keeps beside the database."""
        return self.database.with_name(self.database.name + ending)

    def header(self) -> bytes:
        """Return the first 100 bytes of the database."""
        with self.database.open("rb") as stream:
            return stream.read(100)

    @property
    def version(self) -> int:
        """The version of the tables."""
        return int.from_bytes(self.header()[60:64], "big")

    @property
    def has_a_log_of_another(self) -> bool:
        """Whether there is a write-ahead log beside a file that was closed without one.

        Then the file was copied over one that was being built; SQLite would take the log for its.
        """
        return self.header()[18] == _ROLLBACK and self.beside("-wal").exists()

    @property
    def bytes(self) -> int:
        """The size of the atlas on disk."""
        if not self.parquet:
            beside = (self.database, self.beside("-wal"))
            return sum(file.stat().st_size for file in beside if file.exists())
        return sum(file.stat().st_size for file in self.path.rglob("*") if file.is_file())

    def remove_unfinished(self) -> None:
        """Remove what builders that were killed have left; for the only builder."""
        left = self.database.parent.glob(f".{glob.escape(self.database.name)}.*.unfinished")
        parts = self.path.rglob(".*.parquet.*.unfinished") if self.parquet else ()
        for file in [*left, *parts]:
            file.unlink(missing_ok=True)

    def require_writable(self) -> None:
        """Raise `FileError` if the file or its folder is read-only, even for the superuser."""
        for path in (self.database, self.database.parent):
            if path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK)):
                where = self.path if path == self.database else path
                raise FileError(f"{where}: read-only; copy it to where it can be written")


_REASONS = {
    sqlite3.SQLITE_BUSY: "in use by another program; try again when that is done",
    sqlite3.SQLITE_LOCKED: "in use by another program; try again when that is done",
    sqlite3.SQLITE_READONLY: "read-only; copy it to where it can be written",
    sqlite3.SQLITE_PERM: "not permitted; copy it to where it can be read and written",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened, or its folder cannot be written",
    sqlite3.SQLITE_NOMEM: "takes more memory than there is",
}


@contextmanager
def errors_of(location: Location, after: str | None = None) -> Iterator[None]:
    """Turn what SQLite says about a damaged, full or locked file into a `FileError`.

    Parameters
    ----------
    after : str, optional
        What to say of a full disk; by default, that what was finished is kept.
    """
    path = location.path
    try:
        yield
    except UnicodeDecodeError as error:  # in the message of SQLite itself
        raise FileError(f"{path}: damaged: a name in it is no text") from error
    except sqlite3.Error as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            after = after or (
                f"what was finished is kept: make room, then linnet-exact atlas resume {path}"
            )
            raise FileError(f"{path}: the disk is full or failing ({error}); {after}") from error
        if code == sqlite3.SQLITE_INTERRUPT:
            raise
        # With the tables as they should be, what SQLite cannot do is because of what is in them.
        reason = _REASONS.get(code, f"damaged: {_one_line(error)}")
        raise FileError(f"{path}: {reason}") from error


@contextmanager
def damage(location: Location) -> Iterator[None]:
    """Say that an atlas is damaged when what is read of it cannot be made sense of.

    For nothing but turning what is stored into values: a fault of the program would be hidden.
    """
    try:
        yield
    except FileError:
        raise
    except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError) as error:
        raise FileError(
            f"{location.path}: damaged: {_one_line(error)}; build it anew, or take a copy"
        ) from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


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
    with errors_of(location), closing(connect_to_read(location)) as opened:
        if thorough or location.database.stat().st_size <= _CHECKED_ALWAYS:
            _check_integrity(location, opened)
        yield opened


def connect_to_read(location: Location) -> sqlite3.Connection:
    """Return a connection that cannot write, for one thread."""
    # Without a place for a log beside it, or with a log that is not its own, a file must not be
    # about to change.
    fixed = location.has_a_log_of_another or not os.access(location.database.parent, os.W_OK)
    mode = "mode=ro&immutable=1" if fixed else "mode=ro"
    name = f"file:{quote(os.fsencode(location.database))}?{mode}"
    return sqlite3.connect(name, uri=True, isolation_level=None)


def _check_integrity(location: Location, connection: sqlite3.Connection) -> None:
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise FileError(f"{location.path}: damaged: {' '.join(str(found).split())}")


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
    if location.has_a_log_of_another:
        for ending in ("-wal", "-shm"):
            location.beside(ending).unlink(missing_ok=True)
    with (
        errors_of(location),
        closing(sqlite3.connect(location.database, isolation_level=None)) as connection,
    ):
        # Readers go on while a unit is written. After a crash of the machine, and not only of
        # this program, the last units may have to be done again; nothing worse.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        yield connection
