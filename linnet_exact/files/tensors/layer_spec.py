"""`--layer`: which tensor of a file is a layer, with a slice and a transpose as in NumPy."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

from linnet_exact.errors import FileError, InputError
from linnet_exact.files.tensors.parts import length_of

if TYPE_CHECKING:
    from linnet_exact.arrays import Array
    from linnet_exact.files.tensors.tensors import Index, TensorFile

__all__ = ["LayerSpec", "layer_in", "nearest_names", "parse_layer", "read_layer"]

_SPEC = re.compile(r"(?P<name>.+?)(?:\[(?P<index>[^\[\]]*)\])?(?P<transpose>\.T)?", re.DOTALL)
_INTEGER = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_FORM = "NAME, NAME[0:32, :] or NAME[:, 0:32].T, slices as NumPy writes them"
_SEARCHED = 20_000


@dataclass(frozen=True)
class LayerSpec:
    """A tensor's name, and what is to be done with the tensor to get a layer.

    Attributes
    ----------
    name : str
    index : tuple of int and slice
        Empty to take everything.
    transpose : bool
        Whether the result is then transposed.
    """

    name: str
    index: "Index" = ()
    transpose: bool = False


def parse_layer(text: str) -> LayerSpec:
    """Return what a text such as ``w2[:, 0:32].T`` denotes.

    Raises
    ------
    InputError
        If the text has another form.

    Examples
    --------
    >>> parse_layer("w2[:, 0:32].T")
    LayerSpec(name='w2', index=(slice(None, None, None), slice(0, 32, None)), transpose=True)
    >>> parse_layer("w[x]")
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: layer 'w[x]': 'x' is neither an integer nor a slice such as 0:32
    """
    match = _SPEC.fullmatch(text)
    if match is None:
        raise InputError(f"layer {text!r}: expected {_FORM}")
    index = match["index"]
    parts = [] if index is None else index.split(",")
    return LayerSpec(
        match["name"], tuple(_parse_part(text, part) for part in parts), bool(match["transpose"])
    )


def layer_in(file: "TensorFile", text: str) -> LayerSpec:
    """Return what a text denotes for a file: the tensor that has it as its name, if there is one.

    Raises
    ------
    InputError
        If the text has another form.

    Examples
    --------
    >>> import pathlib, tempfile, numpy as np
    >>> from linnet_exact.files import open_tensors
    >>> path = pathlib.Path(tempfile.mkdtemp(), "model.npz")
    >>> np.savez(path, **{"w[0]": np.ones((1, 1))})
    >>> layer_in(open_tensors(path), "w[0]").name, layer_in(open_tensors(path), "w[1]").name
    ('w[0]', 'w')
    """
    return LayerSpec(text) if text in file.tensors else parse_layer(text)


def read_layer(file: "TensorFile", text: str) -> "Array":
    """Return the matrix that a layer specification names in a file, as `layer_in` takes it.

    Raises
    ------
    InputError
        If the text has the wrong form.
    FileError
        If the file has no such tensor, which is answered with the nearest names, the slice does
        not fit its shape, or what it takes is not a matrix with rows and columns.
    """
    spec = layer_in(file, text)
    if spec.name not in file.tensors:
        raise FileError(f"{file.path}: no tensor {spec.name!r}{nearest_names(file, spec.name)}")
    if note := file.tensors[spec.name].note:
        raise FileError(f"{file.path}: {note.removeprefix(f'{file.path}: ')}")
    shape = file.tensors[spec.name].shape
    where = f"{file.path}: layer {text}"
    _check_index(where, spec.index, shape)
    taken = _shape_taken(spec.index, shape)
    if len(taken) != 2 or min(taken) < 1:
        what = "the tensor" if not spec.index else "what is taken"
        raise FileError(
            f"{where} must be a matrix with rows and columns; {what} has shape {taken}"
            + ("; take a part of it, such as [0, :, :]" if len(taken) > 2 else "")
        )
    matrix = file.read(spec.name, spec.index)
    return matrix.T if spec.transpose else matrix


def _parse_part(text: str, part: str) -> int | slice:
    bounds = [bound.strip() for bound in part.split(":")]
    if len(bounds) > 3 or not all(
        _INTEGER.fullmatch(b) or (b == "" and part.strip()) for b in bounds
    ):
        raise InputError(
            f"layer {text!r}: {part.strip()!r} is neither an integer nor a slice such as 0:32"
        )
    numbers = [int(bound) if bound else None for bound in bounds]
    if len(bounds) == 1:
        return int(bounds[0])
    if len(numbers) == 3 and numbers[2] == 0:
        raise InputError(f"layer {text!r}: the step of a slice cannot be 0")
    return slice(*numbers)


def _check_index(where: str, index: "Index", shape: tuple[int, ...]) -> None:
    """Refuse what NumPy would refuse, and bounds that it would silently move inside."""
    if len(index) > len(shape):
        raise FileError(f"{where}: {len(index)} indices for a tensor of shape {shape}")
    for axis, (part, size) in enumerate(zip(index, shape, strict=False)):
        bounds = (part,) if isinstance(part, int) else (part.start, part.stop)
        largest = size - 1 if isinstance(part, int) else size
        for bound in bounds:
            if bound is not None and not -size <= bound <= largest:
                raise FileError(
                    f"{where}: {bound} is outside axis {axis}, which has length {size} "
                    f"(the shape is {shape})"
                )


def _shape_taken(index: "Index", shape: tuple[int, ...]) -> tuple[int, ...]:
    taken = [
        length_of(range(size)[part])
        for part, size in zip(index, shape, strict=False)
        if isinstance(part, slice)
    ]
    return (*taken, *shape[len(index) :])


def nearest_names(file: "TensorFile", name: str) -> str:
    """Return the end of a message about a name that a file does not have."""
    if not file.tensors:
        return "; there is none"
    names = list(islice(file.tensors, _SEARCHED))
    near = get_close_matches(name, names, n=3, cutoff=0.4)
    near = near or [other for other in names if name in other][:3] or names[:3]
    return f"; the nearest names are {', '.join(near)} (--list shows all)"
