"""Atlases against listing; and however they are built, they are the same."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from linnet_exact.atlas import (
    Box,
    all_rows,
    build,
    check_atlas,
    here,
    in_processes,
    open_atlas,
    resume,
    status,
)
from linnet_exact.atlas.contents.planning import CONTENTS
from linnet_exact.claims import CLAIMS
from linnet_exact.errors import FileError, TooLargeError, WrongTypeError
from linnet_exact.strata import Network
from tests.atlas.contents import contents_of, units_done
from tests.strategies_strata import box_of_fibers


@pytest.fixture
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linnet_exact.atlas.contents.units._UNIT_STRATA", (50, 50))


def expected_rows(max_depth: int, max_width: int) -> list[tuple]:
    return sorted(
        (fiber.network.widths, fiber.rank, str(row))
        for fiber in box_of_fibers(max_depth, max_width)
        for row in fiber.rows()
    )


def rows_in(path: Path) -> list[tuple]:
    rows = []
    with open_atlas(path) as atlas:
        for row in all_rows(atlas):
            place = tuple(row.pop("widths")), row.pop("rank")
            rows.append((*place, str(row)))
    return sorted(rows)


@pytest.mark.parametrize("parquet", [False, True])
def test_all_strata_with_all_their_keys(tmp_path: Path, parquet: bool) -> None:
    path = tmp_path / "atlas"
    built = build(path, Box(3, 3), parquet)
    assert built.complete
    assert built.strata_done == 1397
    assert rows_in(path) == expected_rows(3, 3)


@pytest.mark.usefixtures("small_units")
@pytest.mark.parametrize("parquet", [False, True])
def test_parts_of_large_fibers_make_the_same(tmp_path: Path, parquet: bool) -> None:
    path = tmp_path / "atlas"
    built = build(path, Box(3, 3, contents=CONTENTS[:3]), parquet)
    assert built.units > 20
    assert rows_in(path) == expected_rows(3, 3)
    with open_atlas(path) as atlas:
        assert [check.failed for check in check_atlas(atlas, 300)] == [0, 0, 0, 0]


def test_dag_and_invariants(tmp_path: Path) -> None:
    path = tmp_path / "atlas"
    build(path, Box(2, 3, contents=CONTENTS[:3]))
    found = contents_of(path)
    edges = [(lower, upper) for lower, upper, _ in found["edges"]]
    strata = {row[0]: row[1] for row in found["stored_strata"]}
    for number, widths, rank, *_, same_as, first in found["fibers"]:
        fiber = Network.parse(widths).fiber(rank)
        if same_as is None:
            dag = fiber.dag()
            stored = [(a, b) for a, b in edges if first <= a < first + len(dag)]
            assert sorted(stored) == sorted(
                (first + lower, first + upper) for lower, upper, _ in dag.edges()
            )
            assert [strata[first + at] for at in range(len(dag))] == [*map(str, dag.barcodes())]
            (known,) = (row for row in found["invariants"] if row[0] == number)
            assert known[1:7] == (
                fiber.dimension,
                fiber.codimension,
                str(fiber.learning_coefficient),
                fiber.multiplicity,
                fiber.top_components,
                fiber.smooth,
            )


def test_claims(tmp_path: Path) -> None:
    path = tmp_path / "atlas"
    build(path, Box(1, 2, contents=("claims",)))
    claims = contents_of(path)["claims"]
    assert {name for _, name, *_ in claims} == set(CLAIMS)
    assert sum(checked for _, _, checked, *_ in claims) > 50
    assert all(failed == 0 and witness is None for *_, failed, witness in claims)


@pytest.mark.usefixtures("small_units")
def test_processes_make_the_same(tmp_path: Path) -> None:
    for name, workers in (("one", here), ("two", in_processes(2))):
        build(tmp_path / name, Box(3, 3, contents=CONTENTS[:3]), workers=workers)
    assert contents_of(tmp_path / "one") == contents_of(tmp_path / "two")


@pytest.mark.usefixtures("small_units")
@pytest.mark.parametrize("parquet", [False, True])
def test_resuming_makes_the_same(tmp_path: Path, parquet: bool) -> None:
    def first_three(work, tasks, stop):
        for number, done in enumerate(here(work, tasks, stop)):
            yield done
            if number == 2:
                return

    box = Box(3, 3)
    build(tmp_path / "whole", box, parquet)
    built = build(tmp_path / "parts", box, parquet, workers=first_three)
    assert built.units_done == 3
    assert not built.complete
    with open_atlas(tmp_path / "parts") as atlas:
        with pytest.raises(FileError, match="not complete"):
            atlas.require_complete()
        assert status(atlas).units_done == 3
        assert status(atlas).strata_done == built.strata_done
        assert check_atlas(atlas, 50)[1].failed == 0
    seen = []
    assert resume(tmp_path / "parts", watch=seen.append).complete
    assert [state.units_done for state in seen] == list(range(3, built.units + 1))
    assert rows_in(tmp_path / "parts") == rows_in(tmp_path / "whole")
    if not parquet:
        assert contents_of(tmp_path / "parts") == contents_of(tmp_path / "whole")
    assert resume(tmp_path / "parts").complete


@pytest.mark.usefixtures("small_units")
def test_a_fault_in_one_unit_keeps_the_others(tmp_path: Path) -> None:
    def fails_later(work, tasks, stop):
        for number, task in enumerate(tasks):
            if number == 4:
                raise MemoryError
            yield task, work(task)

    path = tmp_path / "atlas"
    with pytest.raises(MemoryError):
        build(path, Box(3, 3), workers=fails_later)
    assert sum(done for *_, done in contents_of(path)["units"]) == 4
    assert resume(path).complete
    assert rows_in(path) == expected_rows(3, 3)


def test_without_invariants_they_are_left_open(tmp_path: Path) -> None:
    build(tmp_path / "atlas", Box(2, 2, contents=("strata",)))
    with open_atlas(tmp_path / "atlas") as atlas:
        rows = list(all_rows(atlas))
        assert {row["singular"] for row in rows} == {None}
        assert {row["real_components"] for row in rows} == {None}
        assert [check.failed for check in check_atlas(atlas, 100)] == [0, 0]


def test_parquet_reads_as_one_data_set(tmp_path: Path) -> None:
    dataset = pytest.importorskip("pyarrow.dataset")
    build(tmp_path / "atlas", Box(3, 2), parquet=True)
    table = dataset.dataset(tmp_path / "atlas" / "strata", partitioning="hive").to_table()
    assert sorted(table["id"].to_pylist()) == list(range(len(table)))
    assert set(table["depth"].to_pylist()) == {1, 2, 3}
    row = table.filter(dataset.field("barcode") == "0-0:2,1-1:2,2-2:2").to_pylist()[0]
    assert (row["widths"], row["rank"], row["singular"]) == ("2,2,2", 0, True)


def test_what_exists_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("mine")
    for parquet in (False, True):
        with pytest.raises(FileError, match="exists already"):
            build(path, Box(1, 1), parquet)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x").touch()
    with pytest.raises(FileError, match="exists already"):
        build(tmp_path / "folder", Box(1, 1), parquet=True)
    assert path.read_text() == "mine"


def test_what_does_not_fit_the_disk_is_refused_with_the_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collections import namedtuple

    usage = namedtuple("usage", "free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(1000))
    with pytest.raises(TooLargeError, match=r"26 fibers with 54 strata need about .* 0\.0 GB left"):
        build(tmp_path / "atlas", Box(2, 2))
    assert list(tmp_path.iterdir()) == []


def test_checks_find_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "atlas"
    build(path, Box(2, 2, contents=CONTENTS[:3]))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE stored_strata SET local_dimension = local_dimension + 1")
        connection.execute("DELETE FROM edges WHERE lower = (SELECT max(lower) FROM edges)")
        connection.execute("UPDATE invariants SET smooth = NOT smooth WHERE fiber < 5")
        connection.execute("DELETE FROM stored_strata WHERE id = 40")
    with open_atlas(path, thorough=True) as atlas:
        counts = check_atlas(atlas, 0)[0]
        assert counts.failed == 1
        assert counts.first_failure is not None
        assert "stored 0, but it is 1" in counts.first_failure
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO stored_strata VALUES (40, '0-2', 0, 0, 0, 1, 1)")
    with open_atlas(path, thorough=True) as atlas:
        checks = check_atlas(atlas, 200)
    assert all(check.failed for check in checks[1:])
    assert [check.name for check in checks] == ["counts", "strata", "edges", "invariants"]


def test_paths_are_texts_or_paths_and_wrong_types_are_refused_by_name(tmp_path: Path) -> None:
    box = Box(1, 1)
    text = str(tmp_path / "text.atlas")
    assert build(text, box).complete
    assert resume(text).complete
    with open_atlas(text) as atlas:
        assert atlas.location.path == tmp_path / "text.atlas"
    for wrong in (None, 3, [], object(), b"x"):
        for call in (
            lambda wrong=wrong: build(wrong, box),
            lambda wrong=wrong: resume(wrong),
            lambda wrong=wrong: open_atlas(wrong).__enter__(),
        ):
            with pytest.raises(WrongTypeError, match=r"^path must be a path"):
                call()
    for name, wrong in (("box", 3), ("parquet", "yes"), ("strata_limit", "x")):
        with pytest.raises(WrongTypeError, match=f"^{name} must be "):
            build(**{"path": tmp_path / "a", "box": box, name: wrong})
    assert not (tmp_path / "a").exists()


@pytest.mark.usefixtures("small_units")
def test_units_wait_for_one_before_them_but_not_for_long(tmp_path: Path) -> None:
    stored: list[int] = []

    def the_first_one_last(work, tasks, stop):
        first, *others = tasks
        for task in others:
            yield task, work(task)
            stored.append(units_done(tmp_path / "atlas"))
        yield first, work(first)

    built = build(tmp_path / "atlas", Box(3, 3), workers=the_first_one_last)
    assert stored == [max(0, number - 4) for number in range(1, built.units)]
    assert built.complete
    build(tmp_path / "in order", Box(3, 3))
    assert contents_of(tmp_path / "atlas") == contents_of(tmp_path / "in order")
