"""Reading and writing the tables of an atlas: the plan, the units left, and what they found."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from time import time
from typing import Any

from linnet_exact.atlas.contents.planning import Box, Plan, PlannedFiber
from linnet_exact.atlas.contents.schema import create_tables
from linnet_exact.atlas.contents.tables import FiberWork
from linnet_exact.atlas.contents.units import Unit
from linnet_exact.atlas.storage.fragment import Found, copy_fragment
from linnet_exact.atlas.storage.location import Location, errors_of
from linnet_exact.atlas.storage.own_file import OwnFile
from linnet_exact.errors import FileError, InputError
from linnet_exact.strata.values.label import Label

__all__ = ["Run", "box_of", "create", "fiber_row", "fibers_of", "stored_units", "units_left"]


def create(location: Location, plan: Plan) -> None:
    """Make an atlas with a plan and nothing else; it appears only when it is complete.

    Raises
    ------
    FileError
        If the disk is full.
    """
    location.database.parent.mkdir(parents=True, exist_ok=True)
    unfinished = location.database.with_name(f".{location.database.name}.{os.getpid()}.unfinished")
    try:
        with (
            errors_of(location, "nothing was made"),
            closing(sqlite3.connect(unfinished)) as connection,
            connection,
        ):
            create_tables(connection, max(1, max(fiber.network.depth for fiber in plan.fibers)))
            box = {
                "max_depth": plan.box.max_depth,
                "max_width": plan.box.max_width,
                "max_weight_dimension": plan.box.max_weight_dimension,
                "contents": ",".join(plan.box.contents),
                "strata": _sqlite_integer(plan.strata),
                "stored_strata": plan.stored_strata,
            }
            connection.executemany("INSERT INTO box VALUES (?, ?)", box.items())
            connection.executemany(
                "INSERT INTO fibers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                map(fiber_row, plan.fibers),
            )
            connection.executemany(
                "INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?, 0)", map(_unit_row, plan.units)
            )
        unfinished.rename(location.database)
    finally:
        unfinished.unlink(missing_ok=True)


def _sqlite_integer(value: int) -> int | str:
    """Integers of SQLite end below 2^63; larger ones are text."""
    return value if value < 2**63 else str(value)


def fiber_row(fiber: PlannedFiber) -> tuple[object, ...]:
    """Return the row of a fiber in the table of fibers."""
    network = fiber.network
    return (
        fiber.number,
        str(network),
        fiber.rank,
        str(Label(network, fiber.rank)),
        fiber.multiplicity,
        network.depth,
        _sqlite_integer(network.weight_dimension),
        _sqlite_integer(fiber.strata),
        fiber.same_as,
        fiber.first_stratum,
    )


def _unit_row(unit: Unit) -> tuple[object, ...]:
    prefixes = json.dumps(unit.prefixes, separators=(",", ":")) if unit.prefixes else None
    return (*unit[:3], prefixes, *unit[4:6], ",".join(unit.contents))


def box_of(connection: sqlite3.Connection) -> Box:
    """Return what the atlas was asked to cover.

    Raises
    ------
    InputError, TypeError, LookupError
        If the box does not say so.
    """
    known = dict(connection.execute("SELECT key, value FROM box"))
    depth, width, most = (known[key] for key in ("max_depth", "max_width", "max_weight_dimension"))
    for size in (depth, width, 1 if most is None else most):
        if not isinstance(size, int) or size < 1:
            raise InputError(f"the box has {size!r} where a size of at least 1 should be")
    return Box(depth, width, most, tuple(known["contents"].split(",")))


_UNIT = "SELECT id, first_fiber, last_fiber, prefixes, first_stratum, strata, contents FROM units"


def stored_units(connection: sqlite3.Connection) -> Iterator[Unit]:
    """Yield all units, done or not, in order.

    Raises
    ------
    ValueError, TypeError, AttributeError
        If the row of a unit makes no sense.
    """
    return map(_unit, connection.execute(f"{_UNIT} ORDER BY id"))


def _unit(row: tuple[Any, ...]) -> Unit:
    number, first_fiber, last_fiber, prefixes, first_stratum, strata, contents = row
    found = tuple(map(tuple, json.loads(prefixes or "[]")))
    for value in (*row[:3], *row[4:6], *(choice for prefix in found for choice in prefix)):
        if type(value) is not int:
            raise TypeError(f"unit {number}: {value!r} where an integer should be")
    return Unit(
        number, first_fiber, last_fiber, found, first_stratum, strata, tuple(contents.split(","))
    )


def units_left(connection: sqlite3.Connection) -> Iterator[tuple[Unit, list[FiberWork]]]:
    """Yield the units that are not done, with their fibers, in order.

    They are read a few at a time, so that units may be marked as done in between.
    """
    after = -1
    while True:
        rows = connection.execute(
            f"{_UNIT} WHERE NOT done AND id > ? ORDER BY id LIMIT 100", (after,)
        ).fetchall()
        for unit in map(_unit, rows):
            yield unit, fibers_of(connection, unit)
            after = unit.number
        if not rows:
            return


def fibers_of(connection: sqlite3.Connection, unit: Unit) -> list[FiberWork]:
    """Return the fibers whose strata `unit` stores."""
    rows = connection.execute(
        "SELECT id, widths, rank, first_stratum FROM fibers "
        "WHERE id BETWEEN ? AND ? AND same_as IS NULL ORDER BY id",
        (unit.first_fiber, unit.last_fiber),
    )
    return [
        FiberWork(number, tuple(map(int, widths.split(","))), rank, first)
        for number, widths, rank, first in rows
    ]


@dataclass
class Run:
    """One run of a builder: marks units as done, each in one transaction with what it found."""

    location: Location
    connection: sqlite3.Connection
    own: OwnFile

    def __post_init__(self) -> None:
        self._started = time()
        self._number = self.connection.execute(
            "INSERT INTO runs (started) VALUES (?)", (self._started,)
        ).lastrowid
        self.connection.execute("ATTACH ':memory:' AS unit")

    def store(self, unit: Unit, result: Found | bytes | None) -> None:
        """Store what a unit found: here, or elsewhere and sent as a fragment, or None if it is in
        Parquet files already.

        Raises
        ------
        FileError
            If the disk is full, or the unit was done by somebody else in the meantime.
        """
        connection = self.connection
        self.own.require()
        if isinstance(result, bytes):
            connection.deserialize(result, name="unit")
        connection.execute("BEGIN IMMEDIATE")
        try:
            if isinstance(result, bytes):
                copy_fragment(connection)
            elif result is not None:
                result.insert(connection)
            marked = connection.execute(
                "UPDATE units SET done = 1 WHERE id = ? AND NOT done", (unit.number,)
            )
            if marked.rowcount != 1:
                raise FileError(f"{self.location.path}: unit {unit.number} was done twice")
            connection.execute(
                "UPDATE runs SET seconds = ?, strata = strata + ?, units = units + 1 WHERE id = ?",
                (time() - self._started, unit.strata, self._number),
            )
            connection.execute("COMMIT")
            self.own.write_log()
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Leave one file that can be read from anywhere, if nothing is left to do."""
        self.connection.execute("DETACH unit")
        if not self.own.is_lost and next(units_left(self.connection), None) is None:
            self.own.finish()
