"""The claims about critical points hold, and fail when what they check is made wrong."""

import pytest

from linnet_exact.claims import CLAIMS, networks_in_box, verify
from linnet_exact.claims.theorems import landscape
from linnet_exact.landscape.inertia.inertia import Inertia
from linnet_exact.landscape.points.criticality import Criticality

NAMES = ["kinds-of-critical-points", "critical-strata", "global-minima", "move-curvature"]


def failures(name):
    results = verify([CLAIMS[name]], networks_in_box(3, 2, 8))
    return sum(tallies[name].failed for _, tallies in results)


@pytest.mark.parametrize("name", NAMES)
def test_claim_holds(name):
    assert failures(name) == 0


def test_a_wrong_theorem_is_found(monkeypatch):
    monkeypatch.setattr(Criticality, "kind_by_theorem", lambda self: "strict saddle")
    assert failures("kinds-of-critical-points") > 0


def test_a_wrong_criterion_is_found(monkeypatch):
    monkeypatch.setattr(landscape, "can_be_critical", lambda barcode, rho: False)
    assert failures("critical-strata") > 0


def test_a_wrong_inertia_is_found(monkeypatch):
    monkeypatch.setattr(Criticality, "inertia", Inertia(0, 0, 1))
    assert failures("global-minima") > 0


def test_a_wrong_formula_is_found(monkeypatch):
    monkeypatch.setattr(landscape, "second_derivative", lambda theta, data, direction: -1)
    assert failures("move-curvature") > 0
