"""Sampled points lie where they should, within the bound on their entries."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linnet_exact import QQ, Barcode, Matrix
from linnet_exact.algebra import NumberField
from linnet_exact.errors import InputError, ShapeError
from linnet_exact.weights import Weights, sample
from tests.strategies import FIELDS
from tests.strategies_strata import barcodes


def entries(theta: Weights) -> list[int]:
    assert all(matrix.denominator == 1 for matrix in theta.matrices)
    parts = (part for matrix in theta.matrices for part in matrix.coefficients)
    return [int(x) for part in parts for x in part.entries()]


@given(
    barcodes(max_depth=3), st.sampled_from([1, 3, 9, 2**70]), st.sampled_from(FIELDS), st.booleans()
)
def test_barcode_and_height(barcode: Barcode, height: int, field, sparse: bool) -> None:
    theta = sample(barcode, 4, height, field, sparse=sparse)
    assert theta.barcode == barcode
    assert theta.field == field
    assert max(map(abs, entries(theta))) <= height


@given(barcodes(max_depth=3), st.integers(0, 3), st.sampled_from(FIELDS[:3]), st.booleans())
@settings(max_examples=60)
def test_prescribed_product(barcode: Barcode, seed: int, field, sparse: bool) -> None:
    """The product of one point is the target of another."""
    target = sample(barcode, seed, field=field).product()
    theta = sample(barcode, seed + 9, target=target, sparse=sparse)
    assert theta.product() == target
    assert theta.barcode == barcode


def test_other_seeds_give_other_points_over_one_product() -> None:
    barcode, target = Barcode.parse("0-0,0-2,1-1,2-2"), Matrix([[1, 2], [2, 4]])
    points = {sample(barcode, seed, target=target) for seed in range(10)}
    assert len(points) > 5


@pytest.mark.parametrize("text", ["sqrt(2)", "cbrt(5)", "1/2*sqrt(2)", "sqrt(2) + sqrt(3)"])
@pytest.mark.parametrize("bars", ["0-2", "0-0,0-2,1-1:2,2-2", "0-1:3,0-3:2,1-2,2-3:2"])
def test_number_fields_are_used(text: str, bars: str) -> None:
    theta = sample(Barcode.parse(bars), 1, field=NumberField(text))
    assert any(not x.is_rational for m in theta.matrices for row in m.rows() for x in row)


def test_dense_and_sparse() -> None:
    barcode = Barcode.parse("0-0:6,0-1:3,0-2:4,1-1:4,1-2:6,2-2:2")
    dense, sparse = entries(sample(barcode, 1)), entries(sample(barcode, 1, sparse=True))
    assert dense.count(0) < len(dense) / 4
    assert sparse.count(0) > len(sparse) / 2


def test_what_is_refused() -> None:
    barcode = Barcode.parse("0-0,0-2,1-1:2,2-2")
    with pytest.raises(InputError, match="height must be at least 1, not 0"):
        sample(barcode, height=0)
    with pytest.raises(InputError, match=r"target has rank 2, but .* rank 1 .*0-2"):
        sample(barcode, target=Matrix.identity(2))
    with pytest.raises(ShapeError, match=r"target is 1x2; .* are 2x2"):
        sample(barcode, target=Matrix([[1, 2]]))
    target = Matrix([[NumberField("sqrt(3)").gen]])
    with pytest.raises(InputError, match="cannot mix"):
        sample(Barcode.parse("0-1"), field=NumberField("sqrt(2)"), target=target)
    assert sample(barcode, field=QQ) == sample(barcode)


LARGE = ["cbrt(2^62)", "sqrt(2^31 - 1)", "sqrt(2^62 + 1)", "sqrt(2^63 - 1)", "cbrt(2^64 + 1)"]


@pytest.mark.parametrize("text", [*LARGE, "sqrt(2) - 2^64", "root(x^3 + 2^61*x - 3, 0)"])
@pytest.mark.parametrize("height", [9, 2**31, 2**39, 2**40, 2**62, 2**63])
def test_a_large_minimal_polynomial_leaves_no_stratum(text: str, height: int) -> None:
    """Products with its coefficients may exceed a word even if the entries do not."""
    barcode = Barcode.parse("0-0,0-2,1-1,2-2")
    for seed in range(4):
        theta = sample(barcode, seed, height, NumberField(text))
        assert {key: theta.product(*key).rank() for key in [(1, 0), (2, 1), (2, 0)]} == {
            (1, 0): 1,
            (2, 1): 1,
            (2, 0): 1,
        }
        assert max(map(abs, entries(theta))) <= height
