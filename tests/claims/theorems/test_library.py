"""Every claim holds on small networks, and fails when what it checks is made wrong."""

from fractions import Fraction

import pytest

from linnet_exact.claims import (
    CLAIMS,
    DOMAINS,
    networks_in_box,
    verify,
)
from linnet_exact.claims.domain import Pair
from linnet_exact.claims.theorems import closure, dimensions, finite_fields, listings
from linnet_exact.claims.theorems.finite_fields import points_by_barcode, rank_modulo
from linnet_exact.claims.theorems.listings import barcodes_by_bars
from linnet_exact.strata import Barcode, Fiber, Network, Stratum
from linnet_exact.strata.formulas.learning_coefficient import LearningInvariants
from linnet_exact.strata.formulas.q_product import QProduct
from tests.strata.reference import enumerate_barcodes
from tests.strategies_strata import box_of_fibers

# Claims that take more time have tests, and faults, beside the modules that they are about.
MINE = [
    "dimension",
    "rank-differential",
    "orbit-dimension",
    "singular",
    "boundary",
    "count",
    "codimensions",
    "components",
    "rank-reduction",
    "minimal-stratum",
    "order",
    "learning-coefficient",
    "points",
    "point-polynomials",
    "one-orbit",
    "real-components",
]


def failures(name: str, max_depth: int = 2, max_width: int = 2) -> int:
    results = verify([CLAIMS[name]], networks_in_box(max_depth, max_width))
    return sum(tallies[name].failed for _, tallies in results)


@pytest.mark.parametrize("name", MINE)
def test_claim_holds(name: str) -> None:
    results = list(verify([CLAIMS[name]], networks_in_box(2, 2)))
    assert sum(tallies[name].checked for _, tallies in results) > 0
    assert not any(tallies[name].failed for _, tallies in results), results


def one_more(function):
    return lambda *arguments: function(*arguments) + 1


def test_wrong_dimensions_are_found(monkeypatch) -> None:
    monkeypatch.setattr(Stratum, "dimension", property(lambda stratum: 1))
    assert failures("dimension") > 0
    assert failures("boundary") > 0


def test_wrong_ranks_of_the_differential_are_found(monkeypatch) -> None:
    wrong = one_more(dimensions.rank_of_differential_by_ranks)
    monkeypatch.setattr(dimensions, "rank_of_differential_by_ranks", wrong)
    assert failures("rank-differential") > 0


def test_wrong_codimensions_are_found(monkeypatch) -> None:
    wrong = one_more(dimensions.orbit_codimension)
    monkeypatch.setattr(dimensions, "orbit_codimension", wrong)
    assert failures("orbit-dimension") > 0
    monkeypatch.setattr(listings, "orbit_codimension", wrong)
    assert failures("learning-coefficient") > 0


def test_wrong_singularities_are_found(monkeypatch) -> None:
    monkeypatch.setattr(Stratum, "singular", property(lambda stratum: False))
    assert failures("singular") > 0


def test_wrong_smoothness_is_found(monkeypatch) -> None:
    monkeypatch.setattr(Fiber, "smooth", property(lambda fiber: True))
    assert failures("singular") > 0


def test_a_missing_stratum_is_found(monkeypatch) -> None:
    listing = Fiber.strata

    def all_but_one(fiber: Fiber, *limit: int):
        strata = list(listing(fiber, *limit))
        return iter(strata[: max(len(strata) - 1, 1)])

    monkeypatch.setattr(Fiber, "strata", all_but_one)
    assert failures("count") > 0
    assert failures("points") > 0
    assert failures("point-polynomials") > 0
    assert failures("rank-reduction", 2, 3) > 0


def test_a_wrong_count_is_found(monkeypatch) -> None:
    monkeypatch.setattr(Fiber, "count", one_more(Fiber.count))
    assert failures("count") > 0


def test_a_wrong_minimal_stratum_is_found(monkeypatch) -> None:
    wrong = property(lambda fiber: list(fiber.strata())[-1])
    monkeypatch.setattr(Fiber, "minimal_stratum", wrong)
    assert failures("minimal-stratum") > 0


def test_wrong_counts_by_codimension_are_found(monkeypatch) -> None:
    monkeypatch.setattr(listings, "count_by_codimension", lambda *fiber, listed: {0: 1})
    assert failures("codimensions") > 0


def test_wrong_components_are_found(monkeypatch) -> None:
    monkeypatch.setattr(Fiber, "components", lambda fiber: tuple(fiber.strata()))
    assert failures("components") > 0


def test_wrong_covers_are_found(monkeypatch) -> None:
    monkeypatch.setattr(closure, "covers_above", lambda barcode: [])
    assert failures("order") > 0


def test_missing_moves_are_found(monkeypatch) -> None:
    monkeypatch.setattr(closure, "rising_moves", lambda barcode: iter(()))
    assert failures("order") > 0


def test_a_wrong_learning_coefficient_is_found(monkeypatch) -> None:
    wrong = LearningInvariants(Fraction(1, 3), 1, 1, 1)
    monkeypatch.setattr(listings, "learning_invariants", lambda network, rank: wrong)
    assert failures("learning-coefficient") > 0


def test_wrong_points_are_found(monkeypatch) -> None:
    monkeypatch.setattr(finite_fields, "stratum_point_count", lambda barcode: QProduct(1, ()))
    assert failures("points") > 0
    assert failures("point-polynomials") > 0


def test_a_wrong_recursion_for_points_is_found(monkeypatch) -> None:
    wrong = one_more(finite_fields.fiber_points)
    monkeypatch.setattr(finite_fields, "fiber_points", wrong)
    assert failures("points") > 0
    monkeypatch.setattr(finite_fields, "fiber_point_polynomial", lambda network, rank: [1])
    assert failures("point-polynomials") > 0


def test_wrong_numbers_of_real_components_are_found(monkeypatch) -> None:
    monkeypatch.setattr(Stratum, "real_components", property(lambda stratum: 1))
    assert failures("real-components") > 0


def test_strata_taken_for_one_another_are_found(monkeypatch) -> None:
    monkeypatch.setattr(Stratum, "__eq__", lambda stratum, other: True)
    monkeypatch.setattr(Stratum, "__hash__", lambda stratum: hash(stratum.barcode))
    low, high = Barcode.parse("0-0,1-1,2-2").stratum, Barcode.parse("0-0,1-2").stratum
    verdict = CLAIMS["one-orbit"].check(Pair(low, high), 0)
    assert not verdict.holds
    assert verdict.evidence["same_fiber"]
    assert not verdict.evidence["g_takes_one_to_the_other"]


@pytest.mark.parametrize("name", DOMAINS)
def test_draws_of_domains_are_cases(name: str) -> None:
    from random import Random

    domain, random = DOMAINS[name], Random(1)
    for fiber in box_of_fibers(2, 2):
        cases = list(domain.cases(fiber))
        for _ in range(3):
            case = domain.draw(fiber, random)
            if case is not None:
                reverse = Pair(*case[::-1]) if name == "points" else case
                assert case in cases or reverse in cases
                assert domain.describe(case)["widths"] == list(fiber.network.widths)


def test_barcodes_found_bar_by_bar() -> None:
    for fiber in box_of_fibers(3, 2):
        expected = set(enumerate_barcodes(fiber.network, fiber.rank))
        found = list(barcodes_by_bars(fiber))
        assert len(found) == len(expected)
        assert set(found) == expected


def test_points_counted_one_by_one() -> None:
    """The number of pairs (x, y) in F_3 with x y = 0 is 1 + 2 + 2."""
    counts = points_by_barcode(Network(1, 1, 1).fiber(), 3)
    assert sorted(counts.values()) == [1, 2, 2]
    assert sum(points_by_barcode(Network(2, 2, 2).fiber(1), 2).values()) == 18
    assert sum(points_by_barcode(Network(2, 2, 2).fiber(0), 2).values()) == 58
    assert sum(points_by_barcode(Network(1, 2, 2, 1).fiber(0), 2).values()) == 184


@pytest.mark.parametrize(
    ("rows", "q", "rank"),
    [
        (((0, 0), (0, 0)), 2, 0),
        (((2, 0), (0, 2)), 2, 0),
        (((1, 1), (1, 1)), 3, 1),
        (((0, 1), (1, 0)), 3, 2),
        (((1, 2, 3), (4, 5, 6), (7, 8, 10)), 3, 2),
        (((1, 2, 3), (4, 5, 6), (7, 8, 10)), 5, 3),
    ],
)
def test_rank_modulo(rows, q: int, rank: int) -> None:
    assert rank_modulo(rows, q) == rank
