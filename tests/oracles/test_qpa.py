"""QPA, a package of GAP: homomorphisms of representations of type A over Q, by linear equations."""

import json
from itertools import product
from pathlib import Path

import pytest

from linnet_exact import Weights
from linnet_exact.strata.values.interval import hom

STORED = Path(__file__).parent / "stored" / "qpa.json"


@pytest.mark.oracle("QPA")
def test_stored_homomorphisms(agree) -> None:
    """The barcodes tell the dimension of Hom between any two points of the same widths."""
    stored = json.loads(STORED.read_text())
    assert stored["version"]
    for entry in stored["answers"]:
        bars = [Weights(point).barcode for point in entry["weights"]]
        assert {barcode.widths for barcode in bars} == {tuple(entry["widths"])}
        for (m, source), (n, target) in product(enumerate(bars), repeat=2):
            pairs = product(source.items(), target.items())
            found = sum(a * b * hom(p, q) for (p, a), (q, b) in pairs)
            agree("dimension of the homomorphisms of two points", found, entry["homs"][m][n])
