"""The claims about limits hold, and fail when what they check is made wrong."""

from dataclasses import replace

import pytest

from linnet_exact import Matrix
from linnet_exact.claims import CLAIMS, networks_in_box, verify
from linnet_exact.claims.theorems import limits

NAMES = ["frontier", "falling-moves", "transport"]


def test_multiplicities(monkeypatch) -> None:
    claim = CLAIMS["multiplicity"]

    def counted() -> tuple[int, int]:
        results = [tallies["multiplicity"] for _, tallies in verify([claim], networks_in_box(3, 2))]
        return sum(each.checked for each in results), sum(each.failed for each in results)

    checked, failed = counted()
    assert (checked > 15, failed) == (True, 0)
    monkeypatch.setattr(limits, "multiplicity", lambda stratum: None)
    assert counted() == (checked, checked)


def tally(name: str) -> tuple[int, int]:
    results = [tallies[name] for _, tallies in verify([CLAIMS[name]], networks_in_box(2, 2))]
    return sum(each.checked for each in results), sum(each.failed for each in results)


@pytest.mark.parametrize("name", NAMES)
def test_holds(name: str) -> None:
    checked, failed = tally(name)
    assert checked > 20
    assert failed == 0


def test_a_wrong_family_is_found(monkeypatch) -> None:
    right = limits.family_to

    def constant(theta, barcode):
        family = right(theta, barcode)
        matrices = tuple({0: matrix[0]} for matrix in family.matrices)
        return replace(family, matrices=matrices)

    monkeypatch.setattr(limits, "family_to", constant)
    checked, failed = tally("frontier")
    assert failed == checked


def test_a_move_that_does_nothing_is_found(monkeypatch) -> None:
    right = limits.falling_move
    monkeypatch.setattr(
        limits,
        "falling_move",
        lambda *arguments: replace(right(*arguments), column=right(*arguments).column * 0),
    )
    checked, failed = tally("falling-moves")
    assert failed == checked


def test_the_identity_carries_hardly_anything(monkeypatch) -> None:
    right = limits.carry

    def identity(first, second):
        found = right(first, second)
        return replace(found, group=tuple(Matrix.identity(g.nrows) for g in found.group))

    monkeypatch.setattr(limits, "carry", identity)
    checked, failed = tally("transport")
    assert checked // 2 < failed
