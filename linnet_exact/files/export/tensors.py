"""Weights as NumPy and safetensors files: float64, and so perhaps rounded."""

import io
from fractions import Fraction
from typing import TYPE_CHECKING

from linnet_exact.arrays import Array
from linnet_exact.errors import missing_extra

if TYPE_CHECKING:
    from linnet_exact.weights import Weights

__all__ = ["rounded_entries", "to_npz", "to_safetensors"]


def rounded_entries(theta: "Weights") -> int:
    """Return how many entries no float64 is equal to.

    Raises
    ------
    InputError
        If an entry is larger than any float64.

    Examples
    --------
    >>> from linnet_exact import Weights
    >>> rounded_entries(Weights([[["1/2", "1/3"]]]))
    1
    """
    return sum(
        exact != Fraction(rounded)
        for matrix in theta.matrices
        for exacts, roundeds in zip(matrix.rows(), matrix.to_numpy().tolist(), strict=True)
        for exact, rounded in zip(exacts, roundeds, strict=True)
    )


def to_npz(theta: "Weights") -> bytes:
    """Return an `.npz` archive with the arrays W1, …, WL, rounded to float64.

    Raises
    ------
    InputError
        If an entry is larger than any float64.
    """
    import numpy as np

    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **_arrays(theta))
    return stream.getvalue()


def to_safetensors(theta: "Weights") -> bytes:
    """Return a safetensors file with the tensors W1, …, WL, rounded to float64.

    Raises
    ------
    InputError
        If an entry is larger than any float64.
    MissingExtraError
        If safetensors is not installed.
    """
    try:
        from safetensors.numpy import save
    except ImportError:
        raise missing_extra("writing safetensors needs the library safetensors", "files") from None
    rounded = rounded_entries(theta)
    data: bytes = save(_arrays(theta), {"writer": "linnet-exact", "rounded_entries": str(rounded)})
    return data


def _arrays(theta: "Weights") -> dict[str, Array]:
    return {f"W{j}": matrix.to_numpy() for j, matrix in enumerate(theta.matrices, start=1)}
