"""Atlases damaged in every way: one line and exit status 2, or 1 from verify, or what a sound one
answers; never a fault, and never another answer."""

import json
import random
import shutil
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from linnet_exact.atlas import CONTENTS, Box, build
from linnet_exact.atlas.storage.derivation import Derivation
from linnet_exact.cli.main import main
from tests.atlas.contents import TABLES

COMMANDS = {
    "status": ["--format", "json"],
    "query": ["SELECT * FROM strata_all ORDER BY fiber, id", "--format", "csv"],
    "where": ["--where", "dim >= 0 and omega(0, 0) >= 0", "--format", "csv"],
    "verify": ["--seed", "1"],
    "export": ["--format", "csv"],
    "resume": [],
}


WITHOUT_CLAIMS = tuple(content for content in CONTENTS if content != "claims")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Sound atlases: SQLite and Parquet, and smaller ones with claims, which take long to check."""
    pytest.importorskip("pyarrow")
    folder = tmp_path_factory.mktemp("sound")
    for name in ("sqlite", "parquet"):
        build(folder / name, Box(2, 2, 5, contents=WITHOUT_CLAIMS), name == "parquet")
        build(folder / f"{name}-claims", Box(2, 1, contents=CONTENTS), name == "parquet")
    return {path.name: path for path in folder.iterdir()}


@pytest.mark.parametrize("kind", ["sqlite", "parquet", "sqlite-claims", "parquet-claims"])
def test_what_is_sound(sound: dict[str, Path], kind: str) -> None:
    parquet = kind.startswith("parquet")
    for command in COMMANDS:
        refused = parquet and command == "query"  # which says to ask another program
        assert run(sound[kind], command)[0] == (2 if refused else 0), command


def copy_of(path: Path, place: Path) -> Path:
    place.mkdir(parents=True)
    target = place / path.name
    shutil.copytree(path, target) if path.is_dir() else shutil.copy(path, target)
    return target


MEASURED = ("bytes", "strata_per_second", "seconds_left")  # which nothing can check


def run(path: Path, command: str) -> tuple[int, str]:
    status, _, err = run_with_answer(path, command)
    return status, err


def run_with_answer(path: Path, command: str) -> tuple[int, str, str]:
    name = "query" if command == "where" else command
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        status = main(["atlas", name, str(path), *COMMANDS[command]])
    answer = out.getvalue()
    if command == "status" and status == 0:
        known = json.loads(answer)
        answer = str({key: value for key, value in known.items() if key not in MEASURED})
    return status, answer.replace(str(path), "PATH"), err.getvalue()


@cache
def sound_answer(path: Path, command: str) -> str:
    return run_with_answer(path, command)[1]


def require_one_line(sound: dict[str, Path], path: Path, command: str) -> int:
    status, answer, err = run_with_answer(path, command)
    assert status in ((0, 1, 2) if command == "verify" else (0, 2)), (status, err)
    if status == 0:
        assert answer == sound_answer(sound[path.name], command)
    if status == 2:
        (line,) = err.splitlines()
        assert str(path) in line or line.startswith("linnet-exact: "), line
    return status


def change(path: Path, sql: str) -> int:
    """Return how many rows were changed."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA legacy_alter_table = ON")  # leave the views as they are
        return max(connection.execute(each).rowcount for each in sql.split("; "))


LOSSES = [
    "DELETE FROM fibers WHERE id = 3",
    "DELETE FROM fibers WHERE id = (SELECT max(id) FROM fibers)",
    "DELETE FROM moves WHERE move = 1",
    "DELETE FROM moves",
    "DELETE FROM units",
    "DELETE FROM units WHERE id = (SELECT max(id) FROM units)",
    "DELETE FROM box WHERE key = 'contents'",
    "UPDATE box SET value = 1 WHERE key = 'max_depth'",
    "UPDATE box SET value = 'strata' WHERE key = 'contents'",
    "UPDATE fibers SET rank = 1 WHERE id = 0",
    "UPDATE fibers SET multiplicity = 1",
    "UPDATE fibers SET label = NULL WHERE id = 2",
    "UPDATE units SET strata = strata - 1",
    "UPDATE units SET contents = 'strata'",
]
DATA_LOSSES = [
    "DELETE FROM invariants",
    "DELETE FROM invariants WHERE fiber = 2",
    "DELETE FROM claims",
    "DELETE FROM claims WHERE fiber = 2",
    "DELETE FROM claims WHERE claim = (SELECT min(claim) FROM claims)",
    "DELETE FROM edges",
    "DELETE FROM edges WHERE lower = (SELECT max(lower) FROM edges)",
    "DELETE FROM stored_strata WHERE id = 3",
    "DELETE FROM stored_strata",
    "INSERT INTO stored_strata VALUES (1000, '0-1', 0, 0, 0, 1, 1)",
    "INSERT INTO edges VALUES (1000, 1001, 0)",
    "UPDATE edges SET move = 0",
    "UPDATE edges SET move = 99 WHERE lower = (SELECT max(lower) FROM edges)",
    "UPDATE invariants SET multiplicity = 9 WHERE fiber = 1",
    "UPDATE claims SET checked = checked + 1 WHERE fiber = 0",
    "UPDATE stored_strata SET barcode = '0-0:900000000,1-1,2-2' WHERE id = 20",
]


@pytest.mark.parametrize("sql", LOSSES + DATA_LOSSES)
def test_verify_finds_whatever_is_gone(tmp_path: Path, sound: dict[str, Path], sql: str) -> None:
    path = copy_of(sound["sqlite-claims" if "claims" in sql else "sqlite"], tmp_path / "a")
    assert change(path, sql) > 0
    status, err = run(path, "verify")
    assert status in (1, 2), err
    assert str(path) in err


@pytest.mark.parametrize("sql", [sql for sql in DATA_LOSSES if "claims" not in sql])
def test_nothing_is_answered_from_what_has_other_rows(
    tmp_path: Path, sound: dict[str, Path], sql: str
) -> None:
    path = copy_of(sound["sqlite"], tmp_path / "a")
    assert change(path, sql) > 0
    for command in ("export", "query", "where", "status", "resume"):
        status, err = run(path, command)
        assert (status, err.count("\n")) == (2, 1), command
        assert err.startswith(f"linnet-exact: {path}: damaged: ")


# A large atlas is not compared as a whole, but strata that are read always are.
@pytest.mark.parametrize("kind", ["sqlite", "parquet"])
def test_strata_of_a_large_atlas_are_compared_as_they_are_read(
    tmp_path: Path, sound: dict[str, Path], monkeypatch, kind: str
) -> None:
    monkeypatch.setattr(Derivation, "require_if_quick", lambda _: None)
    path = copy_of(sound[kind], tmp_path / "a")
    if kind == "sqlite":
        assert change(path, "UPDATE stored_strata SET dimension = dimension + 1 WHERE id = 20") == 1
    else:
        part = max((path / "strata").rglob("*.parquet"), key=lambda part: part.stat().st_size)
        add_one_to_the_last_dimension(part)
    for command in ("export", "where"):
        status, err = run(path, command)
        assert (status, err.count("\n")) == (2, 1), command
        assert "derived" in err or "is stored among the strata" in err


@pytest.mark.parametrize("command", ["resume", "export", "status", "query"])
@pytest.mark.parametrize("sql", LOSSES)
def test_what_is_not_planned_is_refused(
    tmp_path: Path, sound: dict[str, Path], sql: str, command: str
) -> None:
    path = copy_of(sound["sqlite"], tmp_path / "a")
    change(path, sql)
    status, err = run(path, command)
    assert (status, err.count("\n")) == (2, 1)
    assert err.startswith(f"linnet-exact: {path}: damaged: ")


# Where some rows of a fiber or stratum are left, only verify tells.
@pytest.mark.parametrize("sql", DATA_LOSSES[:4] + DATA_LOSSES[5:6] + DATA_LOSSES[7:9])
def test_resume_does_not_call_complete_what_has_lost_rows(
    tmp_path: Path, sound: dict[str, Path], sql: str
) -> None:
    path = copy_of(sound["sqlite-claims" if "claims" in sql else "sqlite"], tmp_path / "a")
    assert change(path, sql) > 0
    status, err = run(path, "resume")
    assert (status, err.count("\n")) == (2, 1)
    assert "rows of" in err


@pytest.mark.parametrize("folder", ["strata", "edges", "invariants", "claims", "fibers"])
def test_parquet_folders_that_are_gone(tmp_path: Path, sound: dict[str, Path], folder: str) -> None:
    path = copy_of(sound["parquet-claims" if folder == "claims" else "parquet"], tmp_path / "a")
    shutil.rmtree(path / folder)
    for command in ("verify", "resume"):
        status, err = run(path, command)
        assert status in (1, 2), command
        assert str(path) in err


def schema_damages() -> list[str]:
    tables = [*TABLES, "runs"]
    return [
        *(f"DROP TABLE {table}" for table in tables),
        *("DROP VIEW strata", "DROP VIEW strata_all"),
        "ALTER TABLE stored_strata RENAME COLUMN maximal TO other",
        "ALTER TABLE fibers RENAME COLUMN widths TO other",
        "ALTER TABLE units RENAME TO parts",
        "ALTER TABLE invariants DROP COLUMN smooth",
        "DROP VIEW strata_all; CREATE VIEW strata_all AS SELECT * FROM strata",
        "DROP INDEX units_left",
    ]


@pytest.mark.parametrize("sql", schema_damages())
def test_tables_and_columns_that_are_gone(tmp_path: Path, sound: dict[str, Path], sql: str) -> None:
    path = copy_of(sound["sqlite"], tmp_path / "a")
    change(path, sql)
    for command in COMMANDS:
        status, err = run(path, command)
        assert (status, err.count("\n")) == (2, 1), (command, err)
        assert err.startswith(f"linnet-exact: {path}: damaged: ")


def wrong_values(draw: random.Random) -> str:
    columns = [
        ("box", "value"),
        *(("fibers", name) for name in ("widths", "rank", "strata", "same_as", "first_stratum")),
        *(("units", name) for name in ("first_fiber", "last_fiber", "prefixes", "first_stratum")),
        *(("units", name) for name in ("strata", "contents", "done")),
        *(("runs", name) for name in ("seconds", "strata", "started")),
        *(("stored_strata", name) for name in ("barcode", "dimension", "tangent_dimension")),
        *(("stored_strata", name) for name in ("maximal", "real_components", "local_dimension")),
        *(("invariants", name) for name in ("component_dimensions", "dimension", "smooth")),
        *(("edges", name) for name in ("move",)),
        *(("claims", name) for name in ("checked", "failed", "witness")),
        *(("moves", name) for name in ("kind", "lower_bar")),
    ]
    table, column = draw.choice(columns)
    values = ["NULL", "'x'", "''", "-1", "1e300", "9223372036854775807", "x'ff00'", "'[1,'", "'0-'"]
    values += ["CAST(x'80ff' AS TEXT)", "'1-0'", "'0-0:0'", "0.5", "'99,99'", "2", "'[[1],[0]]'"]
    where = draw.choice(["", " WHERE rowid % 2 = 0"]) if table not in ("box", "moves") else ""
    if table in ("edges", "claims"):
        where = ""
    return f"UPDATE {table} SET {column} = {draw.choice(values)}{where}"


def try_wrong_values(sound: dict[str, Path], path: Path, draw: random.Random) -> None:
    change(path, sql := wrong_values(draw))
    for command in COMMANDS:
        print(sql, command)
        require_one_line(sound, path, command)


@pytest.mark.parametrize("seed", range(40))
def test_wrong_values(tmp_path: Path, sound: dict[str, Path], seed: int) -> None:
    kind = "sqlite" if seed % 8 else "sqlite-claims"
    try_wrong_values(sound, copy_of(sound[kind], tmp_path / "a"), random.Random(seed))


def flip(file: Path, draw: random.Random) -> None:
    data = bytearray(file.read_bytes())
    kind = draw.randrange(4)
    if kind == 0:
        del data[draw.randrange(len(data)) :]
    for _ in range(draw.choice([1, 1, 3, 20]) if data else 0):
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    file.write_bytes(data)


def try_flipped_bytes(sound: dict[str, Path], path: Path, draw: random.Random) -> None:
    file = path
    if path.is_dir():
        file = draw.choice(sorted(each for each in path.rglob("*") if each.is_file()))
    flip(file, draw)
    for command in COMMANDS:
        require_one_line(sound, path, command)


@pytest.mark.parametrize("kind", ["sqlite", "parquet"])
@pytest.mark.parametrize("seed", range(25))
def test_flipped_bytes(tmp_path: Path, sound: dict[str, Path], kind: str, seed: int) -> None:
    try_flipped_bytes(sound, copy_of(sound[kind], tmp_path / "a"), random.Random(seed))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "parquet", "sqlite-claims", "parquet-claims"])
def test_much_more_damage(tmp_path: Path, sound: dict[str, Path], kind: str) -> None:
    for seed in range(1000, 1100 if "claims" in kind else 1500):
        draw = random.Random(seed)
        try_flipped_bytes(sound, copy_of(sound[kind], tmp_path / f"flip{seed}"), draw)
        shutil.rmtree(tmp_path / f"flip{seed}")
        if kind.startswith("sqlite"):
            try_wrong_values(sound, copy_of(sound[kind], tmp_path / f"value{seed}"), draw)
            shutil.rmtree(tmp_path / f"value{seed}")


def add_one_to_the_last_dimension(path: Path) -> None:
    import pyarrow.parquet as parquet

    table = parquet.ParquetFile(path).read()
    dimension = table["dimension"].to_pylist()
    dimension[-1] += 1
    at = table.column_names.index("dimension")
    parquet.write_table(table.set_column(at, "dimension", [dimension]), path)


def break_part(path: Path, how: str) -> None:
    import pyarrow.parquet as parquet

    table = parquet.ParquetFile(path).read()
    if how == "empty file":
        path.write_bytes(b"")
    elif how == "no rows":
        parquet.write_table(table.slice(0, 0), path)
    elif how == "fewer rows":
        parquet.write_table(table.slice(0, len(table) - 1), path)
    elif how == "no column":
        parquet.write_table(table.drop_columns(table.column_names[-2:]), path)
    else:
        texts = {
            name: [f"x{value}" for value in table[name].to_pylist()] for name in table.column_names
        }
        parquet.write_table(type(table).from_pydict(texts), path)


@pytest.mark.parametrize("how", ["empty file", "no rows", "fewer rows", "no column", "texts"])
@pytest.mark.parametrize("table", ["strata", "edges", "invariants", "claims", "fibers"])
def test_broken_parts(tmp_path: Path, sound: dict[str, Path], table: str, how: str) -> None:
    path = copy_of(sound["parquet-claims" if table == "claims" else "parquet"], tmp_path / "a")
    break_part(max((path / table).rglob("*.parquet"), key=lambda part: part.stat().st_size), how)
    statuses = {command: require_one_line(sound, path, command) for command in COMMANDS}
    assert statuses["verify"] in (1, 2)
    if table == "strata":
        assert statuses["export"] == 2
