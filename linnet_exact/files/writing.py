"""Weights into files that `read_weights` reads back."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linnet_exact.arguments import as_boolean, as_path
from linnet_exact.errors import FileError, InputError
from linnet_exact.files.export import rounded_entries, to_npz, to_safetensors
from linnet_exact.files.json_weights import weights_to_jsonable
from linnet_exact.unfinished import written_whole
from linnet_exact.weights import Weights

__all__ = ["replacing", "write_weights"]


def write_weights(theta: Weights, path: str | os.PathLike[str], rounded: bool = False) -> None:
    """Write weights to a file; its ending says how: ``.json``, ``.npz`` or ``.safetensors``.

    JSON is exact, whatever the field. The others hold float64: entries that no float64 is equal to
    are refused, unless they may be rounded. A file of that name is replaced, once all is written.

    Raises
    ------
    FileError
        If the ending is another, or the file cannot be written.
    InputError
        If entries would be rounded and `rounded` does not allow it.
    MissingExtraError
        If a library for the format is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from linnet_exact import read_weights
    >>> file = Path(tempfile.mkdtemp(), "theta.json")
    >>> write_weights(Weights([[["1/3", 2]]]), file)
    >>> read_weights(file).matrices
    (Matrix([['1/3', 2]]),)
    """
    target = as_path(path, "path")
    theta, rounded = Weights.of(theta), as_boolean(rounded, "rounded")
    content = _content(theta, target, rounded)
    with replacing(target) as unfinished:
        unfinished.write_bytes(content)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a file to write, which takes the place of `target` once it is complete.

    Raises
    ------
    FileError
        If it cannot be written; `target` is then as it was.
    """
    try:
        with written_whole(target) as unfinished:
            yield unfinished
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(f"{target}: cannot be written: {reason}") from None


def _content(theta: Weights, target: Path, rounded: bool) -> bytes:
    ending = target.suffix.lower()
    if ending == ".json":
        return f"{json.dumps(weights_to_jsonable(theta))}\n".encode("ascii")
    if ending not in (".npz", ".safetensors"):
        raise FileError(f"{target}: weights are written to .json, .npz or .safetensors")
    lost = 0 if rounded else rounded_entries(theta)
    if lost:
        raise InputError(
            f"{lost} entries would be rounded to float64 in {target.name!r}: write .json, which is "
            f"exact, or pass rounded=True"
        )
    return to_npz(theta) if ending == ".npz" else to_safetensors(theta)
