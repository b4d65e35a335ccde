"""Which kind of file it is: the one table of formats, and the readers of their headers."""

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from linnet_exact.errors import FileError
from linnet_exact.files.json_text import read_json
from linnet_exact.files.source import AnyFile, Source
from linnet_exact.files.tensors.gguf_file import GgufFile
from linnet_exact.files.tensors.numpy_file import NpyFile, NpzFile
from linnet_exact.files.tensors.onnx.onnx_file import OnnxFile
from linnet_exact.files.tensors.pytorch.torch_file import TorchFile
from linnet_exact.files.tensors.safetensors_file import SafetensorsFile
from linnet_exact.files.tensors.sharded import ShardedFile
from linnet_exact.files.tensors.tensors import TensorFile

__all__ = ["JSON", "Format", "format_of", "open_index", "open_tensors", "opened_as"]

Reader: TypeAlias = Callable[[Source], TensorFile]


@dataclass(frozen=True)
class Format:
    """A kind of file, known by its first bytes or else by the ending of its name.

    Attributes
    ----------
    name : str
    begins : str
        A regular expression for the first bytes, each taken as a character of Latin-1.
    endings : tuple of str
        In small letters. They count where the first bytes say nothing, as in damaged files.
    reader : function or str
        What reads the headers; or, for a kind that is not read, the way out, in which FILE stands
        for the file.
    """

    name: str
    begins: str
    endings: tuple[str, ...]
    reader: Reader | str


def open_index(path: Path, index: Any) -> TensorFile:
    """Open a model in several files by the value in its index file; read their headers only.

    Raises
    ------
    FileError
        If it is no index. What is wrong with one of the files is a note of its tensors.
    """
    return ShardedFile.of_index(path, index, _open_shard)


def _open_shard(source: Source) -> TensorFile:
    kind = format_of(source)
    if kind is JSON:
        raise FileError(f"{source.path}: a part of a model cannot be a JSON file")
    return opened_as(source, kind)


def _open_json(source: Source) -> TensorFile:
    return open_index(source.path, read_json(source))


JSON = Format("JSON", r"(\xef\xbb\xbf)?\s*[\[{\"]", (".json",), _open_json)

_SAVE = "save its tensors with safetensors.torch.save_file or numpy.savez"
_TENSORFLOW = (
    "TensorFlow can save its variables as weights.npz: python -c "
    '"import numpy, sys, tensorflow; r = tensorflow.train.load_checkpoint(sys.argv[1]); '
    "numpy.savez('weights.npz', **{n: r.get_tensor(n) for n in r.get_variable_to_shape_map()})\""
)
_FORMATS = (
    Format("safetensors", r".{6}[\x00-\x0f]\x00\s*\{", (".safetensors",), SafetensorsFile.open),
    Format("npy", r"\x93NUMPY", (".npy",), NpyFile.open),
    Format(
        "PyTorch",
        r"PK\x03\x04.{26}[^/]{1,200}/(data\.pkl|\.format_version|\.data/|byteorder|version|data/)",
        (".pt", ".pth", ".ckpt", ".bin"),
        TorchFile.open_archive,
    ),
    Format(
        "PyTorch before 1.6",
        r"\x80[\x02-\x05](\x95.{8})?\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19\.",
        (),
        TorchFile.open_stream,
    ),
    Format("npz", r"PK(\x03\x04|\x05\x06)", (".npz",), NpzFile.open),
    Format(
        "pickle",
        r"\x80[\x02-\x05]",
        (".pkl", ".pickle"),
        f"it can run code and is never read; in PyTorch or NumPy, {_SAVE}",
    ),
    Format("GGUF", r"GGUF", (".gguf",), GgufFile.open),
    Format(
        "HDF5",
        r"\x89HDF\r\n\x1a\n",
        (".h5", ".hdf5", ".keras"),
        "h5py can save its arrays as weights.npz: python -c "
        '"import h5py, numpy, sys; a = {}; h5py.File(sys.argv[1]).visititems(lambda name, x: '
        "a.update({name: x[()]}) if hasattr(x, 'shape') else None); "
        "numpy.savez('weights.npz', **a)\" FILE",
    ),
    Format(
        "TensorFlow checkpoint",
        r"\x00\x00[\x02-\x40]\x08[\x01-\x7f](\x10\x01)?\x1a|(all_)?model_checkpoint_path",
        (".ckpt.index", ".data-00000-of-00001", ".ckpt.meta"),
        f"{_TENSORFLOW} PREFIX, where PREFIX.index is the name of a file",
    ),
    Format(
        "TensorFlow",
        r"\x08\x01\x12",
        (".pb",),
        f"{_TENSORFLOW} FOLDER/variables/variables, where FOLDER has saved_model.pb",
    ),
    Format("ONNX", r"\x08[\x02-\x20][\x12\x1a\x22\x28\x32\x3a\x42]", (".onnx",), OnnxFile.open),
    Format("SQLite", r"SQLite format 3\x00", (".atlas",), "linnet-exact atlas reads atlases"),
    Format("Parquet", r"PAR1", (".parquet",), "save its columns with numpy.savez"),
    Format("MATLAB", r"MATLAB 5\.0", (".mat",), "load it with SciPy and save with numpy.savez"),
    Format("gzip", r"\x1f\x8b", (".gz",), "unpack it first: gzip -dc FILE > weights"),
    Format("bzip2", r"BZh[1-9]", (".bz2",), "unpack it first: bzip2 -dc FILE > weights"),
    Format("xz", r"\xfd7zXZ\x00", (".xz",), "unpack it first: xz -dc FILE > weights"),
    Format("zstd", r"\x28\xb5\x2f\xfd", (".zst",), "unpack it first: zstd -dc FILE > weights"),
    Format(
        "tar",
        r".{257}ustar",
        (".tar",),
        "unpack it first: tar -xf FILE; if PyTorch before 0.1.10 wrote it, load it there and "
        "save it anew",
    ),
    JSON,
)


def format_of(source: Source) -> Format:
    """Return the kind of a file.

    Raises
    ------
    FileError
        If it cannot be read, or is of no kind that is known.
    """
    start = source.start(512).decode("latin-1")
    for kind in _FORMATS:
        if re.match(kind.begins, start, re.DOTALL):
            return kind
    for kind in _FORMATS:
        if source.path.name.lower().endswith(kind.endings):
            return kind
    known = ", ".join(kind.name for kind in _FORMATS if callable(kind.reader))
    raise FileError(f"{source.path}: its content is none of the formats that are read: {known}")


def opened_as(source: Source, kind: Format) -> TensorFile:
    """Open a file of tensors of a known kind.

    Raises
    ------
    FileError
        If the file is damaged, or the kind is one that is not read.
    """
    if isinstance(kind.reader, str):
        way_out = kind.reader.replace("FILE", shlex.quote(str(source.path)))
        raise FileError(f"{source.path}: it is a {kind.name} file; {way_out}")
    return kind.reader(source)


def open_tensors(file: AnyFile) -> TensorFile:
    """Open a file of tensors, of the kind that its content says; read its headers only.

    Raises
    ------
    FileError
        If the file is not there, is damaged, or is of another kind.

    Examples
    --------
    >>> import pathlib, tempfile, numpy as np
    >>> path = pathlib.Path(tempfile.mkdtemp(), "model.npz")
    >>> np.savez(path, v=np.ones((3, 4)))
    >>> list(open_tensors(path).tensors.values())
    [Tensor(name='v', dtype='float64', shape=(3, 4), note='')]
    """
    source = Source.of(file)
    return opened_as(source, format_of(source))
