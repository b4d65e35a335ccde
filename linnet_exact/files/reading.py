"""Which reader a file needs, and weights from the tensors of a file."""

from collections.abc import Callable, Sequence
from pathlib import Path

from linnet_exact.algebra import Matrix
from linnet_exact.errors import FileError, InputError
from linnet_exact.files.json_weights import read_json_matrix, read_json_weights
from linnet_exact.files.layer_spec import read_layer
from linnet_exact.files.numpy_file import NpyFile, NpzFile
from linnet_exact.files.safetensors_file import SafetensorsFile, ShardedSafetensors
from linnet_exact.files.tensors import TensorFile
from linnet_exact.weights import Weights

__all__ = ["open_tensors", "read_matrix", "read_weights"]

_OPENERS: dict[str, Callable[[Path], TensorFile]] = {
    ".safetensors.index.json": ShardedSafetensors.open,
    ".safetensors": SafetensorsFile.open,
    ".npz": NpzFile.open,
    ".npy": NpyFile.open,
}


def open_tensors(path: Path) -> TensorFile:
    """Open a file of tensors, of the kind that the ending of its name says; read its headers only.

    Raises
    ------
    FileError
        If the file is not there, is damaged, or is of another kind.

    Examples
    --------
    >>> import tempfile, numpy as np
    >>> path = Path(tempfile.mkdtemp(), "model.npz")
    >>> np.savez(path, v=np.ones((3, 4)))
    >>> list(open_tensors(path).tensors.values())
    [Tensor(name='v', dtype='float64', shape=(3, 4))]
    """
    for ending, open_file in _OPENERS.items():
        if path.name.endswith(ending):
            return open_file(path)
    raise FileError(f"{path}: it has no named tensors; the endings known are {', '.join(_OPENERS)}")


def read_weights(path: Path, layers: Sequence[str] = ()) -> Weights:
    """Read weights; every float is taken as the dyadic rational that it is.

    Parameters
    ----------
    path : Path
        A JSON weights file, or `.safetensors` (also by the index of a model in several files),
        `.npz` or `.npy`.
    layers : sequence of str
        Tensors from input to output, as ``--layer`` takes them: ``w1``, ``w2[:, 0:32].T``. Only
        these are read. Without them every tensor of the file is a layer: in `.npz` in the order of
        the archive, in `.safetensors` in the order of their names, 2 before 10.

    Raises
    ------
    FileError
        If the file is not there, is damaged, or does not hold these weights.
    InputError
        If a layer is not of the form ``NAME[slices].T``.

    Examples
    --------
    >>> import tempfile, numpy as np
    >>> path = Path(tempfile.mkdtemp(), "model.npz")
    >>> np.savez(path, v=np.ones((3, 4)), o=np.ones((3, 2)))
    >>> read_weights(path, ["v[0:2, :]", "o[:, 0:2]"])
    Weights(4,2,3, field=QQ)
    """
    if not layers and not path.name.endswith(tuple(_OPENERS)):
        return read_json_weights(path)
    file = open_tensors(path)
    names = layers or list(file.tensors)
    advice = "" if layers else "; --layer says which tensors are layers"
    matrices = []
    for name in names:
        try:
            array = read_layer(file, name)
        except FileError as error:
            raise FileError(f"{error}{advice}") from None
        try:
            matrices.append(Matrix(array))
        except InputError as error:
            raise FileError(f"{path}: {name}: {error}") from None
    try:
        return Weights(matrices)
    except InputError as error:
        shown = ", ".join(f"W_{j} = {name}" for j, name in enumerate(names[:6], start=1))
        more = ", ..." if len(names) > 6 else ""
        listed = f" ({shown}{more})" if names else ""
        raise FileError(f"{path}: {error}{listed}{advice}") from None


def read_matrix(path: Path) -> Matrix:
    """Read a JSON matrix file.

    Raises
    ------
    FileError
        If the file is not there or does not hold a matrix.
    """
    return read_json_matrix(path)
