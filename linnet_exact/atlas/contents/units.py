"""The units of work of an atlas: runs of small fibers, and parts of large ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from linnet_exact.strata.counting.by_first_choices import CompletionCounts

if TYPE_CHECKING:
    from linnet_exact.atlas.contents.planning import Box, PlannedFiber

__all__ = ["Unit", "units_of"]

_UNITS = 64  # a small atlas has about so many units, a large one has units of the largest size
_UNIT_STRATA = (1 << 14, 1 << 16)
_CLAIM_STRATA = 128  # checking the claims takes a thousand times as long as listing


class Unit(NamedTuple):
    """A piece of work, whose results are stored all together or not at all.

    It is about the stored fibers numbered from `first_fiber` to `last_fiber`, all of one depth; or,
    with `prefixes`, about the strata of one fiber that begin with one of these choices.
    """

    number: int
    first_fiber: int
    last_fiber: int
    prefixes: tuple[tuple[int, ...], ...]
    first_stratum: int
    strata: int
    contents: tuple[str, ...]


def units_of(box: Box, stored: Iterable[PlannedFiber], total: int) -> Iterator[Unit]:
    """Yield the units: runs of small fibers of one depth, and parts of large ones."""
    least, most = _UNIT_STRATA
    size = min(max(total // _UNITS, least), most)
    if "claims" in box.contents:
        size = _CLAIM_STRATA
    number = 0
    for _, fibers in groupby(stored, key=lambda fiber: fiber.network.depth):
        for run in _runs(fibers, size):
            for unit in _units_of_run(box, run, size):
                yield unit._replace(number=number)
                number += 1


def _runs(fibers: Iterable[PlannedFiber], size: int) -> Iterator[list[PlannedFiber]]:
    """Yield consecutive fibers with about `size` strata; one of more than twice that by itself."""
    run: list[PlannedFiber] = []
    strata = 0
    for fiber in fibers:
        if run and strata + fiber.strata > size:
            yield run
            run, strata = [], 0
        run.append(fiber)
        strata += fiber.strata
    if run:
        yield run


def _units_of_run(box: Box, run: list[PlannedFiber], size: int) -> Iterator[Unit]:
    first, last = run[0], run[-1]
    strata = sum(fiber.strata for fiber in run)
    assert first.first_stratum is not None
    whole = Unit(0, first.number, last.number, (), first.first_stratum, strata, box.contents)
    if strata <= 2 * size or "strata" not in box.contents:
        yield whole
        return
    # A large fiber: a unit for what is known of it as a whole, then its strata in parts.
    if rest := tuple(name for name in box.contents if name != "strata"):
        yield whole._replace(strata=0, contents=rest)
    part_size = max(size, _UNIT_STRATA[0])
    at = first.first_stratum
    prefixes: list[tuple[int, ...]] = []
    count = 0
    for prefix, more in CompletionCounts(first.network, first.rank).split(part_size):
        if count + more > part_size and prefixes:
            yield whole._replace(
                prefixes=tuple(prefixes), first_stratum=at, strata=count, contents=("strata",)
            )
            at, prefixes, count = at + count, [], 0
        prefixes.append(prefix)
        count += more
    yield whole._replace(
        prefixes=tuple(prefixes), first_stratum=at, strata=count, contents=("strata",)
    )
