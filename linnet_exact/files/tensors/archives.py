"""Zip archives from strangers: members read in place, or unpacked within bounds."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, cast

from linnet_exact.errors import FileError

__all__ = ["open_archive", "open_member", "whole"]

READ_WHOLE = 64 * 2**20
"""Members up to this size are read whole, at least if they are compressed or to be verified."""
MAX_UNPACKED = 256 * 2**20
"""Largest compressed member that is unpacked, in bytes; above `READ_WHOLE` it goes to a file."""
MAX_RATIO = 100
"""How many times its size a compressed member above `READ_WHOLE` may unpack to."""
MAX_DIRECTORY = 8 * 2**20
"""Largest list of members, in bytes; a member takes about 100."""

_DAMAGE = (
    *(OSError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, KeyError),
    *(NotImplementedError, RuntimeError, ValueError, struct.error, OverflowError),
)
"""What reading a member brings about: damage, encryption, odd methods, names that are no text."""


@contextmanager
def whole(what: str, where: str = "") -> Iterator[None]:
    """Turn everything that a damaged archive brings about into a `FileError`: it is not whole.

    Examples
    --------
    >>> with whole(".npz archive"):
    ...     zipfile.ZipFile(io.BytesIO(b"PK"))
    Traceback (most recent call last):
    ...
    linnet_exact.errors.FileError: not a whole .npz archive: File is not a zip file
    """
    try:
        yield
    except FileError:
        raise
    except _DAMAGE as error:
        reason = getattr(error, "strerror", None) or f"not a whole {what}: {error}"
        raise FileError(f"{where}{reason}") from None


class _Limited:
    """A file of which no more than so many bytes are read at once, while there is a limit."""

    def __init__(self, file: IO[bytes], limit: int | None) -> None:
        self.file, self.limit = file, limit
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if self.limit is not None and not 0 <= size <= self.limit:
            if size < 0:
                return self.file.read(self.limit)
            raise FileError(f"its list of members is larger than {self.limit} bytes")
        return self.file.read(size)


@contextmanager
def open_archive(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """Open an archive, whose list of members is read now.

    Raises
    ------
    FileError
        If that list is too large. If it is no archive there are other errors; see `whole`.
    """
    limited = _Limited(file, MAX_DIRECTORY)
    with zipfile.ZipFile(cast("IO[bytes]", limited)) as archive:
        limited.limit = None
        yield archive


@contextmanager
def open_member(
    file: IO[bytes], member: zipfile.ZipInfo, verify: bool
) -> Iterator[tuple[IO[bytes], int]]:
    """Give a stream, and where in it the data of a member begin.

    Parameters
    ----------
    verify : bool
        Whether members up to `READ_WHOLE` that are not compressed are read whole, and compared
        with their checksums. Otherwise, and above, they are read in place.

    Raises
    ------
    FileError
        If the member is compressed and would unpack to too much; see `whole` for other errors.
    """
    large = member.file_size > READ_WHOLE
    if member.compress_type == zipfile.ZIP_STORED and (large or not verify):
        yield file, _data_offset(file, member)
    elif large:
        _require_modest(member)
        with open_archive(file) as archive, TemporaryFile() as unpacked:
            with archive.open(member) as packed:
                copyfileobj(packed, unpacked, 2**20)
            yield unpacked, 0
    else:
        with open_archive(file) as archive:
            data = archive.read(member)
        yield io.BytesIO(data), 0


def _require_modest(member: zipfile.ZipInfo) -> None:
    if member.file_size > MAX_RATIO * member.compress_size:
        raise FileError(f"it would unpack from {member.compress_size} to {member.file_size} bytes")
    if member.file_size > MAX_UNPACKED:
        raise FileError(
            f"it unpacks to {member.file_size} bytes, more than {MAX_UNPACKED}; save it without "
            f"compression, and only the part asked for is read"
        )


def _data_offset(stream: IO[bytes], member: zipfile.ZipInfo) -> int:
    """Return where the data of a member begins: after its own header, name and extra field."""
    stream.seek(member.header_offset + 26)
    lengths = stream.read(4)
    name, extra = (int.from_bytes(lengths[at : at + 2], "little") for at in (0, 2))
    return member.header_offset + 30 + name + extra
