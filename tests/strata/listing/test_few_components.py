"""Few components without NumPy, against those of the listing and against all strata."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linnet_exact.strata import Network
from linnet_exact.strata.listing.components import Components
from linnet_exact.strata.listing.few_components import few_component_dimensions
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
