"""Noise is put on exact points of strata, and taken off again."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact import Barcode, Matrix, Network, NumberField, Weights
from linnet_exact.errors import InputError
from linnet_exact.files import read_weights
from linnet_exact.numeric import snap
from linnet_exact.numeric.distance import bounds_of_root
from linnet_exact.numeric.flags import flag_steps, nearest_flags, projected
from linnet_exact.numeric.nearby import nearby_rank_lists
from linnet_exact.weights import sample

EXAMPLE = Path(__file__).parents[1] / "data" / "digits.npz"
BARCODES = [
    "0-0,0-2,1-1:2,2-2",
    "0-0,1-1",
    "0-1",
    "0-0,0-3:2,1-1,1-2,2-2,2-3,3-3",
    "0-1:2,0-3,1-3,2-2:3",
    "0-0:2,1-1:3,2-2:2",
    "0-2:2,1-2,0-4,2-3:2,3-4,4-4",
    "0-0:2,0-1,2-2:2",
]


def with_noise(theta: Weights, size: float, seed: int = 0) -> Weights:
    rng = np.random.default_rng(seed)
    arrays = [matrix.to_numpy() for matrix in theta.matrices]
    return Weights([array + size * rng.standard_normal(array.shape) for array in arrays])


def relative_change(before: Weights, after: Weights) -> float:
    pairs = zip(before.matrices, after.matrices, strict=True)
    arrays = [(a.to_numpy(), b.to_numpy()) for a, b in pairs]
    return max(np.linalg.norm(b - a) / (np.linalg.norm(a) or 1) for a, b in arrays)


@pytest.mark.parametrize("barcode", BARCODES)
@pytest.mark.parametrize("size", [1e-3, 1e-7, 1e-12])
def test_noise_is_taken_off(barcode: str, size: float) -> None:
    bars = Barcode.parse(barcode)
    noisy = with_noise(sample(bars, seed=1), size)
    found = snap(noisy, barcode=bars)
    assert found.weights.barcode == bars
    assert found.original == noisy
    if noisy.barcode == bars:
        assert found.weights == noisy
    # At most a little more than the noise, since the point without noise is on the stratum.
    noise = max(np.sqrt(matrix.nrows * matrix.ncols) for matrix in noisy.matrices) * size
    assert max(found.distances) <= 2 * noise
    assert max(found.relative_distances) == pytest.approx(relative_change(noisy, found.weights))


# A layer that is 0 is at distance 1 from itself with any noise; and 0-1 is no lower stratum.
NEARBY = sorted({*BARCODES} - {"0-1", "0-0,1-1", "0-0:2,1-1:3,2-2:2", "0-0:2,0-1,2-2:2"})


@pytest.mark.parametrize("barcode", NEARBY)
def test_the_stratum_is_found_by_itself(barcode: str) -> None:
    bars = Barcode.parse(barcode)
    found = snap(with_noise(sample(bars, seed=2), 1e-8), tolerance=1e-6)
    assert found.weights.rank_list.at_most(bars.rank_list)
    assert max(found.relative_distances) <= 1e-6


def test_a_single_matrix_as_by_truncated_svd() -> None:
    """Eckart and Young: the nearest matrix of rank r is the truncated SVD."""
    rng = np.random.default_rng(5)
    matrix = rng.standard_normal((6, 4))
    values = np.linalg.svd(matrix, compute_uv=False)
    found = snap(Weights([matrix]), barcode=Barcode.parse("0-0:2,0-1:2,1-1:4"))
    assert found.distances[0] == pytest.approx(np.hypot(values[2], values[3]), rel=0.02)


@given(st.integers(0, 10**6))
def test_two_matrices_as_by_trying_all_directions(seed: int) -> None:
    """Rank 1 each, product 0: the column of W1 has one angle, and the row of W2 is across it."""
    rng = np.random.default_rng(seed)
    turn = rng.uniform(0, np.pi)
    column, across = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    first = np.outer(column, rng.standard_normal(2)) + 0.05 * rng.standard_normal((2, 2))
    second = np.outer(rng.standard_normal(2), across) + 0.05 * rng.standard_normal((2, 2))
    first, second = (matrix / np.linalg.norm(matrix) for matrix in (first, second))
    angles = np.linspace(0, np.pi, 2000)
    columns = np.array([np.cos(angles), np.sin(angles)])
    rows = np.array([-np.sin(angles), np.cos(angles)])
    kept = ((columns.T @ first) ** 2).sum(axis=1) + ((second @ rows) ** 2).sum(axis=0)
    found = snap(Weights([first, second]), barcode=Barcode.parse("0-0,0-1,1-2,2-2"))
    assert sum(d**2 for d in found.distances) == pytest.approx(2 - kept.max(), rel=0.05, abs=1e-6)


def test_flags_improve_and_projections_respect_them() -> None:
    bars = Barcode.parse("0-0,0-3:2,1-1,1-2,2-2,2-3,3-3")
    noisy = [m.to_numpy() for m in with_noise(sample(bars, seed=4), 0.3).matrices]
    flags = nearest_flags(noisy, bars.rank_list)
    for j, (flag, steps) in enumerate(zip(flags, flag_steps(bars.rank_list), strict=True)):
        whole = np.hstack(list(flag.values()))
        assert {e: basis.shape[1] for e, basis in flag.items()} == steps
        assert np.allclose(whole.T @ whole, np.eye(bars.widths[j]))
    for matrix, (before, after) in zip(noisy, pairwise(flags), strict=True):
        near = projected(matrix, before, after)
        assert np.allclose(projected(near, before, after), near)
        assert abs(((matrix - near) * near).sum()) < 1e-9


def test_heights() -> None:
    bars = Barcode.parse("0-0,0-2,1-1:2,2-2")
    noisy = with_noise(sample(bars, seed=3), 1e-3)
    for height in (9, 100, 10**6):
        found = snap(noisy, barcode=bars, height=height)
        entries = [x for matrix in found.weights.matrices for row in matrix.rows() for x in row]
        assert max(max(abs(x.numerator), x.denominator) for x in entries) == found.height <= height
        assert found.weights.barcode == bars
    found = snap(noisy, barcode=bars, height=10**400)
    assert max(found.relative_distances) < 1e-2
    with pytest.raises(InputError, match="were found with entries of height at most 1"):
        snap(Weights([[[7.0, 0.1]]]), barcode=Barcode.parse("0-0,0-1"), height=1)


def test_refusals() -> None:
    noisy = with_noise(sample(Barcode.parse("0-0,0-2,1-1:2,2-2"), seed=1), 1e-3)
    with pytest.raises(InputError, match="no weights on a lower stratum were found within 1e-09"):
        snap(noisy, tolerance=1e-9)
    with pytest.raises(InputError, match=r"on the stratum .* within 1e-05 .* are at 0\.000"):
        snap(noisy, tolerance=1e-5, barcode=Barcode.parse("0-0,0-2,1-1:2,2-2"))
    with pytest.raises(InputError, match="barcode 0-0,1-1 has widths 1,1, not 2,3,2"):
        snap(noisy, barcode=Barcode.parse("0-0,1-1"))
    with pytest.raises(InputError, match="needs a tolerance or a barcode"):
        snap(noisy)


def test_zero_weights_stay_or_are_refused() -> None:
    zero = Weights([[[0, 0]], [[0]]])
    assert snap(zero, barcode=zero.barcode).weights == zero
    with pytest.raises(InputError, match="no weights on a lower stratum"):
        snap(zero, tolerance=0.5)
    raised = snap(zero, barcode=Barcode.parse("0-0,0-2"))
    assert raised.weights.fiber.rank == 1


@pytest.mark.parametrize("power", [-300, -30, 0, 30, 300])
def test_weights_of_any_size(power: int) -> None:
    bars = Barcode.parse("0-0,0-2,1-1:2,2-2")
    noisy = with_noise(sample(bars, seed=1), 1e-6)
    scaled = Weights([10.0**power * matrix.to_numpy() for matrix in noisy.matrices])
    found = snap(scaled, tolerance=1e-4)
    assert found.weights.rank_list.at_most(bars.rank_list)
    assert max(found.relative_distances) < 1e-6


@pytest.mark.parametrize(
    "factor", [Fraction(1, 10**200), 10**300, 2**5000, Fraction(1, 3 * 2**5000)]
)
def test_exact_weights_of_any_size(factor: Fraction) -> None:
    """The same weights times a number: the same relative distances, and exact ones are told."""
    bars = Barcode.parse("0-0,0-2,1-1:2,2-2")
    noisy = with_noise(sample(bars, seed=1), 1e-6)
    found = snap(Weights([matrix * factor for matrix in noisy.matrices]), tolerance=1e-4)
    plain = snap(noisy, tolerance=1e-4)
    assert found.weights.barcode == plain.weights.barcode
    assert found.relative_distances == pytest.approx(plain.relative_distances, rel=1e-3)
    for square, (low, high), before, after in zip(
        found.squared_distances,
        found.distance_bounds,
        found.original.matrices,
        found.weights.matrices,
        strict=True,
    ):
        entries = (x for row in (after - before).rows() for x in row)
        assert square == sum(x * x for x in entries)
        assert Fraction(low) ** 2 <= square <= Fraction(high) ** 2
        assert 0 < Fraction(high) - Fraction(low) <= Fraction(high) / 10**16


def test_sizes_that_differ_between_layers_and_entries() -> None:
    layers = [[["1e300", 0], [0, "1e-300"]], [["1e-250", "1e-300"], ["2e-250", "2e-300"]]]
    found = snap(Weights(layers), barcode=Barcode.parse("0-0,0-2,1-1,2-2"))
    assert str(found.weights.barcode) == "0-0,0-2,1-1,2-2"
    assert found.relative_distances[0] < 1e-9


def test_distances_that_no_float_holds_are_texts() -> None:
    tiny, huge = ([[[f"1e{n}", 0], [0, f"1e{n - 3}"]]] for n in (-400, 400))
    for weights, end in ((tiny, "E-403"), (huge, "E+397")):
        told = snap(Weights(weights), tolerance=0.01).to_jsonable()
        assert told["distances"][0].startswith("1.0")
        assert told["distances"][0].endswith(end)
        assert isinstance(told["relative_distances"][0], float)


def test_the_tolerance_is_compared_exactly() -> None:
    """The distance to rank 1 is 2^-60 of the norm and a little: no float tells it from 2^-60."""
    weights = Weights([[[1, 0], [0, Fraction(1, 2**60) + Fraction(1, 2**170)]]])
    norm = 1 + (Fraction(1, 2**60) + Fraction(1, 2**170)) ** 2
    found = snap(weights, barcode=Barcode.parse("0-0,0-1,1-1"))
    assert found.squared_relative_distances[0] >= (norm - 1) / norm
    with pytest.raises(InputError, match="no weights"):
        snap(weights, tolerance=2.0**-61)


def test_a_tolerance_below_all_floats() -> None:
    weights = Weights([[[1, 0], [0, Fraction(1, 10**450)]]])
    assert snap(weights, tolerance=Fraction(1, 10**449)).weights.fiber.rank == 1
    with pytest.raises(InputError, match=r"within 1e-451 of the weights; .* are at 1\.00e-450"):
        snap(weights, tolerance=Fraction(1, 10**451))


def test_roots_have_correct_bounds() -> None:
    for square in (0, 1, 4, Fraction(1, 9), 2, 10**40, 10**40 + 1, Fraction(3, 10**801), 7**5000):
        low, high = map(Fraction, bounds_of_root(Fraction(square)))
        assert low**2 <= square <= high**2
        assert high - low <= high / 10**16
        assert (low == high) == (low**2 == square)
    golden = NumberField("(1 + sqrt(5))/2")
    low, high = map(Fraction, bounds_of_root(golden.gen))
    assert low**2 < golden.gen < high**2


def test_weights_over_a_number_field() -> None:
    field = NumberField("sqrt(2)")
    near = Matrix([["a", 1], [2, Fraction(14142136, 10**7)]], field)
    found = snap(Weights([near]), tolerance=1e-3)
    assert found.weights.rank_list.rank == 1
    entries = (x for row in (found.weights.matrices[0] - near).rows() for x in row)
    assert found.squared_distances[0] == sum((x * x for x in entries), field(0))
    assert 0 < found.distances[0] < 1e-6


def test_the_trained_example() -> None:
    """Down to the ranks that float32 sees, 9 everywhere, by a change that float32 cannot see."""
    found = snap(read_weights(EXAMPLE), tolerance=1e-7)
    ranks = found.weights.rank_list
    assert {rank for (k, i), rank in ranks.items() if k > i} == {9}
    assert max(found.relative_distances) < 1e-8


@given(st.integers(0, 10**6), st.floats(1e-9, 1.0))
def test_rank_lists_that_are_tried_are_valid(seed: int, tolerance: float) -> None:
    rng = np.random.default_rng(seed)
    matrices = [np.ldexp(rng.standard_normal((3, 3)), rng.integers(-30, 1, (3, 3))) for _ in "123"]
    tried = list(nearby_rank_lists(matrices, tolerance))
    assert tried
    assert all(ranks.network == Network(3, 3, 3, 3) for ranks in tried)
