"""`atlas` as users meet it: what it prints, what it exports, and what it refuses."""

import csv
import json
from itertools import groupby
from pathlib import Path

import pytest

from linnet_exact.cli.main import main
from linnet_exact.strata import Barcode, Network
from linnet_exact.strata.values.label import Label
from tests.strategies_strata import box_of_fibers


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("atlas") / "small.atlas"
    box = ["--max-depth", "3", "--max-width", "2", "--include", "strata,invariants,dag"]
    assert main(["atlas", "build", "-o", str(path), *box]) == 0
    return path


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("pyarrow")
    path = tmp_path_factory.mktemp("atlas") / "parts"
    box = ["--max-depth", "3", "--max-width", "2", "--include", "strata,invariants,dag"]
    assert main(["atlas", "build", "--parquet", str(path), *box]) == 0
    return path


def expected() -> list[dict]:
    return [
        {"widths": list(fiber.network.widths), "rank": fiber.rank, **row}
        for fiber in box_of_fibers(3, 2)
        for row in fiber.rows()
    ]


def in_order(rows: list[dict]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def test_build_says_what_there_is(tmp_path: Path, capsys) -> None:
    path = tmp_path / "a.atlas"
    assert main(["atlas", "build", "-o", str(path), "--max-depth", "1", "--max-width", "2"]) == 0
    out, err = capsys.readouterr()
    assert out == f"{path}: complete, 7 strata in 1 unit\n"
    assert err == ""
    assert main(["atlas", "resume", str(path)]) == 0
    assert capsys.readouterr().out == out


def test_plan_only(tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    box = ["--max-depth", "2", "--max-width", "2", "--include", "strata,dag"]
    assert main(["atlas", "build", "--plan", *box]) == 0
    assert capsys.readouterr().out.startswith(
        "26 fibers with 54 strata; to store: 20 fibers, 41 strata, 24 edges, about "
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["-o", "a", "--limit", "10"],
        ["-o", "a", "--include", "strata,pictures"],
        ["-o", "a", "--include", ""],
        ["-o", "a", "--max-depth", "40", "--max-width", "40"],
        ["-o", "a", "--max-width", "0"],
        ["-o", "a", "--jobs", "0"],
        ["-o", "a", "--parquet", "b"],
        [],
    ],
)
def test_bad_builds_leave_nothing(
    tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["atlas", "build", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_status(small: Path, capsys) -> None:
    assert main(["atlas", "status", str(small), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["complete"] is True
    assert found["contents"] == ["strata", "invariants", "dag"]
    assert found["all_strata"] == len(expected())
    assert found["strata"] == found["strata_done"] < found["all_strata"]
    assert found["bytes"] == small.stat().st_size


def test_verify(small: Path, capsys) -> None:
    assert main(["atlas", "verify", str(small), "--sample", "100", "--format", "json"]) == 0
    checks = json.loads(capsys.readouterr().out)
    assert [row["check"] for row in checks] == ["counts", "strata", "edges", "invariants"]
    assert all(row["checked"] > 0 and row["failed"] == 0 for row in checks)


def test_verify_answers_no(small: Path, tmp_path: Path, capsys) -> None:
    import shutil
    import sqlite3
    from contextlib import closing

    path = tmp_path / "wrong.atlas"
    shutil.copy(small, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE stored_strata SET dimension = dimension + 1")
    assert main(["atlas", "verify", str(path), "--format", "csv"]) == 1
    out, err = capsys.readouterr()
    assert f"strata,{len(expected())},{len(expected())}" in out
    assert f"warning: {path}: strata: widths" in err


def test_sql(small: Path, capsys) -> None:
    sql = "SELECT barcode, dimension FROM strata WHERE widths = '2,2,2' AND rank = 1 ORDER BY id"
    assert main(["atlas", "query", str(small), sql, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"barcode": str(stratum.barcode), "dimension": stratum.dimension}
        for stratum in Network(2, 2, 2).fiber(1).strata()
    ]


def test_the_view_of_strata_says_what_stratum_says(small: Path, capsys) -> None:
    assert main(["atlas", "query", str(small), "SELECT * FROM strata", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    told = {(tuple(row["widths"]), row["rank"], _text(row["barcode"])): row for row in expected()}
    for row in rows:
        widths = tuple(map(int, row["widths"].split(",")))
        stratum = told[widths, row["rank"], row["barcode"]]
        for key in set(row) - {"id", "fiber", "widths", "barcode", "multiplicity", "label"}:
            assert row[key] == stratum[key], key
        barcode = Label.parse(row["label"]).barcode
        assert (barcode.widths, str(barcode)) == (widths, row["barcode"])
        assert row["multiplicity"] == (1 if widths == widths[::-1] else 2)


def test_the_view_of_all_strata_has_those_of_reversed_networks(small: Path, capsys) -> None:
    sql = "SELECT widths, rank, barcode, label, codimension, minimal FROM strata_all"
    assert main(["atlas", "query", str(small), sql, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    told = [
        (
            ",".join(map(str, row["widths"])),
            row["rank"],
            _text(row["barcode"]),
            str(Label.of(Barcode.from_jsonable(row["barcode"]))),
            row["codimension"],
            row["minimal"],
        )
        for row in expected()
    ]
    assert sorted(tuple(row.values()) for row in rows) == sorted(told)


def test_averages_with_multiplicities_are_those_of_all_strata(small: Path, capsys) -> None:
    sql = (
        "SELECT (SELECT sum(multiplicity * dimension) FROM strata) AS weighted, "
        "(SELECT sum(dimension) FROM strata_all) AS alone"
    )
    assert main(["atlas", "query", str(small), sql, "--format", "json"]) == 0
    ((weighted, alone),) = (row.values() for row in json.loads(capsys.readouterr().out))
    assert weighted == alone == sum(row["dimension"] for row in expected())


def _text(bars: dict[str, int]) -> str:
    return ",".join(bar if count == 1 else f"{bar}:{count}" for bar, count in bars.items())


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("DELETE FROM units", "only be read"),
        ("INSERT INTO box VALUES (1, 2)", "only be read"),
        ("CREATE TEMP TABLE t (x)", "only be read"),
        ("ATTACH 'other.db' AS other", "only be read"),
        ("PRAGMA journal_mode = WAL", "only be read"),
        ("BEGIN", "only be read"),
        ("SELECT load_extension('x')", "not understood"),
        ("SELECT zeroblob(1000000000)", "not understood"),
        ("SELECT 1; SELECT 2", "not understood"),
        ("SELEC 1", "not understood"),
        ("SELECT no_such_column FROM strata", "not understood"),
        ("", "must be one SELECT"),
        ("SELECT 1 AS a, 2 AS a", "same name"),
        (
            "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c",
            "longer than 0.3 s",
        ),
    ],
)
def test_queries_only_read_and_end(
    small: Path, tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch, sql: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = small.read_bytes()
    assert main(["atlas", "query", str(small), sql, "--max-seconds", "0.3"]) == (
        3 if "longer" in words else 2
    )
    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1
    assert small.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["small", "parts"])
def test_where(request: pytest.FixtureRequest, capsys, kind: str) -> None:
    path = request.getfixturevalue(kind)
    capsys.readouterr()
    expression = "dim < fiber.dim and omega(1, 0) == 1 and r(1, 0) == 1 and len(bars) > 3"
    assert main(["atlas", "query", str(path), "--where", expression, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    wanted = [
        (list(fiber.network.widths), fiber.rank, str(stratum.barcode))
        for fiber in box_of_fibers(3, 2)
        for stratum in fiber.strata()
        if stratum.dimension < fiber.dimension
        and stratum.barcode.omega(1, 0) == 1
        and stratum.rank_list.r(1, 0) == 1
        and sum(stratum.barcode.values()) > 3
    ]
    assert sorted((row["widths"], row["rank"], row["barcode"]) for row in rows) == sorted(wanted)
    assert wanted


@pytest.mark.parametrize("quantity", ["orbit_codim", "codim", "tangent_dim", "local_dim"])
def test_where_knows_what_refute_knows(small: Path, capsys, quantity: str) -> None:
    from linnet_exact.claims.refutation.batches import batches

    assert main(["atlas", "query", str(small), "--where", f"{quantity} % 2 == 1"]) == 0
    found = len(json.loads(capsys.readouterr().out))
    values = [
        value
        for _, fibers in groupby(box_of_fibers(3, 2), lambda fiber: fiber.network.depth)
        for batch in batches("strata", list(fibers), (quantity,))
        for (value,) in batch.values
    ]
    assert found == sum(value % 2 == 1 for value in values)


@pytest.mark.parametrize("expression", ["dimm < 3", "dim", "__import__('os')", "dim <"])
def test_bad_expressions(small: Path, capsys, expression: str) -> None:
    assert main(["atlas", "query", str(small), "--where", expression]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_query_is_sql_or_an_expression(small: Path, capsys) -> None:
    assert main(["atlas", "query", str(small)]) == 2
    assert main(["atlas", "query", str(small), "SELECT 1", "--where", "dim > 1"]) == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_sql_is_not_for_parquet(parts: Path, capsys) -> None:
    assert main(["atlas", "query", str(parts), "SELECT 1"]) == 2
    assert "DuckDB" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["small", "parts"])
def test_export_has_every_stratum_with_its_keys(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    path, lines = request.getfixturevalue(kind), tmp_path / "strata.jsonl"
    assert main(["atlas", "export", str(path), "--format", "jsonl", "-o", str(lines)]) == 0
    rows = [json.loads(line) for line in lines.read_text().splitlines()]
    assert in_order(rows) == in_order(expected())


def test_export_as_csv_reads_like_the_command_strata(small: Path, capsys) -> None:
    assert main(["atlas", "export", str(small), "--format", "csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert len(rows) == len(expected())
    assert main(["strata", "2,1,2,2", "--format", "csv"]) == 0
    fiber = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    place = {"widths": "2,1,2,2", "rank": "0"}
    assert in_order([{**place, **row} for row in fiber]) == in_order(
        [row for row in rows if (row["widths"], row["rank"]) == ("2,1,2,2", "0")]
    )


def test_export_as_parquet(small: Path, tmp_path: Path, capsys) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "strata.parquet"
    assert main(["atlas", "export", str(small), "--format", "parquet", "-o", str(path)]) == 0
    rows = parquet.read_table(path).to_pylist()
    wanted = [
        {
            **row,
            "widths": ",".join(map(str, row["widths"])),
            "barcode": _text(row["barcode"]),
            "rank_list": ",".join(f"{key}:{rank}" for key, rank in row["rank_list"].items()),
        }
        for row in expected()
    ]
    assert in_order(rows) == in_order(wanted)
    assert main(["atlas", "export", str(small), "--format", "parquet"]) == 2
    assert "needs -o FILE" in capsys.readouterr().err


def test_help(capsys) -> None:
    for command in ("build", "resume", "status", "verify", "query", "schema", "export"):
        assert main(["atlas", command, "--help"]) == 0
        assert "Examples:" in capsys.readouterr().out


@pytest.mark.parametrize("seconds", ["nan", "inf", "-1", "0"])
def test_seconds_must_be_a_positive_number(small: Path, capsys, seconds: str) -> None:
    assert main(["atlas", "query", str(small), "SELECT 1", f"--max-seconds={seconds}"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_schema_is_that_of_an_atlas(small: Path, capsys) -> None:
    assert main(["atlas", "schema", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    for table in {row["table"] for row in rows}:
        columns = ", ".join(row["column"] for row in rows if row["table"] == table)
        assert main(["atlas", "query", str(small), f"SELECT {columns} FROM {table}"]) == 0
