"""Whether the units that are done have all their rows; a builder that resumes relies on it."""

from __future__ import annotations

from linnet_exact.atlas.contents.units import Unit
from linnet_exact.atlas.reading.reading import Atlas
from linnet_exact.atlas.storage.parquet import part_path
from linnet_exact.atlas.storage.parts import rows_in_part
from linnet_exact.atlas.storage.store import stored_units
from linnet_exact.errors import FileError

__all__ = ["require_done"]

_TABLE_OF = {"strata": "stored_strata", "dag": "edges"}


def require_done(atlas: Atlas) -> None:
    """Check that the rows of units that are done are there.

    Numbers of strata, of invariants and of claims follow from the plan. Edges are only looked for
    in fibers of more than one stratum, which have some.

    Raises
    ------
    FileError
        If rows, or Parquet files, are missing.
    """
    done = {number for (number,) in atlas.connection.execute("SELECT id FROM units WHERE done")}
    with atlas.damage():
        for unit in stored_units(atlas.connection):
            if unit.number in done:
                for content in unit.contents:
                    _require(atlas, unit, content)


def _require(atlas: Atlas, unit: Unit, content: str) -> None:
    table = _TABLE_OF.get(content, content)
    fibers, strata = _of_fibers(atlas, unit)
    expected = {"strata": unit.strata, "dag": int(strata > fibers)}.get(content, fibers)
    if atlas.location.parquet:
        (depth,) = atlas.connection.execute(
            "SELECT depth FROM fibers WHERE id = ?", (unit.first_fiber,)
        ).fetchone()
        folder = atlas.location.path
        path = part_path(folder, table.removeprefix("stored_"), unit.number, depth)
        found = rows_in_part(path)
    else:
        found = _rows(atlas, unit, content, table)
    exact = content in ("strata", "invariants")
    if found != expected if exact else found < expected:
        raise FileError(
            f"{atlas.location.path}: damaged: unit {unit.number} is done, but has {found} of "
            f"{expected} rows of {table.removeprefix('stored_')}; build it anew, or take a copy"
        )


def _of_fibers(atlas: Atlas, unit: Unit) -> tuple[int, int]:
    """Return how many stored fibers a unit is about, and how many strata these have."""
    rows = atlas.connection.execute(
        "SELECT strata FROM fibers WHERE id BETWEEN ? AND ? AND same_as IS NULL",
        (unit.first_fiber, unit.last_fiber),
    ).fetchall()
    return len(rows), sum(int(strata) for (strata,) in rows)


def _rows(atlas: Atlas, unit: Unit, content: str, table: str) -> int:
    if content == "strata":
        return atlas.number_of_strata(unit.first_stratum, unit.strata)
    if content == "dag":
        (last,) = atlas.connection.execute(
            "SELECT first_stratum + strata FROM fibers WHERE id <= ? AND same_as IS NULL "
            "ORDER BY id DESC LIMIT 1",
            (unit.last_fiber,),
        ).fetchone()
        query, ends = "lower >= ? AND lower < ?", (unit.first_stratum, last)
    else:
        query, ends = "fiber BETWEEN ? AND ?", (unit.first_fiber, unit.last_fiber)
    distinct = "DISTINCT fiber" if content == "claims" else "*"
    (number,) = atlas.connection.execute(
        f"SELECT count({distinct}) FROM {table} WHERE {query}", ends
    ).fetchone()
    return int(number)
