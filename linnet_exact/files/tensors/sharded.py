"""Models in several files, and the index that tells which tensor is in which file."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from linnet_exact.errors import FileError
from linnet_exact.files.source import Source
from linnet_exact.files.tensors.tensors import Index, Tensor, TensorFile, natural_order

if TYPE_CHECKING:
    from linnet_exact.arrays import Array

__all__ = ["ShardedFile"]

Opener: TypeAlias = Callable[[Source], TensorFile]


@dataclass(frozen=True)
class ShardedFile:
    """The files that an index lists, such as `model.safetensors.index.json`.

    Only the headers are read when it is opened. In the index, `"weight_map"` tells for each tensor
    the file, in the same folder, that holds it.
    """

    path: Path
    tensors: Mapping[str, Tensor]
    shard_of: Mapping[str, TensorFile]

    @classmethod
    def of_index(cls, path: Path, index: Any, open_shard: Opener) -> "ShardedFile":
        """Read the headers of the files that the value in an index file names.

        Parameters
        ----------
        open_shard : function
            Opens one of the files, of whatever format it is.
        """
        weight_map = index.get("weight_map") if isinstance(index, dict) else None
        if not isinstance(weight_map, dict) or not weight_map:
            raise FileError(
                f'{path}: it has no named tensors; expected a JSON object with "weight_map", from '
                f"their names to files"
            )
        opened: dict[str, TensorFile | str] = {}
        tensors, shards = {}, {}
        for name in sorted(weight_map, key=natural_order):
            file = weight_map[name]
            if not _is_file_name(file):
                note = f"tensor {name} must be in a file of the same folder, not {file!r:.60}"
                tensors[name] = Tensor(name, "", (), note)
                continue
            if file not in opened:
                opened[file] = _opened_shard(path.parent / file, open_shard)
            shard = opened[file]
            if isinstance(shard, str):
                tensors[name] = Tensor(name, "", (), shard)
            elif name not in shard.tensors:
                tensors[name] = Tensor(name, "", (), f"{file} does not hold the tensor {name}")
            else:
                tensors[name], shards[name] = shard.tensors[name], shard
        return cls(path, tensors, shards)

    def read(self, name: str, index: Index) -> "Array":
        """Return a part of a tensor; see `TensorFile.read`."""
        return self.shard_of[name].read(name, index)


def _is_file_name(value: Any) -> bool:
    """Whether it can be the name of a file, without a folder."""
    if not isinstance(value, str) or Path(value).name != value:
        return False
    try:
        return b"\0" not in os.fsencode(value)
    except UnicodeEncodeError:
        return False


def _opened_shard(path: Path, open_shard: Opener) -> TensorFile | str:
    """Open one of the files of a model, or say why that cannot be done."""
    try:
        if path.exists() and not path.is_file():  # a pipe could keep us waiting
            return f"{path} is not a regular file"
        return open_shard(Source.of(path))
    except FileError as error:
        return str(error)
