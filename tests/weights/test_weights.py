"""Weights: shapes, products, rank lists and barcodes against brute force."""

import pickle
from itertools import combinations, pairwise

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact import Matrix, Network, Weights
from linnet_exact.errors import InputError, ShapeError
from linnet_exact.weights import canonical_weights, sample
from tests.strategies_strata import barcodes, networks


@st.composite
def integer_weights(draw: st.DrawFn) -> Weights:
    """Weights of a small network with small entries, so that ranks often drop."""
    widths = draw(networks(max_depth=3, max_width=3)).widths
    entries = st.integers(-1, 1)
    return Weights(
        [[draw(entries) for _ in range(n)] for _ in range(m)] for n, m in pairwise(widths)
    )


def rank_by_minors(matrix: sympy.Matrix) -> int:
    for size in range(min(matrix.shape), 0, -1):
        for rows in combinations(range(matrix.rows), size):
            for columns in combinations(range(matrix.cols), size):
                if matrix.extract(list(rows), list(columns)).det() != 0:
                    return size
    return 0


@given(integer_weights())
def test_rank_list_against_minors_of_products(theta: Weights) -> None:
    matrices = [sympy.Matrix(matrix.to_sympy()) for matrix in theta.matrices]
    for i in range(theta.depth + 1):
        product = sympy.eye(theta.network.widths[i])
        for k in range(i, theta.depth + 1):
            product = matrices[k - 1] * product if k > i else product
            assert theta.product(k, i).to_sympy() == product
            assert theta.rank_list.r(k, i) == rank_by_minors(product)


@given(integer_weights())
def test_transposed_weights_have_the_reversed_barcode(theta: Weights) -> None:
    assert theta.transpose().barcode == theta.barcode.reversed()
    assert theta.transpose().product() == theta.product().T


@given(barcodes(max_depth=3))
def test_stratum_of_a_point_of_a_stratum(barcode) -> None:
    theta = sample(barcode, seed=3)
    assert theta.barcode == barcode
    assert theta.stratum == barcode.stratum
    assert theta.fiber.network == barcode.network == theta.network


@given(barcodes(max_depth=2))
def test_action_of_invertible_matrices_keeps_the_barcode(barcode) -> None:
    theta = canonical_weights(barcode)
    group = [
        Matrix([[1 if a == b else 2 * (a < b) for b in range(d)] for a in range(d)])
        for d in barcode.widths
    ]
    moved = Weights(
        after @ matrix @ before.inverse()
        for before, matrix, after in zip(group, theta.matrices, group[1:], strict=False)
    )
    assert moved.barcode == barcode


def test_single_zero_matrix() -> None:
    theta = Weights([[[0, 0, 0]]])
    assert (theta.network, str(theta.barcode), theta.stratum.dimension) == (
        Network(3, 1),
        "0-0:3,1-1",
        0,
    )


def test_values_are_frozen_and_hashable() -> None:
    theta = Weights([[[1, "1/2"]], [[3]]])
    assert theta == Weights([Matrix([[1, "1/2"]]), Matrix([[3]])])
    assert len({theta, Weights(theta.matrices)}) == 1
    assert pickle.loads(pickle.dumps(theta)) == theta
    with pytest.raises(AttributeError):
        theta.matrices = ()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("matrices", "error", "message"),
    [
        ([], ShapeError, "at least one weight matrix"),
        ([[[1, 2]], [[1, 2]]], ShapeError, "W_2 is 1x2 but W_1 is 1x2: W_2 must have 1 columns"),
        ([[[1]], [[]]], ShapeError, "W_2 must have at least one row and one column"),
        ([[[1], [1, 2]]], ShapeError, "W_1: row 2 has length 2, expected 1"),
        ([[[1]], [["x"]]], InputError, "W_2: row 1, column 1: expected a number"),
        ([[[float("nan")]]], InputError, "W_1: row 1, column 1: expected a finite number, not nan"),
    ],
)
def test_what_is_not_weights_is_named(matrices, error, message) -> None:
    with pytest.raises(error, match=message):
        Weights(matrices)


@pytest.mark.parametrize(("k", "i"), [(0, 1), (3, 0), (1, -1)])
def test_products_that_do_not_exist(k: int, i: int) -> None:
    with pytest.raises(InputError, match="needs 2 >= k >= i >= 0"):
        Weights([[[1]], [[1]]]).product(k, i)
