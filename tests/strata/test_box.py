"""The networks of a box, all of them and in order."""

from itertools import islice, product

import pytest

from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata import Network
from linnet_exact.strata.box import networks_in_box, require_strata_in_reach


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


def test_boxes_of_few_weights_have_few_layers() -> None:
    found = [str(network) for network in networks_in_box(10**9, 10**9, 3)]
    assert found == ["1,1", "1,2", "2,1", "1,3", "3,1", "1,1,1", "1,1,2", "2,1,1", "1,1,1,1"]


@pytest.mark.parametrize(
    ("inside", "beyond"),
    [((4, 9), (5, 9)), ((19, 1), (20, 1)), ((10**6, 10**6, 9), (10**6, 10**6, 20))],
)
def test_boxes_of_strata_in_reach(inside: tuple[int, ...], beyond: tuple[int, ...]) -> None:
    require_strata_in_reach(*inside)
    with pytest.raises(TooLargeError, match="more than 1000000 strata"):
        require_strata_in_reach(*beyond)
    require_strata_in_reach(*beyond[:2], rank=beyond[1])  # one stratum each


@pytest.mark.parametrize("box", [(2, 3, 6), (3, 3, 9), (4, 2, 11)])
def test_boxes_in_reach_are_decided_as_by_all_of_their_fibers(monkeypatch, box) -> None:
    """But with a bound on the weights only the networks of one width are looked at."""
    depth, width, few = box
    counts = [n.fiber().count() for n in networks_in_box(depth, width)]
    for limit in sorted({*counts, max(counts) + 1, 0}):
        monkeypatch.setattr("linnet_exact.strata.box.LIST_LIMIT", limit)
        try:
            require_strata_in_reach(depth, width)
        except TooLargeError:
            assert max(counts) > limit
        else:
            assert max(counts) <= limit
        try:
            require_strata_in_reach(depth, width, few)
        except TooLargeError:
            some = networks_in_box(depth, width, few)
            assert any(network.fiber().count() > limit for network in some)


def test_counts_grow_with_depth_and_width_and_fall_with_rank() -> None:
    """Why it is enough to look at the deepest network of one width."""
    for network in networks_in_box(3, 3):
        counts = [fiber.count() for fiber in network.fibers()]
        assert counts == sorted(counts, reverse=True)
        largest = Network(*[3] * 4).fiber(0).count()
        assert counts[0] <= largest
        deeper = Network(*network.widths, 1)
        assert deeper.fiber(0).count() >= counts[0]
