"""`critical` and `sample --critical`, as other programs see them."""

import json

import numpy as np
import pytest

from linnet_exact.algebra import Matrix
from linnet_exact.cli.main import main
from linnet_exact.files import matrix_to_jsonable, weights_to_jsonable
from linnet_exact.landscape import Data, second_derivative
from linnet_exact.weights import Weights

KEYS = {
    "critical", "loss", "gradient_norm_squared", "rank", "barcode", "hypotheses", "selected",
    "pivots", "hessian", "kind", "escape",
}  # fmt: skip


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "M.json"
    path.write_text(json.dumps(matrix_to_jsonable(Matrix([[2, 1], [0, 1]]))))
    return str(path)


def write(path, theta):
    path.write_text(json.dumps(weights_to_jsonable(theta)))
    return str(path)


def critical(capsys, *arguments):
    status = main(["critical", *arguments, "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


def test_a_strict_saddle_with_its_direction(capsys, tmp_path, target):
    theta = Weights([Matrix.zero(2, 2), Matrix.zero(2, 2)])
    status, found = critical(capsys, write(tmp_path / "z.json", theta), "--target", target)
    assert (status, found["kind"], found["selected"]) == (0, "strict saddle", [])
    assert set(found) >= KEYS
    assert found["hessian"] == {"positive": 4, "zero": 0, "negative": 4}
    direction = [Matrix(rows) for rows in found["escape"]["direction"]]
    value = second_derivative(theta, Data.from_target(Matrix([[2, 1], [0, 1]])), direction)
    assert value == found["escape"]["second_derivative"] < 0


def test_a_point_that_is_not_critical_has_status_1_and_a_gradient(capsys, tmp_path, target):
    theta = Weights([Matrix.identity(2), Matrix.identity(2)])
    status, found = critical(capsys, write(tmp_path / "one.json", theta), "--target", target)
    assert (status, found["critical"], found["kind"]) == (1, False, "not critical")
    assert found["escape"]["gradient"] == [[[-1, -1], [0, 0]], [[-1, -1], [0, 0]]]
    assert found["gradient_norm_squared"] == 4


@pytest.mark.parametrize("selected", ["1", "2", "{2}", "any"])
def test_sampled_critical_points_are_critical(capsys, tmp_path, target, selected):
    path = str(tmp_path / "c.json")
    arguments = ["2,2,2,2", "--barcode", "0-0,0-3,1-1,2-2,3-3", "--target", target, "-o", path]
    assert main(["sample", *arguments, "--critical", selected, "--seed", "3"]) == 0
    status, found = critical(capsys, path, "--target", target)
    assert status == 0
    if selected != "any":
        assert found["selected"] == [int(selected.strip("{}"))]
    assert found["barcode"] == {"0-0": 1, "0-3": 1, "1-1": 1, "2-2": 1, "3-3": 1}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--barcode", "0-0,0-2,1-2", "--critical", "1"], "no point with barcode 0-0,0-2,1-2"),
        (["--barcode", "0-2:2", "--critical", "1"], "S has 1 numbers"),
        (["--barcode", "0-2:2", "--critical", "1,3"], "numbers from 1 to 2"),
        (["--barcode", "0-2:2", "--critical", "1,1"], "must be different"),
        (["--barcode", "0-2:2", "--critical", "x"], "expected numbers such as 1,3"),
        (["--barcode", "0-2:2", "--critical", "1,2", "--height", "3"], "--height does not go"),
        (["--barcode", "0-2:2", "--critical", "1,2", "--balanced"], "--balanced does not go"),
    ],
)
def test_critical_points_that_are_not_there(capsys, target, arguments, words):
    assert main(["sample", "2,2,2", *arguments, "--target", target]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_a_field_of_too_large_a_degree_is_refused_with_the_degree(capsys, tmp_path):
    rng = np.random.default_rng(1)
    np.savez(tmp_path / "a.npz", X=rng.integers(-9, 10, (6, 9)), Y=rng.integers(-9, 10, (6, 9)))
    arguments = ["--critical", "1,2,3", "--data", str(tmp_path / "a.npz")]
    bars = "0-0:3,0-2:3,1-1:3,2-2:3"
    assert main(["sample", "6,6,6", "--barcode", bars, *arguments]) == 2
    assert "degree 120 over Q; the limit is 24" in capsys.readouterr().err


def test_usage(capsys, tmp_path, target):
    theta = write(tmp_path / "z.json", Weights([[[0, 0], [0, 0]]]))
    assert main(["critical", theta]) == 2
    assert "give --data or --target" in capsys.readouterr().err
    assert main(["critical", theta, "--data", target, "--target", target]) == 2
    assert main(["sample", "1,1", "--barcode", "0-1", "--data", target]) == 2
    assert "--data goes with --critical" in capsys.readouterr().err
    assert main(["critical", write(tmp_path / "w.json", Weights([[[1]]])), "--target", target]) == 2
    assert "the data has 2 inputs" in capsys.readouterr().err


def test_a_singular_sigma_says_why_and_gives_the_hessian(capsys, tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("1,2\n2,4\n1,1\n")
    theta = write(tmp_path / "z.json", Weights([[[0, 0]], [[0]]]))
    status, found = critical(capsys, theta, "--data", str(path))
    assert (status, found["kind"], found["selected"]) == (0, "undecided", None)
    assert "Sigma is singular" in found["reason"]
    assert found["hessian"]["negative"] == 1
    assert "strict saddle" in found["reason"]


def test_the_table(capsys, tmp_path, target):
    theta = write(tmp_path / "z.json", Weights([[[0, 0], [0, 0]], [[0, 0], [0, 0]]]))
    assert main(["critical", theta, "--target", target, "--format", "table"]) == 0
    printed = capsys.readouterr().out
    assert "selected               {}" in printed
    assert "positive:4,zero:0,negative:4" in printed
