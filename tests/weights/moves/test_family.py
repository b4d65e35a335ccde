"""Families between any two strata in the closure relation, beside plain elimination."""

from dataclasses import replace
from fractions import Fraction

import pytest

from linnet_exact import Barcode, Matrix, Weights
from linnet_exact.errors import CertificateError, InputError, TooLargeError
from linnet_exact.weights import sample
from linnet_exact.weights.moves.family import family_to
from tests.strategies_fields import IMAGINARY, QUADRATIC
from tests.weights.reference import product_of, ranks_of, small_barcodes

BARCODES = [*small_barcodes(1, 2), *small_barcodes(2, 2), *small_barcodes(3, 1)]


@pytest.mark.parametrize("barcode", BARCODES, ids=str)
def test_every_comparable_pair(barcode: Barcode) -> None:
    theta = sample(barcode, seed=2)
    for goal in (stratum.barcode for stratum in barcode.fiber.strata()):
        up, down = barcode.rank_list <= goal.rank_list, goal.rank_list <= barcode.rank_list
        if not up and not down:
            with pytest.raises(InputError, match="neither of the strata"):
                family_to(theta, goal)
            continue
        family = family_to(theta, goal)
        family.check()
        assert family.at(0 if up else 1) == theta
        lower, upper = (barcode, goal) if up else (goal, barcode)
        assert ranks_of(family.at(0)) == dict(lower.rank_list)
        for epsilon in (1, -1, Fraction(1, 10**6), -(10**6), Fraction(3, 7)):
            point = family.at(epsilon)
            assert ranks_of(point) == dict(upper.rank_list)
            assert product_of(point, theta.depth, 0) == product_of(theta, theta.depth, 0)


def test_from_bottom_to_top_and_back() -> None:
    top = Barcode.parse("0-3,0-2,1-3:2,0-0,2-2")
    bottom = top.fiber.minimal_stratum.barcode
    up = family_to(sample(bottom, seed=1), top)
    up.check()
    down = family_to(sample(top, seed=1), bottom)
    down.check()
    assert up.chain == down.chain
    assert sum(step.times for step in up.chain) > 4
    assert up.coefficients[0] == up.given.matrices
    assert down.at(1) == down.given


@pytest.mark.parametrize("field", [QUADRATIC, IMAGINARY], ids=str)
def test_number_fields(field) -> None:
    lower, upper = Barcode.parse("0-0:2,1-1:2,2-2:2"), Barcode.parse("0-0,0-1,1-2,2-2")
    family = family_to(sample(lower, seed=1, field=field), upper)
    family.check()
    assert family.at(field.gen).barcode == upper
    back = family_to(sample(upper, seed=1, field=field), lower)
    back.check()
    assert back.at(0).barcode == lower


def test_what_is_not_a_family_is_found() -> None:
    family = family_to(Weights([[[0]], [[0]]]), Barcode.parse("0-1,2-2"))
    one, zero = {0: Matrix([[1]])}, {0: Matrix([[0]])}
    for change, message in [
        ({"given": Weights([[[0]], [[1]]])}, "does not pass through"),
        ({"lower": Barcode.parse("0-0,1-2")}, "the limit is on 0-0,1-1,2-2"),
        ({"upper": Barcode.parse("0-0,1-2")}, "not on 0-0,1-2 for all"),
        ({"bases": (one, zero, one)}, "not invertible"),
        ({"matrices": (zero, zero)}, "not on 0-1,2-2 for all"),
        ({"matrices": ({0: Matrix([[0]]), -1: Matrix([[0]])}, zero)}, "negative power"),
    ]:
        with pytest.raises((CertificateError, ZeroDivisionError), match=message):
            replace(family, **change).check()


def test_too_many_covers() -> None:
    wide = sample(Barcode.parse("0-0:5,1-1:5"), seed=1)
    same = family_to(wide, wide.barcode)
    same.check()
    assert (same.degree, same.chain) == (0, ())
    from linnet_exact.weights.moves.sparse_family import sparse_family

    with pytest.raises(TooLargeError, match="10000 covers"):
        sparse_family(Barcode.parse("0-0:10000,1-1:10000,2-2"), Barcode.parse("0-1:10000,2-2"))
