"""Files of tensors, of every format, and what comes beside them."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fuzzing.harness import DATA, LARGEST, MODELS, Harness, files, of_bytes, source


def every_tensor(opened: Any) -> None:
    for name, tensor in opened.tensors.items():
        if not tensor.note:
            opened.read(name, ())


def read_tensors(data: bytes) -> None:
    from linnet_exact.files import open_tensors

    every_tensor(open_tensors(source(data)))


def read_member(name: str) -> Callable[[bytes], None]:
    """Put the bytes into an archive: a checksum would keep nearly all changes out of sight."""

    def read(data: bytes) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(name, data)
            if "/" in name:
                archive.writestr("model/data/0", bytes(range(256)) * 4)
        read_tensors(stream.getvalue())

    return read


def members(name: str, *patterns: str) -> Callable[[], list[bytes]]:
    def contents() -> list[bytes]:
        found = []
        for archive in map(io.BytesIO, files(MODELS, *patterns)() + files(DATA, *patterns)()):
            if zipfile.is_zipfile(archive):
                with zipfile.ZipFile(archive) as opened:
                    found += [opened.read(n) for n in opened.namelist() if n.endswith(name)]
        return [each for each in found if len(each) < LARGEST]

    return contents


def safetensors() -> list[bytes]:
    header = b'{"w":{"dtype":"BF16","shape":[2,2],"data_offsets":[0,8]},"__metadata__":{"a":"b"}}'
    return [len(header).to_bytes(8, "little") + header + bytes(8)]


def index(folder: Path) -> Callable[[bytes], object]:
    from linnet_exact.files import Source, open_tensors

    for name in ("a.safetensors", "b.safetensors"):
        (folder / name).write_bytes(safetensors()[0])
    path = folder / "model.safetensors.index.json"
    return lambda data: every_tensor(open_tensors(Source(path, data)))


def index_seeds() -> list[bytes]:
    return [json.dumps({"weight_map": {"w": "a.safetensors", "v": "b.safetensors"}}).encode()]


def adapter(folder: Path) -> Callable[[bytes], object]:
    from linnet_exact.files.adapter import read_adapter

    shutil.copytree(DATA / "adapter", folder, dirs_exist_ok=True)

    def read(data: bytes) -> None:
        (folder / "adapter_config.json").write_bytes(data)
        read_adapter(folder)

    return read


def adapter_seeds() -> list[bytes]:
    return [(DATA / "adapter" / "adapter_config.json").read_bytes()]


HARNESSES = {
    "safetensors": of_bytes(read_tensors, safetensors),
    "npy": of_bytes(read_member("w.npy"), members(".npy", "*.npz")),
    "npz": of_bytes(read_tensors, files(DATA, "*.npz")),
    "ONNX": of_bytes(read_tensors, files(MODELS, "*.onnx")),
    "GGUF": of_bytes(read_tensors, files(MODELS, "*.gguf")),
    "PyTorch": of_bytes(read_tensors, files(MODELS, "*.pt")),
    "pickles": of_bytes(read_member("model/data.pkl"), members("data.pkl", "*.pt")),
    "index": Harness(index, index_seeds),
    "adapter": Harness(adapter, adapter_seeds),
}
