"""The canonical weights of a barcode have that barcode and nothing but zeros and ones."""

import pytest
from hypothesis import given

from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Barcode
from linnet_exact.weights import canonical_weights
from linnet_exact.weights.strands import strands
from tests.strategies_strata import barcodes


@given(barcodes())
def test_canonical_weights(barcode: Barcode) -> None:
    theta = canonical_weights(barcode)
    assert theta.barcode == barcode
    for matrix in theta.matrices:
        for line in (*matrix.rows(), *matrix.T.rows()):
            assert sorted(line)[:-1] == [0] * (len(line) - 1)
            assert max(line) in (0, 1)


@given(barcodes())
def test_strands_fill_the_widths_in_the_order_of_bars(barcode: Barcode) -> None:
    layers = strands(barcode)
    assert tuple(map(len, layers)) == barcode.widths
    for j, layer in enumerate(layers):
        assert layer == sorted(layer)
        assert all(bar.start <= j <= bar.end for bar, _ in layer)


def test_networks_too_large_for_memory_are_refused() -> None:
    with pytest.raises(TooLargeError, match="1000000000000 weights"):
        canonical_weights(Barcode.parse("0-0:1000000,1-1:1000000"))
