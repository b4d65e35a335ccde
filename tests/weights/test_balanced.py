"""Balanced points: the equations hold exactly, and what cannot be balanced is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact import Barcode, Matrix
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.weights.balanced import MAX_DEGREE, balanced, is_balanced
from tests.strategies import FIELDS
from tests.strategies_strata import fibers


@given(fibers(max_depth=3), st.integers(0, 3), st.sampled_from(FIELDS))
def test_points_of_every_minimal_stratum(fiber, seed: int, field) -> None:
    barcode = fiber.minimal_stratum.barcode
    theta = balanced(barcode, seed, field=field)
    assert theta.barcode == barcode
    for before, after in zip(theta.matrices, theta.matrices[1:], strict=False):
        assert after.T @ after == before @ before.T


@pytest.mark.parametrize(
    ("bars", "target", "degree"),
    [
        ("0-1:2", [[1, 2], [3, 4]], 1),
        ("0-2,1-1:2", [[4]], 1),
        ("0-2", [[-4]], 1),
        ("0-2", [[2]], 2),
        ("0-3:2", [[2, 1], [1, 2]], 3),
        ("0-2:2,1-1", [[1, 2], [3, 4]], 16),
        ("0-0,0-2,1-1,2-2", [[0, "9/4"], [0, 0]], 1),
        ("0-2,0-0:2,2-2", [[1, 2, 3], [2, 4, 6]], 8),  # narrow in the middle
        ("0-2:2,0-0,1-1", [[2, 1, 0], [1, 2, 0]], 2),  # as wide as the input
        ("0-2:2,2-2", [[2, 1], [1, 2], [0, 0]], 2),  # as wide as the input, not the output
        ("0-2:2,0-0", [[2, 1, 0], [1, 2, 0]], 2),  # as wide as the output
        ("0-0:2,1-1,2-2", [[0, 0]], 1),
    ],
)
def test_prescribed_product(bars: str, target, degree: int) -> None:
    barcode = Barcode.parse(bars)
    theta = balanced(barcode, target=Matrix(target))
    assert is_balanced(theta)
    assert theta.product() == Matrix(target)
    assert theta.barcode == barcode
    assert theta.field.degree == degree


def test_what_is_refused() -> None:
    with pytest.raises(InputError, match=r"no point .* is balanced: .* 0-0,0-2,1-1,2-2 only"):
        balanced(Barcode.parse("0-1,0-2,2-2"))
    with pytest.raises(TooLargeError, match=f"degree up to {MAX_DEGREE} are used"):
        balanced(Barcode.parse("0-2:3"), target=Matrix([[2, 1, 0], [1, 2, 5], [3, 3, 1]]))
    with pytest.raises(InputError, match="rational target"):
        balanced(Barcode.parse("0-1"), target=Matrix([[2]]), field=FIELDS[1])
    with pytest.raises(InputError, match="target has rank 1"):
        balanced(Barcode.parse("0-0,1-1"), target=Matrix([[2]]))
    with pytest.raises(InputError, match="height must be at least 1"):
        balanced(Barcode.parse("0-1"), height=0)


@pytest.mark.parametrize("size", [10**6, 10**20, 10**60])
def test_singular_values_that_agree_in_many_digits(size: int) -> None:
    """The eigenvalues of S differ by about sqrt(5), next to `size`."""
    core = Matrix([[size, 1], [1, size + 1]])
    theta = balanced(Barcode.parse("0-2:2"), target=core @ core)
    assert theta.product() == core @ core
    assert theta.matrices[1].T @ theta.matrices[1] == theta.matrices[0] @ theta.matrices[0].T
