"""No command writes over what it reads, and names of files say what is in them."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np
import pytest

from linnet_exact.cli.file_arguments import OUTPUT_FILE
from linnet_exact.cli.lazy import LazyCommand
from linnet_exact.cli.main import cli, main
from linnet_exact.files import read_json

WEIGHTS = {
    "format": "linnet-exact/weights",
    "version": 1,
    "weights": [[[1, 0], [0, 0]], [[1, 2], [0, 0]]],
}
MATRIX = {"format": "linnet-exact/matrix", "version": 1, "matrix": [[1, 2], [0, 0]]}
BARCODE = "0-0,0-2,1-1,2-2"

# IN is read and OUT is written.
COMMANDS = {
    "analyze": "analyze IN -o OUT",
    "certificate": "analyze IN --certificate OUT",
    "flow": "flow IN --format json -o OUT",
    "tangent": "tangent IN -o OUT",
    "crosscheck": "crosscheck IN -o OUT",
    "snap": "snap IN --tolerance 0.1 -o OUT",
    "snap certificate": "snap IN --tolerance 0.1 --certificate OUT",
    "move": "move IN --layer 1 --from 0-0 --to 1-1 -o OUT",
    "first of path": "path IN other.json -o OUT",
    "second of path": "path other.json IN -o OUT",
    "check": "check IN -o OUT",
    "input of check": "check other.json --input IN -o OUT",
    "target of fiber": "fiber 2,2,2 --target IN -o OUT",
    "target of strata": "strata 2,2,2 --target IN -o OUT",
    "target of count": "count 2,2,2 --target IN -o OUT",
    "target of dag": "dag 2,2,2 --target IN -o OUT",
    "target of sample": f"sample 2,2,2 --barcode {BARCODE} --target IN -o OUT",
    "critical": "critical IN --target other.json -o OUT",
    "target of critical": "critical other.json --target IN -o OUT",
    "data of landscape": "landscape 2,2,2 --data IN -o OUT",
    "output first": "analyze -o OUT IN",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("theta.json").write_text(json.dumps(WEIGHTS))
    Path("other.json").write_text(json.dumps(WEIGHTS))
    Path("M.json").write_text(json.dumps(MATRIX))
    Path("folder").mkdir()
    Path("symbolic.json").symlink_to("theta.json")
    Path("folder/chain.json").symlink_to("../symbolic.json")
    os.link("theta.json", "hard.json")
    return tmp_path


def run(line: str, **names: str) -> int:
    return main([names.get(word, word) for word in line.split()])


SAME = ["theta.json", "./theta.json", "folder/../theta.json", "symbolic.json", "hard.json",
        "folder/chain.json"]  # fmt: skip


@pytest.mark.parametrize("line", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("output", SAME)
def test_inputs_are_never_written_over(capsys, folder: Path, line: str, output: str) -> None:
    before = Path("theta.json").read_bytes()
    assert run(line, IN="theta.json", OUT=output) == 2
    assert f"{Path(output)}: it is read and would be written over" in capsys.readouterr().err
    assert run(line, IN=output, OUT=str(folder / "theta.json")) == 2
    assert "it is read and would be written over" in capsys.readouterr().err
    assert Path("theta.json").read_bytes() == before


@pytest.mark.parametrize("to", ["npz", "safetensors"])
def test_exports_are_not_written_over_their_input(capsys, to: str) -> None:
    path = Path(f"w.{to}")
    assert run(f"export theta.json --to {to} -o {path}") == 0
    before = path.read_bytes()
    assert run(f"export {path} --to {to} -o ./folder/../{path}") == 2
    assert "it is read and would be written over" in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.parametrize("line", [
    "analyze theta.json -o new.json --certificate OUT",
    "snap theta.json --barcode 0-0,0-2,1-1,2-2 -o new.json --certificate OUT",
    "prove --depth 1 -o new.json --certificate OUT",
])  # fmt: skip
def test_two_outputs_are_two_files(capsys, line: str) -> None:
    assert run(line, OUT="folder/../new.json") == 2
    assert "would be written twice" in capsys.readouterr().err
    assert not Path("new.json").exists()
    assert run(line, OUT="proof.json") == 0
    assert Path("new.json").exists()
    assert Path("proof.json").exists()


@pytest.mark.parametrize(("line", "begins"), [
    ("flow theta.json -o OUT.svg", "<svg"),
    ("flow theta.json -o OUT.tex", r"\begin{tikzpicture}"),
    ("flow theta.json -o OUT.txt", "layer"),
    ("flow theta.json -o OUT.JSON", "{"),
    ("dag 2,2 -o OUT.svg", "<"),
    ("dag 2,2 -o OUT.dot", "digraph"),
    ("dag 2,2 -o OUT.html", "<!DOCTYPE html>"),
    ("theorem theta.json -o OUT.svg", "<svg"),
    ("crosscheck theta.json --plot OUT.svg", "<svg"),
    ("crosscheck theta.json --plot OUT", "<svg"),
    ("theorem theta.json -o OUT.pdf", "%PDF-"),
    ("flow theta.json -o OUT.PNG", "\N{REPLACEMENT CHARACTER}PNG"),
    ("crosscheck theta.json --plot OUT.pdf", "%PDF-"),
    ("atlas build -o OUT.db --max-depth 1 --max-width 1", "SQLite"),
    ("strata 2,2 -o OUT.csv", "barcode,"),
    ("strata 2,2 -o OUT.jsonl", "{"),
    ("strata 2,2 -o OUT.json", "["),
    ("analyze theta.json -o OUT", "{"),
    ("analyze theta.json -o OUT.v2", "{"),
    ("prove --depth 1 -o OUT.tex", "\\"),
])  # fmt: skip
def test_the_ending_decides(line: str, begins: str) -> None:
    assert run(line) == 0
    (written,) = Path().glob("OUT*")
    assert written.read_bytes().decode(errors="replace").startswith(begins)


@pytest.mark.parametrize("line", [
    "flow theta.json --format json -o OUT.svg",
    "flow theta.json --format svg -o OUT.json",
    "analyze theta.json -o OUT.npz",
    "analyze theta.json -o OUT.svg",
    "analyze theta.json --format table -o OUT.csv",
    "sample 2,2 --barcode 0-1:2 -o OUT.safetensors",
    "sample 2,2 --barcode 0-1:2 -o OUT.csv",
    "move theta.json --layer 1 --from 0-0 --to 1-1 -o OUT.npy",
    "strata 2,2 --format jsonl -o OUT.json",
    "strata 2,2 -o OUT.json.gz",
    "strata 2,2 -o OUT.parquet",
    "export theta.json --to sage -o OUT.m2",
    "export theta.json --to npz -o OUT.json",
    "export 2,2 --to macaulay2 -o OUT.JSON",
    "crosscheck theta.json --plot OUT.jpg",
    "crosscheck theta.json --plot OUT.json",
    "crosscheck theta.json --plot OUT.txt",
    "crosscheck theta.json --plot OUT.v2",
    "landscape 2,2 --target M.json --plot OUT.html",
    "critical theta.json --target M.json --certificate OUT.svg",
    "atlas build -o OUT.parquet --max-depth 1 --max-width 1",
    "atlas build -o OUT.json --max-depth 1 --max-width 1",
    "dag 2,2 --format svg -o OUT.png",
    "dag 2,2 -o OUT.tex",
    "dag 2,2 -o OUT.bmp",
    "theorem theta.json --format png -o OUT.svg",
    "explore 2,2 -o OUT.svg",
    "analyze theta.json --certificate OUT.npz",
    "snap theta.json --tolerance 0.1 --certificate OUT.svg",
    "prove --depth 1 --certificate OUT.csv",
])  # fmt: skip
def test_an_ending_that_contradicts_is_refused(capsys, line: str) -> None:
    assert run(line) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "OUT." in error
    assert not list(Path().glob("OUT*"))


def commands(command: click.Command = cli, name: str = "") -> Iterator[tuple[str, click.Command]]:
    command = command.load() if isinstance(command, LazyCommand) else command
    if isinstance(command, click.Group):
        for part, found in command.commands.items():
            yield from commands(found, f"{name} {part}".strip())
    else:
        yield name, command


def test_every_file_that_a_command_writes_is_checked_by_its_name() -> None:
    """All paths are compared with each other; what -o holds is said by `output_options`."""
    free = set()
    for name, command in commands():
        for parameter in command.params:
            kind = parameter.type
            if isinstance(kind, click.Path) and not kind.file_okay:
                continue  # a folder, which is read
            if isinstance(kind, click.File | click.Path) and type(kind) is not type(OUTPUT_FILE):
                free.add((name, parameter.name))
            elif kind is OUTPUT_FILE:
                formats = {part.name for part in command.params} & {"format", "system"}
                assert "-o" in parameter.opts, (name, parameter.name)
                assert formats, (name, parameter.name)
    assert free == {("atlas build", "parquet")}  # a folder, too


def test_devices_are_read_and_written(capsys) -> None:
    assert run("analyze theta.json -o /dev/null --certificate /dev/null") == 0


def test_a_folder_that_is_not_there_is_noticed_before_the_work(capsys) -> None:
    assert run("analyze theta.json -o nowhere/x.json") == 2
    assert "there is no folder nowhere" in capsys.readouterr().err
    assert run("analyze theta.json -o folder") == 2
    assert "folder" in capsys.readouterr().err


def test_stdout_by_name(capsys) -> None:
    assert run("count 2,2 -o - --format json") == 0
    assert json.loads(capsys.readouterr().out)["strata"] == 1
    assert not Path("-").exists()


def test_layers_of_a_move_and_of_a_path(capsys) -> None:
    np.savez("w.npz", a=np.array(WEIGHTS["weights"][0]), b=np.array(WEIGHTS["weights"][1]), c=[1])
    assert run("move w.npz --tensor a --tensor b --layer 1 --from 0-0 --to 1-1 -o m.json") == 0
    assert run("move theta.json --layer 1 --from 0-0 --to 1-1 -o n.json") == 0
    assert read_json(Path("m.json")) == read_json(Path("n.json"))
    assert run("path w.npz w.npz --layer a --layer b --format json") == 0
    assert json.loads(capsys.readouterr().out)["steps"] == []
