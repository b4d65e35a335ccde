"""NumPy's `.npz` archives and `.npy` files, read without pickle and only where asked.

The headers are NumPy's own business and read by its functions. `np.load` is not used for the
entries: with `mmap_mode` the process dies when the file is cut meanwhile, it does not map members
of archives but unpacks them whole, whatever they claim to unpack to, and one bad member makes it
refuse where others are asked for.
"""

import io
import tokenize
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import IO, TYPE_CHECKING

from linnet_exact.errors import FileError
from linnet_exact.files.source import Source
from linnet_exact.files.tensors.archives import open_archive, open_member, whole
from linnet_exact.files.tensors.parts import columns_first, part_of_file
from linnet_exact.files.tensors.single_file import SingleFile, errors_placed
from linnet_exact.files.tensors.tensors import Index, Tensor

if TYPE_CHECKING:
    from linnet_exact.arrays import Array

__all__ = ["NpyFile", "NpzFile"]

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

    def part(self, stream: IO[bytes], index: Index, start: int = 0) -> "Array":
        """Return a part of the array whose `.npy` data begin at `start` of a file."""
        at = start + self.offset
        strides = columns_first(self.shape) if self.by_columns else None
        return part_of_file(stream, at, self.dtype, self.shape, index, strides)


@dataclass(frozen=True)
class NpyFile(SingleFile):
    """A `.npy` file: one array, named after the file.

    Raises
    ------
    FileError
        From `open`, if the file is not in the format or is damaged.
    """

    layout: _Layout

    called = "array"

    @classmethod
    def open(cls, source: Source) -> "NpyFile":
        """Read the header of a file."""
        path = source.path
        with errors_placed(path), source.open() as stream:
            size = stream.seek(0, io.SEEK_END)
            stream.seek(0)
            layout = _read_layout("it", stream, size)
        name = path.stem if path.suffix.lower() == ".npy" else path.name
        return cls(source, {name: _tensor(name, layout)}, layout)

    def _part(self, file: IO[bytes], name: str, index: Index) -> "Array":
        return self.layout.part(file, index)


@dataclass(frozen=True)
class NpzFile(SingleFile):
    """An `.npz` archive; its arrays are layers in the order of the archive.

    Raises
    ------
    FileError
        From `open`, if the file is not such an archive or is damaged.
    """

    members: Mapping[str, tuple[zipfile.ZipInfo, _Layout]]

    called = "array"

    @classmethod
    def open(cls, source: Source) -> "NpzFile":
        """Read the headers of all arrays."""
        members: dict[str, tuple[zipfile.ZipInfo, _Layout]] = {}
        tensors: dict[str, Tensor] = {}
        with (
            errors_placed(source.path),
            whole(".npz archive"),
            source.open() as file,
            open_archive(file) as archive,
        ):
            for member in archive.infolist():
                name = member.filename.removesuffix(".npy")
                if name in tensors:
                    tensors[name] = Tensor(name, "", (), f"it has two arrays with the name {name}")
                    continue
                try:
                    members[name] = member, _layout_of(archive, name, member)
                    tensors[name] = _tensor(name, members[name][1])
                except FileError as error:
                    tensors[name] = Tensor(name, "", (), str(error))
        return cls(source, tensors, members)

    def _part(self, file: IO[bytes], name: str, index: Index) -> "Array":
        member, layout = self.members[name]
        with whole(".npz archive"), open_member(file, member, verify=True) as (stream, start):
            return layout.part(stream, index, start)


def _layout_of(archive: zipfile.ZipFile, name: str, member: zipfile.ZipInfo) -> _Layout:
    """Read the header of a member; `FileError` if it is not an array, without the file's name."""
    if member.filename.endswith("/"):  # is_dir() fails on an empty name
        raise FileError(f"array {name} is a folder, not an array")
    with whole(".npz archive", f"array {name}: "), archive.open(member) as stream:
        return _read_layout(f"array {name}", stream, member.file_size)


def _tensor(name: str, layout: _Layout) -> Tensor:
    import numpy as np

    dtype = np.dtype(layout.dtype)
    note = ""
    if dtype.hasobject:
        note = f"array {name} has entries of type object, which are never read"
    elif dtype.kind not in "fiu" or dtype.itemsize > 8:
        note = f"array {name} has entries of type {dtype.name}; expected integers or floats"
    return Tensor(name, dtype.name, layout.shape, note)


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
        ArithmeticError, LookupError, MemoryError, RecursionError,
        SyntaxError, TypeError, ValueError, tokenize.TokenError,
    ) as error:  # fmt: skip
        reason = " ".join(str(error).split())[:200]
        raise FileError(f"{where} is not in the .npy format: {reason}") from None
    if not all(type(length) is int and length >= 0 for length in shape) or len(shape) > 32:
        raise FileError(f"{where} cannot have the shape {shape}")
    offset = npy.MAGIC_LEN + header.tell()
    layout = _Layout(offset, dtype.str, tuple(shape), by_columns, dtype.itemsize)
    if layout.end != size and not dtype.hasobject:
        kind = "is cut short" if layout.end > size else "has more data than it should"
        raise FileError(
            f"{where} {kind}: its header says shape {shape}, {layout.end} bytes in all, not {size}"
        )
    return layout
