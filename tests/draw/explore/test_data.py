"""What a page knows, against the objects one by one."""

from typing import Any

import pytest

from linnet_exact import Matrix, Network, Weights, sample
from linnet_exact.draw.explore import data as data_module
from linnet_exact.draw.explore.data import page_data
from linnet_exact.strata import Barcode, Fiber
from linnet_exact.strata.formulas.q_product import cyclotomic
from linnet_exact.strata.order.conditions import rank_conditions

FIBERS = [
    Network(1, 1).fiber(),
    Network(3, 2).fiber(2),
    Network(1, 2, 1).fiber(),
    Network(2, 3, 2).fiber(1),
    Network(2, 2, 2, 2).fiber(),
    Network(2, 1, 1, 2).fiber(1),
]


def weights_of(texts: list[str]) -> Weights:
    return Weights([[row.split(",") for row in text.split(";")] for text in texts])


def expanded(count: Any) -> list[int]:
    power, factors = count
    coefficients = [0] * power + [1]
    for n, exponent in factors:
        for _ in range(exponent):
            coefficients = cyclotomic(n).times(coefficients)
    return coefficients


@pytest.mark.parametrize("fiber", FIBERS, ids=repr)
def test_everything_known_about_strata(fiber: Fiber) -> None:
    dag = fiber.dag()
    found = page_data(dag)
    known = found["strata"]
    assert {len(column) for column in known.values()} == {len(dag)}
    for number, barcode in enumerate(dag.barcodes()):
        stratum = barcode.stratum
        row = {name: column[number] for name, column in known.items()}
        assert row["barcode"] == str(barcode)
        assert row["dimension"] == stratum.dimension
        assert row["tangent"] == stratum.tangent_dimension_of_fiber
        assert row["local"] == stratum.local_fiber_dimension
        assert row["real"] == stratum.real_components
        assert row["maximal"] == stratum.maximal
        assert row["conditions"] == rank_conditions(stratum.rank_list)
        assert expanded(row["count"]) == stratum.point_polynomial()
        assert weights_of(row["point"]) == sample(barcode)
        strands = [strand for strands in row["rows"] for strand in strands]
        assert Barcode({f"{i}-{k}": count for i, k, count in strands}) == barcode


@pytest.mark.parametrize("fiber", FIBERS, ids=repr)
def test_covers(fiber: Fiber) -> None:
    dag = fiber.dag()
    found = page_data(dag)
    edges = found["edges"]
    moves = [found["moves"][move][:2] for move in edges["move"]]
    assert list(zip(edges["lower"], edges["upper"], moves, strict=True)) == [
        (a, b, [move.kind, [str(move.lower), str(move.upper)]]) for a, b, move in dag.edges()
    ]
    assert len(edges["path"]) == len(dag.lower)


def test_points_have_the_product_that_is_asked_for() -> None:
    target = Matrix([["1/2", 1], [1, 2]])
    found = page_data(Network(2, 3, 2).fiber(1).dag(), target)
    points = [weights_of(point) for point in found["strata"]["point"]]
    assert [point.product() for point in points] == [target] * 4
    assert [str(point.barcode) for point in points] == found["strata"]["barcode"]


def test_weights_are_the_point_of_their_stratum() -> None:
    theta = sample("0-0,0-2,1-1,1-2", seed=5, field="sqrt(2)")
    found = page_data(theta.fiber.dag(), weights=theta)
    assert found["strata"]["barcode"][found["marked"]] == "0-0,0-2,1-1,1-2"
    assert found["field"] == theta.field.to_jsonable()
    points = [
        Weights([[row.split(",") for row in text.split(";")] for text in point], theta.field)
        for point in found["strata"]["point"]
    ]
    assert points[found["marked"]] == theta
    assert {point.product() for point in points} == {theta.product()}


def test_points_stop_where_they_would_fill_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_module, "_POINT_CHARACTERS", 40)
    dag = Network(2, 2, 2).fiber().dag()
    ticks: list[None] = []
    points = page_data(dag, tick=lambda: ticks.append(None))["strata"]["point"]
    assert points[0] is not None
    assert points[-1] is None
    assert len(ticks) == len(dag)
    monkeypatch.setattr(data_module, "_POINT_ENTRIES", 8 * len(dag) - 1)
    assert page_data(dag)["strata"]["point"] == [None] * len(dag)


def test_wide_networks_have_no_numbers_of_points() -> None:
    assert page_data(Network(65, 1).fiber().dag())["strata"]["count"] == [None]
    assert page_data(Network(64, 1).fiber().dag())["strata"]["count"] != [None]
