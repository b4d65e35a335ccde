"""Signals to a whole group of processes, at any moment: no traceback, no files, no processes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from linnet_exact.atlas import Box, build, open_atlas, status
from tests.atlas.contents import units_done, until
from tests.measured import seconds_of_children

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="looks at processes as Linux shows them"
)

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]

# Units of a few strata; and, if there is a second argument, it waits for a signal at that import.
COMMAND = """
import signal, sys
from linnet_exact.cli.entry import main
class Tell:
    def find_spec(self, name, path, target=None):
        if name == moment:
            print("importing", flush=True)
            signal.pause()
if __name__ == "__main__":
    moment = sys.argv.pop(1)
    sys.meta_path.insert(0, Tell())
    if moment == "-":
        from linnet_exact.atlas.contents import units
        units._UNIT_STRATA = (300, 300)
    sys.exit(main())
"""


def start(folder: Path, moment: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, moment, *map(str, arguments)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
    )


def is_running(stat: Path, group: int) -> bool:
    try:
        state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return int(its_group) == group and state != "Z"


def group_is_gone(group: int) -> bool:
    return not any(is_running(stat, group) for stat in Path("/proc").glob("[0-9]*/stat"))


def signal_group(process: subprocess.Popen[str], number: int) -> str:
    """Send the signal to the whole group; return what the process says on stderr in the end."""
    os.killpg(process.pid, number)
    _, err = process.communicate()
    assert process.returncode == 128 + number, err
    until(lambda: group_is_gone(process.pid))
    assert "Traceback" not in err
    assert err.count("\n") == (number == signal.SIGINT), err
    return err


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize(
    "moment",
    ["linnet_exact.cli.main", "click.core", "linnet_exact.cli.commands.atlas.build", "sqlite3"],
)
def test_while_the_program_starts(tmp_path: Path, moment: str, number: int) -> None:
    process = start(tmp_path, moment, "atlas", "build", "-o", "a", "--jobs", 2)
    assert process.stdout is not None
    assert process.stdout.readline() == "importing\n"
    assert signal_group(process, number) in ("", "linnet-exact: interrupted\n")
    assert list(tmp_path.iterdir()) == []


def test_while_parquet_files_are_begun(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    process = start(tmp_path, "pyarrow.parquet", "atlas", "build", "--parquet", "a")
    assert process.stdout is not None
    assert process.stdout.readline() == "importing\n"
    signal_group(process, signal.SIGTERM)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "jobs", "number"),
    [
        ("-o", 1, signal.SIGTERM),
        ("-o", 2, signal.SIGINT),
        ("-o", 2, signal.SIGHUP),
        ("--parquet", 1, signal.SIGHUP),
        ("--parquet", 2, signal.SIGINT),
        ("--parquet", 2, signal.SIGTERM),
    ],
)
def test_while_units_are_done(tmp_path: Path, kind: str, jobs: int, number: int) -> None:
    if kind == "--parquet":
        pytest.importorskip("pyarrow")
    path = tmp_path / "a"
    box = ("--max-depth", 7, "--max-width", 2)
    process = start(tmp_path, "-", "atlas", "build", kind, path, *box, "--jobs", jobs)
    until(lambda: units_done(path) > 0 or process.poll() is not None)
    err = signal_group(process, number)
    if number == signal.SIGINT:
        assert f"linnet-exact atlas resume {path} goes on" in err
    assert [file.name for file in tmp_path.iterdir()] == ["a"]
    assert not list(tmp_path.rglob("*.unfinished"))
    with open_atlas(path, thorough=True) as atlas:
        state = status(atlas)
        assert 0 < state.units_done < state.units


# 16,000 comparisons for each of 131,072 letters: SQLite looks up only after all of them.
LETTERS = (
    "(WITH RECURSIVE c(x, n) AS (SELECT 'a', 0 UNION ALL SELECT x || x, n + 1 FROM c WHERE n < 17)"
    " SELECT max(x) FROM c)"
)
LONG = f"SELECT length(trim({LETTERS}, replace(substr({LETTERS}, 1, 16000), 'a', 'b') || 'a')) AS n"
ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c"


@pytest.mark.parametrize("sql", [LONG, ENDLESS], ids=["one function", "endless"])
@pytest.mark.parametrize("number", SIGNALS)
def test_while_a_query_is_answered(tmp_path: Path, sql: str, number: int) -> None:
    path = tmp_path / "a"
    build(path, Box(1, 1))
    process = start(tmp_path, "-", "atlas", "query", path, sql)

    def is_asked() -> bool:  # on a connection of its own
        files = Path(f"/proc/{process.pid}/fd").iterdir()
        return sum(os.path.realpath(file) == str(path) for file in files) > 1

    until(is_asked)
    before = seconds_of_children()
    signal_group(process, number)
    assert seconds_of_children() - before < 4  # the function takes 5
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_one_long_function_ends_when_the_time_is_over(tmp_path: Path) -> None:
    build(tmp_path / "a", Box(1, 1))
    process = start(tmp_path, "-", "atlas", "query", "a", LONG, "--max-seconds", 0.5)
    _, err = process.communicate()
    assert process.returncode == 3
    assert err == "linnet-exact: the query takes longer than 0.5 s; see --max-seconds\n"
