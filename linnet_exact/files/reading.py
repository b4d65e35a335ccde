"""Which reader a file needs."""

from pathlib import Path

from linnet_exact.algebra import Matrix
from linnet_exact.files.json_weights import read_json_matrix, read_json_weights
from linnet_exact.files.npz_weights import read_npz_weights
from linnet_exact.weights import Weights

__all__ = ["read_matrix", "read_weights"]


def read_weights(path: Path) -> Weights:
    """Read weights from a JSON weights file or an `.npz` archive, as the name's ending says.

    Raises
    ------
    FileError
        If the file is not there, is of another kind, or does not hold weights.
    """
    if path.suffix == ".npz":
        return read_npz_weights(path)
    return read_json_weights(path)


def read_matrix(path: Path) -> Matrix:
    """Read a JSON matrix file.

    Raises
    ------
    FileError
        If the file is not there or does not hold a matrix.
    """
    return read_json_matrix(path)
