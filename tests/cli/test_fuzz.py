"""Whatever the command line is given: an answer, or one line and exit status 2; never a fault."""

import json
import os
import shutil
import zipfile
from pathlib import Path

import click
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linnet_exact.cli.main import COMMANDS, main

WEIGHTS = {
    "format": "linnet-exact/weights",
    "version": 1,
    "weights": [[[1, "1/2"], [0, 3]], [[2, 0]]],
}
MATRIX = {"format": "linnet-exact/matrix", "version": 1, "matrix": [[1, 0], [0, 0]]}

# Those that run for as long as they are let have tests of their own.
LOADED = [c.load() for c in COMMANDS if c.name not in ("verify", "atlas", "refute", "prove")]

HOSTILE = [
    *("", " ", "-", "--", "-1", "0", "NaN", "1e999", "10**9", "\0", "a\0b", "\ud800", "\udcff"),
    *("\x1b[31m", "a\nb", "é", "日本", "٣", "%s", "{}", "../..", ".", "/", "/dev/null", ":memory:"),
    *("x" * 300, "2,2", "2,3,2", "2^3", "1,1", "0-0", "0-1:2", "0-0,1-1", "0-0:999", "1-0", "QQ"),
    *("sqrt(2)", "sqrt(2", "1/0", "a", "[0]", "[::0]", "w[0:1,:]", "w.T", "[1,2", ".T", "[]"),
    *("json", "table", "csv", "svg", "text", "sage", "latex", "npz", "safetensors", "3", "1/2"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Files that are what they seem to be, and files that are not."""
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "theta.json").write_text(json.dumps(WEIGHTS))
    (folder / "W.json").write_text(json.dumps(MATRIX))
    (folder / "null.json").write_text("null")
    (folder / "nan.json").write_text(json.dumps(WEIGHTS | {"weights": [[[float("nan")]]]}))
    (folder / "index.json").write_text(
        json.dumps(
            {"weight_map": {"w\0": "a\0", "\ud800": "x", "w": "w.safetensors", "\x1b": ".."}}
        )
    )
    np.savez(folder / "w.npz", w=np.eye(2), **{"\x1b[2J": np.ones((2, 2)), "o\n": np.eye(2)})
    np.save(folder / "w.npy", np.ones((2, 3)))
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (True, 6)}"
    data = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + bytes(48)
    (folder / "true.npy").write_bytes(data)
    with zipfile.ZipFile(folder / "odd.npz", "w") as archive:
        for name in (".npy", "folder/", "notes.txt", "w.npy"):
            archive.writestr(name, data if name.endswith(".npy") else b"")
    (folder / "model.pt").write_bytes(b"\x80\x02}q\x00.")
    (folder / "empty").write_bytes(b"")
    Path(os.fsdecode(os.fsencode(folder) + b"/not-\xff-utf8.json")).write_text(json.dumps(WEIGHTS))
    return folder


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_no_arguments_are_a_fault(folder: Path, data, monkeypatch, capsys) -> None:
    monkeypatch.delenv("LINNET_EXACT_TRACEBACK", raising=False)
    copy = folder.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    monkeypatch.chdir(shutil.copytree(folder, copy))
    names = sorted(os.listdir(folder))
    word = st.sampled_from(HOSTILE) | st.sampled_from(names) | st.text(max_size=6)
    command = data.draw(st.sampled_from(LOADED))
    positions = [p for p in command.params if isinstance(p, click.Argument)]
    options = [p for p in command.params if isinstance(p, click.Option)]
    needed = [p for p in options if p.required]
    arguments = [command.name, *(data.draw(word) for _ in positions)]
    for option in needed + data.draw(st.lists(st.sampled_from(options or [None]), max_size=2)):
        if option is not None:
            arguments.append(data.draw(st.sampled_from(option.opts)))
            arguments += [] if option.is_flag else [data.draw(word)]
    status = main(arguments)
    printed = capsys.readouterr()
    assert status in (0, 1, 2, 3), (arguments, printed.err)
    assert "internal error" not in printed.err
    if status == 2:
        assert printed.err.count("\n") == 1, (arguments, printed.err)
        assert printed.err.rstrip("\n").isprintable()


@pytest.mark.parametrize("name", ["theta.json", "w.npz", "index.json", "odd.npz", "true.npy"])
@pytest.mark.parametrize("command", ["analyze", "flow", "tangent", "crosscheck", "path", "export"])
@pytest.mark.parametrize("options", [["--list"], ["--layer", "w"], []])
def test_hostile_files(folder: Path, monkeypatch, capsys, command, name, options) -> None:
    monkeypatch.chdir(folder)
    files = [name, name] if command == "path" else [name]
    extra = ["--to", "latex"] if command == "export" else []
    status = main([command, *files, *extra, *options])
    printed = capsys.readouterr()
    assert status in (0, 1, 2), printed.err
    assert (printed.out + printed.err).replace("\n", "").isprintable()
