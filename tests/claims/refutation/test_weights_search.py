"""Searches among exact weights for what floating point gets wrong."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from linnet_exact.claims import networks_in_box
from linnet_exact.claims.refutation import refute_weights
from linnet_exact.claims.refutation.families import FAMILIES
from linnet_exact.claims.refutation.weights_search import numerical_ranks
from linnet_exact.errors import InputError
from linnet_exact.files import check_certificate
from linnet_exact.strata import Network
from linnet_exact.weights import Weights


@pytest.mark.parametrize("family", FAMILIES)
def test_families_fit_every_network_and_follow_the_seed(family: str) -> None:
    for network in networks_in_box(3, 3):
        theta = FAMILIES[family](network, Random(1))
        assert theta.network == network
        assert theta == FAMILIES[family](network, Random(1))


def test_nearly_parallel_weights_are_doubles_exactly() -> None:
    theta = FAMILIES["nearly parallel"](Network(3, 4, 2), Random(5))
    for matrix in theta.matrices:
        assert all(Fraction(float(x)) == x for row in matrix.rows() for x in row)


def test_cancelling_products_are_exactly_zero() -> None:
    for seed in range(5):
        assert FAMILIES["cancelling"](Network(2, 3, 2), Random(seed)).product().is_zero()


def test_ranks_that_numpy_gets_wrong() -> None:
    found = refute_weights("float64_rank(k, i) == r(k, i)")
    assert found.weights is not None
    assert found.weights.network == Network(2, 2)
    k, i = found.layers
    product = np.array([[float(x) for x in row] for row in found.weights.product(k, i).rows()])
    assert found.values["float64_rank(k, i)"] == np.linalg.matrix_rank(product)
    assert found.values["r(k, i)"] == found.weights.product(k, i).rank()
    assert found.values["float64_rank(k, i)"] != found.values["r(k, i)"]
    counterexample = found.to_jsonable()["counterexample"]
    assert check_certificate(counterexample["certificate"])


def test_numpy_also_finds_ranks_that_are_too_large() -> None:
    found = refute_weights("float64_rank(k, i) <= r(k, i)")
    assert found.weights is not None
    assert found.weights.network == Network(1, 2, 1)
    assert found.weights.product().is_zero()


def test_seed_count_rank_and_time() -> None:
    box = {"max_depth": 2, "max_width": 2}
    text = "float32_rank(k, i) == r(k, i)"
    first, again = (refute_weights(text, **box, seed=3, count=True) for _ in range(2))
    assert (first.checked, first.violations) == (again.checked, again.violations)
    assert first.checked == 12 * len(FAMILIES) * 3
    assert refute_weights("rank == 1", **box, rank=1, count=True).violations == 0
    assert not refute_weights("L > 0", 9, 9, max_seconds=0.1).complete


def test_exact_statements_hold() -> None:
    found = refute_weights("r(k, i) <= min(widths[i:k + 1]) and omega(k, i) >= 0", 2, 2)
    assert not found.found
    assert found.to_jsonable()["counterexample"] is None


def test_statements_without_a_value_are_refused() -> None:
    with pytest.raises(InputError, match="k=1, i=0"):
        refute_weights("1 / i > 0")
    with pytest.raises(InputError, match="there is no 'dim'"):
        refute_weights("dim > 0")


def test_numerical_ranks_of_a_zero_product() -> None:
    assert numerical_ranks(Weights([[[0]], [[1]]]), np.float64) == [1, 0, 1, 0, 1, 1]
