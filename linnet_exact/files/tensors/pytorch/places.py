"""Where the storages of a PyTorch file lie: members of a zip archive, or one after the other.

`torch.save` writes a zip archive since version 1.6 (2020): `NAME/data.pkl` with the pickle and
`NAME/data/KEY` with each storage. Before, and on demand, it writes five pickles (a magic number,
the version of the protocol, the machine, the value, the keys of the storages), and then for each
key the number of entries in 8 bytes and the entries (`torch/serialization.py`).
"""

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any
from zipfile import ZipFile, ZipInfo

from linnet_exact.errors import FileError
from linnet_exact.files.tensors.archives import open_archive, open_member
from linnet_exact.files.tensors.pytorch.pickles import MAX_PICKLE, read_pickle
from linnet_exact.files.tensors.pytorch.rebuilding import KNOWN, Storage, storage_of

__all__ = ["Content", "Place", "read_archive", "read_stream"]

_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of a storage are, and how many.

    Attributes
    ----------
    size : int
    at : int or ZipInfo
        The first byte in the file, or a member of the archive that the file is.
    """

    size: int
    at: int | ZipInfo

    @contextmanager
    def open(self, file: IO[bytes]) -> Iterator[tuple[IO[bytes], int]]:
        """Give a stream and where in it the storage begins."""
        if isinstance(self.at, int):
            yield file, self.at
        else:
            with open_member(file, self.at, verify=False) as opened:
                yield opened


@dataclass(frozen=True)
class Content:
    """What a file holds: the value that was saved, and the places of the storages by key."""

    value: Any
    places: Mapping[str, Place]
    big_endian: bool = False


def read_archive(file: IO[bytes]) -> Content:
    """Read the pickle in a zip archive.

    Raises
    ------
    FileError
        If it has none, or one that is damaged, too large or names what is no part of a tensor.
    """
    with open_archive(file) as archive:
        members = {member.filename: member for member in archive.infolist()}
        found = [name for name in members if re.fullmatch(r"[^/]+/data\.pkl", name)]
        if len(found) != 1:
            raise FileError("it has no data.pkl, as an archive that PyTorch wrote has")
        folder = found[0].removesuffix("data.pkl")
        pickle = _small_member(archive, members[found[0]], MAX_PICKLE)
        order = b"little"
        if f"{folder}byteorder" in members:
            order = _small_member(archive, members[f"{folder}byteorder"], 10)
        if order not in (b"little", b"big"):
            raise FileError(f"its bytes lie in the unknown order {order!r}")
    places = {
        name.removeprefix(f"{folder}data/"): Place(member.file_size, member)
        for name, member in members.items()
        if name.startswith(f"{folder}data/")
    }
    return Content(read_pickle(io.BytesIO(pickle), KNOWN, storage_of), places, order == b"big")


def read_stream(file: IO[bytes], size: int) -> Content:
    """Read the pickles at the beginning of a file of `size` bytes.

    Raises
    ------
    FileError
        If one is damaged, too large or names what is no part of a tensor, or the storages that
        follow are cut short.
    """
    storages: dict[str, Storage] = {}

    def stored(identifier: Any) -> Storage:
        storage = storage_of(identifier)
        return storages.setdefault(storage.key, storage) if not storage.start else storage

    start = io.BytesIO(file.read(MAX_PICKLE))
    for name, expected in (("magic number", _MAGIC), ("version of the protocol", _PROTOCOL)):
        if (found := read_pickle(start, {}, stored)) != expected:
            raise FileError(f"its {name} is {found!r:.60}, not {expected}")
    read_pickle(start, {}, stored)
    value = read_pickle(start, KNOWN, stored)
    keys = read_pickle(start, {}, stored)
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise FileError("the keys of its storages are no list of names")
    places, at = {}, start.tell()
    for key in keys:
        file.seek(at)
        count = int.from_bytes(file.read(8), "little")
        if key not in storages:
            raise FileError(f"no tensor tells the type of its storage {key:.60}")
        length = count * storages[key].itemsize
        if at + 8 + length > size:
            raise FileError(f"it is cut short: its storage {key:.60} needs {length} bytes")
        places[key] = Place(length, at + 8)
        at += 8 + length
    return Content(value, places)


def _small_member(archive: ZipFile, member: ZipInfo, limit: int) -> bytes:
    if member.file_size > limit:
        raise FileError(
            f"{member.filename} has {member.file_size} bytes, more than the {limit} that are read"
        )
    return archive.read(member)
