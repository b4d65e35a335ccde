"""The claims about flow and tangent bases hold on small boxes, and fail where they should."""

import pytest

from linnet_exact.claims import CLAIMS, networks_in_box, verify
from linnet_exact.claims.theorems import flow as flow_claims
from linnet_exact.claims.theorems.flow import FLOW, TANGENT_BASIS
from linnet_exact.strata import Network
from linnet_exact.weights.spaces.tangent import tangent_basis


def failures(max_depth: int, max_width: int) -> int:
    results = verify([FLOW, TANGENT_BASIS], networks_in_box(max_depth, max_width))
    return sum(tally.failed for _, tallies in results for tally in tallies.values())


def test_small_box() -> None:
    assert failures(2, 2) == 0
    assert {"flow", "tangent-basis"} <= set(CLAIMS)


@pytest.mark.slow
def test_large_box() -> None:
    assert failures(3, 3) == 0


def test_a_wrong_basis_is_noticed(monkeypatch) -> None:
    """If the orbit's basis is handed out for the stratum's, the two spaces differ when r > 0."""
    monkeypatch.setattr(
        flow_claims,
        "tangent_basis",
        lambda theta, space: tangent_basis(theta, "orbit" if space == "stratum" else space),
    )
    stratum = next(iter(Network(1, 1).fiber(1).strata()))
    verdict = TANGENT_BASIS.check(stratum, 0)
    assert not verdict.holds
    assert verdict.evidence["wrong_spaces"] == ["stratum"]
