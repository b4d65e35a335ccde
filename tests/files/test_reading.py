"""What a file may cost, whole or damaged; each case in a process of its own."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from linnet_exact.errors import FileError
from linnet_exact.files import open_tensors, read_weights
from tests.measured import measured

DATA = Path(__file__).parents[1] / "data"
MOST_MEMORY = 200 * 10**6

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="memory is measured as on Linux"
)


def analyze_measured(*arguments: str) -> tuple[int, str, int]:
    """Return the exit status, what was printed, and the peak of resident memory in bytes."""
    return measured("analyze", *arguments)[:3]


def zeros_npz(path: Path, shape: tuple[int, int], claimed: tuple[int, int] | None = None) -> None:
    """A compressed archive of zeros, written in pieces."""
    header = io.BytesIO()
    described = {"descr": "<f8", "fortran_order": False, "shape": claimed or shape}
    np.lib.format.write_array_header_1_0(header, described)
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("w.npy", "w") as stream,
    ):
        stream.write(header.getvalue())
        for _ in range(shape[0]):
            stream.write(bytes(8 * shape[1]))


def sparse_safetensors(path: Path, header: str, size: int) -> None:
    with path.open("wb") as stream:
        stream.write(len(header).to_bytes(8, "little") + header.encode())
        stream.truncate(8 + len(header) + size)


BOMBS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "zeros": ("w.npz", lambda path: zeros_npz(path, (3000, 10_000))),
    "fewer than that": ("w.npz", lambda path: zeros_npz(path, (4000, 4000))),
    "zeros that claim to be small": ("w.npz", lambda path: zeros_npz(path, (4000, 4000), (2, 2))),
    "zeros that claim to be more": (
        "w.npz", lambda path: zeros_npz(path, (4, 4), (10**6, 10**6)),
    ),
    "a long header": (
        "w.safetensors", lambda path: sparse_safetensors(path, "[" * (8 * 2**20), 0),
    ),
    "a longer header": (
        "w.safetensors", lambda path: sparse_safetensors(path, " " * 2**26, 0),
    ),
    "too many entries": (
        "w.safetensors",
        lambda path: sparse_safetensors(
            path,
            '{"w": {"dtype": "F64", "shape": [100000, 50000], "data_offsets": [0, 40000000000]}}',
            40 * 10**9,
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "write"), BOMBS.values(), ids=BOMBS)
def test_what_would_take_too_much_is_refused_in_one_line(
    tmp_path: Path, name: str, write: Callable[[Path], None]
) -> None:
    path = tmp_path / name
    write(path)
    status, line, memory = analyze_measured(str(path))
    assert (status, line.count("\n")) == (2, 0), line
    assert str(path) in line
    assert memory < MOST_MEMORY


def rows_of(text: str, size: int = 150) -> str:
    """A weights file of one square matrix with an entry that is given as JSON."""
    rows = [[text.replace("#", str(i * size + j)) for j in range(size)] for i in range(size)]
    header = {"format": "linnet-exact/weights", "version": 1, "weights": [rows]}
    return json.dumps(header | ({"field": ROOT} if "a" in text else {}))


ROOT = {"generator": "a", "minimal_polynomial": ["-2", "0", "1"], "near": "1.4"}
LONG_WORK = {
    "powers of ten": lambda: rows_of("1e99999"),
    "different powers of ten": lambda: rows_of("3e9#"),
    "small numbers": lambda: rows_of("1e-50000"),
    "denominators without common factors": lambda: rows_of("1/1" + "0" * 900 + "#"),
    "powers of an element": lambda: rows_of("(7*a+1)^9999", 100),
    "lists": lambda: "[" + "[]," * (3 * 10**6) + "[]]",
    "objects": lambda: "[" + "{}," * (3 * 10**6) + "{}]",
    "values": lambda: "[" + "1," * (5 * 10**6) + "1]",
    "nested lists": lambda: "[" * 10**6,
    "nested objects": lambda: '{"a":' * 10**6,
}


@pytest.mark.parametrize("content", LONG_WORK.values(), ids=LONG_WORK)
def test_the_work_of_a_whole_file_is_bounded(tmp_path: Path, content: Callable[[], str]) -> None:
    path = tmp_path / "theta.json"
    path.write_text(content())
    status, line, memory, seconds = measured("analyze", str(path))
    assert (status, line.count("\n")) == (2, 0), line
    assert str(path) in line
    assert memory < 2 * MOST_MEMORY
    assert seconds < 20


def test_floats_of_all_sizes_in_one_large_array_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.npy"
    array = np.ones((2000, 1100))
    array[0, :2] = 1e-300, 1e300
    np.save(path, array)
    with pytest.raises(FileError, match=r"w: up to here the entries take .* bits"):
        read_weights(path)
    assert read_weights(path, ["w[:50, :50]"]).network.widths == (50, 50)


def test_only_what_is_asked_for_is_read(tmp_path: Path) -> None:
    """Two layers from a file of 40 GB, which is one large hole."""
    path = tmp_path / "w.safetensors"
    tensor = '{"dtype": "F32", "shape": [100000, 100000], "data_offsets": [0, 40000000000]}'
    sparse_safetensors(path, f'{{"w": {tensor}}}', 40 * 10**9)
    layers = ["--layer", "w[99990:, 5:9]", "--layer", "w[0:3, 0:10]"]
    status, printed, memory = analyze_measured(str(path), *layers, "--format", "table")
    assert status == 0, printed
    assert "0-0:4,1-1:10,2-2:3" in printed
    assert memory < MOST_MEMORY


def test_the_trained_example_is_the_same_in_both_formats() -> None:
    npz, safetensors = (read_weights(DATA / f"digits.{end}") for end in ("npz", "safetensors"))
    assert npz == safetensors


def test_layers_that_do_not_compose_are_shown_with_their_names(tmp_path: Path) -> None:
    path = tmp_path / "w.npz"
    np.savez(path, q=np.ones((3, 4)), k=np.ones((3, 4)))
    expected = r"W_2 is 3x4 but W_1 is 3x4: .* \(W_1 = q, W_2 = k\); --layer says which"
    with pytest.raises(FileError, match=expected):
        read_weights(path)
    assert read_weights(path, ["q", "k.T"]).network.widths == (4, 3, 4)


def test_files_without_named_tensors(tmp_path: Path) -> None:
    path = tmp_path / "theta.json"
    path.write_text("{}")
    with pytest.raises(FileError, match="it has no named tensors; expected a JSON object"):
        read_weights(path, ["W_1"])
    with pytest.raises(FileError, match="it has no named tensors"):
        open_tensors(path)
