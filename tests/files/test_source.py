"""Pipes, devices and files that change while they are read; real ones, in real processes."""

import json
import os
import threading
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from linnet_exact.errors import FileError
from linnet_exact.files import Source, open_tensors, read_json, read_matrix, read_weights, source
from tests.measured import measured
from tests.terminal import run_command

WEIGHTS = {"format": "linnet-exact/weights", "version": 1, "weights": [[[1, 2]]]}
MOST_MEMORY = 250 * 10**6

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no named pipes")
needs_devices = pytest.mark.skipif(
    not (Path("/dev/zero").exists() and Path("/proc/self/status").exists()), reason="as on Linux"
)


def fed(path: Path, content: bytes) -> threading.Thread:
    """A named pipe with a writer that waits for its reader."""
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(content,), daemon=True)
    writer.start()
    return writer


@needs_pipes
@pytest.mark.parametrize("kind", ["json", "npz", "npy", "safetensors"])
def test_every_format_is_read_from_a_pipe(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "w"
    array = np.arange(6.0).reshape(2, 3)
    if kind == "json":
        value = {**WEIGHTS, "weights": [[list(map(int, row)) for row in array.tolist()]]}
        file.write_text(json.dumps(value))
    elif kind == "safetensors":
        header = json.dumps({"w": {"dtype": "F64", "shape": [2, 3], "data_offsets": [0, 48]}})
        data = len(header).to_bytes(8, "little") + header.encode() + array.tobytes()
        file.write_bytes(data)
    else:
        with file.open("wb") as stream:
            (np.savez if kind == "npz" else np.save)(stream, array)
    pipe = tmp_path / "pipe"
    writer = fed(pipe, file.read_bytes())
    (matrix,) = read_weights(pipe).matrices
    writer.join()
    assert matrix.to_numpy().tolist() == array.tolist()


@needs_pipes
def test_a_pipe_is_read_once_for_weights_and_certificate(tmp_path: Path) -> None:
    pipe, proof = tmp_path / "pipe", tmp_path / "proof.json"
    content = json.dumps(WEIGHTS).encode()
    writer = fed(pipe, content)
    done = run_command("analyze", pipe, "--certificate", proof)
    writer.join()
    assert (done.returncode, done.stderr) == (0, b"")
    (tmp_path / "same.json").write_bytes(content)
    assert run_command("check", proof, "--input", tmp_path / "same.json").returncode == 0


@needs_pipes
@pytest.mark.parametrize("read", [read_json, read_weights, read_matrix, open_tensors])
def test_pipes_without_end_are_left(tmp_path: Path, monkeypatch, read) -> None:
    monkeypatch.setattr(source, "MAX_PIPED", 10_000)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def write_for_ever() -> None:
        with suppress(BrokenPipeError), pipe.open("wb", buffering=0) as stream:
            while True:
                stream.write(b"[" * 2**16)

    writer = threading.Thread(target=write_for_ever, daemon=True)
    writer.start()
    with pytest.raises(FileError, match=f"{pipe}: it has more than the 10000 bytes"):
        read(pipe)
    writer.join()


@needs_devices
@pytest.mark.parametrize(
    "arguments",
    [
        ["analyze", "LINK"],
        ["flow", "LINK", "--layer", "w"],
        ["check", "LINK"],
        ["export", "LINK", "--to", "sage"],
        ["fiber", "2,2", "--target", "LINK"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("ending", ["json", "npz", "safetensors.index.json"])
def test_devices_without_end_are_refused_in_little_memory(tmp_path, arguments, ending) -> None:
    link = tmp_path / f"zero.{ending}"
    link.symlink_to("/dev/zero")
    status, line, memory, seconds = measured(*(str(link) if a == "LINK" else a for a in arguments))
    assert status == 2, line
    assert f"{link}: it has more than" in line
    assert memory < MOST_MEMORY
    assert seconds < 20


def test_a_file_cut_while_it_is_read(tmp_path: Path) -> None:
    """Its header has been read; then most of the file is taken away."""
    shape, size = [1000, 1000], 8 * 10**6
    header = json.dumps({"w": {"dtype": "F64", "shape": shape, "data_offsets": [0, size]}})
    path = tmp_path / "w.safetensors"
    path.write_bytes(len(header).to_bytes(8, "little") + header.encode() + bytes(size))
    opened = open_tensors(path)
    os.truncate(path, 1000)
    with pytest.raises(FileError, match=f"{path}: tensor w: it was changed or replaced"):
        opened.read("w", ())
    path.unlink()
    with pytest.raises(FileError, match=f"{path}: tensor w: No such file"):
        opened.read("w", ())


@needs_pipes
def test_a_file_replaced_by_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    path = tmp_path / "w.npy"
    np.save(path, np.eye(2))
    opened = open_tensors(path)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(FileError, match=f"{path}: array w: it was changed or replaced"):
        opened.read("w", ())


def test_stdin(tmp_path: Path) -> None:
    done = run_command("analyze", "-", "--format", "csv", stdin=json.dumps(WEIGHTS))
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"0-0,0-1" in done.stdout


def test_names_that_no_file_can_have(tmp_path: Path) -> None:
    for name in ("a\0b", "\ud800"):
        with pytest.raises(FileError, match="no file can have this name"):
            read_weights(tmp_path / name)
    with pytest.raises(FileError, match="Is a directory"):
        read_weights(tmp_path)


def test_a_source_of_a_source_is_itself(tmp_path: Path) -> None:
    path = tmp_path / "theta.json"
    path.write_text(json.dumps(WEIGHTS))
    found = Source.of(path)
    assert Source.of(found) is found
    assert read_weights(found) == read_weights(path)
