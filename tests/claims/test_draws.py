"""Pseudo-random networks, fibers and strata."""

from itertools import islice
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.claims import CLAIMS, random_networks, verify
from linnet_exact.claims.draws import random_fiber, random_stratum
from linnet_exact.errors import InputError
from linnet_exact.strata import Fiber, Network
from tests.strategies_strata import fibers


@given(fibers(max_depth=5, max_width=9), st.integers(0, 9))
def test_random_strata_are_strata_of_their_fiber(fiber: Fiber, seed: int) -> None:
    stratum = random_stratum(fiber, Random(seed))
    assert stratum.fiber == fiber == stratum.barcode.fiber
    assert stratum == random_stratum(fiber, Random(seed))


def test_every_stratum_can_be_drawn() -> None:
    fiber = Network(2, 2, 2).fiber()
    random = Random(1)
    assert {random_stratum(fiber, random) for _ in range(300)} == set(fiber.strata())


def test_random_networks_keep_to_the_box() -> None:
    networks = list(islice(random_networks(4, 7, Random(2), max_weight_dimension=30), 50))
    assert all(n.depth <= 4 and max(n.widths) <= 7 for n in networks)
    assert all(n.weight_dimension <= 30 for n in networks)
    assert len({n.depth for n in networks}) == 4
    assert random_fiber(networks[0], Random(3)).network == networks[0]


def test_hopeless_boxes_are_refused() -> None:
    with pytest.raises(InputError, match="make the box smaller"):
        next(random_networks(9, 1000, Random(1), max_weight_dimension=1))


def test_verification_of_draws() -> None:
    networks = list(islice(random_networks(6, 8, Random(4)), 5))
    claims = [CLAIMS["dimension"], CLAIMS["boundary"], CLAIMS["one-orbit"]]
    one, other = (
        [
            {name: (t.checked, t.failed) for name, t in tallies.items()}
            for _, tallies in verify(claims, networks, draw=True, jobs=jobs)
        ]
        for jobs in (1, 2)
    )
    assert one == other
    assert all(tallies["dimension"] == (1, 0) for tallies in one)
