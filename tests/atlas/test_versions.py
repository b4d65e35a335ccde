"""An atlas of version 1, made by the program as it was then, is read and finished."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from linnet_exact.atlas import Box, build
from linnet_exact.cli.main import main

STORED = Path(__file__).parents[1] / "data" / "version_1.atlas"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copy(STORED, tmp_path / "old.atlas"))


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main(["atlas", *map(str, arguments)]) == 0
    return capsys.readouterr().out


def test_it_is_read(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = old.read_bytes()
    assert "units done            2" in printed(capsys, "status", old, "--format", "table")
    sql = "SELECT label, rank FROM strata_all WHERE widths = '2,1' ORDER BY id"
    rows = list(csv.reader(io.StringIO(printed(capsys, "query", old, sql, "--format", "csv"))))
    assert rows == [["label", "rank"], ["2.1-0-0_0x2.1_1", "0"], ["2.1-1-0_0.0_1", "1"]]
    sql = "SELECT widths, multiplicity FROM strata WHERE rank = 0 AND widths IN ('1,1', '1,2')"
    rows = list(csv.reader(io.StringIO(printed(capsys, "query", old, sql, "--format", "csv"))))
    assert rows == [["widths", "multiplicity"], ["1,1", "1"], ["1,2", "2"]]
    assert "1,2" in printed(capsys, "query", old, "--where", "L == 1", "--format", "csv")
    printed(capsys, "verify", old)
    assert old.read_bytes() == before


def test_it_is_finished(tmp_path: Path, old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "complete, 41 strata" in printed(capsys, "resume", old)
    printed(capsys, "verify", old)
    new = tmp_path / "new.atlas"
    build(new, Box(2, 2, contents=("strata", "invariants", "dag")))
    exported = printed(capsys, "export", old, "--format", "csv")
    assert exported == printed(capsys, "export", new, "--format", "csv")
    sql = "SELECT lower, upper, move, label FROM edges JOIN strata ON lower = id ORDER BY 1, 2"
    assert printed(capsys, "query", old, sql) == printed(capsys, "query", new, sql)
