"""Components of many fibers at once, against one fiber at a time."""

import pytest

from linnet_exact.claims import networks_in_box, refute
from linnet_exact.claims.refutation.component_dimensions import component_dimensions
from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Network


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_they_are_those_of_each_fiber(depth: int) -> None:
    box = networks_in_box(depth, 3 if depth < 4 else 2)
    fibers = [f for network in box if network.depth == depth for f in network.fibers()]
    found = list(component_dimensions(fibers))
    assert found == [tuple(fiber.component_dimensions()) for fiber in fibers]
    assert found[:3] == list(component_dimensions(fibers[:3]))


def test_a_fiber_with_too_many_waits_for_its_turn() -> None:
    fibers = [Network(*[width] * 17).fiber() for width in (1, 2, 20)]
    found = component_dimensions(fibers)
    assert [next(found) for _ in range(2)] == [
        tuple(fiber.component_dimensions()) for fiber in fibers[:2]
    ]
    with pytest.raises(TooLargeError, match="too many strata to list its components"):
        next(found)


def test_named_twice_and_for_other_widths() -> None:
    equal = "fiber.reversed.component_dimensions == fiber.component_dimensions"
    assert not refute(f"len(fiber.component_dimensions) == fiber.components and {equal}",
                      "fibers", 3, 3).found  # fmt: skip
    found = refute("fiber.sorted.components == fiber.components", "fibers", 3, 3).counterexample
    ordered = Network(*sorted(found.widths)).fiber(found.rank)
    own = Network(*found.widths).fiber(found.rank)
    assert len(ordered.component_dimensions()) != len(own.component_dimensions())
