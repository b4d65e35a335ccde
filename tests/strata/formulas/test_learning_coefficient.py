"""The closed formula against the smallest codimension and the number of strata that have it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.strata import Fiber, Network
from linnet_exact.strata.formulas.dimension import orbit_codimension, product_variety_dimension
from linnet_exact.strata.formulas.learning_coefficient import learning_invariants
from tests.strata.reference import enumerate_barcodes
from tests.strategies_strata import fibers


@given(fibers(max_depth=4, max_width=4))
def test_codimension_is_the_smallest_of_all_strata(fiber: Fiber) -> None:
    codimensions = [
        orbit_codimension(barcode) for barcode in enumerate_barcodes(fiber.network, fiber.rank)
    ]
    smallest = min(codimensions)
    invariants = learning_invariants(fiber.network, fiber.rank)
    base = product_variety_dimension(fiber.network, fiber.rank)
    assert invariants.codimension == base + smallest
    assert invariants.coefficient == Fraction(invariants.codimension, 2)
    assert invariants.top_components == codimensions.count(smallest)


@given(fibers(max_depth=5, max_width=9), st.randoms())
def test_order_of_widths_does_not_matter(fiber: Fiber, random: object) -> None:
    widths = list(fiber.network.widths)
    random.shuffle(widths)  # type: ignore[attr-defined]
    first, second = (learning_invariants(n, 0) for n in (fiber.network, Network(*widths)))
    assert first == second


@pytest.mark.parametrize(
    ("widths", "rank", "coefficient", "multiplicity"),
    [
        ("3,2", 0, 3, 1),  # a point: half of all six parameters
        ("1,1,1", 0, Fraction(1, 2), 2),  # x y = 0
        ("1,1,1,1", 0, Fraction(1, 2), 3),  # x y z = 0
        ("1,1,1", 1, Fraction(1, 2), 1),  # x y = 1
    ],
)
def test_known_coefficients(
    widths: str, rank: int, coefficient: Fraction, multiplicity: int
) -> None:
    fiber = Network.parse(widths).fiber(rank)
    assert (fiber.learning_coefficient, fiber.multiplicity) == (coefficient, multiplicity)
