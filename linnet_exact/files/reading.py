"""Weights and matrices from files of any format."""

from typing import TYPE_CHECKING

from linnet_exact.algebra import Matrix
from linnet_exact.errors import FileError, InputError
from linnet_exact.files.chains.choice import Layers, as_choice, layer_texts
from linnet_exact.files.json_text import read_json
from linnet_exact.files.json_weights import read_json_matrix, weights_of_json
from linnet_exact.files.source import AnyFile, Source
from linnet_exact.files.tensors.formats import JSON, format_of, open_index, opened_as
from linnet_exact.files.tensors.layer_spec import read_layer
from linnet_exact.files.tensors.tensors import TensorFile
from linnet_exact.weights import Weights

if TYPE_CHECKING:
    from linnet_exact.arrays import Array

__all__ = ["read_factors", "read_matrix", "read_weights"]

MAX_BITS = 2**32
"""Bits of all entries of one file of tensors, written over a common denominator for each."""


def read_weights(file: AnyFile, layers: Layers = ()) -> Weights:
    """Read weights; every float is taken as the dyadic rational that it is.

    Parameters
    ----------
    file : text, Path or Source
        A JSON weights file, or `.safetensors` (also by the index of a model in several files),
        `.npz`, `.npy`, `.onnx`, `.gguf` or PyTorch's `.pt`, whatever its name; ``-`` is stdin.
    layers : sequence of str, or one; or a `Chain` or `Circuit`
        Tensors from input to output, as ``--layer`` takes them: ``w1``, ``w2[:, 0:32].T``, also
        by patterns, ``layers.*.weight``. Only these are read. Without them every tensor of the
        file is a layer, in the order of the file; in `.safetensors` in the order of their names,
        2 before 10.

    Raises
    ------
    FileError
        If the file is not there, is damaged, or does not hold these weights.
    InputError
        If a layer is not of the form ``NAME[slices].T``.

    Examples
    --------
    >>> import pathlib, tempfile, numpy as np
    >>> path = pathlib.Path(tempfile.mkdtemp(), "model.npz")
    >>> np.savez(path, v=np.ones((3, 4)), o=np.ones((3, 2)))
    >>> read_weights(path, ["v[0:2, :]", "o[:, 0:2]"])
    Weights(4,2,3, field=QQ)
    """
    layers = as_choice(layers)
    source = Source.of(file)
    path, kind = source.path, format_of(source)
    if kind is JSON:
        content = read_json(source)
        if not layers and not (isinstance(content, dict) and "weight_map" in content):
            return weights_of_json(path, content)
        opened: TensorFile = open_index(path, content)
    else:
        opened = opened_as(source, kind)
    advice = "" if layers else "; --layer says which tensors are layers"
    factors = read_factors(opened, layers, advice)
    names = [name for name, _ in factors]
    try:
        return Weights([matrix for _, matrix in factors])
    except InputError as error:
        shown = ", ".join(f"W_{j} = {name}" for j, name in enumerate(names[:6], start=1))
        more = ", ..." if len(names) > 6 else ""
        listed = f" ({shown}{more})" if names else ""
        raise FileError(f"{path}: {error}{listed}{advice}") from None


def read_factors(
    opened: TensorFile, layers: Layers = (), advice: str = ""
) -> list[tuple[str, Matrix]]:
    """Read matrices that need not fit together, each with its text, as ``--layer`` takes it.

    Parameters
    ----------
    advice : str
        What is added to a message about a tensor.

    Raises
    ------
    FileError
        If one cannot be read, or they have too many digits.

    Examples
    --------
    >>> import pathlib, tempfile, numpy as np
    >>> from linnet_exact.files.tensors.formats import open_tensors
    >>> path = pathlib.Path(tempfile.mkdtemp(), "model.npz")
    >>> np.savez(path, v=np.ones((1, 2)))
    >>> read_factors(open_tensors(path), ["v", "v[:, 0:1]"])
    [('v', Matrix([[1, 1]])), ('v[:, 0:1]', Matrix([[1]]))]
    """
    path, bits = opened.path, 0
    names, known = layer_texts(opened, layers), dict[str, Matrix]()
    for name in dict.fromkeys(names):  # layers may share a tensor
        try:
            array = read_layer(opened, name)
            bits += _bits(array)
            if bits > MAX_BITS:
                raise FileError(
                    f"{path}: {name}: up to here the entries take {bits} bits, written with a "
                    f"common denominator, more than the {MAX_BITS} that are read"
                )
        except FileError as error:
            raise FileError(f"{error}{advice}") from None
        try:
            known[name] = Matrix(array)
        except InputError as error:
            raise FileError(f"{path}: {name}: {error}") from None
    return [(name, known[name]) for name in names]


def read_matrix(file: AnyFile) -> Matrix:
    """Read a JSON matrix file.

    Raises
    ------
    FileError
        If the file is not there or does not hold a matrix.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp(), "matrix.json")
    >>> text = '{"format": "linnet-exact/matrix", "version": 1, "matrix": [[1, "1/2"]]}'
    >>> _ = path.write_text(text)
    >>> read_matrix(str(path))
    Matrix([[1, '1/2']])
    """
    return read_json_matrix(Source.of(file))


def _bits(array: "Array") -> int:
    """Bound the bits of all entries, once they are integers over a common denominator."""
    import numpy as np

    size = int(array.size)
    if array.dtype.kind != "f":
        return size * 8 * int(array.dtype.itemsize)
    exponents = np.frexp(array[np.isfinite(array) & (array != 0)])[1]
    above = max(int(exponents.max(initial=0)), 0)
    below = max(int(np.finfo(array.dtype).nmant) + 1 - int(exponents.min(initial=0)), 0)
    return size * (above + below + 1)
