"""The claim about degrees holds where Singular is installed, and fails where it should."""

import shutil

import pytest

from linnet_exact import Stratum
from linnet_exact.claims import networks_in_box, verify
from linnet_exact.claims.theorems.degrees import DEGREES

needs_singular = pytest.mark.skipif(not shutil.which("Singular"), reason="needs Singular")


def tally() -> tuple[int, int]:
    tallies = [
        t for _, by_name in verify([DEGREES], networks_in_box(2, 2)) for t in by_name.values()
    ]
    return sum(t.checked for t in tallies), sum(t.failed for t in tallies)


@needs_singular
def test_small_box() -> None:
    checked, failed = tally()
    assert checked > 20
    assert failed == 0


@needs_singular
def test_wrong_degrees_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stratum, "degree", property(lambda stratum: 1))
    assert tally()[1] > 0
