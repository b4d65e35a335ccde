"""Errors carry what they know, also through pickle, and are what Python's habits expect."""

import pickle

import pytest

from linnet_exact import Barcode, Matrix, RankList, Subspace, Weights
from linnet_exact.algebra.ranks.evidence import Minor
from linnet_exact.errors import CertificateError, ShapeError
from linnet_exact.files.certificates.rank_list_check import _check_rank
from linnet_exact.weights import act, sample


@pytest.mark.parametrize(
    ("act_wrongly", "expected", "found"),
    [
        (lambda: Weights([[[1, 2]], [[1, 2, 3]]]), 1, 3),
        (lambda: Matrix([[1, 2]]) @ Matrix([[1, 2]]), 2, 1),
        (lambda: Matrix([[1, 2]]) + Matrix([[1], [2]]), (1, 2), (2, 1)),
        (lambda: Matrix([[1, 2]], shape=(2, 1)), (2, 1), (1, 2)),
        (lambda: act([Matrix([[1]])], Weights([[[1]]])), [(1, 1), (1, 1)], [(1, 1)]),
        (lambda: sample(Barcode.parse("0-1"), target=Matrix([[1, 2]])), (1, 1), (1, 2)),
        (lambda: Subspace([[1, 2]]).image(Matrix([[1, 2, 3]])), 2, 3),
    ],
)
def test_shape_errors_carry_both_shapes(act_wrongly, expected, found) -> None:
    with pytest.raises(ShapeError) as raised:
        act_wrongly()
    assert (raised.value.expected, raised.value.found) == (expected, found)
    again = pickle.loads(pickle.dumps(raised.value))
    assert (str(again), again.expected) == (str(raised.value), expected)


def test_certificate_errors_carry_the_rank_in_question() -> None:
    """An upper bound from the shape proves 2 where the claim is 1."""
    theta = Weights([[[1, 1], [1, 1]]])
    ranks = RankList({(0, 0): 2, (1, 1): 2, (1, 0): 1})
    lower = Minor(prime=101, root=0, rows=(0,), columns=(0,))
    with pytest.raises(CertificateError) as raised:
        _check_rank(theta, ranks, (1, 0), (lower, (2, 2)))
    error = raised.value
    assert (error.k, error.i, error.expected, error.found) == (1, 0, 1, 2)
