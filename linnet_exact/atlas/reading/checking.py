"""Checking what an atlas says: against its plan, made anew, and against the definitions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from linnet_exact.atlas.contents.tables import INVARIANTS, claim_rows
from linnet_exact.atlas.reading.reading import Atlas, StoredFiber
from linnet_exact.atlas.reading.rows import row_of
from linnet_exact.atlas.storage.completeness import Difference, plan_of, planned_differences
from linnet_exact.atlas.storage.parts import require_fibers
from linnet_exact.strata import Barcode
from linnet_exact.strata.order.moves import covers_above, moves_of_fiber

__all__ = ["EXHAUSTIVE", "Check", "check_atlas"]

EXHAUSTIVE = 5000  # strata, those of mirrored fibers included; some seconds
_SAMPLE = 1000
_CLAIM_STRATA = 100  # checking the claims takes a thousand times as long as listing

Place = tuple[StoredFiber, int]  # a stratum by its place in its fiber


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
            self.fail(Difference(place, stored, derived))

    def fail(self, difference: Difference) -> None:
        """Note that something differs."""
        self.failed += 1
        self.first_failure = self.first_failure or str(difference)


def check_atlas(atlas: Atlas, sample: int | None = None, seed: int = 0) -> list[Check]:
    """Check an atlas as far as it is done.

    The fibers, moves and units must be those of the box, and what is done must have all its rows
    and no others. Then strata and fibers are derived anew, one by one from the definitions and not
    as the atlas was built.

    Parameters
    ----------
    atlas : Atlas
        Opened with ``thorough=True``, for otherwise a small one that differs is refused at once.
    sample : int, optional
        How many strata are derived anew, and as many fibers, drawn without replacement. All of
        them, if there are not more; by default all up to `EXHAUSTIVE` strata, else 1000.

    Returns
    -------
    list of Check
        ``counts``: the plan, and the number of strata of each fiber, stored and by the recursion on
        states. ``strata``: all keys of a stratum. ``edges``: all covers of a stratum.
        ``invariants``: what is known of a fiber. ``claims``: how often each claim was checked.
        Only what the atlas includes.

    Raises
    ------
    FileError
        If the atlas is damaged so that it cannot be read.
    """
    if sample is None:
        total = sum(fiber.strata for fiber in atlas.fibers())
        sample = total if total <= EXHAUSTIVE else _SAMPLE
    counts, done = _counts(atlas)
    checks = [counts]
    random = Random(seed)
    for content, check in _CHECKS.items():
        if content in atlas.contents and done:
            result = Check("edges" if content == "dag" else content)
            check(atlas, done, sample, random, result)
            checks.append(result)
    return checks


def _counts(atlas: Atlas) -> tuple[Check, list[StoredFiber]]:
    """Compare plan and counts; return the fibers that are done and as planned, too."""
    check = Check("counts")
    planned = plan_of(atlas.location, atlas.connection)
    if atlas.location.parquet:
        require_fibers(atlas.location.path, planned.fibers, atlas.location.version)
    with atlas.damage():
        for difference in planned_differences(atlas.connection, planned):
            check.checked += 1
            check.fail(difference)
    if check.failed:
        return check, []
    done = [fiber for fiber in atlas.fibers() if atlas.is_done(fiber)]
    stored_at_all = 0
    for fiber in done:
        stored = fiber.strata
        if "strata" in atlas.contents:
            stored = atlas.number_of_strata(fiber.first_stratum, fiber.strata)
            stored_at_all += 0 if fiber.mirrored else stored
        check.compare(_place(fiber), stored, fiber.fiber.count())
    if "strata" in atlas.contents and len(done) == len(planned.fibers):
        found = atlas.number_of_rows("stored_strata")
        if found != stored_at_all:
            check.fail(Difference("strata of no fiber", found - stored_at_all, 0))
    return check, [fiber for fiber in done if check.failed == 0 or _is_there(atlas, fiber)]


def _is_there(atlas: Atlas, fiber: StoredFiber) -> bool:
    if "strata" not in atlas.contents:
        return True
    return atlas.number_of_strata(fiber.first_stratum, fiber.strata) == fiber.strata


def _place(fiber: StoredFiber) -> str:
    return f"widths {fiber.fiber.network}, rank {fiber.fiber.rank}"


def _drawn(fibers: Sequence[StoredFiber], sample: int, random: Random) -> list[Place]:
    """Draw strata without replacement, in order; all of them if there are not more."""
    ends = list(accumulate(fiber.strata for fiber in fibers))
    total = ends[-1] if ends else 0
    numbers = range(total)
    places = []
    for number in numbers if sample >= total else sorted(random.sample(numbers, sample)):
        at = bisect_right(ends, number)
        places.append((fibers[at], number - (ends[at - 1] if at else 0)))
    return places


def _strata(
    atlas: Atlas, done: list[StoredFiber], sample: int, random: Random, check: Check
) -> None:
    for fiber, at in _drawn(done, sample, random):
        (stored,) = atlas.strata(fiber.first_stratum + at, 1)
        with atlas.damage():
            row = row_of(fiber, stored)
        place = f"{_place(fiber)}, {stored.barcode}"
        widths = _widths(row["barcode"], fiber.fiber.network.depth)
        if (widths, row["rank_list"][f"{fiber.fiber.network.depth}~0"]) != (
            list(fiber.fiber.network.widths),
            fiber.fiber.rank,
        ):
            check.compare(place, f"a barcode of widths {widths}", "another")
            continue
        derived = Barcode.from_jsonable(row["barcode"]).stratum.to_jsonable()
        if "invariants" not in atlas.contents:
            derived |= {key: None for key in derived if row[key] is None}
        where = {"widths": list(fiber.fiber.network.widths), "rank": fiber.fiber.rank}
        check.compare(place, row, {**where, **derived})


def _widths(bars: dict[str, int], depth: int) -> list[int]:
    widths = [0] * (depth + 1)
    for bar, count in bars.items():
        start, end = map(int, bar.split("-"))
        for layer in range(start, min(end, depth) + 1):
            widths[layer] += count
    return widths


def _edges(
    atlas: Atlas, done: list[StoredFiber], sample: int, random: Random, check: Check
) -> None:
    stored_fibers = [fiber for fiber in done if not fiber.mirrored]
    drawn = _drawn(stored_fibers, sample, random)
    found = 0
    for fiber, at in drawn:
        number = fiber.first_stratum + at
        moves = moves_of_fiber(fiber.fiber.network.depth)
        lower = _barcode(atlas, number)
        with atlas.damage():
            covers = atlas.covers_of(number, fiber.number)
            found += len(covers)
            barcode = Barcode.parse(lower)
            stored = sorted((_barcode(atlas, upper), str(moves[move])) for upper, move in covers)
        if barcode.network != fiber.fiber.network:
            check.compare(f"covers of {lower}", f"a barcode of {barcode.network}", "another")
            continue
        derived = sorted((str(upper), str(move)) for move, upper in covers_above(barcode))
        check.compare(f"covers of {lower}", stored, derived)
    if len(drawn) == sum(fiber.strata for fiber in atlas.fibers() if not fiber.mirrored):
        stored_at_all = atlas.number_of_rows("edges")
        if stored_at_all != found:
            check.fail(Difference("covers of no stratum", stored_at_all - found, 0))


def _barcode(atlas: Atlas, number: int) -> str:
    return "".join(stratum.barcode for stratum in atlas.strata(number, 1))


def _invariants(
    atlas: Atlas, done: list[StoredFiber], sample: int, random: Random, check: Check
) -> None:
    """Compare a sample; of all others, see that something is there."""
    sampled = set(random.sample(range(len(done)), min(sample, len(done))))
    for at, fiber in enumerate(done):
        with atlas.damage():
            stored = atlas.invariants_of(fiber)
        if at in sampled:
            known = fiber.fiber.to_jsonable()
            derived = {key: known[key] for key in INVARIANTS if key != "fiber"}
            check.compare(_place(fiber), stored, derived)
        elif stored is None:
            check.compare(_place(fiber), None, "something")


def _claims(
    atlas: Atlas, done: list[StoredFiber], sample: int, random: Random, check: Check
) -> None:
    """Check the claims again on the smaller fibers; of all others, see that they were checked."""
    from linnet_exact.claims import CLAIMS  # brings the exact algebra along

    left = _CLAIM_STRATA if sample else 0
    stored_fibers = [fiber for fiber in done if not fiber.mirrored]
    for fiber in random.sample(stored_fibers, len(stored_fibers)):
        stored = sorted(atlas.claims_of(fiber), key=str)
        left -= fiber.strata
        if left >= 0:
            derived = sorted((row[1:] for row in claim_rows(fiber.number, fiber.fiber)), key=str)
            check.compare(_place(fiber), stored, derived)
        else:
            check.compare(_place(fiber), sorted(str(row[0]) for row in stored), sorted(CLAIMS))


_CHECKS: dict[str, Callable[[Atlas, list[StoredFiber], int, Random, Check], None]] = {
    "strata": _strata,
    "dag": _edges,
    "invariants": _invariants,
    "claims": _claims,
}
