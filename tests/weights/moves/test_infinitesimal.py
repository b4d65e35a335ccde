"""Tangent vectors of moves beside Jacobians."""

from dataclasses import replace
from itertools import product

import pytest

from linnet_exact import Barcode, Interval, Matrix, Weights
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.weights import TwoMatrixMove, sample
from linnet_exact.weights.jacobian import differential
from linnet_exact.weights.moves.infinitesimal import one_matrix_direction, two_matrix_direction
from tests.strategies_fields import IMAGINARY
from tests.weights.reference import small_barcodes


def flat(matrices: tuple[Matrix, ...]) -> Matrix:
    return Matrix([[x for matrix in matrices for row in matrix.rows() for x in row]])


@pytest.mark.parametrize("barcode", [*small_barcodes(2, 2), *small_barcodes(3, 1)], ids=str)
def test_every_slot(barcode: Barcode) -> None:
    theta = sample(barcode, seed=4)
    flow, space, jacobian = theta.flow(), theta.tangent_space(), differential(theta)
    for (source, m), (target, n) in product(barcode.items(), repeat=2):
        u, v = [1] + [2] * (n - 1), [-1] * m
        for layer in range(1, theta.depth + 1):
            if layer - 1 in source and layer in target:
                if source.start == 0 and target.end == theta.depth:
                    with pytest.raises(InputError, match="would change the product"):
                        one_matrix_direction(flow, layer, source, target, u, v)
                    continue
                found = one_matrix_direction(flow, layer, source, target, u, v)
                found.check()
                assert (jacobian @ flat(found.vector).T).is_zero()
                assert found.tangent == (flat(found.vector).row_space() <= space)
        for layer in range(1, theta.depth):
            if layer in source and layer in target:
                move = TwoMatrixMove.between(flow, layer, source, target)
                found = two_matrix_direction(move, theta)
                found.check()
                assert flat(found.vector).row_space() <= space


def test_wrong_witnesses_are_found() -> None:
    theta = Weights([[[0]], [[0]]])
    rising = one_matrix_direction(theta.flow(), 1, Interval(0, 0), Interval(1, 1), [2], [1])
    assert rising.vector[0] == Matrix([[2]])
    with pytest.raises(CertificateError, match="witness does not fit"):
        replace(rising, witness=tuple(-0 * matrix for matrix in rising.witness)).check()
    with pytest.raises(CertificateError, match="witness does not fit"):
        replace(rising, tangent=True, witness=(Matrix([[1]]),) * 3).check()
    with pytest.raises(CertificateError, match="to first order"):
        replace(rising, weights=Weights([[[0]], [[1]]])).check()


def test_zero_vectors_are_tangent() -> None:
    theta = Weights([[[0]], [[0]]])
    zero = one_matrix_direction(theta.flow(), 1, Interval(0, 0), Interval(1, 1), [0], [1])
    zero.check()
    assert zero.tangent


def test_without_a_real_embedding() -> None:
    theta = sample(Barcode.parse("0-0:2,1-1,2-2"), seed=1, field=IMAGINARY)
    vector = [0, IMAGINARY.gen]
    found = one_matrix_direction(theta.flow(), 1, Interval(0, 0), Interval(1, 1), [1], vector)
    found.check()
    assert not found.tangent
