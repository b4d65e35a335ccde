"""What the tests of atlases share: everything that is in one, and builders in other processes."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

TABLES = ("box", "fibers", "moves", "units", "invariants", "stored_strata", "edges", "claims")

# Units of a few strata, so that a small box has many.
COMMAND = """
import sys
from linnet_exact.atlas.contents import units
units._UNIT_STRATA = (300, 300)
from linnet_exact.cli.main import main
if __name__ == "__main__":
    sys.exit(main())
"""


def contents_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table but `runs`, in order."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in TABLES
        }


def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    while not condition():
        time.sleep(0.01)


def units_done(path: Path) -> int:
    """Return how many units of an atlas, which may not be there yet, are done."""
    path = path / "_atlas.db" if path.is_dir() else path
    if not path.exists():
        return 0
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        (done,) = connection.execute("SELECT sum(done) FROM units").fetchone()
    return done


def start_command(folder: Path, *arguments: object, **options: Any) -> subprocess.Popen[str]:
    """Start `linnet-exact` with small units, in `folder`."""
    script = folder / "small_units.py"
    script.write_text(COMMAND)
    return subprocess.Popen(
        [sys.executable, str(script), *map(str, arguments)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def run_command(folder: Path, *arguments: object, **options: Any) -> tuple[int, str, str]:
    """Run `linnet-exact` with small units; return its exit status and what it printed."""
    process = start_command(folder, *arguments, **options)
    out, err = process.communicate()
    return process.returncode, out, err
