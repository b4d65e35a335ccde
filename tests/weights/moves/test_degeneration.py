"""Degenerations of every edge of the DAG, through canonical and through other points."""

from fractions import Fraction

import pytest

from linnet_exact import Barcode, Matrix, NumberField, Weights
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.strata.order.moves import covers_above
from linnet_exact.weights import Degeneration, degeneration, degeneration_through, sample
from linnet_exact.weights.moves.degeneration import rank_list_off_zero
from linnet_exact.weights.moves.one_matrix import OneMatrixMove
from tests.weights.reference import product_of, ranks_of, small_barcodes

EPSILONS = (1, -1, 10**12, Fraction(-1, 10**12), Fraction(3, 7))


def assert_family(family: Degeneration, lower: Barcode, upper: Barcode) -> None:
    family.check()
    depth = lower.depth
    constant, linear = family.coefficients
    assert ranks_of(Weights(constant)) == dict(lower.rank_list)
    for epsilon in EPSILONS:
        point = family.at(epsilon)
        pairs = zip(constant, linear, strict=True)
        assert point.matrices == tuple(w + epsilon * x for w, x in pairs)
        assert ranks_of(point) == dict(upper.rank_list)
        assert product_of(point, depth, 0) == product_of(family.start, depth, 0)


@pytest.mark.parametrize("lower", small_barcodes(2, 2) + small_barcodes(3, 1), ids=str)
def test_every_edge(lower: Barcode) -> None:
    theta = sample(lower, seed=2)
    for _, upper in covers_above(lower):
        assert_family(degeneration(lower, upper), lower, upper)
        family = degeneration_through(theta, upper)
        assert family.at(0) == theta
        assert_family(family, lower, upper)


@pytest.mark.slow
def test_every_edge_of_depth_three() -> None:
    for lower in small_barcodes(3, 2):
        for _, upper in covers_above(lower):
            assert_family(degeneration_through(sample(lower, seed=2), upper), lower, upper)


def test_over_a_number_field() -> None:
    field = NumberField("sqrt(2)")
    lower, upper = Barcode.parse("0-0,1-1,2-2"), Barcode.parse("0-1,2-2")
    family = degeneration_through(sample(lower, 1, field=field), upper)
    assert family.at("sqrt(2)").barcode == upper
    assert degeneration(lower, upper, field).start.field == field


def test_no_single_move() -> None:
    lowest, higher = Barcode.parse("0-0:2,1-1:2,2-2:2"), Barcode.parse("0-1:2,2-2:2")
    with pytest.raises(InputError, match="no connecting or swapping move leads from"):
        degeneration(lowest, higher)
    with pytest.raises(InputError, match="no connecting or swapping move"):
        degeneration(higher, higher)
    with pytest.raises(InputError, match="no connecting or swapping move"):
        degeneration(lowest, Barcode.parse("0-0,1-1"))


def line(theta: Weights, layer: int, column: list, row: list) -> OneMatrixMove:
    """A move that claims nothing but its direction."""
    bar = next(iter(theta.barcode))
    return OneMatrixMove(
        layer, bar, bar, Matrix(column), Matrix([row]), 1, theta.barcode, theta.barcode
    )


def test_lines_that_are_no_degenerations() -> None:
    unit = Weights([[[1, 0], [0, 1]], [[0, 0]]])
    with pytest.raises(CertificateError, match="drops at one nonzero value"):
        rank_list_off_zero(unit, line(unit, 1, [[1], [0]], [1, 0]))  # singular at ε = −1
    with pytest.raises(CertificateError, match="product depends on the parameter"):
        rank_list_off_zero(Weights([[[0]]]), line(Weights([[[0]]]), 1, [[1]], [1]))
    shear = rank_list_off_zero(unit, line(unit, 1, [[1], [0]], [0, 1]))
    assert shear == unit.rank_list
