"""Few components without NumPy, against those of the listing and against all strata."""

import subprocess
import sys
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Network
from linnet_exact.strata.listing.components import Components, components_of
from linnet_exact.strata.listing.few_components import (
    candidates_up_to,
    few_component_dimensions,
)
from linnet_exact.strata.values.excess import Excess


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=2, max_size=6), st.data())
def test_they_are_the_maximal_strata(widths: list[int], data: st.DataObject) -> None:
    network = Network(*widths)
    rank = data.draw(st.integers(0, network.min_width))
    found = few_component_dimensions(Excess(network, rank))
    assert found == sorted(Components([Excess(network, rank)]).dimensions[0])
    if network.fiber(rank).count() < 200:
        strata = network.fiber(rank).strata()
        assert found == sorted(stratum.dimension for stratum in strata if stratum.maximal)


def test_candidates_are_falling_sequences() -> None:
    for widths in [(2, 2), (3, 2, 4), (2, 3, 1, 2), (3, 3, 2, 3, 2), (4, 2, 2, 2, 1, 3)]:
        network = Network(*widths)
        for rank in range(network.min_width + 1):
            first, *inner, _ = (width - rank for width in widths)
            sequences = [
                s
                for s in product(*(range(width + 1) for width in inner))
                if all(a >= b for a, b in pairwise((first, *s)))
            ]
            excess, number = Excess(network, rank), len(sequences)
            for limit in range(number + 3):
                found = candidates_up_to(excess, limit)
                assert found == number or number > limit < found, (excess, limit, found)
            assert len(components_of(excess, limit=number).dimensions[0]) <= number
            if number > 1:
                message = f"among more than {number - 1} strata"
                with pytest.raises(TooLargeError, match=message):
                    components_of(excess, limit=number - 1)


@pytest.mark.parametrize("arguments", [["fiber", "3^5"], ["count", "6^6"], ["fiber", "2,3,2"]])
def test_small_questions_need_no_large_library(arguments: list[str]) -> None:
    program = (
        "import sys; from linnet_exact.cli.main import main; main(sys.argv[1:]); "
        "sys.exit(str({'numpy', 'flint', 'sympy'} & set(sys.modules)) if "
        "{'numpy', 'flint', 'sympy'} & set(sys.modules) else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
