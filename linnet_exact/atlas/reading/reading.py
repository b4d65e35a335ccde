"""Reading the strata of an atlas back, the same way from SQLite and from Parquet."""

from __future__ import annotations

import json
import operator
import re
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import NoneType
from typing import Any, NamedTuple

from linnet_exact.atlas.contents.tables import INVARIANTS
from linnet_exact.atlas.storage.completeness import require_planned
from linnet_exact.atlas.storage.derivation import Derivation
from linnet_exact.atlas.storage.location import Location, damage
from linnet_exact.atlas.storage.parquet import part_path
from linnet_exact.atlas.storage.parts import columns_of_part, number_of_rows, rows_of_part, state_of
from linnet_exact.atlas.storage.store import box_of
from linnet_exact.errors import FileError
from linnet_exact.strata import Fiber, Interval, Network

__all__ = ["Atlas", "StoredFiber", "StoredStratum", "bars_of"]

_AT_ONCE = 10_000
_BAR = re.compile(r"([0-9]{1,4})-([0-9]{1,4})(?::([0-9]{1,10}))?", re.ASCII)
_PARQUET_COLUMNS = (
    "id",
    "barcode",
    "dimension",
    "tangent_dimension_of_fiber",
    "local_fiber_dimension",
    "real_components",
    "maximal",
)


class StoredFiber(NamedTuple):
    """A fiber of the box, and the number of the one that it is stored as.

    If that is another one, its network is reversed, and so are all bars.
    """

    number: int
    fiber: Fiber
    strata: int
    first_stratum: int
    stored_as: int

    @property
    def mirrored(self) -> bool:
        """Whether the strata are stored with all bars reversed."""
        return self.stored_as != self.number


_KINDS: tuple[frozenset[type], ...] = (
    frozenset({int}),
    frozenset({str}),
    frozenset({int}),
    *[frozenset({int, NoneType})] * 3,
    frozenset({int, bool, NoneType}),
)


class StoredStratum(NamedTuple):
    """A row of the table of strata; without invariants, what comes after `dimension` is None."""

    number: int
    barcode: str
    dimension: int
    tangent_dimension: int | None
    local_dimension: int | None
    real_components: int | None
    maximal: bool | None


@dataclass(frozen=True)
class Atlas:
    """An open atlas: its place, the connection to its database, and whether its plan was compared
    with one made anew."""

    location: Location
    connection: sqlite3.Connection
    as_planned: bool = False

    @cached_property
    def derivation(self) -> Derivation:
        """What of this atlas was derived anew and compared."""
        return Derivation(self.location, self.connection)

    @cached_property
    def contents(self) -> tuple[str, ...]:
        """What the atlas includes, of `CONTENTS`."""
        with self.damage():
            return box_of(self.connection).contents

    def damage(self) -> AbstractContextManager[None]:
        """Say that this atlas is damaged when what is read of it makes no sense."""
        return damage(self.location)

    def require_complete(self) -> None:
        """Raise `FileError` if units are left to do, or no strata were asked for.

        Whether all units are there is found out from the plan, made anew.
        """
        if not self.as_planned:
            require_planned(self.location, self.connection)
        (left,) = self.connection.execute("SELECT count(*) FROM units WHERE NOT done").fetchone()
        if left:
            raise FileError(
                f"{self.location.path}: not complete, {left} units are left; "
                f"linnet-exact atlas resume {self.location.path} does them"
            )
        if "strata" not in self.contents:
            included = ", ".join(self.contents)
            raise FileError(f"{self.location.path}: holds no strata, only {included}")

    def fibers(self) -> Iterator[StoredFiber]:
        """Yield all fibers of the box, in order."""
        rows = self.connection.execute(
            "SELECT f.id, f.widths, f.rank, f.strata, g.first_stratum, g.id "
            "FROM fibers AS f JOIN fibers AS g ON g.id = coalesce(f.same_as, f.id) ORDER BY f.id"
        )
        parsed = lru_cache(maxsize=1)(Network.parse)  # the ranks of one network come together
        for number, widths, rank, strata, first, stored_as in rows:
            with self.damage():
                fiber = parsed(widths).fiber(rank)
                found = StoredFiber(number, fiber, int(strata), operator.index(first), stored_as)
            yield found

    def is_done(self, fiber: StoredFiber) -> bool:
        """Return whether all units about a fiber, or the one it is mirrored from, are done."""
        (left,) = self.connection.execute(
            "SELECT count(*) FROM units WHERE NOT done AND ? BETWEEN first_fiber AND last_fiber",
            (fiber.stored_as,),
        ).fetchone()
        return not left

    def strata(self, first: int, count: int) -> Iterator[StoredStratum]:
        """Yield those of the `count` strata from number `first` on that are there."""
        complete = "invariants" in self.contents
        if self.location.parquet:
            for start, end, path in self._parts("strata", first, count):
                with self.damage():
                    part = _strata_of_part(path, start, end, complete, state_of(path))
                yield from part[max(first - start, 0) : first + count - start]
            return
        for start in range(first, first + count, _AT_ONCE):
            end = min(start + _AT_ONCE, first + count)
            rows = self.connection.execute(
                "SELECT * FROM stored_strata WHERE id >= ? AND id < ? ORDER BY id", (start, end)
            ).fetchall()
            with self.damage():
                _require_kinds(rows, complete)
            yield from map(StoredStratum._make, rows)

    def number_of_strata(self, first: int, count: int) -> int:
        """Return how many strata `strata` would yield."""
        if self.location.parquet:
            return sum(1 for _ in self.strata(first, count))
        (number,) = self.connection.execute(
            "SELECT count(*) FROM stored_strata WHERE id >= ? AND id < ?", (first, first + count)
        ).fetchone()
        return int(number)

    def covers_of(self, stratum: int, fiber: int) -> list[tuple[int, int]]:
        """Return the strata that cover one of the stored `fiber`, each with its move."""
        if self.location.parquet:
            edges = self._rows_of_fiber("edges", "dag", fiber)
            return [(edge["upper"], edge["move"]) for edge in edges if edge["lower"] == stratum]
        return self.connection.execute(
            "SELECT upper, move FROM edges WHERE lower = ?", (stratum,)
        ).fetchall()

    def invariants_of(self, fiber: StoredFiber) -> dict[str, Any] | None:
        """Return what is stored about a fiber as a whole; None if nothing is."""
        if self.location.parquet:
            rows = self._rows_of_fiber("invariants", "invariants", fiber.stored_as)
            found = next((dict(row) for row in rows if row["fiber"] == fiber.stored_as), None)
        else:
            row = self.connection.execute(
                "SELECT * FROM invariants WHERE fiber = ?", (fiber.stored_as,)
            ).fetchone()
            found = None if row is None else dict(zip(INVARIANTS, row, strict=True))
        if found is None:
            return None
        del found["fiber"]
        dimensions = json.loads(found["component_dimensions"])
        return {**found, "smooth": bool(found["smooth"]), "component_dimensions": dimensions}

    def claims_of(self, fiber: StoredFiber) -> list[tuple[Any, ...]]:
        """Return what is stored about claims on a fiber: claim, checked, failed and witness."""
        columns = ("claim", "checked", "failed", "witness")
        if self.location.parquet:
            rows = self._rows_of_fiber("claims", "claims", fiber.stored_as)
            return [
                tuple(row[column] for column in columns)
                for row in rows
                if row["fiber"] == fiber.stored_as
            ]
        return self.connection.execute(
            f"SELECT {', '.join(columns)} FROM claims WHERE fiber = ?", (fiber.stored_as,)
        ).fetchall()

    def number_of_rows(self, table: str) -> int:
        """Return how many rows there are of ``stored_strata``, ``edges`` and the like."""
        if self.location.parquet:
            return number_of_rows(self.location.path / table.removeprefix("stored_"))
        (number,) = self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(number)

    def _parts(self, table: str, first: int, count: int) -> Iterator[tuple[int, int, Path]]:
        """Yield the parts with some of these strata, after the numbers where each begins, ends."""
        units = self.connection.execute(
            "SELECT u.id, u.first_stratum, u.strata, f.depth FROM units AS u "
            "JOIN fibers AS f ON f.id = u.first_fiber "
            "WHERE u.done AND u.strata > 0 AND u.first_stratum < ? "
            "AND u.first_stratum + u.strata > ? ORDER BY u.first_stratum",
            (first + count, first),
        )
        for number, start, strata, depth in units.fetchall():
            yield start, start + strata, part_path(self.location.path, table, number, depth)

    def _rows_of_fiber(self, table: str, content: str, fiber: int) -> list[dict[str, Any]]:
        """Return the rows of the part with what is known of a stored fiber as a whole."""
        for number, depth, contents in self.connection.execute(
            "SELECT u.id, f.depth, u.contents FROM units AS u "
            "JOIN fibers AS f ON f.id = u.first_fiber "
            "WHERE u.done AND ? BETWEEN u.first_fiber AND u.last_fiber",
            (fiber,),
        ).fetchall():
            if content in contents.split(","):
                return rows_of_part(part_path(self.location.path, table, number, depth), table)
        return []


@lru_cache(maxsize=8)
def _strata_of_part(
    path: Path, start: int, end: int, complete: bool, _: tuple[int, int]
) -> list[StoredStratum]:
    """Return the strata of a part; neighbouring fibers, and mirrored ones, need the same few.

    Raises
    ------
    FileError
        If they are not those numbered from `start` to before `end`.
    """
    columns = columns_of_part(path, _PARQUET_COLUMNS, complete)
    rows = list(zip(*columns, strict=True))
    _require_kinds(rows, complete)
    if columns[0] != list(range(start, end)):
        raise FileError(f"{path}: damaged: its strata are not those from {start} to {end - 1}")
    return list(map(StoredStratum._make, rows))


def _require_kinds(rows: list[tuple[Any, ...]], complete: bool) -> None:
    """Raise `TypeError` if a column of strata holds what it cannot, or nothing where it should."""
    columns = zip(*rows, strict=True)
    for name, kinds, column in zip(StoredStratum._fields, _KINDS, columns, strict=False):
        if not (kinds - {NoneType} if complete else kinds).issuperset(map(type, column)):
            raise TypeError(f"a stratum without a proper {name.replace('_', ' ')}")


def bars_of(barcode: str, mirrored_depth: int | None = None) -> list[tuple[Interval, int]]:
    """Return the bars of a barcode's text with their multiplicities, sorted.

    Parameters
    ----------
    mirrored_depth : int, optional
        Reverse the bars, for a network of this depth.

    Examples
    --------
    >>> [(str(bar), count) for bar, count in bars_of("0-0:2,1-2", mirrored_depth=2)]
    [('0-1', 1), ('2-2', 2)]
    """
    bars = [_bar(text) for text in barcode.split(",")]
    if mirrored_depth is None:
        return bars
    return sorted(
        (Interval(mirrored_depth - end, mirrored_depth - start), count)
        for (start, end), count in bars
    )


@lru_cache(maxsize=1 << 14)
def _bar(text: str) -> tuple[Interval, int]:
    found = _BAR.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:40]!r} where a bar should be")
    start, end, count = found.groups()
    return Interval(int(start), int(end)), int(count or 1)
