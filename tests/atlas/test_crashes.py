"""What an atlas survives: kill -9 at any moment, a full disk, two builders, damage."""

import os
import random
import resource
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from linnet_exact.atlas import Box, build, open_atlas, resume
from linnet_exact.atlas.storage.location import Location
from linnet_exact.atlas.storage.lock import the_only_builder
from linnet_exact.errors import FileError
from tests.atlas.contents import contents_of, run_command, start_command, units_done, until

BOX = ("--max-depth", 4, "--max-width", 3, "--include", "strata,invariants,dag")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An atlas built without interruption."""
    folder = tmp_path_factory.mktemp("whole")
    status, _, err = run_command(folder, "atlas", "build", "-o", "whole.atlas", *BOX)
    assert status == 0, err
    return folder / "whole.atlas"


def kill_and_resume(folder: Path, reference: Path, draw: random.Random, jobs: int) -> None:
    units = units_done(reference)
    path = folder / "killed.atlas"
    process = start_command(folder, "atlas", "build", "-o", path, *BOX, "--jobs", jobs)
    for most in (1, units // 3, units):
        enough = draw.randrange(most)
        until(lambda: units_done(path) >= enough or process.poll() is not None)  # noqa: B023
        process.send_signal(signal.SIGKILL)
        process.communicate()
        command = ("resume", path) if path.exists() else ("build", "-o", path, *BOX)
        process = start_command(folder, "atlas", *command, "--jobs", jobs)
    _, err = process.communicate()
    assert process.returncode == 0, err
    assert contents_of(path) == contents_of(reference)
    # What a killed builder was writing its plan to is all that may be left.
    left = {file.name for file in folder.iterdir()} - {"small_units.py", "killed.atlas"}
    assert all(".unfinished" in name for name in left), left


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_at_random_moments(tmp_path: Path, whole: Path, jobs: int) -> None:
    kill_and_resume(tmp_path, whole, random.Random(jobs), jobs)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
def test_killed_at_many_random_moments(tmp_path: Path, whole: Path, seed: int) -> None:
    kill_and_resume(tmp_path, whole, random.Random(seed), 1 + seed % 2)


def test_a_full_disk_keeps_what_was_finished(tmp_path: Path, whole: Path) -> None:
    reference = whole
    path = tmp_path / "full.atlas"

    def limit_file_size() -> None:
        size = reference.stat().st_size * 2 // 3
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    status, _, err = run_command(
        tmp_path, "atlas", "build", "-o", path, *BOX, preexec_fn=limit_file_size
    )
    assert status == 2
    assert err.count("\n") == 1
    assert "atlas resume" in err
    assert sum(done for *_, done in contents_of(path)["units"]) > 0
    assert run_command(tmp_path, "atlas", "resume", path)[0] == 0
    assert contents_of(path) == contents_of(reference)


def test_the_second_builder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "atlas"
    refused = pytest.raises(FileError, match="somebody else is building")
    with the_only_builder(Location(path)), refused:
        build(path, Box(1, 1))
    build(path, Box(1, 1))
    with the_only_builder(Location(path)):
        with pytest.raises(FileError, match="somebody else is building"):
            resume(path)
        with open_atlas(path):  # reading goes on
            pass
    assert resume(path).complete


def test_two_processes_on_one_file(tmp_path: Path, whole: Path) -> None:
    path = tmp_path / "atlas"
    both = [start_command(tmp_path, "atlas", "build", "-o", path, *BOX) for _ in range(2)]
    printed = [process.communicate()[1] for process in both]
    assert sorted(process.returncode for process in both) == [0, 2]
    (refusal,) = (err for process, err in zip(both, printed, strict=True) if process.returncode)
    assert refusal.count("\n") == 1
    assert "somebody else is building" in refusal or "exists already" in refusal
    assert contents_of(path) == contents_of(whole)


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_finishes_what_is_under_way(tmp_path: Path, whole: Path, jobs: int) -> None:
    path = tmp_path / "atlas"
    process = start_command(tmp_path, "atlas", "build", "-o", path, *BOX, "--jobs", jobs)
    until(path.exists)
    process.send_signal(signal.SIGINT)
    process.communicate()  # what it says, and its status: test_signals
    assert resume(path).complete
    assert contents_of(path) == contents_of(whole)


def damage(path: Path, kind: str) -> None:
    if kind == "no atlas":
        path.write_text("barcodes\n" * 100)
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "another database":
        path.unlink()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE t (x)")
    elif kind == "newer":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA user_version = 99")
    elif kind == "truncated":
        path.write_bytes(path.read_bytes()[:-5000])
    elif kind == "overwritten":
        data = bytearray(path.read_bytes())
        data[len(data) // 2 : len(data) // 2 + 9000] = b"\xff" * 9000
        path.write_bytes(data)
    else:
        path.chmod(0o444)


WORDS = {
    "no atlas": "not an atlas",
    "empty": "not an atlas",
    "another database": "not an atlas",
    "newer": "version 99",
    "truncated": "damaged",
    "overwritten": "damaged",
    "read-only": "read-only",
}


@pytest.mark.parametrize("kind", list(WORDS))
@pytest.mark.parametrize("command", ["resume", "status", "verify", "query", "export"])
def test_bad_files_are_refused_in_one_line_and_left_alone(
    tmp_path: Path, whole: Path, capsys, kind: str, command: str
) -> None:
    from linnet_exact.cli.main import main

    path = tmp_path / "bad.atlas"
    shutil.copy(whole, path)
    damage(path, kind)
    before = path.read_bytes(), path.stat().st_mtime_ns
    sql = ["SELECT count(*) FROM strata"] if command == "query" else []
    sample = ["--sample", "5"] if command == "verify" else []
    status = main(["atlas", command, str(path), *sql, *sample])
    _, err = capsys.readouterr()
    if kind == "read-only" and command != "resume":
        assert status == 0
    else:
        assert status == 2
        assert err.count("\n") == 1
        assert err.startswith(f"linnet-exact: {path}: ")
        assert WORDS[kind] in err
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [file.name for file in tmp_path.iterdir()] == ["bad.atlas"]


def test_an_unfinished_atlas_can_be_read(tmp_path: Path) -> None:
    def none(work, tasks, stop):
        yield from ()

    build(tmp_path / "atlas", Box(2, 2), workers=none)
    with open_atlas(tmp_path / "atlas") as atlas:
        assert list(atlas.strata(0, 100)) == []
        assert len(list(atlas.fibers())) == 26


def test_what_is_no_lock_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "atlas-lock").write_text("mine")
    with pytest.raises(FileError, match=r"where the lock of .* should be"):
        build(tmp_path / "atlas", Box(1, 1))
    assert (tmp_path / "atlas-lock").read_text() == "mine"


def test_a_name_that_sqlite_takes_for_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert build(Path(":memory:"), Box(1, 1)).complete
    assert (tmp_path / ":memory:").stat().st_size > 0


@pytest.mark.parametrize("put", [shutil.copy, os.replace], ids=["copied over", "replaced"])
def test_what_is_put_in_the_place_of_a_live_one_is_left_alone(
    tmp_path: Path, whole: Path, put: Callable[[Path, Path], object]
) -> None:
    path, finished = tmp_path / "atlas", tmp_path / "finished"
    shutil.copy(whole, finished)
    before = whole.read_bytes()

    def overwritten(work, tasks, stop):
        for number, task in enumerate(tasks):
            if number == 1:
                put(finished, path)
            yield task, work(task)

    with pytest.raises(FileError, match="something else was put there"):
        build(path, Box(4, 3, contents=("strata", "invariants", "dag")), workers=overwritten)
    assert path.read_bytes() == before
    finished.unlink(missing_ok=True)
    assert [file.name for file in tmp_path.iterdir()] == ["atlas"]
    assert resume(path).complete


def test_the_log_of_another_does_no_harm(tmp_path: Path, whole: Path) -> None:
    path = tmp_path / "atlas"
    with closing(sqlite3.connect(path, isolation_level=None)) as building:
        shutil.copy(whole, path)
        building.execute("PRAGMA journal_mode = WAL")
        building.execute("DELETE FROM stored_strata")
        log = (tmp_path / "atlas-wal").read_bytes()
    (tmp_path / "atlas-shm").unlink(missing_ok=True)
    shutil.copy(whole, path)
    (tmp_path / "atlas-wal").write_bytes(log)
    with open_atlas(path) as atlas:
        assert atlas.number_of_rows("stored_strata") > 0
    assert resume(path).complete
    assert contents_of(path) == contents_of(whole)
