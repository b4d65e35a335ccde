"""`count` against listing, and on networks that nobody could list."""

import json
from collections import Counter

import pytest

from linnet_exact import Network
from linnet_exact.cli.main import main
from linnet_exact.strata.formulas.dimension import orbit_codimension


def count(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert main(["count", *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("widths", "rank"), [("1,1", 1), ("2,3,2", 1), ("3^4", 0), ("1,2,2,1", 0)])
def test_against_the_list(capsys, widths: str, rank: int) -> None:
    found = count(capsys, widths, "--rank", str(rank), "--by", "codimension")
    strata = list(Network.parse(widths).fiber(rank).strata())
    by_codimension = Counter(orbit_codimension(stratum.barcode) for stratum in strata)
    assert found["strata"] == len(strata)
    assert found["by_codimension"] == {str(c): n for c, n in by_codimension.items()}


@pytest.mark.parametrize(
    ("widths", "rank", "q", "points"),
    [("2,2,2", 1, 2, 18), ("2,2,2", 0, 2, 58), ("1,2,2,1", 0, 2, 184), ("2,1,2,1", 0, 3, 345)],
)
def test_known_numbers_of_points(capsys, widths: str, rank: int, q: int, points: int) -> None:
    assert count(capsys, widths, "--rank", str(rank), "--points", str(q))["points"] == points


def test_counts_beyond_the_integers_of_json(capsys) -> None:
    found = count(capsys, "3,3,3,3", "--points", str(2**20))["points"]
    assert isinstance(found, str)
    assert int(found) == Network(3, 3, 3, 3).fiber().points(2**20) > 2**53


@pytest.mark.parametrize("q", ["6", "1", "0", "-2"])
def test_points_over_what_is_no_field(capsys, q: str) -> None:
    assert main(["count", "2,2", "--points", q]) == 2
    assert "prime power" in capsys.readouterr().err
