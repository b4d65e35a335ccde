import json

import pytest

from linnet_exact.claims.refutation import refute_critical
from linnet_exact.cli.main import main
from linnet_exact.errors import InputError


def test_the_smallest_non_strict_saddle():
    found = refute_critical("kind != 'non-strict saddle'")
    assert found.found
    assert found.point.weights.network.widths == (1, 1, 1, 1)
    assert found.point.kind == "non-strict saddle"


@pytest.mark.parametrize(
    "statement",
    [
        "len(S) == r",
        "(kind == 'strict saddle') == (negative > 0)",
        "positive + zero + negative == d_theta",
        "implies(kind == 'non-strict saddle', tightened)",
        "r <= rho",
    ],
)
def test_what_is_true_is_not_refuted(statement):
    found = refute_critical(statement, max_depth=3, max_width=2, max_weight_dimension=10)
    assert not found.found
    assert found.complete
    assert found.checked > 100


def test_a_counterexample_can_be_looked_at_again(capsys, tmp_path):
    status = main(["refute", "negative <= 1", "--over", "critical", "--format", "json"])
    assert status == 1
    case = json.loads(capsys.readouterr().out)["counterexample"]
    for name in ("weights", "target"):
        (tmp_path / f"{name}.json").write_text(json.dumps(case[name]))
    files = [str(tmp_path / "weights.json"), "--target", str(tmp_path / "target.json")]
    assert main(["critical", *files, "--format", "json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert again["hessian"]["negative"] == case["values"]["negative"] > 1


def test_counting_and_time_and_bad_names():
    # 1,1: one point of rank 0 (rho = 0) and one of rank 1; 1,1,1: three strata, then one of each.
    found = refute_critical("r > 0", max_depth=2, max_width=1, count=True)
    assert (found.checked, found.violations, found.note) == (
        7, 5, "5 of 7 critical points violate it"
    )  # fmt: skip
    assert not refute_critical("r >= 0", max_seconds=0).complete
    with pytest.raises(InputError, match="no_such_name"):
        refute_critical("no_such_name > 0")
    with pytest.raises(InputError, match="'saddle' is not one of the words"):
        refute_critical("kind == 'saddle'")
