"""Patterns for names of tensors: ``layers.*.weight``, in natural order."""

import re
from typing import TYPE_CHECKING

from linnet_exact.errors import FileError
from linnet_exact.files.tensors.layer_spec import nearest_names, parse_layer
from linnet_exact.files.tensors.tensors import natural_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linnet_exact.files.tensors.tensors import TensorFile

__all__ = ["matching_layers"]


def matching_layers(file: "TensorFile", layers: "Sequence[str]") -> list[str]:
    """Return the layers, each pattern replaced by the names that fit it, 2 before 10.

    In a name, ``*`` stands for any text without dots and slashes, ``**`` for any text, ``?`` for
    one character. Slices and ``.T`` behind a pattern are for each of its tensors. A text that is
    the name of a tensor is no pattern.

    Raises
    ------
    FileError
        If nothing fits a pattern.
    InputError
        If a layer has the wrong form.

    Examples
    --------
    >>> import pathlib, tempfile, numpy as np
    >>> from linnet_exact.files import open_tensors
    >>> path = pathlib.Path(tempfile.mkdtemp(), "model.npz")
    >>> np.savez(path, **{f"l.{n}.w": np.ones((1, 1)) for n in (10, 2)})
    >>> matching_layers(open_tensors(path), ["l.*.w[0:1, :].T"])
    ['l.2.w[0:1, :].T', 'l.10.w[0:1, :].T']
    """
    found = []
    for text in layers:
        if text in file.tensors or not ("*" in text or "?" in text):
            found.append(text)
            continue
        name = parse_layer(text).name
        matches = _matches(file, name)
        if not matches:
            raise FileError(f"{file.path}: no tensor fits {name!r}{_nearest(file, name)}")
        found += [match + text.removeprefix(name) for match in matches]
    return found


def _matches(file: "TensorFile", name: str) -> list[str]:
    parts = [part for part in re.split(r"(\*\*|\*|\?)", name) if part]
    return sorted((tensor for tensor in file.tensors if _fits(tensor, parts)), key=natural_order)


def _fits(name: str, parts: list[str]) -> bool:
    """Whether a name fits a pattern, in a time that no pattern makes long: all ways at once."""
    ends = {0}  # of what the parts so far can stand for
    for part in parts:
        if part == "**":
            ends = set(range(min(ends), len(name) + 1))
        elif part == "*":
            reached = set()
            for end in sorted(ends):
                while end not in reached:
                    reached.add(end)
                    if end < len(name) and name[end] not in "./":
                        end += 1
            ends = reached
        elif part == "?":
            ends = {end + 1 for end in ends if end < len(name) and name[end] not in "./"}
        else:
            ends = {end + len(part) for end in ends if name.startswith(part, end)}
        if not ends:
            return False
    return len(name) in ends


def _nearest(file: "TensorFile", name: str) -> str:
    wider = re.sub(r"\*+", "**", name)
    if wider != name and (others := _matches(file, wider)):
        return f"; * has no dots, and {wider!r} fits {', '.join(others[:3])}"
    return nearest_names(file, re.sub(r"[*?]+", "0", name))
