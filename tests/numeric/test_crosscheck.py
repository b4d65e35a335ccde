"""SVD ranks against NumPy's own, and what is said where they are wrong."""

import itertools
import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact import Barcode, Matrix, NumberField, RankList, Weights
from linnet_exact.errors import InputError
from linnet_exact.files import read_weights
from linnet_exact.numeric import crosscheck
from linnet_exact.numeric.float_products import core, float_products
from linnet_exact.numeric.scaled_floats import nearest_doubles, scaled_floats
from linnet_exact.numeric.svd_rank import low_svd_rank, svd_rank
from linnet_exact.weights import sample

EXAMPLE = Path(__file__).parents[1] / "data" / "digits.npz"


def ranks(theta: Weights, precision: str, rtol: float | None = None) -> dict[tuple[int, int], int]:
    found = crosscheck(theta, rtol)
    return {(c.k, c.i): c.by_svd[precision].rank for c in found.comparisons}


@given(st.integers(0, 10**6), st.integers(1, 7), st.integers(1, 7), st.integers(0, 7))
def test_ranks_are_those_of_numpy(seed: int, rows: int, columns: int, rank: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = rng.standard_normal((rows, rank)) @ rng.standard_normal((rank, columns))
    for precision in ("float64", "float32"):
        rounded = matrix.astype(precision)
        assert svd_rank(rounded).rank == np.linalg.matrix_rank(rounded)
        assert svd_rank(rounded, 1e-3).rank == np.linalg.matrix_rank(rounded, rtol=1e-3)


def test_the_trained_example_against_numpy() -> None:
    """Products formed here, from the arrays of the file, in each precision."""
    with np.load(EXAMPLE) as archive:
        layers = [archive[name] for name in archive.files]
    theta = read_weights(EXAMPLE)
    for precision in ("float64", "float32"):
        found = ranks(theta, precision)
        for i in range(4):
            product = np.eye(theta.network.widths[i], dtype=precision)
            for k in range(i, 4):
                if k > i:
                    product = layers[k - 1].astype(precision) @ product
                assert found[k, i] == np.linalg.matrix_rank(product), (precision, k, i)


def test_agreement_on_integers() -> None:
    found = crosscheck(Weights([[[1, 2], [2, 4]], [[1, 1]]]))
    assert (found.agree, found.invalid) == (True, {})
    assert all(not c.explanations for c in found.comparisons)
    assert len(found.comparisons) == 6


def test_zero_matrices() -> None:
    found = crosscheck(Weights([[[0, 0]], [[0]]]))
    assert found.agree
    row = found.comparisons[1].to_jsonable()
    assert (row["exact"], row["smallest_kept"], row["largest_dropped"], row["gap"]) == (
        0, None, 0.0, None,
    )  # fmt: skip


def test_small_singular_values_are_lost() -> None:
    found = crosscheck(Weights([[[1, 0, 0], [0, 2.0**-60, 0], [0, 0, 2.0**-70]]]))
    texts = found.comparisons[1].explanations
    assert set(texts) == {"float64", "float32"}
    assert texts["float64"].startswith("2 lost: 8.674e-19 to 8.47e-22, singular values 2 to 3")


def test_underflow_in_a_product() -> None:
    found = crosscheck(Weights([[[1, 0], [0, 1e-30]], [[1, 0], [0, 1e-30]]]), rtol=1e-300)
    texts = {(c.k, c.i): c.explanations for c in found.comparisons if c.explanations}
    assert set(texts) == {(2, 0)}
    assert texts[2, 0]["float32"].endswith("1 entries underflowed")


def test_rounding_noise_is_taken_for_rank() -> None:
    rng = np.random.default_rng(3)
    left, right = rng.integers(-9, 10, (5, 2)), rng.integers(-9, 10, (2, 5))
    theta = Weights([(left @ right).tolist(), [["1/3"] * 5]])
    thirds = Weights([[[f"{x}/3" for x in row] for row in (left @ right).tolist()]])
    assert crosscheck(theta).agree
    found = crosscheck(thirds, rtol=1e-18).comparisons[1]
    assert (found.exact, found.by_svd["float64"].rank) == (2, 5)
    assert found.explanations["float64"].startswith("3 too many: ")
    assert (
        "singular values 3 to 5, are rounding noise above the tolerance"
        in (found.explanations["float64"])
    )


def test_overflow() -> None:
    found = crosscheck(Weights([[[1e30]], [[1e30]]]))
    product = found.comparisons[-3]
    assert (product.k, product.i, product.by_svd["float32"].rank) == (2, 0, None)
    assert product.explanations == {
        "float32": "no SVD: its numbers are larger than any of this precision"
    }
    assert (found.agree, product.to_jsonable()["float32"]) == (False, None)
    full = crosscheck(Weights([[[3e38] * 4] * 4])).comparisons[1]  # entries fit, their norm not
    assert (full.by_svd["float32"].rank, full.by_svd["float64"].rank) == (None, 1)


@pytest.mark.parametrize("power", [-4000, -400, -310, -200, -50, 30, 160, 300, 400, 4000])
def test_entries_of_any_size(power: int) -> None:
    """Ranks are NumPy's wherever the precision holds the numbers; else there is no rank."""
    rows = [[1, 2], [2, 4], [0, 7]]
    scale = Fraction(10) ** power
    theta = Weights([[[x * scale for x in row] for row in rows], [[1, 1, 0], [0, 3, 1]]])
    found = crosscheck(theta)
    assert [c.exact for c in found.comparisons] == list(theta.rank_list.values())
    for precision in ("float64", "float32"):
        limits = np.finfo(precision)
        svd = found.comparisons[1].by_svd[precision]
        if power > np.log10(float(limits.max)):
            assert svd.rank is None
        elif power < np.log10(float(limits.smallest_subnormal)) - 1:
            assert (svd.rank, svd.tolerance) == (0, 0.0)
            assert found.comparisons[1].explanations[precision].endswith("5 entries underflowed")
        elif power > np.log10(float(limits.tiny)):
            layer = np.array(rows, dtype=precision) * np.dtype(precision).type(10.0**power)
            assert svd.rank == np.linalg.matrix_rank(layer) == 2


def test_norms_that_no_float_holds() -> None:
    layers = [[[2**900, 0], [0, 1]], [[2**900, 0], [0, 0]], [[0, 0], [0, 1]]]
    ranks = {(c.k, c.i): c.by_svd["float64"].rank for c in crosscheck(Weights(layers)).comparisons}
    single = {(1, 0): 1, (2, 1): 1, (3, 2): 1}
    longer = {(2, 0): None, (3, 1): 0, (3, 0): None}  # inf times 0 is no number
    assert ranks == {**{(j, j): 2 for j in range(4)}, **single, **longer}
    lost = Weights([[["1e-250", 0], [0, 1]], [["1e-250", 0], [0, 1]]])
    texts = {(c.k, c.i): c.explanations["float64"] for c in crosscheck(lost).comparisons[1:2]}
    assert texts[1, 0].startswith("1 lost: 1e-250, the 2nd singular value")


@given(
    st.integers(0, 10**6),
    st.integers(30, 60),
    st.integers(30, 60),
    st.integers(0, 4),
    st.floats(-18, 0),
    st.sampled_from([None, 1e-3, 1e-18]),
)
def test_the_range_alone_decides_as_the_whole_does(
    seed: int, rows: int, columns: int, rank: int, low: float, rtol: float | None
) -> None:
    """Singular values fall from 1 to 10^low, also to where rounding noise hides them."""
    rng = np.random.default_rng(seed)
    sizes = np.logspace(0, low, rank) if rank else np.zeros(0)
    left, right = rng.standard_normal((rows, rank)), rng.standard_normal((rank, columns))
    for precision in ("float64", "float32"):
        product = (left * sizes).astype(precision) @ right.astype(precision)
        found, whole = low_svd_rank(product, rank, rtol), svd_rank(product, rtol)
        assert found.rank == np.linalg.matrix_rank(product, rtol=rtol)
        scale = float(np.finfo(precision).eps) * (whole.singular_values[0] + 1)
        assert found.smallest_kept == pytest.approx(whole.smallest_kept, abs=4 * scale)
        assert found.largest_dropped == pytest.approx(whole.largest_dropped, abs=4 * scale)


def test_without_spectra_the_ranks_are_the_same() -> None:
    bars = Barcode.parse("0-0:60,0-4:3,1-1:60,2-2:60,3-3:40,1-2,2-3,4-4:50")
    theta = sample(bars, seed=0)
    short, full = crosscheck(theta, spectra=False), crosscheck(theta)
    assert any(not svd.complete for c in short.comparisons for svd in c.by_svd.values())
    for brief, whole in zip(short.comparisons, full.comparisons, strict=True):
        for precision, svd in whole.by_svd.items():
            assert brief.by_svd[precision].rank == svd.rank
            assert brief.shape == whole.shape


def test_ranks_that_no_weights_have() -> None:
    layer = [[1, 0], [0, 2.0**-40]]
    found = crosscheck(Weights([layer] * 3))
    assert found.invalid == {
        "float64": "not a rank list: "
        "omega(1, 1) = r(1,1) - r(1,0) - r(2,1) + r(2,0) = 2 - 2 - 2 + 1 = -1 < 0"
    }


@given(st.integers(0, 10**6))
def test_what_is_called_invalid(seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrices = [np.ldexp(rng.integers(-3, 4, (3, 3)), rng.integers(-40, 1, (3, 3))) for _ in "123"]
    found = crosscheck(Weights(matrices))
    for precision in ("float64", "float32"):
        by_svd = {(c.k, c.i): c.by_svd[precision].rank for c in found.comparisons}
        if precision in found.invalid:
            with pytest.raises(InputError, match=re.escape(found.invalid[precision])):
                RankList(by_svd)
        else:
            assert dict(RankList(by_svd)) == by_svd


@given(st.lists(st.fractions() | st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_doubles_are_the_nearest(numbers: list[Fraction | float]) -> None:
    found = nearest_doubles(Matrix([numbers])).ravel().tolist()
    assert found == [float(Fraction(number)) for number in numbers]
    scaled = scaled_floats(Matrix([numbers]))
    for number, entry in zip(numbers, scaled.array.ravel().tolist(), strict=True):
        exact = Fraction(number) / Fraction(2) ** scaled.exponent
        assert abs(exact) < 4
        assert abs(Fraction(entry) - exact) <= Fraction(1, 2**53) * abs(exact) + Fraction(
            1, 2**1074
        )


@given(
    st.integers(0, 10**6), st.lists(st.integers(1, 9), min_size=2, max_size=5), st.integers(-12, 0)
)
def test_cores_have_the_singular_values_of_products(seed: int, widths: list[int], low: int) -> None:
    rng = np.random.default_rng(seed)
    factors = [
        rng.standard_normal((n, m)) * np.logspace(0, low, m) for m, n in itertools.pairwise(widths)
    ]
    table = float_products(factors, "float64")
    for (k, i), product in table.items():
        small = core(table, widths, k, i)
        assert min(small.shape) <= min(widths[i : k + 1])
        values = np.linalg.svd(small, compute_uv=False)
        expected = np.linalg.svd(product, compute_uv=False)[: len(values)]
        assert values == pytest.approx(expected, abs=1e-12 * (1 + expected[0]))


def test_cores_see_what_products_hide() -> None:
    """64 wide, 4 in the middle: rounding at the size of the product, 64 eps, hides the last one."""
    rng = np.random.default_rng(1)
    tall = np.linalg.qr(rng.standard_normal((64, 4)))[0] * np.logspace(0, -14, 4)
    theta = Weights([rng.standard_normal((4, 64)), tall])
    by = {cores: crosscheck(theta, cores=cores).comparisons[3] for cores in (False, True)}
    assert [by[cores].exact for cores in by] == [4, 4]
    assert [by[cores].by_svd["float64"].rank for cores in by] == [3, 4]
    assert by[True].shape == by[False].shape == (64, 64)


def test_doubles_of_irrational_entries() -> None:
    matrix = Matrix([["a", "a - 1"], [0, "1 - a"]], NumberField("sqrt(2)"))
    assert nearest_doubles(matrix).tolist() == matrix.to_numpy().tolist()
