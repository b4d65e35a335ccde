"""Every command on a real terminal of 80 columns: no line is longer, and no word is broken."""

import json
import re
import shlex
from pathlib import Path

import pytest

from linnet_exact.cli.layout import SHORT
from linnet_exact.cli.main import COMMANDS, main
from tests.terminal import run_on_terminal

DIGITS = Path(__file__).parent.parent / "data" / "digits.npz"

RUN = {
    "fiber": ["2,3,2 --rank 1", "2,2,2 --polynomials"],
    "strata": ["2,3,2 --rank 1", "2,2,2,2 --degrees"],
    "count": ["3^4 --by codimension", "10^5 --polynomials"],
    "compare": ["0-0,0-2,1-1:2,2-2 0-0,0-2,1-1,1-2", "0-0:2,1-1,1-2 0-1,0-0,2-2,1-1"],
    "moves": ["2,3,2 --barcode 0-0,0-2,1-1:2,2-2", "2,2,2,2 --rank 1"],
    "analyze": ["theta.json", f"{DIGITS}", f"{DIGITS} --list", "root.json"],
    "crosscheck": [f"{DIGITS}", "theta.json"],
    "survey": [f"{DIGITS} --format table"],
    "snap": [f"{DIGITS} --tolerance 1e-6 --format table"],
    "critical": ["theta.json --target W.json"],
    "landscape": ["2,2,2 --target M.json"],
    "check": ["proof.json"],
    "theorem": ["theta.json --format text", "theta.json --format table"],
    "flow": ["theta.json --format text", "theta.json --subspaces --format text"],
    "decompose": ["theta.json", "2,3,2 --barcode 0-0,0-2,1-1:2,2-2 --pairs"],
    "tangent": ["theta.json"],
    "balance": ["theta.json --format table"],
    "move": ["theta.json --layer 1 --from 0-0 --to 1-1 --format table"],
    "path": ["theta.json theta.json"],
    "cone": ["2,2,2 --barcode 0-0,0-2,1-1,2-2"],
    "degenerate": ["theta.json --to 0-1,0-2,1-2"],
    "transport": ["theta.json theta.json"],
    "verify": ["dimension --max-depth 1", "--list", "--explain"],
    "prove": ["--depth 2 --explain", "--depth 1"],
    "refute": ['"implies(not maximal, singular)"', "--names"],
    "atlas": ["schema", "build --plan", "build -o small.atlas --max-depth 2 --max-width 2"],
    "guide": ["", "command-line"],
}
HELP = [f"{name} --help" for name in ("build", "resume", "status", "query", "export")]
LATER = ["status", "verify", 'query --where "L == 2"']


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("fits")
    head = {"format": "linnet-exact/weights", "version": 1}
    low = [[[1, 0], [0, 0], [0, 0]], [[1, 0, 0], [0, 0, 0]]]
    eye = [[[1, 0], [0, "1/3"]]] * 20
    root = {"generator": "a", "minimal_polynomial": ["-2", "0", "1"], "near": "1.4142"}
    matrix = {"format": "linnet-exact/matrix", "version": 1}
    files = {
        "theta.json": {**head, "weights": low},
        "deep.json": {**head, "weights": eye},
        "root.json": {**head, "field": root, "weights": [[["a", "1"]]]},
        "W.json": {**matrix, "matrix": [[1, 0], [0, 0]]},
        "M.json": {**matrix, "matrix": [[2, 0], [0, 1]]},
    }
    for name, value in files.items():
        (path / name).write_text(json.dumps(value))
    theta = str(path / "theta.json")
    assert main(["analyze", theta, "--certificate", str(path / "proof.json")]) == 0
    return path


def words(text: str) -> set[str]:
    """What may not be broken; times of runs differ, and formulas of LaTeX are long."""
    return {word for word in re.findall(r"[^\s,;]+", text) if not re.match(r"\d\S*\.\d|.*\\", word)}


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_fits(command: str, folder: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(folder)
    lines = RUN.get(command, []) + [
        line.replace(" ", " small.atlas ", 1) if " " in line else f"{line} small.atlas"
        for line in LATER
        if command == "atlas"
    ]
    for line in [*lines, *HELP * (command == "atlas"), "--help"]:
        arguments = [command, *shlex.split(line)]
        printed, _ = run_on_terminal(arguments, folder)
        assert printed.strip(), line
        assert "internal error" not in printed, printed
        too_long = [text for text in printed.splitlines() if len(text) > 80]
        assert not too_long, (line, too_long)
        if "--help" in line or command == "guide" or "build -o" in line:
            continue
        capsys.readouterr()
        main([*arguments, *["--format", "table"] * ("format" not in line and has_tables(line))])
        broken = words(printed) - words("\n".join(capsys.readouterr())) - {*SHORT.values()}
        assert not broken, (line, broken)


def has_tables(line: str) -> bool:
    return not any(word in line for word in ("theorem", "build"))
