"""Files that would take much memory: one line, exit status 2, and little memory all the same."""

import io
import pickle
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.files.tensors.onnx.test_onnx_file import external, varint
from tests.files.tensors.onnx.test_wire import of_bytes
from tests.files.tensors.pytorch.by_hand import archive, legacy, plain, state, tensor
from tests.measured import measured

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="memory is measured as on Linux"
)
MOST_MEMORY = 300 * 2**20
HUGE = 2**16


def bomb(noise: int = 0) -> bytes:
    """Return a storage of 80 MB that is packed into 80 kB, or with noise into more."""
    count = 20 * 10**6
    data = np.zeros(count, "<f4")
    data[: noise * 10**5 // 4] = np.random.default_rng(0).random(noise * 10**5 // 4)
    return archive(
        state(w=tensor(count=count, shape=(2000, 10000), strides=(10000, 1))),
        zipfile.ZIP_DEFLATED,
        _0=data.tobytes(),
    )


def bomb_of_pickle() -> bytes:
    return archive(b"\x80\x02" + plain("w" * 20 * 10**6) + b".", zipfile.ZIP_DEFLATED)


def many_members() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for number in range(150_000):
            file.writestr(f"{number}" * 4, b"")
    return stream.getvalue()


def onnx(*tensors: bytes) -> bytes:
    return varint(1, 10) + of_bytes(7, b"".join(of_bytes(5, t) for t in tensors)) + of_bytes(8, b"")


def gguf_words() -> bytes:
    words = struct.pack("<Q", 3) + b"key" + struct.pack("<IIQ", 9, 8, 2**40) + bytes(8 * 10**6)
    return b"GGUF" + struct.pack("<IQQ", 3, 1, 1) + words


def expanded(shape: tuple[int, int]) -> bytes:
    """Return a tensor of more than 2^31 entries that all are the same one."""
    storage = ("0", 1, np.float32(1).tobytes())
    return legacy(state(w=tensor(count=1, shape=shape, strides=(0, 0))), storage)


QUICK: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (bomb, "would unpack from [0-9]+ to 80000000 bytes"),
    "more than 2^31 entries": (
        lambda: expanded((HUGE, HUGE)),
        "4294967296 entries repeat the 4 bytes",
    ),
}
SLOW: dict[str, tuple[Callable[[], bytes], str]] = {
    "pickle in a zip bomb": (bomb_of_pickle, "more than the 16777216 that are read"),
    "more than 2^31 of an ONNX model": (
        lambda: onnx(external((HUGE, HUGE), location="w")),
        "tensor w needs bytes 0 to 17179869184",
    ),
    "modest zip bomb": (lambda: bomb(noise=12), "more than 16777216; take a slice"),
    "a pickle of lists": (lambda: archive(b"\x80\x02" + b"]" * 2**22), "the 1048576 opcodes"),
    "a pickle of dictionaries": (lambda: archive(b"\x80\x02" + b"}" * 2**22), "opcodes"),
    "a legacy pickle": (lambda: legacy(b"\x80\x02" + b"}" * 2**22), "1048576 opcodes"),
    "a pickle of integers": (
        lambda: archive(b"\x80\x02" + pickle.dumps(1 << 8 * 10**7, 2)[2:]),
        "no tensor 'w'; there is none",
    ),
    "many members": (many_members, "its list of members is larger"),
    "ONNX of empty fields": (lambda: onnx() + b"\x0a\x00" * 2**22, "2097152 fields"),
    "ONNX of empty tensors": (lambda: onnx(*[b""] * 2**20), "65536 tensors"),
    "GGUF of empty words": (gguf_words, "is cut short"),
}


def check(path: Path, content: bytes, message: str) -> None:
    path.write_bytes(content)
    status, printed, memory, seconds = measured("analyze", str(path), "--layer", "w")
    assert status == 2, printed
    assert printed.count("\n") == 0
    assert str(path) in printed
    assert re.search(message, printed), printed
    assert memory < MOST_MEMORY
    assert seconds < 30


@pytest.mark.parametrize(("content", "message"), QUICK.values(), ids=QUICK)
def test_bounds(tmp_path: Path, content: Callable[[], bytes], message: str) -> None:
    check(tmp_path / "w", content(), message)


@pytest.mark.slow
@pytest.mark.parametrize(("content", "message"), SLOW.values(), ids=SLOW)
def test_bounds_at_work(tmp_path: Path, content: Callable[[], bytes], message: str) -> None:
    check(tmp_path / "w", content(), message)
