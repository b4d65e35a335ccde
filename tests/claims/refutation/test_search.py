"""Searches against plain loops over strata, and what they say."""

import json

import pytest

from linnet_exact.claims import networks_in_box
from linnet_exact.claims.domain import DOMAINS, Cover
from linnet_exact.claims.refutation import Refutation, refute
from linnet_exact.errors import InputError
from linnet_exact.files import check_certificate
from linnet_exact.strata import Fiber, Network, Stratum
from linnet_exact.weights import Weights

SAME = [
    (
        "strata",
        "implies(not maximal, singular)",
        lambda s: s.maximal or s.singular,
    ),
    ("strata", "dim >= codim", lambda s: s.dimension >= s.codimension),
    ("strata", "real_components == 1", lambda s: s.real_components == 1),
    ("strata", "r(1, 0) <= omega(L, 0) + 1", lambda s: s.rank_list.r(1, 0) <= s.barcode.rank + 1),
    ("strata", "len(bars) <= max(widths) + 1",
     lambda s: sum(s.barcode.values()) <= max(s.barcode.widths) + 1),
    ("covers", "upper.dim - lower.dim == 1", lambda c: c.upper.dimension - c.lower.dimension == 1),
    ("covers", "move == 'connect'", lambda c: c.move.kind == "connect"),
    ("pairs", "upper.dim - lower.dim <= 2", lambda p: p.upper.dimension - p.lower.dimension <= 2),
    (
        "pairs",
        "implies(upper.singular, lower.singular)",
        lambda p: not p.upper.singular or p.lower.singular,
    ),
    ("fibers", "fiber.smooth or rank == 0", lambda f: f.smooth or f.rank == 0),
    (
        "fibers",
        "fiber.strata == fiber.sorted.strata",
        lambda f: f.count() == Network(*sorted(f.network.widths)).fiber(f.rank).count(),
    ),
    ("fibers", "fiber.dim == max(fiber.component_dimensions)", lambda f: True),
    ("fibers", "fiber.reversed.strata == fiber.strata", lambda f: True),
]  # fmt: skip


def brute_force(over: str, holds, max_depth: int, max_width: int) -> list:
    return [
        case
        for network in networks_in_box(max_depth, max_width)
        for fiber in network.fibers()
        for case in DOMAINS[over].cases(fiber)
        if not holds(case)
    ]


@pytest.mark.parametrize(("over", "text", "function"), SAME, ids=[same[1] for same in SAME])
def test_searches_find_what_loops_find(over: str, text: str, function) -> None:
    box = {"max_depth": 3, "max_width": 2}
    violations = brute_force(over, function, **box)
    counted = refute(text, over, **box, count=True)
    assert counted.violations == len(violations)
    by_function = refute(function, over, **box, count=True)
    assert (by_function.checked, by_function.violations) == (counted.checked, len(violations))
    found = refute(text, over, **box)
    assert found.found == counted.found == by_function.found == bool(violations)
    if found.counterexample is not None:
        first = violations[0]
        fiber = first if isinstance(first, Fiber) else getattr(first, "lower", first).fiber
        assert found.counterexample.fiber == fiber
        assert found.counterexample == counted.counterexample
        if isinstance(first, Stratum):
            assert found.counterexample.barcodes == {"barcode": first.barcode}
        elif not isinstance(first, Fiber):
            ends = {"lower": first.lower.barcode, "upper": first.upper.barcode}
            assert found.counterexample.barcodes == ends
        if isinstance(first, Cover):
            assert found.counterexample.move == str(first.move)


def test_known_conjectures_fail_where_they_must() -> None:
    cone = refute("implies(not maximal, singular)").counterexample
    assert cone is not None
    assert cone.widths == (1, 2, 1)  # a quadric cone, singular at 0 only
    unequal = refute("len(set(fiber.component_dimensions)) == 1", "fibers").counterexample
    assert unequal is not None
    assert (unequal.widths, unequal.values) == (
        (1, 1, 2),
        {"fiber.component_dimensions": (1, 2)},
    )


@pytest.mark.parametrize("over", ["strata", "covers", "pairs", "fibers"])
def test_counterexamples_have_weights_and_certificates_that_check(over: str) -> None:
    found = refute("widths[0] < 2 or L < 2", over, max_width=2)
    report = json.loads(json.dumps(found.to_jsonable()["counterexample"], default=str))
    assert found.counterexample is not None
    for name, theta in found.counterexample.weights.items():
        assert isinstance(theta, Weights)
        assert theta.barcode == found.counterexample.barcodes[name]
        proof = report["certificate"] if over == "strata" else report["certificate"][name]
        assert check_certificate(proof)


def test_values_of_every_quantity_are_shown() -> None:
    found = refute("dim + r(1, 0) + omega(0, 0) + sum(widths) < 9", max_depth=2).counterexample
    assert found is not None
    ranks, barcode = found.barcodes["barcode"].rank_list, found.barcodes["barcode"]
    assert found.values == {
        "dim": barcode.stratum.dimension,
        "widths": barcode.widths,
        "r(1, 0)": ranks.r(1, 0),
        "omega(0, 0)": barcode.omega(0, 0),
    }


def test_what_is_said_when_nothing_is_found() -> None:
    found = refute("dim >= 0", max_depth=2, max_width=2)
    assert not found.found
    assert found.complete
    assert found.note == "it held on 54 strata; this proves nothing beyond them"


def test_time_runs_out() -> None:
    found = refute("dim >= 0", max_depth=9, max_width=9, max_seconds=0.2)
    assert not found.found
    assert not found.complete
    assert found.seconds > 0.2
    assert "when the time was over" in found.note


def test_only_fibers_of_one_rank() -> None:
    found = refute("rank == 1", "fibers", max_depth=2, max_width=2, rank=1)
    assert (found.found, found.checked) == (False, 12)


def test_cases_without_a_value_are_named() -> None:
    with pytest.raises(InputError, match=r"widths 1,1 and rank 0: widths\[2\] with index 2"):
        refute("widths[2] >= 1")
    assert not refute("implies(L >= 2, widths[L] >= 1)", max_depth=2).found


def test_unknown_domains_are_refused() -> None:
    with pytest.raises(InputError, match="not 'layers'"):
        refute("dim >= 0", "layers")


def test_progress_is_reported() -> None:
    reports: list[int] = []
    found = refute("dim >= 0", max_depth=2, max_width=2, report=reports.append)
    assert reports[-1] == found.checked
    assert reports == sorted(reports)
    assert isinstance(found, Refutation)


@pytest.mark.parametrize("count", [False, True])
@pytest.mark.parametrize(
    ("over", "text"),
    [
        ("strata", "implies(not maximal, singular)"),
        ("strata", "dim >= 0"),
        ("covers", "upper.dim - lower.dim < 3"),
        ("fibers", "fiber.smooth or rank == 0 or L < 3"),
    ],
)
def test_processes_change_nothing(over: str, text: str, count: bool) -> None:
    one, two = (
        refute(text, over, max_depth=3, max_width=3, count=count, jobs=jobs).to_jsonable()
        for jobs in (1, 2)
    )
    assert one | {"seconds": 0} == two | {"seconds": 0}


def test_faults_come_in_order_from_processes() -> None:
    for jobs in (1, 2):
        with pytest.raises(InputError, match="no value for widths 1,1,1,1 and rank 0"):
            refute("implies(L > 2, 1 / rank > 0)", max_depth=3, max_width=2, jobs=jobs)
        found = refute(
            "implies(L > 2, 1 / rank > 0) and L < 2", max_depth=3, max_width=2, jobs=jobs
        )
        assert found.counterexample.widths == (1, 1, 1)
    with pytest.raises(InputError, match="top level of a module"):
        refute(lambda stratum: True, max_depth=2, max_width=2, jobs=2)
