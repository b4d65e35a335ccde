"""Checking what an atlas says: counts against the recursion, and a random sample derived anew."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from linnet_exact.atlas.reading import Atlas, StoredFiber
from linnet_exact.atlas.rows import row_of
from linnet_exact.atlas.tables import INVARIANTS
from linnet_exact.strata import Barcode
from linnet_exact.strata.order.moves import covers_above

__all__ = ["Check", "check_atlas"]


@dataclass
class Check:
    """How often something was compared, how often it differed, and where it first did."""

    name: str
    checked: int = 0
    failed: int = 0
    first_failure: str | None = None

    def compare(self, place: str, stored: object, derived: object) -> None:
        """Note whether `stored` is what is `derived` anew."""
        self.checked += 1
        if stored != derived:
            self.failed += 1
            self.first_failure = self.first_failure or (
                f"{place}: stored {stored}, but it is {derived}"
            )


def check_atlas(atlas: Atlas, sample: int, seed: int = 0) -> list[Check]:
    """Check an atlas as far as it is done.

    Parameters
    ----------
    sample : int
        How many strata are derived anew, one by one from the definitions and not as the atlas was
        built, and as many fibers.

    Returns
    -------
    list of Check
        ``counts``: the number of strata of each fiber, stored and by the recursion on states.
        ``strata``: all keys of a stratum. ``edges``: all covers of a stratum. ``invariants``: what
        is known of a fiber. Only what the atlas includes.
    """
    included = atlas.contents
    done = [fiber for fiber in atlas.fibers() if atlas.is_done(fiber)]
    checks = [_counts(atlas, done)]
    random = Random(seed)
    weights = [fiber.strata for fiber in done]
    for content, check in (("strata", _stratum), ("dag", _edges), ("invariants", _invariants)):
        if content in included and done:
            result = Check("edges" if content == "dag" else content)
            for fiber in sorted(random.choices(done, weights, k=sample)):
                check(atlas, fiber, random.randrange(fiber.strata), result)
            checks.append(result)
    return checks


def _counts(atlas: Atlas, done: list[StoredFiber]) -> Check:
    check = Check("counts")
    for fiber in done:
        stored = fiber.strata
        if "strata" in atlas.contents:
            stored = atlas.number_of_strata(fiber.first_stratum, fiber.strata)
        check.compare(_place(fiber), stored, fiber.fiber.count())
    return check


def _place(fiber: StoredFiber) -> str:
    return f"widths {fiber.fiber.network}, rank {fiber.fiber.rank}"


def _stratum(atlas: Atlas, fiber: StoredFiber, at: int, check: Check) -> None:
    (stored,) = atlas.strata(fiber.first_stratum + at, 1)
    row = row_of(fiber, stored)
    barcode = Barcode.from_jsonable(row["barcode"])
    derived = barcode.stratum.to_jsonable()
    if "invariants" not in atlas.contents:
        derived |= {key: None for key in derived if row[key] is None}
    place = {"widths": list(fiber.fiber.network.widths), "rank": fiber.fiber.rank}
    check.compare(f"{_place(fiber)}, {barcode}", row, {**place, **derived})


def _edges(atlas: Atlas, fiber: StoredFiber, at: int, check: Check) -> None:
    if fiber.mirrored:
        return
    number = fiber.first_stratum + at
    (lower,) = _barcodes(atlas, [number])
    stored = _barcodes(atlas, atlas.covers_of(number, fiber.number))
    derived = [str(barcode) for _, barcode in covers_above(Barcode.parse(lower))]
    check.compare(f"covers of {lower}", sorted(stored), sorted(derived))


def _barcodes(atlas: Atlas, numbers: list[int]) -> list[str]:
    return [stratum.barcode for number in numbers for stratum in atlas.strata(number, 1)]


def _invariants(atlas: Atlas, fiber: StoredFiber, _: int, check: Check) -> None:
    known = fiber.fiber.to_jsonable()
    derived = {key: known[key] for key in INVARIANTS if key not in ("fiber", "smooth")}
    stored = atlas.invariants_of(fiber)
    check.compare(_place(fiber), stored, {**derived, "smooth": known["smooth"]})
