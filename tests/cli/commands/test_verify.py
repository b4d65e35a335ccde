"""`verify` as a process: its report, its exit status, and what Ctrl-C leaves."""

import json
import signal
import subprocess
import sys

import pytest

from linnet_exact.claims import CLAIMS
from linnet_exact.cli.main import main
from tests.measured import wait_until_busy

VERIFY = [sys.executable, "-m", "linnet_exact", "verify"]


def test_report(capsys) -> None:
    box = ["--max-depth", "2", "--max-width", "2", "--max-weight-dimension", "4"]
    assert main(["verify", *box, "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [claim["name"] for claim in report["claims"]] == list(CLAIMS)
    for claim in report["claims"]:
        assert claim["checked"] > 0
        assert claim["failed"] == 0
        assert claim["seconds"] >= 0
        assert claim["statement"]
        assert claim["source"]


def test_processes_change_nothing(capsys) -> None:
    reports = []
    for jobs in ("1", "2"):
        arguments = ["dimension", "--max-depth", "2", "--max-width", "3", "--jobs", jobs]
        assert main(["verify", *arguments, "--format", "json"]) == 0
        report = json.loads(capsys.readouterr().out)
        reports.append([{**claim, "seconds": None} for claim in report["claims"]])
    assert reports[0] == reports[1]


def test_a_failed_claim_is_status_1_and_shows_its_witness(capsys, monkeypatch) -> None:
    from tests.claims.test_verification import FALSE

    monkeypatch.setitem(CLAIMS, FALSE.name, FALSE)
    assert main(["verify", "false", "--format", "json"]) == 1
    (claim,) = json.loads(capsys.readouterr().out)["claims"]
    assert claim["failed"] > 0
    assert claim["witness"]["widths"] == [1, 1, 1]
    assert main(["verify", "false", "--format", "table"]) == 1
    out, err = capsys.readouterr()
    assert '"widths": [1, 1, 1]' in err
    assert out.startswith("name")


@pytest.mark.parametrize(
    ("box", "widths"),
    [
        (["--max-depth", "99", "--max-width", "1"], "1^100"),
        (["--max-depth", "9", "--max-width", "9", "--rank", "1"], "9^10"),
        (["--max-depth", "200000"], "2^1001"),
        (["--max-depth", "99", "--max-width", "99", "--max-weight-dimension", "60"], "2^12"),
    ],
)
def test_boxes_with_too_many_strata_are_refused_at_once(capsys, box, widths: str) -> None:
    assert main(["verify", "points", "dimension", *box]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"more than 1000000 strata, which are not listed; one has the widths {widths}\n" in err


def test_boxes_with_too_many_networks_are_refused_at_once(capsys) -> None:
    box = ["--max-depth", "40", "--max-width", "3", "--rank", "3"]
    assert main(["verify", *box]) == 2
    networks = sum(3 ** (depth + 1) for depth in range(1, 41))
    expected = f"linnet-exact: the box has {networks} networks; the limit is 5000000\n"
    assert capsys.readouterr() == ("", expected)
    assert main(["verify", "dimension", *box, "--random", "1"]) == 0


def test_claims_on_fibers_need_no_strata(capsys, monkeypatch) -> None:
    monkeypatch.setattr("linnet_exact.strata.box.LIST_LIMIT", 2)
    box = ["--max-depth", "2", "--max-width", "1", "--format", "json"]
    assert main(["verify", "dimension", *box]) == 2
    assert "the widths 1^3" in capsys.readouterr().err
    assert main(["verify", "points", *box]) == 0
    assert json.loads(capsys.readouterr().out)["networks"] == 2


def test_unknown_claims_are_refused(capsys) -> None:
    assert main(["verify", "dimensoin"]) == 2
    assert "did you mean dimension" in capsys.readouterr().err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interruption_keeps_what_was_checked(jobs: str) -> None:
    arguments = ["--max-depth", "4", "--max-width", "6", "--jobs", jobs, "--format", "json"]
    process = subprocess.Popen(
        [*VERIFY, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    wait_until_busy(process, 2.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130, err
    assert json.loads(out)["claims"][0]["checked"] > 0
    assert "Traceback" not in err
    assert "interrupted after" in err


def test_claims_are_listed_and_explained(capsys) -> None:
    assert main(["verify", "--list", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows] == list(CLAIMS)
    assert all(row["statement"] and row["method"] and row["latex"] for row in rows)
    assert main(["verify", "order", "--explain", "--format", "table"]) == 0
    assert capsys.readouterr().out.startswith("order\n  for all    fibers\n")
    assert main(["verify", "--list", "--format", "table"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(CLAIMS) + 1


def checked(capsys, *arguments: str) -> dict[str, int]:
    assert main(["verify", *arguments, "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    return {claim["name"]: claim["checked"] for claim in report["claims"]} | {
        "networks": report["networks"]
    }


def test_box_by_weight_dimension(capsys) -> None:
    box = ["--max-depth", "4", "--max-width", "9", "--max-weight-dimension", "3"]
    # 1,1 1,2 2,1 1,3 3,1 1,1,1 1,1,2 2,1,1 1,1,1,1
    assert checked(capsys, "count", *box)["networks"] == 9


def test_one_rank(capsys) -> None:
    box = ["--max-depth", "2", "--max-width", "2"]
    assert checked(capsys, "count", *box, "--rank", "2") == {"count": 2, "networks": 12}
    assert checked(capsys, "count", *box, "--rank", "3") == {"count": 0, "networks": 12}


def test_random_networks(capsys) -> None:
    names = ["dimension", "boundary", "degeneration", "one-orbit"]
    arguments = [*names, "--random", "6", "--seed", "5", "--max-depth", "6", "--max-width", "7"]
    one = checked(capsys, *arguments)
    assert one == checked(capsys, *arguments, "--jobs", "2")
    assert (one["networks"], one["dimension"], one["one-orbit"]) == (6, 6, 6)
