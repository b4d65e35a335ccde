"""A copy of a safetensors file with other entries in some layers, and nothing else changed."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from linnet_exact.algebra import Matrix
from linnet_exact.errors import FileError
from linnet_exact.files.source import Source
from linnet_exact.files.tensors.formats import open_tensors
from linnet_exact.files.tensors.layer_spec import layer_in
from linnet_exact.files.tensors.safetensors_file import SafetensorsFile
from linnet_exact.files.writing import replacing

if TYPE_CHECKING:
    from linnet_exact.arrays import Array

__all__ = ["replace_layers"]

_TYPES = {"F32": "<f4", "F64": "<f8"}


def replace_layers(
    source: Source, layers: Sequence[str], matrices: Sequence[Matrix], target: Path
) -> None:
    """Write a copy of a safetensors file with other matrices for some layers.

    Parameters
    ----------
    layers : sequence of str
        As ``--layer`` takes them.
    matrices : sequence of Matrix
        One for each layer, of its shape; the entries must be floats of the type of its tensor.

    Raises
    ------
    FileError
        If the file is of another format, a tensor has another type or an entry is no float of it,
        or two layers would have to have different entries at one place.
    """
    opened = open_tensors(source)
    if not isinstance(opened, SafetensorsFile) or source.content is not None:
        raise FileError(f"{source.path}: only a single .safetensors file is written back")
    arrays: dict[str, Array] = {}
    for layer, matrix in zip(layers, matrices, strict=True):
        spec = layer_in(opened, layer)
        if spec.name not in arrays:
            arrays[spec.name] = _tensor(opened, spec.name)
        place = arrays[spec.name][spec.index]
        entries = matrix.T if spec.transpose else matrix
        place[...] = entries.to_numpy().astype(place.dtype)
        if Matrix(place) != entries:
            raise FileError(f"{opened.path}: {layer} is {place.dtype}; its new entries are not")
    for layer, matrix in zip(layers, matrices, strict=True):
        spec = layer_in(opened, layer)
        taken = arrays[spec.name][spec.index]
        if Matrix(taken.T if spec.transpose else taken) != matrix:
            raise FileError(f"{source.path}: {layer} shares entries with a layer that differs")
    _write(opened, arrays, target)


def _tensor(opened: SafetensorsFile, name: str) -> "Array":
    dtype = opened.tensors[name].dtype
    if dtype not in _TYPES:
        raise FileError(f"{opened.path}: tensor {name} is {dtype}; F32 or F64 is written back")
    return opened.read(name, ())


def _write(opened: SafetensorsFile, arrays: Mapping[str, "Array"], target: Path) -> None:
    with replacing(target) as unfinished:
        shutil.copyfile(opened.path, unfinished)
        opened.source.require_unchanged()
        with unfinished.open("r+b") as stream:
            for name, array in arrays.items():
                stream.seek(opened.offsets[name])
                stream.write(array.astype(_TYPES[opened.tensors[name].dtype]).tobytes())
