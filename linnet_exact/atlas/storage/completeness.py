"""Whether an atlas has what its box says: its plan, made anew, and the rows of what is done.

Nothing that the file says of itself is believed but the box. The units of work are not compared
with those that would be made today: they must cover the plan without gap or overlap.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise, zip_longest
from typing import Any, NamedTuple

from linnet_exact.atlas.contents.planning import Plan, PlannedFiber, plan
from linnet_exact.atlas.contents.schema import move_rows
from linnet_exact.atlas.contents.units import Unit
from linnet_exact.atlas.storage.location import Location, damage
from linnet_exact.atlas.storage.parts import require_fibers
from linnet_exact.atlas.storage.store import box_of, fiber_row, stored_units
from linnet_exact.errors import FileError, TooLargeError
from linnet_exact.strata.counting.by_first_choices import CompletionCounts

__all__ = ["Difference", "plan_of", "planned_differences", "require_planned"]

_FIBER = (
    "id, widths, rank, label, multiplicity, depth, weight_dimension, strata, same_as, first_stratum"
)
_QUICKLY_PLANNED = 50_000  # fibers; about a second


class Difference(NamedTuple):
    """Something that is stored, and what it should be."""

    place: str
    stored: object
    planned: object

    def __str__(self) -> str:
        return f"{self.place}: stored {_shown(self.stored)}, but it is {_shown(self.planned)}"


def _shown(value: object) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 200 else text[:200] + "…"


def require_planned(
    location: Location, connection: sqlite3.Connection, only_if_quick: bool = False
) -> bool:
    """Check that fibers, moves and units are those of the box.

    Parameters
    ----------
    only_if_quick : bool
        Leave it, if counting the box again takes more than about a second; and leave the list of
        fibers of a folder of Parquet files.

    Returns
    -------
    bool
        Whether nothing was left.

    Raises
    ------
    FileError
        If they are not.
    """
    (fibers,) = connection.execute("SELECT count(*) FROM fibers").fetchone()
    if only_if_quick and fibers > _QUICKLY_PLANNED:
        return False
    planned = plan_of(location, connection)
    if location.parquet and not only_if_quick:
        require_fibers(location.path, planned.fibers, location.version)
    with damage(location):
        for difference in planned_differences(connection, planned):
            raise FileError(
                f"{location.path}: damaged: {difference}; build it anew, or take a copy"
            )
    return not (location.parquet and only_if_quick)


def plan_of(location: Location, connection: sqlite3.Connection) -> Plan:
    """Return the plan of the box of an atlas, made anew.

    Raises
    ------
    FileError
        If the box has another number of networks than there are in the atlas.
    """
    with damage(location):
        box = box_of(connection)
    (stored,) = connection.execute("SELECT count(DISTINCT widths) FROM fibers").fetchone()
    # Of a damaged box there could be millions.
    try:
        number = sum(1 for _ in islice(box.networks(), stored + 1))
        if number == stored:
            return plan(box)
    except TooLargeError:
        number = stored + 1
    more = "more" if number > stored else f"{number}"
    raise FileError(
        f"{location.path}: damaged: it has the fibers of {stored} networks, but its box has {more}"
    )


def planned_differences(connection: sqlite3.Connection, planned: Plan) -> Iterator[Difference]:
    """Yield what differs between the stored plan and the one made anew."""
    known = dict(connection.execute("SELECT key, value FROM box"))
    for key, value in (("strata", planned.strata), ("stored_strata", planned.stored_strata)):
        if str(known.get(key)) != str(value):
            yield Difference(f"box, {key}", known.get(key), value)
    fibers = connection.execute(f"SELECT {_FIBER} FROM fibers ORDER BY id")
    yield from _compared("fiber", fibers, (fiber_row(fiber) for fiber in planned.fibers))
    depth = max(fiber.network.depth for fiber in planned.fibers)
    moves = connection.execute("SELECT * FROM moves ORDER BY depth, move")
    yield from _compared("move", moves, iter(move_rows(depth)))
    yield from _units(list(stored_units(connection)), planned)
    unclear = "SELECT id, done FROM units WHERE done IS NULL OR done NOT IN (0, 1) ORDER BY id"
    for number, done in connection.execute(unclear):
        yield Difference(f"unit {number}, done", done, "0 or 1")


def _compared(
    what: str, stored: Iterable[Any], planned: Iterator[tuple[Any, ...]]
) -> Iterator[Difference]:
    for number, (found, expected) in enumerate(zip_longest(stored, planned)):
        if found != expected:
            yield Difference(f"{what} {number}", found, expected)


def _units(units: list[Unit], planned: Plan) -> Iterator[Difference]:
    """Yield where the units do not cover the plan, each stored fiber once for each content."""
    for at, unit in enumerate(units):
        if unit.number != at:
            yield Difference(f"unit {at}", unit.number, at)
            return
        if not set(unit.contents) <= set(planned.box.contents):
            yield Difference(f"unit {at}", unit.contents, f"some of {planned.box.contents}")
            return
    stored = [fiber for fiber in planned.fibers if fiber.same_as is None]
    for content in planned.box.contents:
        left = iter(stored)
        about = [unit for unit in units if content in unit.contents]
        parts: list[Unit] = []
        for unit, following in zip_longest(about, about[1:]):
            parts.append(unit)
            if unit.prefixes and following and following.first_fiber == unit.first_fiber:
                continue
            covered = _fibers_until(unit.last_fiber, left)
            if difference := _difference(content, parts, covered):
                yield difference
                return
            parts = []
        if (fiber := next(left, None)) is not None:
            yield Difference(f"units for {content}, fiber {fiber.number}", None, "one")


def _fibers_until(last: int, left: Iterator[PlannedFiber]) -> list[PlannedFiber]:
    covered = []
    for fiber in left:
        covered.append(fiber)
        if fiber.number >= last:
            break
    return covered


def _difference(content: str, parts: list[Unit], covered: list[PlannedFiber]) -> Difference | None:
    """Compare units, one or all that are parts of a fiber, with the fibers they should cover."""
    place = f"unit {parts[0].number} for {content}"
    fibers = (parts[0].first_fiber, parts[-1].last_fiber)
    planned = (covered[0].number, covered[-1].number) if covered else None
    if fibers != planned:
        return Difference(f"{place}, fibers", fibers, planned)
    if len({fiber.network.depth for fiber in covered}) > 1:
        return Difference(f"{place}, depths", "several", "one")
    if content != "strata":
        return None
    first = covered[0].first_stratum or 0
    counts = CompletionCounts(covered[0].network, covered[0].rank)
    for before, after in pairwise(prefix for unit in parts for prefix in unit.prefixes):
        if after <= before or after[: len(before)] == before:  # with all disjoint, numbers tell
            return Difference(f"{place}, prefixes", after, f"one after {before}")
    for unit in parts:
        strata = sum(fiber.strata for fiber in covered)
        if unit.prefixes:
            strata = sum(map(counts.beginning_with, unit.prefixes))
        if (unit.first_stratum, unit.strata) != (first, strata):
            found = (unit.first_stratum, unit.strata)
            return Difference(f"unit {unit.number}, strata", found, (first, strata))
        first += strata
    last_fiber = covered[-1]
    end = (last_fiber.first_stratum or 0) + last_fiber.strata
    return None if first == end else Difference(f"{place}, end", first, end)
