"""Tangent and normal bases against the spaces that Jacobians alone give."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linnet_exact import Barcode, Matrix, Weights
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata.formulas.dimension import (
    orbit_codimension,
    rank_of_differential_by_bars,
    stratum_dimension,
)
from linnet_exact.weights import canonical_weights, sample
from linnet_exact.weights.jacobian import (
    differential,
    orbit_tangent_space,
    stratum_tangent_space,
)
from linnet_exact.weights.spaces.tangent import TangentBasis, tangent_basis
from tests.strategies import FIELDS
from tests.strategies_strata import barcodes

SMALL = barcodes(max_depth=3, max_multiplicity=1)


@given(SMALL, st.integers(0, 1), st.sampled_from(FIELDS[:3]))
@settings(max_examples=40)
def test_spaces_are_those_of_the_jacobians(barcode: Barcode, seed: int, field) -> None:
    theta = sample(barcode, seed, field=field)
    expected = {
        "stratum": stratum_tangent_space(theta),
        "orbit": orbit_tangent_space(theta),
        "fiber": differential(theta).null_space(),
    }
    for space, jacobian_space in expected.items():
        basis = tangent_basis(theta, space)
        assert basis.tangent.row_space() == jacobian_space
        assert basis.normal.row_space() == jacobian_space.orthogonal_complement()
        assert basis.dimension == jacobian_space.dimension
        assert Matrix.vstack([basis.tangent, basis.normal]).rank() == basis.tangent.ncols
        assert basis.check()
    assert tangent_basis(theta).normal.row_space() == theta.normal_space()


@given(barcodes(max_depth=4, max_multiplicity=1))
@settings(max_examples=40)
def test_numbers_are_those_of_the_formulas(barcode: Barcode) -> None:
    theta, total = canonical_weights(barcode), barcode.network.weight_dimension
    assert tangent_basis(theta).dimension == stratum_dimension(barcode)
    assert tangent_basis(theta, "orbit").normal_dimension == orbit_codimension(barcode)
    normals = tangent_basis(theta, "fiber").normal_dimension
    assert normals == rank_of_differential_by_bars(barcode)
    basis = tangent_basis(theta)
    assert basis.dimension + basis.normal_dimension == total


@given(SMALL)
@settings(max_examples=30)
def test_labels_say_what_a_vector_is_in_flow_coordinates(barcode: Barcode) -> None:
    theta = sample(barcode, 3)
    flow, basis = theta.flow(), tangent_basis(theta)
    for vectors, labels, normal in (
        (basis.tangent, basis.tangent_labels, False),
        (basis.normal, basis.normal_labels, True),
    ):
        for row, label in zip(vectors.rows(), labels, strict=True):
            assert (label.kind == "normal") is normal
            start = 0
            for j, matrix in enumerate(theta.matrices, start=1):
                m, n = matrix.shape
                block = [row[start + a * n : start + (a + 1) * n] for a in range(m)]
                start += m * n
                after, before = flow.bases[j], flow.bases[j - 1]
                if normal:
                    after, before = flow.inverses[j].T, flow.inverses[j - 1].T
                slots = after.inverse() @ Matrix(block) @ before
                expected = Matrix.zero(m, n).rows()
                if j in label.layers:
                    a = flow.column_range(label.target, j)[label.target_copy]
                    b = flow.column_range(label.source, j - 1)[label.source_copy]
                    expected[a][b] += dict(zip(label.layers, label.signs, strict=True))[j]
                assert slots == Matrix(expected)


def test_check_refuses_other_vectors() -> None:
    theta = sample(Barcode.parse("0-0,0-2,1-1:2,2-2"), 1)
    for space in ("stratum", "orbit", "fiber"):
        basis = tangent_basis(theta, space)
        parts = (basis.tangent_labels, basis.normal_labels)
        assert not TangentBasis(theta, space, basis.normal, basis.tangent, *parts).check()
        other = sample(theta.barcode, 2)
        assert not TangentBasis(other, space, basis.tangent, basis.normal, *parts).check()
        doubled = Matrix.vstack([basis.tangent[:-1, :], basis.tangent[:1, :]])
        assert not TangentBasis(theta, space, doubled, basis.normal, *parts).check()


@pytest.mark.parametrize("matrices", [[[[0]]], [[[7]]], [[[0, 0]]], [[[1]], [[0]]], [[[0]], [[0]]]])
def test_degenerate_points(matrices) -> None:
    theta = Weights(matrices)
    basis = tangent_basis(theta)
    assert basis.check()
    assert basis.tangent.row_space() == theta.tangent_space()


def test_what_is_refused() -> None:
    with pytest.raises(InputError, match="space must be one of stratum, orbit, fiber, not 'cone'"):
        tangent_basis(Weights([[[1]]]), "cone")
    with pytest.raises(TooLargeError, match="10000 weights would take"):
        tangent_basis(canonical_weights(Barcode.parse("0-1:100")))
