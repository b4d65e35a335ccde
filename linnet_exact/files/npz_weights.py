"""Weights from NumPy's `.npz` archives; every float is taken as the dyadic rational it is."""

import zipfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from linnet_exact.errors import FileError, InputError
from linnet_exact.weights import Weights

if TYPE_CHECKING:
    import numpy as np

__all__ = ["read_npz_weights"]

MAX_BYTES = 2**30
"""Largest amount of array data that is read from one archive."""


def read_npz_weights(path: Path) -> Weights:
    """Read the arrays of an archive, in their order there, as W_1, …, W_L.

    Raises
    ------
    FileError
        If the file is not such an archive, or an array is not a real matrix, does not have the
        size its header claims, or does not compose with its neighbour.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            if size > MAX_BYTES:
                raise FileError(f"{path}: {size} bytes of arrays, more than {MAX_BYTES}")
            matrices = []
            for member in members:
                with archive.open(member) as stream:
                    name = member.filename.removesuffix(".npy")
                    matrices.append(_read_array(f"{path}: array {name}", stream, member.file_size))
    except OSError as error:
        raise FileError(f"{path}: {error.strerror or error}") from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise FileError(f"{path}: not a readable .npz archive: {error}") from None
    try:
        return Weights(matrices)
    except InputError as error:
        raise FileError(f"{path}: {error}") from None


def _read_array(where: str, stream: IO[bytes], size: int) -> "np.ndarray[Any, Any]":
    """Read one `.npy` array after comparing what its header claims with the bytes there are."""
    import numpy as np
    from numpy.lib import format as npy

    try:
        version = npy.read_magic(stream)
        read_header = {
            (1, 0): npy.read_array_header_1_0,
            (2, 0): npy.read_array_header_2_0,
        }.get(version)
        if read_header is None:
            raise FileError(f"{where} has version {version} of the .npy format; expected 1 or 2")
        shape, by_columns, dtype = read_header(stream)
    except ValueError as error:
        raise FileError(f"{where} is not in the .npy format: {error}") from None
    if dtype.kind not in "fiu" or dtype.itemsize > 8:
        raise FileError(f"{where} has entries of type {dtype}; expected integers or floats")
    if len(shape) != 2 or min(shape) < 1:
        raise FileError(f"{where} must be a matrix with rows and columns; its shape is {shape}")
    count = shape[0] * shape[1]
    if count * dtype.itemsize > size:
        raise FileError(f"{where} is cut short: its header says shape {shape}")
    data = stream.read(count * dtype.itemsize)
    if len(data) != count * dtype.itemsize:
        raise FileError(f"{where} is cut short: its header says shape {shape}")
    return np.frombuffer(data, dtype).reshape(shape, order="F" if by_columns else "C")
