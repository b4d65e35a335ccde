"""Signs against the number of real components, on points with every combination of signs."""

from itertools import product

import pytest

from linnet_exact import Barcode, Matrix, Weights
from linnet_exact.errors import InputError
from linnet_exact.weights import act, canonical_weights, path
from linnet_exact.weights.paths.real_components import basis_signs, separating_signs
from tests.strategies_fields import IMAGINARY
from tests.weights.reference import small_barcodes


def flip(size: int, at: int | None) -> Matrix:
    rows = [[(-1 if i == at else 1) * (i == j) for j in range(size)] for i in range(size)]
    return Matrix(rows, shape=(size, size))


def points_of_all_signs(barcode: Barcode) -> list[Weights]:
    """The canonical weights, moved by every g in G_W that reverses basis vectors."""
    theta, widths, rank = canonical_weights(barcode), barcode.widths, barcode.rank
    points = []
    for signs in product((False, True), repeat=barcode.depth + 2):
        null, row, outputs, *hidden = signs
        first, last = flip(widths[0], None), flip(widths[-1], None)
        if row and rank:
            first, last = first @ flip(widths[0], widths[0] - 1), last @ flip(widths[-1], rank - 1)
        if null and widths[0] > rank:
            first = first @ flip(widths[0], 0)
        if outputs and widths[-1] > rank:
            last = last @ flip(widths[-1], widths[-1] - 1)
        middle = [flip(w, 0 if s else None) for w, s in zip(widths[1:-1], hidden, strict=True)]
        points.append(act([first, *middle, last], theta))
    assert len({point.product() for point in points}) == 1
    return points


def classes(points: list[Weights]) -> list[Weights]:
    found: list[Weights] = []
    for point in points:
        if all(separating_signs(point, other) for other in found):
            found.append(point)
    return found


@pytest.mark.parametrize("barcode", small_barcodes(2, 2) + small_barcodes(3, 1), ids=str)
def test_number_of_classes(barcode: Barcode) -> None:
    points = points_of_all_signs(barcode)
    found = classes(points)
    assert len(found) == barcode.stratum.real_components
    for point in points:
        unseparated = [other for other in found if not separating_signs(point, other)]
        assert len(unseparated) == 1
        # A path of group elements proves that the two are on one component.
        within = path(unseparated[0], point)
        assert within.moves == []
        within.check()


@pytest.mark.slow
def test_number_of_classes_at_depth_three() -> None:
    for barcode in small_barcodes(3, 2):
        assert len(classes(points_of_all_signs(barcode))) == barcode.stratum.real_components


def test_width_one_by_hand() -> None:
    """The signs of the two weights themselves."""
    for first, second in product((-2, -1, 1, 2), repeat=2):
        start, end = Weights([[[first]], [[0]]]), Weights([[[second]], [[0]]])
        assert separating_signs(start, end) == ["layer 1 * null W"] * (first * second < 0)
    assert separating_signs(Weights([[[0]], [[0]]]), Weights([[[0]], [[0]]])) == []


def test_what_is_not_compared() -> None:
    with pytest.raises(InputError, match="different strata, 0-1,2-2 and 0-0,1-2"):
        separating_signs(Weights([[[1]], [[0]]]), Weights([[[0]], [[1]]]))
    one = Weights([[[1]], [[2]]], IMAGINARY)
    assert separating_signs(one, Weights([[[-1]], [[-2]]])) == []


def test_signs_of_each_block() -> None:
    change = [
        Matrix([[-1, 7], [0, 1]]),
        Matrix([[-1]]),
        Matrix([[2, 0], [0, 1]]),
        Matrix([[1, 5], [0, -3]]),
    ]
    assert basis_signs(change, 1) == 0b01011
