"""Fibers and strata: what they answer, against brute force over all strata of small fibers."""

import json
import pickle
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given

from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata import Barcode, Fiber, Network, Stratum
from linnet_exact.strata.listing.local_dimension import codimension_above
from tests.strategies_strata import box_of_fibers, fibers

BOX = [*box_of_fibers(max_depth=3, max_width=3), Network(2, 1, 2, 1, 2).fiber()]


def test_local_dimension_and_singular_by_comparing_all_strata() -> None:
    for fiber in BOX:
        strata = list(fiber.strata())
        ranks = {stratum: stratum.rank_list for stratum in strata}
        for stratum in strata:
            above = [other for other in strata if ranks[stratum] <= ranks[other]]
            local = max(other.dimension for other in above)
            assert stratum.local_fiber_dimension == local
            assert stratum.singular == (stratum.tangent_dimension_of_fiber > local)
            assert stratum.maximal == (above == [stratum])
            assert stratum.minimal == (stratum == fiber.minimal_stratum)
            base = fiber.network.weight_dimension - fiber.rank * (
                fiber.network.widths[0] + fiber.network.widths[-1] - fiber.rank
            )
            assert codimension_above(ranks[stratum]) == base - local


def test_fiber_by_its_strata() -> None:
    for fiber in BOX:
        strata = list(fiber.strata())
        assert strata[0] == fiber.minimal_stratum
        assert fiber.count() == len(strata)
        assert fiber.dimension == max(stratum.dimension for stratum in strata)
        assert fiber.smooth == (not any(stratum.singular for stratum in strata))
        maximal = [stratum for stratum in strata if stratum.maximal]
        components = fiber.components()
        assert components is not None
        assert sorted(map(str, components)) == sorted(map(str, maximal))
        dimensions = [stratum.dimension for stratum in components]
        assert dimensions == sorted(dimensions, reverse=True)
        assert fiber.component_dimensions() == dimensions[::-1]
        assert fiber.top_components == dimensions.count(fiber.dimension)


def test_quadric_cone_is_singular_at_its_apex_only() -> None:
    fiber = Network(1, 2, 1).fiber()
    assert [stratum.singular for stratum in fiber.strata()] == [True, False, False, False]


def test_closure_order_of_strata() -> None:
    lowest, left, right = Network(1, 1, 1).fiber().strata()
    assert lowest < left
    assert left >= lowest
    assert not left <= right
    assert not right <= left
    assert left.covers_below() == [lowest]
    assert lowest.covers_above() == [right, left]
    with pytest.raises(InputError, match="different fibers"):
        lowest <= Network(1, 1).fiber().minimal_stratum  # noqa: B015


def test_limits_on_listing() -> None:
    fiber = Network(2, 2, 2, 2).fiber()
    with pytest.raises(TooLargeError, match="the fiber has 27 strata, above the limit 26"):
        fiber.strata(list_limit=26)
    assert fiber.components(list_limit=5) is None
    assert fiber.component_dimensions(list_limit=5) is None
    answer = fiber.to_jsonable(list_limit=5)
    assert (answer["components"], answer["component_dimensions"]) == (None, None)
    assert answer["strata"] == 27
    assert fiber.to_jsonable(list_limit=6)["components"] == len(fiber.components() or ())


def test_what_cannot_be_counted_is_null() -> None:
    answer = Network.parse("384,32,384,32,384,32,384,32,384,32,384,32,384").fiber().to_jsonable()
    assert (answer["strata"], answer["components"]) == (None, None)
    assert answer["dimension"] + answer["codimension"] == answer["weight_dimension"]


def test_json_keys_of_the_contract() -> None:
    answer = json.loads(json.dumps(Network(2, 3, 2).fiber(1).to_jsonable()))
    assert {
        "widths", "rank", "weight_dimension", "strata", "dimension", "codimension", "components",
        "top_components", "component_dimensions", "learning_coefficient", "multiplicity", "smooth",
        "minimal_stratum",
    } <= set(answer)  # fmt: skip
    assert answer["minimal_stratum"] == {
        "barcode": {"0-0": 1, "0-2": 1, "1-1": 2, "2-2": 1},
        "rank_list": {"0~0": 2, "1~0": 1, "1~1": 3, "2~0": 1, "2~1": 1, "2~2": 2},
        "dimension": 5,
        "codimension": 7,
        "tangent_dimension_of_fiber": 9,
        "local_fiber_dimension": 8,
        "singular": True,
        "real_components": 1,
        "maximal": False,
        "minimal": True,
    }


def test_integers_beyond_doubles_are_text() -> None:
    answer = Network(10**9, 10**9).fiber().to_jsonable()
    assert answer["weight_dimension"] == "1000000000000000000"
    assert answer["learning_coefficient"] == "500000000000000000"


@pytest.mark.parametrize(
    ("widths", "rank"),
    [((1, 1), 0), ((1, 1), 1), ((3, 2), 2), ((1, 5, 1), 1), ((1, 1, 1, 1), 0), ((4, 4), 4)],
)
def test_edges(widths: tuple[int, ...], rank: int) -> None:
    fiber = Network(*widths).fiber(rank)
    strata = list(fiber.strata())
    assert len(strata) == fiber.count()
    if len(widths) == 2:  # one matrix: the fiber is one point
        (point,) = strata
        assert (fiber.dimension, fiber.smooth, point.maximal, point.minimal) == (
            0,
            True,
            True,
            True,
        )


@pytest.mark.parametrize("rank", [-1, 3, 10**30])
def test_rank_out_of_range(rank: int) -> None:
    with pytest.raises(InputError, match=r"between 0 and 2 \(the smallest width\), not"):
        Network(2, 3, 2).fiber(rank)


@pytest.mark.parametrize("rank", [1.0, "1", None, True])
def test_rank_of_another_type(rank: Any) -> None:
    with pytest.raises(InputError, match="rank must be"):
        Network(2, 3, 2).fiber(rank)


def test_stratum_of_another_network_or_rank() -> None:
    fiber = Fiber(Network(2, 3, 2), 1)
    with pytest.raises(InputError, match="barcode 0-0,0-1,1-1 has widths 2,2, not 2,3,2"):
        Stratum(fiber, Barcode.parse("0-0,0-1,1-1"))
    with pytest.raises(InputError, match="has 2 bars 0-2, but the rank of the fiber is 1"):
        Stratum(fiber, Barcode.parse("0-2:2,1-1"))


def test_wide_and_deep_strata_answer_without_listing() -> None:
    fiber = Network.parse("384,32,384,32,384,32,384,32,384,32,384,32,384").fiber(16)
    lowest = fiber.minimal_stratum
    assert (lowest.local_fiber_dimension, lowest.singular) == (fiber.dimension, True)
    full = Network(384, 32, 384, 32, 384).fiber(32).minimal_stratum
    assert (full.local_fiber_dimension, full.singular) == (full.dimension, False)


def test_importing_strata_imports_no_heavy_library() -> None:
    program = (
        "import sys, linnet_exact.strata;"
        "print([name for name in ('flint', 'sympy', 'numpy', 'networkx') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_fibers_beyond_64_bit_dimensions_still_answer() -> None:
    fiber = Network.parse("1000000000^12").fiber(10**9 - 1)
    answer = fiber.to_jsonable()
    assert (answer["strata"], answer["components"]) == (2**11 - 1, 11)
    assert answer["weight_dimension"] == str(11 * 10**18)
    lowest = fiber.minimal_stratum
    assert lowest.local_fiber_dimension == fiber.dimension
    (_, *above) = lowest.covers_above()
    assert all(stratum.local_fiber_dimension == fiber.dimension for stratum in above)


@given(fibers(max_depth=3, max_width=3))
def test_fibers_and_strata_are_values(fiber: Fiber) -> None:
    assert pickle.loads(pickle.dumps(fiber)) == fiber
    for stratum in fiber.strata():
        assert pickle.loads(pickle.dumps(stratum)) == stratum
        assert hash(Stratum(fiber, Barcode(dict(stratum.barcode)))) == hash(stratum)
        assert stratum.barcode.network == fiber.network
        assert stratum.barcode == Barcode.parse(str(stratum.barcode))


@given(fibers(max_depth=4, max_width=3))
def test_transposing_all_weights_changes_no_answer(fiber: Fiber) -> None:
    reverse = fiber.network.reversed().fiber(fiber.rank)
    assert reverse.learning_coefficient == fiber.learning_coefficient
    assert reverse.component_dimensions() == fiber.component_dimensions()
    assert reverse.point_polynomial() == fiber.point_polynomial()
    assert len(reverse.dag().lower) == len(fiber.dag().lower)
    for stratum in fiber.strata():
        mirror = Stratum(reverse, stratum.barcode.reversed())
        ours, theirs = stratum.to_jsonable(), mirror.to_jsonable()
        for key in set(ours) - {"barcode", "rank_list"}:
            assert ours[key] == theirs[key]
        assert stratum.point_polynomial() == mirror.point_polynomial()


def test_the_degree_of_a_fiber_whose_components_cannot_be_listed_is_refused_not_zero() -> None:
    with pytest.raises(TooLargeError, match="too many to list"):
        _ = Network.parse("30^12").fiber().degree
