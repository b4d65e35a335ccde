"""How far an atlas is: done, left, how fast the last run was, and how long the rest will take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from linnet_exact.atlas.reading.reading import Atlas
from linnet_exact.atlas.storage.store import box_of

__all__ = ["Status", "status"]


@dataclass(frozen=True)
class Status:
    """What there is of an atlas; strata are those that are stored.

    Attributes
    ----------
    all_strata
        Strata of all fibers of the box, those of mirrored ones included.
    strata_per_second
        Of the last run that stored some; None if there was none.
    seconds_left
        At that rate; None if it is not known.
    """

    max_depth: int
    max_width: int
    max_weight_dimension: int | None
    contents: tuple[str, ...]
    fibers: int
    all_strata: int
    strata: int
    strata_done: int
    units: int
    units_done: int
    bytes: int
    strata_per_second: float | None
    seconds_left: float | None

    def to_jsonable(self) -> dict[str, Any]:
        """Return the attributes, and whether the atlas is complete."""
        return {"complete": self.units == self.units_done, **vars(self)}


def status(atlas: Atlas) -> Status:
    """Return how far an atlas is."""
    connection = atlas.connection
    box = box_of(connection)
    (fibers,) = connection.execute("SELECT count(*) FROM fibers").fetchone()
    (all_strata,) = connection.execute("SELECT value FROM box WHERE key = 'strata'").fetchone()
    units, done, strata, strata_done = connection.execute(
        "SELECT count(*), coalesce(sum(done), 0), coalesce(sum(strata), 0), "
        "coalesce(sum(strata * done), 0) FROM units"
    ).fetchone()
    last = connection.execute(
        "SELECT strata / seconds FROM runs WHERE seconds > 0 AND strata > 0 ORDER BY id DESC"
    ).fetchone()
    rate = None if last is None else round(last[0])
    return Status(
        box.max_depth,
        box.max_width,
        box.max_weight_dimension,
        box.contents,
        fibers,
        int(all_strata),
        strata,
        strata_done,
        units,
        done,
        atlas.location.bytes,
        rate,
        round((strata - strata_done) / rate, 1) if rate else None,
    )
