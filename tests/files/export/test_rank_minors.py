"""Minors that prove ranks, checked by ten lines of Python; and the same numbers in Lean.

Lean itself is run where it is installed. Elsewhere the theorems are read out of the file and tried
by the same ten lines, which follow its definitions.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from linnet_exact import NumberField, Weights
from linnet_exact.cli.main import main
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.files.export import lean, minors_to_jsonable
from linnet_exact.strata import Barcode
from linnet_exact.weights import sample

BARCODES = [
    "0-0,0-2,1-1:2,2-2",
    "0-0:2,1-1:2",
    "0-1:2",
    "0-0:3,1-1",
    "0-2,1-3:2,2-2",
    "0-0,1-1:3,2-2:2",
]
PLAIN = {ord("("): None, ord(")"): None}
LIST, ROWS = r"\[[\d, ]*\]", r"\[(?:\[[^\]]*\](?:, )?)*\]"
THEOREM = (
    r"^theorem rank_(\d+)_(\d+) : hasRank (\d+) (\d+) (W\d+|\(.*?W\d+\)+) "
    rf"({LIST}) ({LIST}) ({ROWS}) (\S+) = true := by decide \+kernel$"
)
DAMAGE = ["rows", "columns", "inverse", "d", "rank"]


def multiply(A: Any, B: Any, columns: int) -> Any:
    return [[sum(x * B[m][c] for m, x in enumerate(row)) for c in range(columns)] for row in A]


def has_rank(A: Any, n: int, rows: Any, columns: Any, adj: Any, d: int) -> bool:
    r = len(rows)
    B = [[A[a][c] for c in columns] for a in rows]
    C, P = [[row[c] for c in columns] for row in A], [A[a] for a in rows]
    shaped = len(columns) == len(adj) == r and all(len(row) == r for row in adj)
    if not shaped or not d:
        return False
    unit = [[d * (i == j) for j in range(r)] for i in range(r)]
    below = multiply(B, adj, r) == unit
    return below and [[d * x for x in row] for row in A] == multiply(C, multiply(adj, P, n), n)


def products(weights: Any) -> dict[str, Any]:
    weights = [[[int(x) for x in row] for row in W] for W in weights]
    found = {}
    for i in range(len(weights)):
        product, width = weights[i], len(weights[i][0])
        found[f"{i + 1}~{i}"] = product, width
        for k in range(i + 1, len(weights)):
            product = multiply(weights[k], product, width)
            found[f"{k + 1}~{i}"] = product, width
    return found


def holds(document: Any) -> bool:
    return all(
        said["rank"] == len(said["rows"]) == len(set(said["rows"]))
        and has_rank(
            *products(document["weights"])[key], said["rows"], said["columns"],
            [[int(x) for x in row] for row in said["inverse"]], int(said["d"]),
        )
        for key, said in document["ranks"].items()
    )  # fmt: skip


@pytest.mark.parametrize("bars", BARCODES)
def test_minors_prove_the_ranks(bars: str) -> None:
    theta = sample(Barcode.parse(bars), seed=2)
    document = json.loads(json.dumps(minors_to_jsonable(theta)))
    assert holds(document)
    ranks = {f"{k}~{i}": rank for (k, i), rank in theta.rank_list.items() if k > i}
    assert {key: said["rank"] for key, said in document["ranks"].items()} == ranks


@pytest.mark.parametrize("key", DAMAGE)
def test_damaged_minors_prove_nothing(key: str) -> None:
    document = minors_to_jsonable(Weights([[["1/2", 1], [3, 5]]]))
    said = document["ranks"]["1~0"]
    changed = {"rows": [0, 0], "columns": [1, 1], "inverse": [[1, 0], [0, 1]], "d": 3, "rank": 1}
    said[key] = changed[key]
    assert not holds(document)


@pytest.mark.parametrize("bars", BARCODES)
def test_the_theorems_for_lean(bars: str, tmp_path: Path) -> None:
    theta = sample(Barcode.parse(bars), seed=4)
    text = lean.ranks_file(theta)
    weights = [
        json.loads(rows.translate(PLAIN))
        for rows in re.findall(r"^def W\d+ : Rows := (.*)$", text, re.MULTILINE)
    ]
    theorems = re.findall(THEOREM, text, re.MULTILINE)
    assert len(theorems) == theta.depth * (theta.depth + 1) // 2
    for k, i, m, n, product, *numbers in theorems:
        rows, columns, adj, d = (json.loads(x.translate(PLAIN)) for x in numbers)
        A, width = products(weights)[f"{k}~{i}"]
        assert (len(A), width) == (int(m), int(n))
        assert product.count("mul") == int(k) - int(i) - 1
        assert re.findall(r"W(\d+)", product) == [str(j) for j in range(int(k), int(i), -1)]
        assert has_rank(A, width, rows, columns, adj, d)
        assert len(rows) == theta.rank_list.r(int(k), int(i))
    if shutil.which("lean"):
        (tmp_path / "Ranks.lean").write_text(text)
        subprocess.run(["lean", str(tmp_path / "Ranks.lean")], check=True)


@pytest.mark.skipif(not shutil.which("lean"), reason="needs Lean 4")
def test_lean_refuses_another_rank(tmp_path: Path) -> None:
    text = lean.ranks_file(Weights([[[1, 2], [2, 4]]])).replace("[0] [0] [[1]] 1", "[] [] [] 1")
    (tmp_path / "Ranks.lean").write_text(text)
    done = subprocess.run(["lean", str(tmp_path / "Ranks.lean")], check=False)
    assert done.returncode != 0


def test_what_is_not_exported(capsys: pytest.CaptureFixture[str]) -> None:
    root = NumberField("sqrt(2)")
    with pytest.raises(InputError, match="rational"):
        minors_to_jsonable(Weights([[[root.gen]]]))
    with pytest.raises(TooLargeError, match="rank-minors"):
        lean.ranks_file(Weights([[[1] * 40 for _ in range(40)]]))
    for system in ("lean", "rank-minors"):
        assert main(["export", "2,2", "--to", system]) == 2
        assert "only weights from a file" in capsys.readouterr().err


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theta = tmp_path / "theta.json"
    assert main(["sample", "2,3,2", "--barcode", BARCODES[0], "-o", str(theta)]) == 0
    assert main(["export", str(theta), "--to", "rank-minors"]) == 0
    assert holds(json.loads(capsys.readouterr().out))
    ranks = tmp_path / "Ranks.lean"
    assert main(["export", str(theta), "--to", "lean", "-o", str(ranks)]) == 0
    assert ranks.read_text().count("by decide") == 3
