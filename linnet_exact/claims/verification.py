"""Claims checked on every stratum of every fiber of many networks, in several processes."""

import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from time import perf_counter
from typing import Any

from linnet_exact.claims.claim import Claim
from linnet_exact.strata import Network, Stratum

__all__ = ["Tally", "verify"]


@dataclass(frozen=True)
class Tally:
    """How often a claim was checked, how often it failed, and the first case where it did.

    Attributes
    ----------
    witness : dict or None
        ``widths``, ``rank``, ``barcode``, ``seed`` and the evidence of the first failure.
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


def verify(
    claims: Sequence[Claim], networks: Iterable[Network], seed: int = 0, jobs: int = 1
) -> Iterator[tuple[Network, dict[str, Tally]]]:
    """Check claims at a pseudo-random point of every stratum of every fiber of the networks.

    Parameters
    ----------
    jobs : int
        Number of processes. Whatever it is, the results are the same and come in the order of
        the networks.

    Yields
    ------
    network, tallies
        One `Tally` for each claim, by name, over all ranks and strata of the network.

    Examples
    --------
    >>> from linnet_exact.claims.library import CLAIMS
    >>> for network, tallies in verify([CLAIMS["dimension"]], [Network(1, 1, 1)]):
    ...     print(network, tallies["dimension"].checked, tallies["dimension"].failed)
    1,1,1 4 0
    """
    cases = ((tuple(claims), network, seed) for network in networks)
    if jobs == 1:
        yield from map(_verify_network, cases)
        return
    # Workers leave Ctrl-C to this process, which stops handing out networks.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), signal.signal, _IGNORE_INTERRUPT)
    try:
        running: deque[Future[tuple[Network, dict[str, Tally]]]] = deque(
            pool.submit(_verify_network, case) for case in islice(cases, 4 * jobs)
        )
        while running:
            yield running.popleft().result()
            running.extend(pool.submit(_verify_network, case) for case in islice(cases, 1))
    finally:
        pool.shutdown(cancel_futures=True)


_IGNORE_INTERRUPT = (signal.SIGINT, signal.SIG_IGN)


def _verify_network(
    case: tuple[Sequence[Claim], Network, int],
) -> tuple[Network, dict[str, Tally]]:
    claims, network, seed = case
    tallies = {claim.name: Tally() for claim in claims}
    for fiber in network.fibers():
        for stratum in fiber.strata():
            for claim in claims:
                tallies[claim.name] += _verify_case(claim, stratum, seed)
    return network, tallies


def _verify_case(claim: Claim, stratum: Stratum, seed: int) -> Tally:
    start = perf_counter()
    verdict = claim.check(stratum, seed)
    seconds = perf_counter() - start
    if verdict.holds:
        return Tally(1, 0, seconds)
    witness = {
        "widths": list(stratum.fiber.network.widths),
        "rank": stratum.fiber.rank,
        "barcode": stratum.barcode.to_jsonable(),
        "seed": seed,
        **verdict.evidence,
    }
    return Tally(1, 1, seconds, witness)
