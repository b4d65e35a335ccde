"""NumPy's `.npz` archives and `.npy` files, read without pickle and only where asked."""

import io
import lzma
import tokenize
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import IO, TYPE_CHECKING

from linnet_exact.errors import FileError
from linnet_exact.files.tensors import Index, Tensor, copied, laid_out, mapped_part

if TYPE_CHECKING:
    from linnet_exact.files.tensors import Array

__all__ = ["NpyFile", "NpzFile"]

READ_WHOLE = 64 * 2**20
"""Members of an archive up to this size are read whole, and so have their checksum verified."""
MAX_UNPACKED = 256 * 2**20
"""Largest compressed member that is unpacked, in bytes."""
MAX_RATIO = 100
"""How many times its size a compressed member above `READ_WHOLE` may unpack to."""
_MAX_HEADER = 10_000


@dataclass(frozen=True)
class _Layout:
    """Where the entries of an array begin in its `.npy` data, and how they lie there."""

    offset: int
    dtype: str
    shape: tuple[int, ...]
    by_columns: bool
    itemsize: int

    @property
    def end(self) -> int:
        """The length of the data."""
        return self.offset + prod(self.shape) * self.itemsize

    def part(self, data: bytes, index: Index) -> "Array":
        """Return a part of the array in the bytes of a whole `.npy` file."""
        return copied(laid_out(self.shape, self.dtype, data, self.offset, self.by_columns)[index])


@dataclass(frozen=True)
class NpyFile:
    """A `.npy` file: one array, named after the file.

    Raises
    ------
    FileError
        From `open`, if the file is not in the format or is damaged.
    """

    path: Path
    tensors: Mapping[str, Tensor]
    layout: _Layout

    @classmethod
    def open(cls, path: Path) -> "NpyFile":
        """Read the header of a file."""
        with _errors_named(path), path.open("rb") as stream:
            layout = _read_layout(f"{path}:", stream, path.stat().st_size)
        name = path.name.removesuffix(".npy")
        return cls(path, {name: _tensor(name, layout)}, layout)

    def read(self, name: str, index: Index) -> "Array":
        """Return a part of the array; see `TensorFile.read`."""
        layout = self.layout
        _require_real_entries(f"{self.path}: array {name}", layout)
        with _errors_named(self.path, f"array {name}"), self.path.open("rb") as stream:
            return mapped_part(
                stream, layout.offset, layout.dtype, layout.shape, index, layout.by_columns
            )


@dataclass(frozen=True)
class NpzFile:
    """An `.npz` archive; its arrays are layers in the order of the archive.

    Raises
    ------
    FileError
        From `open`, if the file is not such an archive or is damaged.
    """

    path: Path
    tensors: Mapping[str, Tensor]
    members: Mapping[str, tuple[zipfile.ZipInfo, _Layout]]

    @classmethod
    def open(cls, path: Path) -> "NpzFile":
        """Read the headers of all arrays."""
        members: dict[str, tuple[zipfile.ZipInfo, _Layout]] = {}
        with _errors_named(path), zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                name = member.filename.removesuffix(".npy")
                if name in members:
                    raise FileError(f"{path}: it has two arrays with the name {name}")
                with archive.open(member) as stream:
                    layout = _read_layout(f"{path}: array {name}", stream, member.file_size)
                members[name] = member, layout
        return cls(path, {n: _tensor(n, layout) for n, (_, layout) in members.items()}, members)

    def read(self, name: str, index: Index) -> "Array":
        """Return a part of an array; see `TensorFile.read`."""
        member, layout = self.members[name]
        where = f"{self.path}: array {name}"
        _require_real_entries(where, layout)
        stored = member.compress_type == zipfile.ZIP_STORED
        if not stored and member.file_size > READ_WHOLE:
            if member.file_size > MAX_RATIO * member.compress_size:
                raise FileError(
                    f"{where} would unpack from {member.compress_size} to {member.file_size} bytes"
                )
            if member.file_size > MAX_UNPACKED:
                raise FileError(
                    f"{where} unpacks to {member.file_size} bytes, more than {MAX_UNPACKED}; save "
                    f"it without compression, and only the part asked for is read"
                )
        with _errors_named(self.path, f"array {name}"):
            if stored and member.file_size > READ_WHOLE:
                with self.path.open("rb") as stream:
                    start = _data_offset(stream, member) + layout.offset
                    return mapped_part(
                        stream, start, layout.dtype, layout.shape, index, layout.by_columns
                    )
            with zipfile.ZipFile(self.path) as archive:
                return layout.part(archive.read(member), index)


def _data_offset(stream: IO[bytes], member: zipfile.ZipInfo) -> int:
    """Return where the data of a member begins: after its own header, name and extra field."""
    stream.seek(member.header_offset + 26)
    lengths = stream.read(4)
    name, extra = (int.from_bytes(lengths[at : at + 2], "little") for at in (0, 2))
    return member.header_offset + 30 + name + extra


def _tensor(name: str, layout: _Layout) -> Tensor:
    import numpy as np

    return Tensor(name, np.dtype(layout.dtype).name, layout.shape)


def _read_layout(where: str, stream: IO[bytes], size: int) -> _Layout:
    """Read the header of an array, and compare what it claims with the bytes there are."""
    from numpy.lib import format as npy

    try:
        version = npy.read_magic(stream)
        if version not in ((1, 0), (2, 0)):
            raise FileError(f"{where} has version {version} of the .npy format; expected 1 or 2")
        digits = stream.read(2 if version == (1, 0) else 4)
        length = int.from_bytes(digits, "little")
        if length > _MAX_HEADER:  # NumPy would first take memory for it
            raise FileError(f"{where} has a header of {length} bytes, more than {_MAX_HEADER}")
        header = io.BytesIO(digits + stream.read(length))
        read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        with warnings.catch_warnings():  # NumPy warns of headers that Python 2 wrote
            warnings.simplefilter("ignore")
            shape, by_columns, dtype = read(header)
    except FileError:
        raise
    except (
        ValueError, TypeError, SyntaxError, tokenize.TokenError, RecursionError, MemoryError,
    ) as error:  # fmt: skip
        reason = " ".join(str(error).split())[:200]
        raise FileError(f"{where} is not in the .npy format: {reason}") from None
    if dtype.hasobject:
        raise FileError(f"{where} has entries of type object, which are never read")
    if min(shape, default=0) < 0 or len(shape) > 32:
        raise FileError(f"{where} cannot have the shape {shape}")
    offset = npy.MAGIC_LEN + header.tell()
    layout = _Layout(offset, dtype.str, tuple(shape), by_columns, dtype.itemsize)
    if layout.end != size:
        kind = "is cut short" if layout.end > size else "has more data than it should"
        raise FileError(
            f"{where} {kind}: its header says shape {shape}, {layout.end} bytes in all, not {size}"
        )
    return layout


def _require_real_entries(where: str, layout: _Layout) -> None:
    import numpy as np

    dtype = np.dtype(layout.dtype)
    if dtype.kind not in "fiu" or dtype.itemsize > 8:
        raise FileError(f"{where} has entries of type {dtype.name}; expected integers or floats")


@contextmanager
def _errors_named(path: Path, array: str = "") -> Iterator[None]:
    """Turn everything that a damaged file brings about into a `FileError` with its name."""
    where = f"{path}: {array}: " if array else f"{path}: "
    try:
        yield
    except FileError as error:
        raise error if str(error).startswith(str(path)) else FileError(f"{where}{error}") from None
    except OSError as error:
        raise FileError(f"{where}{error.strerror or error}") from None
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError) as error:
        raise FileError(f"{where}not a whole .npz archive: {error}") from None
    except (NotImplementedError, RuntimeError, ValueError) as error:  # encrypted, odd methods
        raise FileError(f"{where}not a readable .npz archive: {error}") from None
