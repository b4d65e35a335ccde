"""What all certificates share: the seal at their end, and the record of a file they are about."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from linnet_exact.files.source import AnyFile, Source

__all__ = ["FORMAT", "digest", "input_record", "sealed"]

FORMAT = "linnet-exact/certificate"


def sealed(content: dict[str, Any]) -> dict[str, Any]:
    """Return the content with its digest as the last key.

    Examples
    --------
    >>> sealed({"kind": "none"})["sha256"] == digest({"kind": "none"})
    True
    """
    others = {key: value for key, value in content.items() if key != "sha256"}
    return {**others, "sha256": digest(content)}


def digest(content: dict[str, Any]) -> str:
    """Return the SHA-256 of everything but the key `sha256`, in hexadecimal.

    It is that of the JSON text with sorted keys, without spaces and with all but ASCII escaped.

    Examples
    --------
    >>> digest({"b": 1, "a": 2}) == digest({"a": 2, "b": 1, "sha256": "whatever"})
    True
    """
    others = {key: value for key, value in content.items() if key != "sha256"}
    text = json.dumps(others, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def input_record(file: AnyFile, layers: Sequence[str] = ()) -> dict[str, Any]:
    """Return the name of a file, the SHA-256 of its bytes, and which of its tensors were read.

    Parameters
    ----------
    layers : sequence of str
        The tensors that were layers, as ``--layer`` takes them; empty if all of them were.

    Raises
    ------
    FileError
        If the file cannot be read.
    """
    source = Source.of(file)
    sha256 = hashlib.sha256()
    with source.open() as stream:
        while piece := stream.read(2**20):
            sha256.update(piece)
    return {"name": source.path.name, "sha256": sha256.hexdigest(), "layers": list(layers)}
