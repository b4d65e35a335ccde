"""The lock that keeps a second builder from an atlas."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from linnet_exact.atlas.storage.location import Location
from linnet_exact.errors import FileError

__all__ = ["the_only_builder"]


@contextmanager
def the_only_builder(location: Location) -> Iterator[None]:
    """Hold a lock that the system gives back even when this process is killed.

    The lock is that of an empty database beside the atlas: it works wherever SQLite does.

    Raises
    ------
    FileError
        If somebody else is building this atlas, or what is in the lock's place is not a lock.
    """
    name = location.beside("-lock")
    location.require_writable()
    if name.exists() and not (name.is_file() and name.stat().st_size == 0):
        raise FileError(f"{name}: where the lock of {location.path} should be; move it away")
    new = not name.exists()
    try:
        lock = sqlite3.connect(name, timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise FileError(f"{name}: the lock of the atlas cannot be made: {error}") from error
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF != sqlite3.SQLITE_BUSY:
                if new:  # the disk may be full
                    name.unlink(missing_ok=True)
                raise FileError(f"{name}: the lock of the atlas cannot be had: {error}") from error
            raise FileError(
                f"{location.path}: somebody else is building this atlas; "
                f"linnet-exact atlas status shows how far it is"
            ) from error
        try:
            yield
        finally:
            name.unlink(missing_ok=True)
