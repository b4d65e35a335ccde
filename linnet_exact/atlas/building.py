"""Building an atlas: plan, then do unit after unit, and store each one in one transaction."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import current_thread, main_thread

from linnet_exact.arguments import as_boolean, as_instance, as_integer, as_path
from linnet_exact.atlas.contents.planning import STRATA_LIMIT, Box, Plan, plan
from linnet_exact.atlas.contents.tables import FiberWork, unit_tables
from linnet_exact.atlas.contents.units import Unit
from linnet_exact.atlas.done import require_done
from linnet_exact.atlas.reading.opening import open_atlas
from linnet_exact.atlas.storage.completeness import require_planned
from linnet_exact.atlas.storage.fragment import Found
from linnet_exact.atlas.storage.location import Location, open_to_write
from linnet_exact.atlas.storage.lock import the_only_builder
from linnet_exact.atlas.storage.own_file import own_file
from linnet_exact.atlas.storage.parquet import FIBERS, require_pyarrow, write_fibers, write_parts
from linnet_exact.atlas.storage.store import Run, box_of, create, units_left
from linnet_exact.atlas.storage.structure import require_structure
from linnet_exact.errors import FileError, TooLargeError
from linnet_exact.handlers import replace_handler
from linnet_exact.workers import Workers, here

__all__ = ["Built", "build", "expected_bytes", "resume"]

Task = tuple[Unit, list[FiberWork]]

_HELD_BACK = 4
"""Most units that wait until one that comes before them is stored."""


@dataclass(frozen=True)
class Built:
    """How far a run came: units and stored strata of the whole atlas, done and in all."""

    units: int
    units_done: int
    strata: int
    strata_done: int

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        return self.units_done == self.units


Watch = Callable[[Built], None]


def _nobody(_: Built) -> None:
    pass


def build(
    path: str | os.PathLike[str],
    box: Box,
    parquet: bool = False,
    workers: Workers = here,
    strata_limit: int = STRATA_LIMIT,
    watch: Watch = _nobody,
) -> Built:
    """Make an atlas of `box` at `path`: a file, or a folder with `parquet`.

    Parameters
    ----------
    workers : callable
        Where units are worked on: `here`, `in_processes` or `on_dask`.
    watch : callable
        Called before the first unit and after each one that is stored.

    Returns
    -------
    Built
        Not complete if Ctrl-C came: then the units under way have been finished, and `resume`
        goes on.

    Raises
    ------
    FileError
        If there is something at `path`, or the disk gets full.
    TooLargeError
        If the plan has more than `strata_limit` strata to store, or does not fit the disk.
    """
    path = as_path(path, "path")
    box = as_instance(box, Box, "box", "a Box, such as Box(max_depth=3, max_width=3)")
    strata_limit = as_integer(strata_limit, "strata_limit", least=0)
    if as_boolean(parquet, "parquet"):
        require_pyarrow()
    location = Location(path, parquet)
    if path.exists() and not (parquet and path.is_dir() and _holds_nothing(location)):
        raise FileError(f"{path}: exists already; resume it, or choose another name")
    planned = plan(box, strata_limit)
    _check_disk(location, planned)
    with _all_or_nothing(location), the_only_builder(location):
        if location.database.exists():
            raise FileError(f"{path}: exists already; resume it, or choose another name")
        if parquet:
            write_fibers(path, planned.fibers)
        create(location, planned)
        return _work(location, workers, watch)


def _holds_nothing(location: Location) -> bool:
    """Return whether a folder holds only what a builder that was killed early may have left."""
    known = (location.path.absolute() / FIBERS, location.beside("-lock"))
    files = [file for file in location.path.absolute().rglob("*") if not file.is_dir()]
    return all(file in known or file.name.endswith(".unfinished") for file in files)


@contextmanager
def _all_or_nothing(location: Location) -> Iterator[None]:
    """Make the folder of an atlas, and empty it again unless it becomes one."""
    folder = location.database.parent
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        if location.parquet and not location.database.exists():
            shutil.rmtree((folder / FIBERS).parent, ignore_errors=True)
            if new:
                with suppress(OSError):
                    folder.rmdir()


def resume(path: str | os.PathLike[str], workers: Workers = here, watch: Watch = _nobody) -> Built:
    """Do what is left to do of an atlas; what is done stays as it is.

    Raises
    ------
    FileError
        If the file is not an atlas, is of a newer version, read-only, damaged, or being built by
        somebody else, or if the disk gets full.
    """
    path = as_path(path, "path")
    location = Location.find(path)
    location.require_writable()
    if location.parquet:
        require_pyarrow()
    with the_only_builder(location):
        with open_atlas(path, thorough=True) as atlas:
            require_planned(location, atlas.connection)
            require_done(atlas)
            atlas.derivation.require_if_quick()
        return _work(location, workers, watch)


# Measured on boxes of depth 2 to 6, and rounded up: bytes of a stratum without its barcode, of a
# bar of a barcode, of an edge, and of a fiber.
_SQLITE_BYTES = (18, 5, 16, 200)
_PARQUET_BYTES = (6, 1, 5, 60)


def expected_bytes(planned: Plan, parquet: bool) -> int:
    """Return about how large the atlas will be."""
    of_stratum, of_bar, of_edge, of_fiber = _PARQUET_BYTES if parquet else _SQLITE_BYTES
    depth = max(fiber.network.depth for fiber in planned.fibers)
    strata = planned.stored_strata if "strata" in planned.box.contents else 0
    return (
        strata * (of_stratum + of_bar * (depth + 2))
        + planned.covers * of_edge
        + len(planned.fibers) * of_fiber
    )


def _check_disk(location: Location, planned: Plan) -> None:
    folder = location.path.absolute()
    while not folder.is_dir():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    needed = expected_bytes(planned, location.parquet)
    if needed > free:
        figures = planned.to_jsonable()
        raise TooLargeError(
            f"{location.path}: {figures['fibers']} fibers with {figures['strata']} strata need "
            f"about {needed / 1e9:.1f} GB, but the disk has {free / 1e9:.1f} GB left"
        )


def _work(location: Location, workers: Workers, watch: Watch) -> Built:
    with (
        open_to_write(location) as connection,
        own_file(location, connection) as own,
        _interruption() as interrupted,
    ):
        require_structure(location, connection)
        built = _progress(connection)
        watch(built)
        with_invariants = "invariants" in box_of(connection).contents
        folder = location.path.absolute() if location.parquet else None
        work = partial(_do_unit, with_invariants, folder)
        run = Run(location, connection, own)
        order: deque[int] = deque()
        tasks = _noted(units_left(connection), order)
        try:
            with closing(workers(work, tasks, interrupted)) as results:
                for unit, result in _sorted(results, order):
                    run.store(unit, result)
                    done, strata = built.units_done + 1, built.strata_done + unit.strata
                    built = Built(built.units, done, built.strata, strata)
                    watch(built)
        finally:
            run.close()
            location.remove_unfinished()
        return built


def _noted(tasks: Iterator[Task], order: deque[int]) -> Iterator[Task]:
    for task in tasks:
        order.append(task[0].number)
        yield task


def _sorted(
    results: Iterable[tuple[Task, Found | None]], order: deque[int]
) -> Iterator[tuple[Unit, Found | None]]:
    """Yield units in `order`, for the quickest place for rows is the end of a table; but hold no
    more than a few back for one that takes long."""
    waiting: dict[int, tuple[Unit, Found | None]] = {}
    for (unit, _), result in results:
        waiting[unit.number] = unit, result
        while waiting and ((first := min(waiting)) == order[0] or len(waiting) > _HELD_BACK):
            order.remove(first)
            yield waiting.pop(first)
    yield from (waiting[number] for number in sorted(waiting))


def _progress(connection: sqlite3.Connection) -> Built:
    row = connection.execute(
        "SELECT count(*), coalesce(sum(done), 0), coalesce(sum(strata), 0), "
        "coalesce(sum(strata * done), 0) FROM units"
    ).fetchone()
    return Built(*row)


def _do_unit(with_invariants: bool, folder: Path | None, task: Task) -> Found | None:
    """Work on one unit: return what it found, or write it as Parquet parts into `folder`."""
    unit, fibers = task
    tables = unit_tables(unit, fibers, with_invariants)
    if folder is None:
        return Found(tables)
    write_parts(folder, unit, tables)
    return None


@contextmanager
def _interruption() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C finish what is under way; only a second one breaks it off.

    Yields
    ------
    callable
        Whether Ctrl-C came.
    """
    came: list[int] = []
    if current_thread() is not main_thread():
        yield lambda: False
        return

    def note(number: int, _: object) -> None:
        came.append(number)
        put_back()

    put_back = replace_handler(signal.SIGINT, note)
    try:
        yield lambda: bool(came)
    finally:
        put_back()
