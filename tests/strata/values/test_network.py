"""Networks: their numbers, what is refused, and that they are values."""

import pickle
from typing import Any

import pytest
from hypothesis import given

from linnet_exact.errors import InputError
from linnet_exact.strata import Network
from tests.strategies_strata import networks


def test_numbers() -> None:
    network = Network(4, 1, 3)
    assert (network.depth, network.weight_dimension, network.min_width) == (2, 7, 1)
    assert [fiber.rank for fiber in network.fibers()] == [0, 1]
    assert str(network) == "4,1,3"
    assert Network(1, 1) < Network(9, 9) < Network(1, 1, 1)


@given(networks())
def test_networks_are_values(network: Network) -> None:
    assert Network.parse(str(network)) == network
    assert pickle.loads(pickle.dumps(network)) == network
    assert eval(repr(network), {"Network": Network}) == network
    assert network.reversed().reversed() == network
    assert len({network, Network(*network.widths)}) == 1
    with pytest.raises(AttributeError):
        network._widths = (1, 1)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("widths", "complaint"),
    [
        ((), "at least two widths"),
        ((3,), "at least two widths"),
        ((3, 0), "the width of layer 1 must be at least 1, not 0"),
        ((-3, 1), "the width of layer 0 must be at least 1, not -3"),
        ((3, 1.0), "the width of layer 1 must be an integer, not 1.0"),
        ((3, True), "must be an integer, not True"),
        (([2, 3], 2), "must be an integer"),
        ((3, 10**9 + 1), "at most 1000000000"),
        ((1,) * 1002, "depth 1000 at most, not 1001"),
    ],
)
def test_refused(widths: tuple[Any, ...], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        Network(*widths)
