"""Quantised tensors: (q − zero point) · scale as the numbers that these products are."""

from collections.abc import Callable, Mapping
from math import prod
from typing import TYPE_CHECKING

from linnet_exact.errors import FileError
from linnet_exact.files.tensors.onnx.model import Dequantized
from linnet_exact.files.tensors.tensors import Index, Tensor

if TYPE_CHECKING:
    from linnet_exact.arrays import Array

__all__ = ["dequantized", "described"]

_QUANTIZED = ("int8", "uint8", "int16", "uint16", "int32", "float8_e4m3fn", "float8_e5m2")
_SCALES = ("float32", "float16", "bfloat16")


def described(name: str, parts: Dequantized, tensors: Mapping[str, Tensor]) -> Tensor:
    """Return what can be told of a dequantised tensor from what is told of its parts."""
    quantized = tensors[parts.quantized]
    used = [part for part in (parts.quantized, parts.scale, parts.zero_point) if part]
    missing = [part for part in used if part not in tensors]
    if missing:
        note = f"is computed from {missing[0]}, which is not stored"
        return Tensor(name, "", (), f"tensor {name} {note}")
    scale = tensors[parts.scale]
    if noted := [tensors[part].note for part in used if tensors[part].note]:
        note = f"is dequantised: {noted[0]}"
    elif quantized.dtype not in _QUANTIZED:
        note = f"is dequantised of type {quantized.dtype}; expected one of {', '.join(_QUANTIZED)}"
    elif scale.dtype not in _SCALES:
        note = f"has scales of type {scale.dtype}; expected one of {', '.join(_SCALES)}"
    else:
        note = _shape_note(parts, quantized.shape, [tensors[part].shape for part in used[1:]])
    kind = f"{quantized.dtype} * {scale.dtype}"
    return Tensor(name, kind, quantized.shape, f"tensor {name} {note}" if note else "")


def dequantized(
    parts: Dequantized,
    shape: tuple[int, ...],
    index: Index,
    read: Callable[[str, Index], "Array"],
) -> "Array":
    """Return a part of a dequantised tensor in float64.

    Parameters
    ----------
    shape : tuple of int
    read : function
        From the name of a tensor and an index to that part of it.

    Raises
    ------
    FileError
        If an entry is no float64; only a product of an int32 can have too many digits.

    Examples
    --------
    >>> import numpy as np
    >>> stored = {"q": np.array([[127], [-128]], "i1"), "s": np.float32([0.1, 2]),
    ...           "z": np.array([7, 0], "i1")}
    >>> parts = Dequantized("q", "s", "z", axis=0, block=0)
    >>> dequantized(parts, (2, 1), (), lambda name, index: stored[name][index])
    array([[  12.00000018],
           [-256.        ]])
    """
    import numpy as np

    def fitting(name: str) -> "Array":
        """Return a scale or zero point for each entry of the part."""
        values = read(name, ())
        if values.size > 1:
            axis = range(len(shape))[parts.axis]
            values = values.reshape([-1 if at == axis else 1 for at in range(len(shape))])
        else:
            values = values.reshape(())
        return np.broadcast_to(values, shape)[index]

    entries, scale = read(parts.quantized, index), fitting(parts.scale).astype(np.float64)
    if entries.dtype.kind == "f":
        return entries * scale
    differences = entries.astype(np.int64)
    if parts.zero_point:
        differences -= fitting(parts.zero_point).astype(np.int64)
    # A scale has at most 24 binary digits, and so the products are below 2^57.
    finite = np.isfinite(scale)
    significands, exponents = np.frexp(np.where(finite, scale, 0))
    products = differences * np.ldexp(significands, 24).astype(np.int64)
    numbers = products.astype(np.float64)
    if (numbers.astype(np.int64) != products).any():
        raise FileError("an entry, integer times scale, has more digits than a float64")
    return np.where(finite, np.ldexp(numbers, exponents - 24), np.nan)


def _shape_note(parts: Dequantized, shape: tuple[int, ...], others: list[tuple[int, ...]]) -> str:
    if parts.block:
        return f"has scales for blocks of {parts.block}, which are not read"
    if all(prod(other) == 1 for other in others):
        return ""
    wanted = shape[parts.axis :][:1] if -len(shape) <= parts.axis < len(shape) else ()
    if any(other != wanted for other in others):
        return f"has scales and zero points of shapes {others}, for shape {shape}"
    return ""
