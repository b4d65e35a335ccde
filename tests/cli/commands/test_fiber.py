"""`fiber` against numbers known from the literature and from listing."""

import json
from fractions import Fraction

import pytest

from linnet_exact import Fiber, Network
from linnet_exact.cli.main import main

KEYS = {
    "widths",
    "rank",
    "weight_dimension",
    "strata",
    "dimension",
    "codimension",
    "components",
    "top_components",
    "component_dimensions",
    "learning_coefficient",
    "multiplicity",
    "smooth",
    "real_components",
    "euler_characteristic",
    "minimal_stratum",
}


def fiber(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert main(["fiber", *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("widths", "rank", "strata"),
    [
        ("1,1,1", 0, 3), ("1^4", 0, 7), ("2,2,2", 0, 6), ("2,2,2", 1, 3), ("2,3,2", 1, 4),
        ("2^4", 0, 27), ("3^4", 0, 77), ("4^4", 0, 182), ("3^5", 0, 535), ("4^5", 0, 2035),
    ],
)  # fmt: skip
def test_known_numbers_of_strata(capsys, widths: str, rank: int, strata: int) -> None:
    assert fiber(capsys, widths, "--rank", str(rank))["strata"] == strata


@pytest.mark.parametrize("widths", [(1, 1), (3, 2), (1, 2, 1), (2, 1, 2, 1, 2), (2, 3, 2)])
def test_glance_against_the_list_of_strata(capsys, widths: tuple[int, ...]) -> None:
    for rank in range(min(widths) + 1):
        found = fiber(capsys, ",".join(map(str, widths)), "--rank", str(rank))
        strata = list(Fiber(Network(*widths), rank).strata())
        top = max(stratum.dimension for stratum in strata)
        maximal = sorted(s.dimension for s in strata if s.maximal)
        assert set(found) >= KEYS
        assert found["dimension"] == top == found["weight_dimension"] - found["codimension"]
        assert found["component_dimensions"] == maximal
        assert (found["components"], found["top_components"]) == (len(maximal), maximal.count(top))
        assert Fraction(found["learning_coefficient"]) == Fraction(found["codimension"], 2)
        assert found["smooth"] == (not any(stratum.singular for stratum in strata))


def test_above_the_list_limit(capsys) -> None:
    assert main(["fiber", "3^5", "--list-limit", "19", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert found["components"] is found["component_dimensions"] is None
    assert (found["strata"], found["top_components"]) == (535, 4)
    assert err.count("\n") == 1
    assert "--list-limit" in err


def test_target_matrix_gives_the_rank(capsys, tmp_path) -> None:
    path = tmp_path / "W.json"
    matrix = [["1/3", "2/3", 1], ["2/3", "4/3", 2]]
    path.write_text(json.dumps({"format": "linnet-exact/matrix", "version": 1, "matrix": matrix}))
    assert fiber(capsys, "3,2,2", "--target", str(path))["rank"] == 1
    assert main(["fiber", "2,2,3", "--target", str(path)]) == 2
    assert "the matrix is 2x3; a network of widths 2,2,3 needs" in capsys.readouterr().err


def test_target_of_too_large_rank(capsys, tmp_path) -> None:
    path = tmp_path / "W.json"
    matrix = [[1, 0], [0, 1]]
    path.write_text(json.dumps({"format": "linnet-exact/matrix", "version": 1, "matrix": matrix}))
    assert main(["fiber", "2,1,2", "--target", str(path)]) == 2
    assert "products of these weights have rank at most 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("widths", "rank", "real", "euler", "points", "codimensions"),
    [
        ("1,1", 0, 1, 1, [1], [0, 1]),  # one point; its orbit {0} has codimension 1
        ("1,1", 1, 1, 1, [1], [1]),
        ("1,1,1", 0, 1, 1, [-1, 2], [0, 2, 1]),  # x y = 0: two lines that meet
        ("1,1,1", 1, 2, 0, [-1, 1], [1]),  # x y = 1
        ("1,1,1,1", 1, 4, 0, [1, -2, 1], [1]),  # x y z = 1: a torus
        # x_1 y_1 + x_2 y_2 = 0: a quadric cone
        ("1,2,1", 0, 1, 1, [0, -1, 1, 1], [0, 1, 2, 0, 1]),
    ],
)
def test_topology_by_hand(capsys, widths, rank, real, euler, points, codimensions) -> None:
    for command in ("fiber", "count"):
        assert main([command, widths, "--rank", str(rank), "--polynomials"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["real_components"] == real
        assert found["euler_characteristic"] == euler == sum(found["point_polynomial"])
        assert found["point_polynomial"] == points
        assert found["codimension_polynomial"] == codimensions
