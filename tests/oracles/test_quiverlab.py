"""quiverlab: representations of type A over Q, their degenerations by dimensions of Hom."""

import json
from itertools import product
from pathlib import Path

import pytest

from linnet_exact import Barcode, Network
from tests.oracles.stored.make_quiverlab import answers

STORED = Path(__file__).parent / "stored" / "quiverlab.json"
SMALL = [(1, 1), (2, 1), (2, 2), (1, 1, 1), (1, 2, 1), (2, 1, 2), (2, 2, 2), (1, 1, 1, 1)]
MORE = [(2, 3, 2), (1, 2, 2, 1), (3, 2, 3)]


def ours(widths: tuple[int, ...]) -> dict[str, object]:
    """All barcodes of the widths, with the dimensions of their orbits, and the covers."""
    strata = [stratum for fiber in Network(*widths).fibers() for stratum in fiber.strata()]
    total = Network(*widths).weight_dimension
    orbits = {}
    for stratum in strata:
        bars = stratum.barcode
        crossing = sum(
            m * n
            for (p, m), (q, n) in product(bars.items(), repeat=2)
            if p.start < q.start <= p.end + 1 <= q.end
        )
        orbits[str(bars)] = total - crossing
    ranks = {str(s.barcode): dict(s.barcode.rank_list) for s in strata}
    below = {
        (low, high)
        for low, high in product(ranks, repeat=2)
        if low != high and all(ranks[low][key] <= ranks[high][key] for key in ranks[low])
    }
    covers = {
        (a, b) for a, b in below if not any((a, c) in below and (c, b) in below for c in ranks)
    }
    return {"orbits": orbits, "covers": sorted(map(list, covers))}


@pytest.mark.oracle("quiverlab")
def test_degenerations(oracle, agree, request: pytest.FixtureRequest) -> None:
    oracle("quiverlab")
    more = MORE if request.config.getoption("--exhaustive") else []
    for widths in SMALL + more:
        true, theirs = ours(widths), answers(widths)
        agree("dimension of every orbit of a width vector", true["orbits"], theirs["orbits"])
        agree("covers of the closure order of all orbits", true["covers"], theirs["covers"])


def test_stored_degenerations() -> None:
    stored = json.loads(STORED.read_text())
    for entry in stored["answers"]:
        true = ours(tuple(entry["widths"]))
        assert (true["orbits"], true["covers"]) == (entry["orbits"], entry["covers"])
    assert stored["version"]


def test_covers_within_a_fiber_are_the_edges_of_its_dag() -> None:
    widths = (2, 2, 2)
    covers = {tuple(pair) for pair in ours(widths)["covers"]}
    for fiber in Network(*widths).fibers():
        dag = fiber.dag()
        names = [str(barcode) for barcode in dag.barcodes()]
        edges = {(names[low], names[high]) for low, high, _ in dag.edges()}
        assert edges == {
            pair for pair in covers if all(Barcode.parse(x).rank == fiber.rank for x in pair)
        }
