"""Reports of searches, checked: every change of what is claimed is noticed."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from linnet_exact.claims.refutation.again import check_refutation
from linnet_exact.claims.refutation.critical_search import refute_critical
from linnet_exact.claims.refutation.search import refute
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.strata.values.json_integers import jsonable
from tests.files.certificates.mutations import at, changed, nodes

GOLDEN = Path(__file__).parents[2] / "files" / "golden"
OF_SEARCH = {"checked", "violations", "complete", "reached", "seconds", "note"}
VALUES: list[Any] = [None, True, 0, 1, 2, -1, "1", "L", [], {}, [1, 1], {"0-0": 1}, "1/2"]


def reports() -> dict[str, Any]:
    found = {p.stem: json.loads(p.read_text()) for p in GOLDEN.glob("refute-*.json")}
    found["pairs"] = jsonable(refute("upper.dim - lower.dim < 2", over="pairs").to_jsonable())
    found["critical"] = jsonable(refute_critical("kind != 'non-strict saddle'").to_jsonable())
    return found


@pytest.mark.parametrize(("name", "report"), reports().items(), ids=lambda value: str(value)[:20])
def test_reports_hold_and_their_changes_do_not(name: str, report: dict[str, Any]) -> None:
    assert "does not hold" in check_refutation(report)[0]
    changes = [
        (place, new)
        for place in list(nodes(report))[1:]
        for new in VALUES
        if json.dumps(new) != json.dumps(at(report, place))
        and not (place[0] in {*OF_SEARCH, "found"} or "family" in place)
        and place[1:3] != ("target", "matrix")  # other targets may do as well
    ]
    for place, new in random.Random(name).sample(changes, 60):
        with pytest.raises((CertificateError, InputError)):
            check_refutation(changed(report, place, new))


@pytest.mark.parametrize(("name", "report"), reports().items(), ids=lambda value: str(value)[:20])
def test_keys_that_are_missing_or_new(name: str, report: dict[str, Any]) -> None:
    for place in random.Random(name).sample(list(nodes(report)), 30):
        old = at(report, place)
        if not isinstance(old, dict) or (place and place[0] == "reached"):
            continue
        forged = [{**old, "more": 1}]
        forged += [{k: v for k, v in old.items() if k != key} for key in old if key != "reached"]
        for new in forged:
            with pytest.raises((CertificateError, InputError)):
                check_refutation(changed(report, place, new))


def test_a_statement_that_holds_there() -> None:
    report = jsonable(refute("implies(not maximal, singular)").to_jsonable())
    with pytest.raises(CertificateError, match="the statement holds"):
        check_refutation({**report, "statement": "implies(maximal, not singular)"})
    report["counterexample"]["barcode"] = {"0-1": 1, "1-2": 1}
    with pytest.raises(CertificateError, match="the statement holds"):
        check_refutation(report)


def test_a_search_that_found_nothing_claims_nothing() -> None:
    report = jsonable(refute("dim >= 0", max_depth=1, max_width=1).to_jsonable())
    with pytest.raises(InputError, match="run linnet-exact refute again"):
        check_refutation(report)


def test_a_point_that_is_not_critical() -> None:
    report = jsonable(refute_critical("kind != 'non-strict saddle'").to_jsonable())
    forged = copy.deepcopy(report)
    forged["counterexample"]["target"]["matrix"] = [[7]]
    forged["counterexample"]["weights"]["weights"] = [[[1]], [[1]], [[1]]]
    with pytest.raises(CertificateError, match="not critical"):
        check_refutation(forged)
