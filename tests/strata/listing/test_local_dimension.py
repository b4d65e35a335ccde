"""The largest stratum above a stratum, by each of the two ways, against all strata above it."""

import pytest

from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Network
from linnet_exact.strata.formulas.dimension import orbit_codimension, stratum_dimension
from linnet_exact.strata.listing import components
from linnet_exact.strata.listing.local_dimension import codimension_above, local_fiber_dimension


def too_many(*_: object) -> None:
    raise TooLargeError("too many to list")


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("widths", [(2, 3, 2), (1, 2, 2, 1), (2, 1, 3, 2), (3, 2, 2, 3), (2, 3)])
def test_the_largest_dimension_above(
    widths: tuple[int, ...], listed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not listed:
        monkeypatch.setattr(components, "components_of", too_many)
    for fiber in Network(*widths).fibers():
        barcodes = [stratum.barcode for stratum in fiber.strata()]
        for barcode in barcodes:
            above = [other for other in barcodes if barcode <= other]
            assert local_fiber_dimension(barcode) == max(map(stratum_dimension, above)), barcode
            least = min(map(orbit_codimension, above))
            assert codimension_above(barcode.rank_list) == least


def test_steps_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    ranks = Network(2, 3, 2, 2).fiber().minimal_stratum.rank_list
    steps = next(n for n in range(1000) if codimension_above(ranks, n) is not None)
    assert 10 < steps < 1000
    assert codimension_above(ranks, steps - 1) is None
