"""The networks of a box, all of them and in order."""

from itertools import islice, product

import pytest

from linnet_exact.claims import networks_in_box
from linnet_exact.errors import InputError


@pytest.mark.parametrize(("depth", "width"), [(1, 1), (1, 3), (2, 2), (3, 3)])
def test_box_by_sorting(depth: int, width: int) -> None:
    found = list(networks_in_box(depth, width))
    box = {
        widths for n in range(1, depth + 1) for widths in product(range(1, width + 1), repeat=n + 1)
    }
    assert {network.widths for network in found} == box
    assert len(found) == len(box)
    order = [(network.depth, network.weight_dimension, network.widths) for network in found]
    assert order == sorted(order)


def test_a_huge_box_starts_at_once() -> None:
    assert [str(n) for n in islice(networks_in_box(30, 10**6), 2)] == ["1,1", "1,2"]


@pytest.mark.parametrize(("depth", "width"), [(0, 1), (1, 0), (-1, 2)])
def test_empty_boxes_are_refused(depth: int, width: int) -> None:
    with pytest.raises(InputError, match="must be at least 1"):
        networks_in_box(depth, width)
