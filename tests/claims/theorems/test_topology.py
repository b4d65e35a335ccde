"""The claims about kinds of moves, real fibers and balance hold, and notice what is wrong."""

import pytest

from linnet_exact.claims import CLAIMS, networks_in_box, verify
from linnet_exact.claims.theorems import balance, topology
from linnet_exact.strata import Fiber
from linnet_exact.strata.formulas.freedom import Freedom


def tallies(name: str, max_depth: int = 3, max_width: int = 1):
    found = verify([CLAIMS[name]], networks_in_box(max_depth, max_width))
    return [tally[name] for _, tally in found]


@pytest.mark.parametrize("name", ["kinds-of-moves", "real-fiber", "balance"])
@pytest.mark.parametrize("box", [(3, 1), (2, 2)])
def test_claims_hold(name: str, box: tuple[int, int]) -> None:
    found = tallies(name, *box)
    assert sum(tally.checked for tally in found) > 0
    assert not any(tally.failed for tally in found)


def test_a_wrong_number_of_real_components_is_found(monkeypatch) -> None:
    monkeypatch.setattr(Fiber, "real_components", property(lambda fiber: 1))
    assert any(tally.failed for tally in tallies("real-fiber"))


def test_real_components_joined_by_no_path_are_found(monkeypatch) -> None:
    monkeypatch.setattr(topology, "_signs", lambda theta, rank: ())
    assert any(tally.failed for tally in tallies("real-fiber"))


def test_wrong_counts_are_found(monkeypatch) -> None:
    monkeypatch.setattr(topology, "freedom", lambda barcode: Freedom(1, 0, 0, 0, 0))
    assert any(tally.failed for tally in tallies("kinds-of-moves"))


def test_invariants_that_gradient_flow_does_not_keep_are_found(monkeypatch) -> None:
    monkeypatch.setattr(balance, "invariants", lambda theta: list(theta.matrices[1:]))
    assert any(tally.failed for tally in tallies("balance"))
