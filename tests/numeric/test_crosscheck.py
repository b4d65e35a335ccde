"""SVD ranks against NumPy's own, and what is said where they are wrong."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact import RankList, Weights
from linnet_exact.errors import InputError
from linnet_exact.files import read_weights
from linnet_exact.numeric import crosscheck
from linnet_exact.numeric.svd_rank import svd_rank

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
    with pytest.raises(InputError, match="larger than any float64"):
        crosscheck(Weights([[["1e400"]]]))


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
