"""Jacobians against difference quotients of the maps themselves, and against the formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact import Matrix, Weights
from linnet_exact.strata import Barcode
from linnet_exact.strata.formulas.dimension import (
    orbit_codimension,
    rank_of_differential_by_bars,
    stratum_dimension,
)
from linnet_exact.weights import sample
from linnet_exact.weights.jacobian import (
    differential,
    orbit_differential,
    orbit_pairing,
    orbit_tangent_space,
    orbit_with_condition,
    stabilizer_condition,
    stabilizer_condition_ends,
    stratum_tangent_dimension,
    stratum_tangent_space,
)
from tests.strategies_strata import barcodes

SMALL = barcodes(max_depth=3, max_multiplicity=1)


def flatten(matrices) -> list:
    return [x for matrix in matrices for row in matrix.rows() for x in row]


@given(SMALL, st.integers(0, 2))
def test_differential_is_the_derivative_of_the_product(barcode: Barcode, seed: int) -> None:
    theta = sample(barcode, seed)
    differences = []
    for j, matrix in enumerate(theta.matrices):
        for at in range(matrix.nrows * matrix.ncols):
            flat = [int(place == at) for place in range(matrix.nrows * matrix.ncols)]
            rows = [flat[r * matrix.ncols :][: matrix.ncols] for r in range(matrix.nrows)]
            step = matrix + Matrix(rows)
            moved = Weights([*theta.matrices[:j], step, *theta.matrices[j + 1 :]])
            # The product is affine in one entry, so its derivative is a difference.
            differences.append(flatten([moved.product() - theta.product()]))
    assert differential(theta) == Matrix(differences).T


@given(SMALL)
def test_orbit_differential_is_what_its_formula_says(barcode: Barcode) -> None:
    theta = sample(barcode, 1)
    units = [(j, a, b) for j, d in enumerate(barcode.widths) for a in range(d) for b in range(d)]
    orbit, condition = orbit_differential(theta), stabilizer_condition(theta)
    for column, (layer, a, b) in enumerate(units):
        moves = [
            Matrix([[int((j, p, q) == (layer, a, b)) for q in range(d)] for p in range(d)])
            for j, d in enumerate(barcode.widths)
        ]
        images = [
            moves[j] @ matrix - matrix @ moves[j - 1]
            for j, matrix in enumerate(theta.matrices, start=1)
        ]
        target = theta.product()
        assert flatten([orbit[:, [column]]]) == flatten(images)
        assert flatten([condition[:, [column]]]) == flatten(
            [moves[-1] @ target - target @ moves[0]]
        )


@given(SMALL)
def test_the_blocks_that_are_not_zero_say_the_same(barcode: Barcode) -> None:
    theta = sample(barcode, 3)
    orbit, condition = orbit_differential(theta), stabilizer_condition(theta)
    forms = Matrix([[(3 * i + j) % 5 - 2 for j in range(orbit.nrows)] for i in range(3)])
    assert Matrix.hstack(orbit_pairing(theta, forms)) == forms @ orbit
    assert orbit_with_condition(theta) == Matrix.vstack([orbit, condition])
    ends = [*range(barcode.widths[0] ** 2), *range(-(barcode.widths[-1] ** 2), 0)]
    assert stabilizer_condition_ends(theta) == condition[:, ends]
    hidden = range(barcode.widths[0] ** 2, condition.ncols - barcode.widths[-1] ** 2)
    assert condition[:, hidden].is_zero()


@given(SMALL)
def test_dimensions_agree_with_the_formulas(barcode: Barcode) -> None:
    theta = sample(barcode, 2)
    tangent = stratum_tangent_space(theta)
    assert tangent.dimension == stratum_tangent_dimension(theta) == stratum_dimension(barcode)
    assert tangent == theta.tangent_space()
    assert tangent <= differential(theta).null_space()
    assert tangent <= orbit_tangent_space(theta)
    weights = barcode.network.weight_dimension
    assert orbit_tangent_space(theta).dimension == weights - orbit_codimension(barcode)
    assert differential(theta).rank() == rank_of_differential_by_bars(barcode)


@pytest.mark.parametrize("matrices", [[[[0]]], [[[0, 0]]], [[[1]], [[0]]], [[[0], [0]], [[0, 0]]]])
def test_degenerate_points(matrices) -> None:
    theta = Weights(matrices)
    assert stratum_tangent_dimension(theta) == theta.stratum.dimension
