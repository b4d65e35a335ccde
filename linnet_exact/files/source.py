"""Where bytes come from: files that are read where asked; pipes and stdin once, and only so far.

Every reader gets its bytes here. Sizes that the file system tells are not believed: a pipe, a
device and a file under /proc have none, and a file may be cut while it is read. Files are not
mapped into memory, because touching a page that is no longer there ends the process.
"""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, TypeAlias

from linnet_exact.arguments import as_path
from linnet_exact.errors import FileError

__all__ = ["MAX_PIPED", "AnyFile", "Source", "named_errors", "read_bounded"]

MAX_PIPED = 64 * 2**20
"""Most bytes that are read of what is not a regular file."""

_PIECE = 2**20

AnyFile: TypeAlias = "str | os.PathLike[str] | Source"
"""What names a file: a text, a path, or a source of its bytes."""


@dataclass(frozen=True)
class Source:
    """A file that can be opened again and again, and read at any place.

    Attributes
    ----------
    path : Path
        For messages; ``-`` is stdin.
    content : bytes, optional
        Everything that came out of what can be read only once.
    state : tuple of int, optional
        What the system said of the file when it was named: it must not change until it is read.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "x.json")
    >>> _ = path.write_text("{}")
    >>> with Source.of(path).open() as stream:
    ...     stream.read()
    b'{}'
    """

    path: Path
    content: bytes | None = None
    state: tuple[int, ...] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, path: AnyFile) -> "Source":
        """Return a source of the bytes in a file; what is not a regular file is read now.

        Raises
        ------
        FileError
            If there is no such file, or a pipe or device has more than `MAX_PIPED` bytes.
        """
        if isinstance(path, Source):
            return path
        path = as_path(path, "file")
        if str(path) == "-":
            if sys.stdin is None:
                raise FileError("stdin is closed; name a file instead of -")
            with named_errors(path):
                return cls(path, read_bounded(path, sys.stdin.buffer, MAX_PIPED))
        with named_errors(path):
            found = path.stat()
            if stat.S_ISREG(found.st_mode):
                return cls(path, None, _state(found))
            with path.open("rb", buffering=0) as stream:
                return cls(path, read_bounded(path, stream, MAX_PIPED))

    def open(self) -> BinaryIO:
        """Open the bytes for reading.

        Raises
        ------
        FileError
            If the file cannot be opened, or is not the one that it was.
        """
        if self.content is not None:
            return BytesIO(self.content)
        with named_errors(self.path):
            # Without waiting: a pipe that took the place of the file might never have a writer.
            flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
            stream = os.fdopen(os.open(self.path, flags), "rb")
        found = os.fstat(stream.fileno())
        if not stat.S_ISREG(found.st_mode) or self.state not in (None, _state(found)):
            stream.close()
            raise FileError(f"{self.path}: it was changed or replaced while it was read")
        return stream

    def require_unchanged(self) -> None:
        """Look whether what was read until now is that of one file.

        Raises
        ------
        FileError
            If the file is not the one that it was.
        """
        self.open().close()

    def start(self, length: int) -> bytes:
        """Return the first bytes, fewer if there are no more."""
        with named_errors(self.path), self.open() as stream:
            return stream.read(length)

    def whole(self, limit: int) -> bytes:
        """Return all bytes.

        Raises
        ------
        FileError
            If there are more than `limit`, or the file cannot be read.
        """
        with named_errors(self.path), self.open() as stream:
            return read_bounded(self.path, stream, limit)


def _state(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def read_bounded(path: Path, stream: BinaryIO, limit: int) -> bytes:
    """Return what is left of a stream, and never take memory for more than `limit` bytes.

    Raises
    ------
    FileError
        If there are more.

    Examples
    --------
    >>> read_bounded(Path("x"), BytesIO(b"abc"), 3)
    b'abc'
    >>> read_bounded(Path("x"), BytesIO(b"abcd"), 3)
    Traceback (most recent call last):
    ...
    linnet_exact.errors.FileError: x: it has more than the 3 bytes that are read of such a file
    """
    found = bytearray()
    while piece := stream.read(min(_PIECE, limit + 1 - len(found))):
        found += piece
        if len(found) > limit:
            raise FileError(
                f"{path}: it has more than the {limit} bytes that are read of such a file"
            )
    return bytes(found)


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Turn errors of the operating system into a `FileError` with the name of the file."""
    try:
        yield
    except OSError as error:
        raise FileError(f"{path}: {error.strerror or error}") from None
    except ValueError as error:
        if isinstance(error, FileError):
            raise
        raise FileError(f"{path}: no file can have this name: {error}") from None
