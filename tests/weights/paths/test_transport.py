"""Steps on one stratum: where they are factored, and flow bases that agree at the ends."""

from itertools import pairwise
from random import Random

import pytest

from linnet_exact import Barcode, Matrix, Weights
from linnet_exact.weights import act, path, sample
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.paths.aligning import aligned
from linnet_exact.weights.paths.real_components import basis_signs, change_of_basis
from tests.strategies_fields import CUBIC


def two_flows(text: str, seed: int) -> tuple[Flow, Flow]:
    start, other = (sample(Barcode.parse(text), seed + n) for n in (0, 1))
    bases = list(other.flow().bases)
    bases[0], bases[-1] = start.flow().bases[0], start.flow().bases[-1]
    moved = [b @ j for b, j in zip(bases, other.flow().inverses, strict=True)]
    return start.flow(), act(moved, other).flow()


@pytest.mark.parametrize(
    "text", ["0-0:2,0-2:2,1-2,2-2", "0-0,0-1,0-3:2,1-1,1-3,2-3:2", "0-1:3,2-2:2", "0-3:2,1-2"]
)
@pytest.mark.parametrize("seed", [1, 5])
def test_aligned_bases_belong_to_the_same_point(text: str, seed: int) -> None:
    flow, goal = two_flows(text, seed)
    found = aligned(flow, goal.bases)
    assert Flow(goal.weights, goal.barcode, tuple(found)).check()
    rank = flow.barcode.rank
    before, after = (change_of_basis(flow, bases) for bases in (goal.bases, found))
    assert basis_signs(before, rank) == basis_signs(after, rank)
    cut = before[0].nrows - rank
    for change, through in ((after[0], slice(cut, None)), (after[-1], slice(None, rank))):
        unit = Matrix.identity(change.nrows)
        signs = [change[at, at] for at in range(change.nrows)[through]]
        assert all(abs(sign) == 1 for sign in signs)
        assert change[:, through].rows() == [
            [entry * sign for entry, sign in zip(row, signs, strict=True)]
            for row in unit[:, through].rows()
        ]


def test_over_a_number_field() -> None:
    theta = sample(Barcode.parse("0-0,0-2,1-2"), 3, field=CUBIC)
    assert theta.field == CUBIC
    doubled = [basis * 2 for basis in theta.flow().bases]
    assert aligned(theta.flow(), doubled) == list(theta.flow().bases)


def test_between_float_weights_numbers_stay_as_short_as_they_are() -> None:
    random = Random(1)
    widths = [12, 6, 6, 10]
    start = Weights(
        [
            [[random.getrandbits(24) - (1 << 23) for _ in range(before)] for _ in range(after)]
            for before, after in pairwise(widths)
        ]
    )
    group = [Matrix.identity(width) for width in widths]
    for layer in (1, 2):
        group[layer] = Matrix(
            [[int(i == j) + 2 * (j == i + 1) for j in range(6)] for i in range(6)]
        )
    found = path(start, act(group, start))
    found.check()
    longest = max(
        max(abs(x.numerator), x.denominator).bit_length()
        for point in found.points
        for matrix in point.matrices
        for row in matrix.rows()
        for x in row
    )
    assert found.moves == []
    assert longest <= 40
