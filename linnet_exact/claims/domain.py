"""What claims quantify over: fibers, strata, covering pairs, pairs of strata, pairs of points."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement
from random import Random
from typing import Any, NamedTuple

from linnet_exact.claims.draws import random_stratum
from linnet_exact.strata import Fiber, Move, Stratum
from linnet_exact.strata.order.moves import apply_move, covers_above, rising_moves

__all__ = ["COVERS", "DOMAINS", "FIBERS", "PAIRS", "POINTS", "STRATA", "Cover", "Domain", "Pair"]


class Cover(NamedTuple):
    """An edge of the stratum DAG: `upper` covers `lower`, by a rising move."""

    lower: Stratum
    upper: Stratum
    move: Move


class Pair(NamedTuple):
    """Two strata of one fiber; in `PAIRS` the first is in the closure of the second."""

    lower: Stratum
    upper: Stratum


@dataclass(frozen=True)
class Domain:
    """A kind of case that a fiber has one or many of.

    Attributes
    ----------
    name : str
        The plural, as it is printed.
    cases : callable
        From a fiber to all its cases, in a fixed order.
    draw : callable
        From a fiber and a `random.Random` to one case; None if the draw meets none.
    describe : callable
        From a case to what identifies it in a witness: names and values of JSON.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> fiber = Network(1, 1, 1).fiber()
    >>> [(domain.name, len(list(domain.cases(fiber)))) for domain in DOMAINS.values()]
    [('fibers', 1), ('strata', 3), ('covers', 2), ('pairs', 2), ('points', 6)]
    """

    name: str
    cases: Callable[[Fiber], Iterable[Any]]
    draw: Callable[[Fiber, Random], Any]
    describe: Callable[[Any], dict[str, Any]]

    def __reduce__(self) -> tuple[Any, ...]:
        return (_domain_named, (self.name,))  # other processes have the same domains


def _domain_named(name: str) -> Domain:
    return DOMAINS[name]


def _fibers(fiber: Fiber) -> Iterator[Fiber]:
    yield fiber


def _draw_fiber(fiber: Fiber, random: Random) -> Fiber:
    return fiber


def _strata(fiber: Fiber) -> Iterator[Stratum]:
    return iter(fiber.strata())


def _describe_fiber(fiber: Fiber) -> dict[str, Any]:
    return {"widths": list(fiber.network.widths), "rank": fiber.rank}


def _describe_stratum(stratum: Stratum) -> dict[str, Any]:
    return {**_describe_fiber(stratum.fiber), "barcode": stratum.barcode.to_jsonable()}


def _describe_pair(pair: Pair) -> dict[str, Any]:
    return {
        **_describe_fiber(pair.lower.fiber),
        "lower": pair.lower.barcode.to_jsonable(),
        "upper": pair.upper.barcode.to_jsonable(),
    }


def _describe_cover(cover: Cover) -> dict[str, Any]:
    return {**_describe_pair(Pair(cover.lower, cover.upper)), "move": str(cover.move)}


def _covers(fiber: Fiber) -> Iterator[Cover]:
    dag = fiber.dag()
    strata = [Stratum(fiber, barcode) for barcode in dag.barcodes()]
    return (Cover(strata[lower], strata[upper], move) for lower, upper, move in dag.edges())


def _draw_cover(fiber: Fiber, random: Random) -> Cover | None:
    lower = random_stratum(fiber, random)
    covers = covers_above(lower.barcode)
    if not covers:
        return None
    move, upper = random.choice(covers)
    return Cover(lower, Stratum(fiber, upper), move)


def _pairs(fiber: Fiber) -> Iterator[Pair]:
    strata = list(fiber.strata())
    return (Pair(lower, upper) for lower in strata for upper in strata if lower < upper)


def _draw_pair(fiber: Fiber, random: Random) -> Pair | None:
    """A random walk of rising moves leads from the lower stratum to the upper one."""
    lower = random_stratum(fiber, random)
    upper = lower.barcode
    for _ in range(random.randint(1, 10)):
        if moves := list(rising_moves(upper)):
            upper = apply_move(upper, random.choice(moves))
    return None if upper == lower.barcode else Pair(lower, Stratum(fiber, upper))


def _points(fiber: Fiber) -> Iterator[Pair]:
    return (Pair(*pair) for pair in combinations_with_replacement(fiber.strata(), 2))


def _draw_points(fiber: Fiber, random: Random) -> Pair:
    return Pair(random_stratum(fiber, random), random_stratum(fiber, random))


FIBERS = Domain("fibers", _fibers, _draw_fiber, _describe_fiber)
STRATA = Domain("strata", _strata, random_stratum, _describe_stratum)
COVERS = Domain("covers", _covers, _draw_cover, _describe_cover)
PAIRS = Domain("pairs", _pairs, _draw_pair, _describe_pair)
POINTS = Domain("points", _points, _draw_points, _describe_pair)

DOMAINS = {domain.name: domain for domain in (FIBERS, STRATA, COVERS, PAIRS, POINTS)}
