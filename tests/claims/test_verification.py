"""Verification finds what is false, and checks as many strata as a recursion counts."""

from collections.abc import Iterable
from itertools import product

import pytest

from linnet_exact.claims import CLAIMS, Claim, Verdict, claims_named, networks_in_box, verify
from linnet_exact.errors import InputError
from linnet_exact.strata import Stratum


def barcodes_with_widths(widths: tuple[int, ...]) -> int:
    """The number of multisets of bars with these widths, bar by bar from the left.

    Every bar that starts at layer 0 is given an end; then layer 0 is full and the rest is the
    same question with one layer less.
    """
    if not widths:
        return 1
    first, rest = widths[0], widths[1:]
    total = 0
    for ends in product(range(first + 1), repeat=len(widths)):
        alive = [sum(ends[layer:]) for layer in range(len(widths))]
        if alive[0] == first and all(a <= w for a, w in zip(alive, widths, strict=True)):
            left = tuple(w - a for a, w in zip(alive[1:], rest, strict=True))
            total += barcodes_with_widths(left)
    return total


def checked_strata(names: Iterable[str], max_depth: int, max_width: int) -> dict[str, int]:
    claims = [CLAIMS[name] for name in names]
    totals = dict.fromkeys(names, 0)
    for _, tallies in verify(claims, networks_in_box(max_depth, max_width), jobs=2):
        assert not any(tally.failed for tally in tallies.values()), tallies
        totals = {name: total + tallies[name].checked for name, total in totals.items()}
    return totals


def test_number_of_strata_checked() -> None:
    box = [network.widths for network in networks_in_box(2, 3)]
    expected = sum(map(barcodes_with_widths, box))
    names = ("dimension", "rank-differential", "singular", "count", "order")
    totals = checked_strata(names, 2, 3)
    assert totals["dimension"] == totals["rank-differential"] == expected


def test_all_claims_hold_in_a_small_box() -> None:
    assert min(checked_strata(CLAIMS, 2, 2).values()) > 0


@pytest.mark.slow
def test_number_of_strata_checked_in_the_box_of_the_demo() -> None:
    box = [network.widths for network in networks_in_box(3, 3)]
    assert checked_strata(CLAIMS, 3, 3)["dimension"] == sum(map(barcodes_with_widths, box)) == 2382


def _check_false(stratum: Stratum, seed: int) -> Verdict:
    return Verdict.equal(dimension=stratum.dimension, tangent=stratum.tangent_dimension_of_fiber)


FALSE = Claim("false", "every stratum is open in a smooth fiber", "nowhere", _check_false)


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_first_failure_is_the_smallest_and_is_kept(jobs: int) -> None:
    total = None
    for _, tallies in verify([FALSE], networks_in_box(2, 2), seed=5, jobs=jobs):
        total = tallies["false"] if total is None else total + tallies["false"]
    assert total is not None
    assert 0 < total.failed < total.checked
    assert total.witness == {
        "widths": [1, 1, 1],
        "rank": 0,
        "barcode": {"0-0": 1, "1-1": 1, "2-2": 1},
        "seed": 5,
        "dimension": 0,
        "tangent": 2,
    }


def test_leaving_early_stops_the_processes() -> None:
    results = verify([CLAIMS["dimension"]], networks_in_box(6, 9), jobs=2)
    assert str(next(results)[0]) == "1,1"
    results.close()


def test_claims_by_name() -> None:
    assert claims_named([]) == list(CLAIMS.values())
    assert claims_named(["dimension", "dimension"]) == [CLAIMS["dimension"]]
    with pytest.raises(InputError, match=r"no claim 'dimensions'; did you mean dimension"):
        claims_named(["dimensions"])


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=lambda claim: claim.name)
def test_every_claim_says_what_it_is(claim: Claim) -> None:
    assert claim.statement
    assert claim.source
