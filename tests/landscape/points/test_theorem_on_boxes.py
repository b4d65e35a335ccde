"""The theorem against exact inertias, on every critical stratum of a box."""

from collections import Counter
from itertools import combinations

import pytest

from linnet_exact.algebra import Matrix
from linnet_exact.claims import networks_in_box
from linnet_exact.landscape import Data, criticality
from linnet_exact.landscape.points.critical_points import critical_point
from linnet_exact.landscape.points.critical_strata import (
    Ends,
    can_be_critical,
    can_be_loose,
    can_be_tight,
    match,
)


def check(max_depth: int, max_width: int, max_weight_dimension: int | None = None) -> Counter[str]:
    kinds: Counter[str] = Counter()
    for network in networks_in_box(max_depth, max_width, max_weight_dimension):
        inputs, outputs = network.widths[0], network.widths[-1]
        for rho in range(min(inputs, outputs) + 1):
            M = [[(4 - i) * (i == j < rho) for j in range(inputs)] for i in range(outputs)]
            data = Data.from_target(Matrix(M))
            for rank in range(min(network.min_width, rho) + 1):
                for stratum in network.fiber(rank).strata():
                    kinds += check_stratum(stratum.barcode, data, rho, rank)
    return kinds


def check_stratum(barcode, data, rho, rank) -> Counter[str]:
    ends = Ends.of(barcode)
    critical = can_be_critical(barcode, rho)
    assert critical == (match(ends, rho - rank, ends.is_apart) is not None)
    if not critical:
        return Counter({"none": 1})
    kinds: Counter[str] = Counter()
    for S in combinations(range(1, rho + 1), rank):
        for pairs, possible in (("tight", can_be_tight), ("loose", can_be_loose)):
            if not possible(barcode, rho):
                continue
            theta = critical_point(barcode, data, S, seed=1, pairs=pairs)
            found = criticality(theta, data)
            assert (theta.barcode, found.selected) == (barcode, S)
            assert all(pivot.tightened for pivot in found.pivots) == (pairs == "tight")
            assert (found.inertia.negative > 0) == (found.kind == "strict saddle")
            kinds[found.kind] += 1
    return kinds


def test_small_box():
    kinds = check(3, 2, max_weight_dimension=10)
    assert min(kinds[kind] for kind in ("global minimum", "strict saddle", "none")) > 20
    assert kinds["non-strict saddle"] > 10


@pytest.mark.slow
def test_all_critical_strata_up_to_depth_3_and_width_3():
    assert check(3, 3)["non-strict saddle"] > 100
