"""What is stored, compared with what is derived anew: no damage is taken for an answer.

A strata listing costs less than reading it back, so whoever reads strata has them compared first,
unit by unit. Everything else is compared when an atlas is opened, if it is small; in a large one it
is left to `check_atlas`, and so are the claims, which take long.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Iterable
from types import NoneType
from typing import Any

from linnet_exact.atlas.contents.tables import COLUMNS_OF, UnitTables, data_columns, unit_tables
from linnet_exact.atlas.contents.units import Unit
from linnet_exact.atlas.storage.location import Location, damage
from linnet_exact.atlas.storage.parquet import part_path, part_tables
from linnet_exact.atlas.storage.parts import require_part
from linnet_exact.atlas.storage.store import box_of, fibers_of, stored_units
from linnet_exact.errors import FileError

__all__ = ["Derivation"]

_SPELLED_OUT = 2  # bytes of this version are equal where values and their types are: 1.0 is not 1
_QUICKLY_DERIVED = 5_000  # stored strata; some tenths of a second
_CONTENT_OF = {"stored_strata": "strata", "invariants": "invariants", "edges": "dag"}


class Derivation:
    """The units of an atlas that are done, and which of them are left to be compared."""

    def __init__(self, location: Location, connection: sqlite3.Connection) -> None:
        self._location = location
        self._connection = connection
        done = {number for (number,) in connection.execute("SELECT id FROM units WHERE done")}
        with damage(location):
            self._contents = box_of(connection).contents
            self._left = [unit for unit in stored_units(connection) if unit.number in done]

    def require_if_quick(self) -> None:
        """Compare all that a small atlas holds, but for the numbers of the claims.

        Raises
        ------
        FileError
            If something else is stored, or anything of a unit that is not done.
        """
        if sum(unit.strata for unit in self._left) > _QUICKLY_DERIVED:
            return
        counts = dict.fromkeys(COLUMNS_OF, 0)
        for unit in self._left:
            self._require(unit, set(self._contents) - {"claims"}, counts)
        self._left = []
        if self._location.parquet:
            return
        for table, content in _CONTENT_OF.items():
            query = f"SELECT count(*) FROM {table}"
            (found,) = self._connection.execute(query).fetchone()
            if found != counts[table]:
                self._fail(f"{found} rows of {content}, but {counts[table]} are of what is done")
        self._require_form_of_claims()

    def require_strata(self, fiber: int) -> None:
        """Compare the strata of a stored fiber, unless that was done before.

        Raises
        ------
        FileError
            If other ones are stored.
        """
        about = [unit for unit in self._left if unit.first_fiber <= fiber <= unit.last_fiber]
        for unit in about:
            self._left.remove(unit)
            self._require(unit, {"strata"}, dict.fromkeys(COLUMNS_OF, 0))

    def _require(self, unit: Unit, wanted: set[str], counts: dict[str, int]) -> None:
        contents = tuple(content for content in unit.contents if content in wanted)
        with damage(self._location):
            fibers = fibers_of(self._connection, unit)
            asked = unit._replace(contents=contents)
            tables = unit_tables(asked, fibers, "invariants" in self._contents)
        if self._location.parquet:
            self._require_parts(unit, tables)
            return
        for table, columns in data_columns(tables).items():
            derived = sorted(zip(*columns, strict=True))
            counts[table] += len(derived)
            stored = self._stored(table, derived)
            if marshal.dumps(stored, _SPELLED_OUT) != marshal.dumps(derived, _SPELLED_OUT):
                self._fail(_difference(table, stored, derived))

    def _require_parts(self, unit: Unit, tables: UnitTables) -> None:
        path, version = self._location.path, self._location.version
        depth = tables.fibers[0].network.depth
        for name, part in part_tables(tables).items():
            require_part(part_path(path, name, unit.number, depth), part, version)

    def _stored(self, table: str, derived: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Return what is stored between the first and the last key of `derived`."""
        if not derived:
            return []
        key = COLUMNS_OF[table][0]
        return self._connection.execute(
            f"SELECT * FROM {table} WHERE {key} BETWEEN ? AND ? ORDER BY 1, 2",
            (derived[0][0], derived[-1][0]),
        ).fetchall()

    def _require_form_of_claims(self) -> None:
        names: dict[int, set[str]] = {}
        for claim in self._connection.execute("SELECT * FROM claims"):
            fiber, name, _, failed, _ = claim
            if [*map(type, claim)] != [int, str, int, int, str if failed else NoneType]:
                self._fail(f"{claim} where a claim should be")
            names.setdefault(fiber, set()).add(name)
        if len(set(map(frozenset, names.values()))) > 1:
            self._fail("not the same claims of all fibers")

    def _fail(self, reason: str) -> None:
        raise FileError(f"{self._location.path}: damaged: {reason}; build it anew, or take a copy")


def _difference(
    table: str, stored: Iterable[tuple[Any, ...]], derived: Iterable[tuple[Any, ...]]
) -> str:
    known, found = set(map(repr, derived)), set(map(repr, stored))
    other, gone = sorted(found - known), sorted(known - found)
    what = f"{other[0][:100]} is stored" if other else f"{gone[0][:100]} is missing"
    return f"{what} among the {_CONTENT_OF[table]}"
