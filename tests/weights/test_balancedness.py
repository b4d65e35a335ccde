"""What gradient flow keeps, and balanced points that are connected with given weights."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linnet_exact import QQ, Barcode, Matrix, NumberField, Weights
from linnet_exact.weights import path, sample
from linnet_exact.weights.balanced import balanced, is_balanced
from linnet_exact.weights.balancedness import balanced_point_of_fiber, invariants
from tests.strategies_strata import box_of_fibers

STRATA = [stratum for fiber in box_of_fibers(3, 2) for stratum in fiber.strata()]


@settings(max_examples=30)
@given(st.sampled_from(STRATA), st.integers(0, 5), st.integers(-5, 5))
def test_gradients_keep_the_invariants(stratum, seed: int, entry: int) -> None:
    """The derivative along −∂ℓ/∂W_j = −W_{L~j}ᵀ G W_{j−1~0}ᵀ is 0 for any G."""
    theta = sample(stratum.barcode, seed)
    top, widths = theta.depth, theta.network.widths
    G = Matrix([[entry + 2 * i - 3 * j for j in range(widths[0])] for i in range(widths[-1])])
    velocity = [
        -(theta.product(top, j).T @ G @ theta.product(j - 1, 0).T) for j in range(1, top + 1)
    ]
    for j in range(1, top):
        before, after = theta.matrices[j - 1], theta.matrices[j]
        half = after.T @ velocity[j] - velocity[j - 1] @ before.T
        assert (half + half.T).is_zero()


def test_by_hand() -> None:
    theta = Weights([[[1, 2], [0, 1]], [[3, 0]]])
    # (3, 0)ᵀ (3, 0) − W_1 W_1ᵀ
    assert invariants(theta) == [Matrix([[4, -2], [-2, -1]])]
    assert invariants(Weights([[[5]]])) == []


def test_conjugates_over_fields_without_real_embedding() -> None:
    field = NumberField("x^2 + 1")
    theta = Weights([[["a"]], [[1]]], field)
    assert invariants(theta)[0].is_zero()  # |a| = 1, but a² = −1
    assert balanced_point_of_fiber(theta).point == theta
    found = balanced_point_of_fiber(Weights([[["a"]], [[2]]], field))
    assert found.point is None
    assert "no real embedding" in found.reason


@pytest.mark.parametrize("first", [[[4, 0], [0, 1]], [[-4, 0], [0, 1]], [[0, 1], [4, 0]]])
def test_the_balanced_point_is_connected(first: list) -> None:
    """Hidden layers of width r tell parts of the fiber apart; the path shows that it is the one."""
    theta = Weights([first, [[1, 0], [0, 4]]])
    found = balanced_point_of_fiber(theta).point
    assert is_balanced(found)
    assert found.product() == theta.product()
    path(theta, found).check()


@settings(max_examples=20)
@given(st.sampled_from([s for s in STRATA if s.fiber.rank == 0 and s.barcode.depth > 1]))
def test_rank_zero(stratum) -> None:
    found = balanced_point_of_fiber(sample(stratum.barcode, 1)).point
    assert all(matrix.is_zero() for matrix in found.matrices)


def test_irrational_products_and_large_fields_are_told() -> None:
    field = NumberField("sqrt(2)")
    found = balanced_point_of_fiber(Weights([[["a"]], [[1]]], field))
    assert found.point is None
    assert "not rational" in found.reason
    rational = balanced_point_of_fiber(Weights([[["a"]], [["2*a"]]], field)).point
    assert is_balanced(rational)
    assert rational.product().change_field(QQ) == Matrix([[4]])
    large = Weights([[[1, 2, 3], [0, 5, 7], [2, 2, 11]]] + [Matrix.identity(3)] * 3)
    found = balanced_point_of_fiber(large)
    assert found.point is None
    assert "degree" in found.reason or "too large" in found.reason


def test_balanced_weights_are_their_own_point() -> None:
    theta = balanced(Barcode.parse("0-0,0-2,1-1:2,2-2"), seed=4)
    assert balanced_point_of_fiber(theta).point is theta
