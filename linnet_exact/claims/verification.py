"""Claims checked on the cases of many networks, in several processes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from random import Random
from time import perf_counter
from typing import Any

from linnet_exact.above import above
from linnet_exact.arguments import as_boolean, as_instance, as_integer, is_listing, wrong_type
from linnet_exact.claims.claim import Claim
from linnet_exact.claims.domain import Domain
from linnet_exact.claims.draws import random_fiber
from linnet_exact.errors import InputError
from linnet_exact.strata import Fiber, Network
from linnet_exact.workers import in_order

__all__ = ["Tally", "verify"]


@dataclass(frozen=True)
class Tally:
    """How often a claim was checked, how often it failed, and the first case where it did.

    Attributes
    ----------
    witness : dict or None
        ``widths``, ``rank``, what else identifies the case, such as ``barcode`` or ``lower`` and
        ``upper``, ``seed`` and the evidence of the first failure.
    """

    checked: int = 0
    failed: int = 0
    seconds: float = 0.0
    witness: dict[str, Any] | None = None

    def __add__(self, later: "Tally") -> "Tally":
        return Tally(
            self.checked + later.checked,
            self.failed + later.failed,
            self.seconds + later.seconds,
            self.witness or later.witness,
        )


Result = tuple[Network, dict[str, Tally]]


def verify(
    claims: Sequence[Claim | str] | Claim | str,
    networks: Iterable[Network | str] | Network | str,
    seed: int = 0,
    jobs: int = 1,
    rank: int | None = None,
    draw: bool = False,
) -> Iterator[Result]:
    """Check claims on the cases of networks: their fibers, strata, covers or pairs.

    Parameters
    ----------
    claims : claims, or their names
        As in `linnet_exact.CLAIMS`; one alone needs no list.
    networks : networks, or their texts
        One alone, such as ``"2,3,2"``, needs no list.
    seed : int
        Of the pseudo-random points, and of the draws.
    jobs : int
        Number of processes, at most as many as there are cores. Whatever it is, the results are
        the same and come in the order of the networks. A process that dies costs its networks
        only, which are begun again.
    rank : int, optional
        Only fibers of this rank; networks without one have no cases.
    draw : bool
        Instead of all cases of a network, one pseudo-random case for each claim, so that networks
        with more strata than could ever be listed can be tried.

    Yields
    ------
    network, tallies
        One `Tally` for each claim, by name, over the cases of the network.

    Raises
    ------
    InputError
        If other processes cannot find the claims: some are defined on standard input, or in a
        script that calls this without ``if __name__ == "__main__"``.
    LinnetError
        If other processes die again and again.

    Examples
    --------
    >>> from linnet_exact.claims.theorems.library import CLAIMS
    >>> for network, tallies in verify([CLAIMS["dimension"]], [Network(1, 1, 1)]):
    ...     print(network, tallies["dimension"].checked, tallies["dimension"].failed)
    1,1,1 4 0
    """
    chosen = tuple(_claim(claim) for claim in _several(claims, Claim, "claims", "claims or names"))
    some = _several(networks, Network, "networks", "networks or texts such as '2,3,2'")
    seed, jobs = as_integer(seed, "seed"), as_integer(jobs, "jobs", least=1)
    rank = None if rank is None else as_integer(rank, "rank", least=0)
    work = partial(_verify_network, chosen, seed, rank, as_boolean(draw, "draw"))
    return in_order(jobs, work, enumerate(map(Network.of, some)))


def _several(value: Any, single: type, name: str, forms: str) -> Iterable[Any]:
    if isinstance(value, str | single):
        return [value]
    if not is_listing(value):
        raise wrong_type(name, forms, value)
    found: Iterable[Any] = value
    return found


def _claim(value: Any) -> Claim:
    if isinstance(value, str):
        known: dict[str, Claim] = above("CLAIMS")
        if value not in known:
            near = get_close_matches(value, known) or list(known)
            raise InputError(f"no claim {value[:40]!r}; there are {', '.join(near)}")
        return known[value]
    return as_instance(value, Claim, "a claim", "a Claim or its name")


def _verify_network(
    claims: Sequence[Claim],
    seed: int,
    rank: int | None,
    draw: bool,
    numbered: tuple[int, Network],
) -> Result:
    number, network = numbered
    if rank is not None and rank > network.min_width:
        return network, {claim.name: Tally() for claim in claims}
    if draw:
        random = Random(f"{seed}:{number}:{network}")
        fiber = random_fiber(network, random) if rank is None else network.fiber(rank)
        tallies = {claim.name: _verify_draw(claim, fiber, random, seed) for claim in claims}
        return network, tallies
    tallies = {claim.name: Tally() for claim in claims}
    for fiber in network.fibers() if rank is None else [network.fiber(rank)]:
        for domain, sharing in _by_domain(claims):
            for case in domain.cases(fiber):
                for claim in sharing:
                    tallies[claim.name] += _verify_case(claim, case, seed)
    return network, tallies


def _by_domain(claims: Sequence[Claim]) -> Iterator[tuple[Domain, list[Claim]]]:
    """Claims with one domain are checked case by case together, and so share what they cache."""
    for domain in dict.fromkeys(claim.domain for claim in claims):
        yield domain, [claim for claim in claims if claim.domain is domain]


def _verify_draw(claim: Claim, fiber: Fiber, random: Random, seed: int) -> Tally:
    case = claim.domain.draw(fiber, random)
    return Tally() if case is None else _verify_case(claim, case, seed)


def _verify_case(claim: Claim, case: Any, seed: int) -> Tally:
    start = perf_counter()
    if not claim.applies(case):
        return Tally()
    verdict = claim.check(case, seed)
    seconds = perf_counter() - start
    if verdict.holds:
        return Tally(1, 0, seconds)
    witness = {**claim.domain.describe(case), "seed": seed, **verdict.evidence}
    return Tally(1, 1, seconds, witness)
