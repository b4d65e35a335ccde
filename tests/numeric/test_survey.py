"""Ranks of products beside those of NumPy."""

import numpy as np

from linnet_exact.numeric.survey import product_ranks
from linnet_exact.weights import Weights


def test_ranks_are_those_of_numpy():
    random = np.random.default_rng(3)
    factors = [random.standard_normal(shape) for shape in ((3, 6), (6, 3), (3, 6), (6, 3))]
    factors[1][:, 2] = factors[1][:, 0] * 2.0**-30
    found = product_ranks(Weights(factors), [1, 2, 4])
    assert [each.factors for each in found] == [1, 2, 4]
    for each in found:
        for precision in ("float64", "float32"):
            whole = factors[0].astype(precision)
            for factor in factors[1 : each.factors]:
                whole = factor.astype(precision) @ whole
            assert each.by_svd[precision] == np.linalg.matrix_rank(whole)
    assert [each.exact for each in found] == [3, 2, 2]
    assert found[1].shape == (6, 6)


def test_zero_and_overflow():
    (zero,) = product_ranks(Weights([[[0, 0]]]), [1])
    assert (zero.exact, zero.distance, zero.agree) == (0, None, True)
    (large,) = product_ranks(Weights([[[10**200]], [[10**200]]]), [2])
    assert (large.exact, large.by_svd, large.agree) == (
        1,
        {"float64": None, "float32": None},
        False,
    )
    assert large.to_jsonable()["distance_bounds"] == ["9.999999999E+399", "1.000000001E+400"]
