"""`landscape`: values, kinds and strata, against points sampled on every stratum."""

import csv
import io
import json
from itertools import combinations

import numpy as np
import pytest

from linnet_exact.algebra import Matrix
from linnet_exact.cli.main import main
from linnet_exact.files import matrix_to_jsonable
from linnet_exact.landscape import Data, critical_point, criticality
from linnet_exact.strata import Barcode, Network


def listing(capsys, tmp_path, widths, rows, *arguments):
    path = tmp_path / "M.json"
    path.write_text(json.dumps(matrix_to_jsonable(Matrix(rows))))
    assert main(["landscape", widths, "--target", str(path), *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("widths", ["2,2,2", "2,1,1,2", "2,2,2,2"])
def test_every_value_and_stratum_is_that_of_a_critical_point(capsys, tmp_path, widths):
    M = [[2, 0], [0, 1]]
    found = json.loads(listing(capsys, tmp_path, widths, M))
    data, network = Data.from_target(Matrix(M)), Network.parse(widths)
    expected = [S for r in range(network.min_width + 1) for S in combinations((1, 2), r)]
    assert [tuple(value["selected"]) for value in found["critical_values"]] == expected
    for value in found["critical_values"]:
        carried = {str(Barcode.from_jsonable(s["barcode"])): s for s in value["strata"]}
        for stratum in network.fiber(value["rank"]).strata():
            if str(stratum.barcode) not in carried:
                continue
            row = carried[str(stratum.barcode)]
            assert row["dimension"] == stratum.dimension
            kinds = set()
            for seed in range(6):
                theta = critical_point(stratum.barcode, data, value["selected"], seed)
                point = criticality(theta, data)
                kinds.add(point.kind)
                assert str(point.loss) == str(value["loss"])
            assert kinds <= set(row["kinds"]) <= set(value["kinds"])


def test_irrational_values_are_exact_and_enclosed(capsys, tmp_path):
    found = json.loads(listing(capsys, tmp_path, "2,2,2", [[2, 1], [0, 1]]))
    values = {tuple(v["selected"]): v for v in found["critical_values"]}
    assert values[1,]["loss"] == "3 - 1/2*lambda_1"
    assert values[1, 2]["loss"] == 0
    low, high = map(float, values[1,]["loss_enclosure"])
    truth = 3 - np.linalg.eigvalsh(np.array([[5, 1], [1, 1]])).max() / 2
    assert low - 1e-9 <= truth <= high + 1e-9
    assert high - low < 1e-10
    assert found["eigenvalues"][0]["polynomial"] == ["4", "-6", "1"]


def test_depth_one_has_the_minimum_only(capsys, tmp_path):
    found = json.loads(listing(capsys, tmp_path, "2,2", [[2, 1], [0, 1]]))
    (value,) = found["critical_values"]
    assert (value["rank"], value["loss"], value["kinds"]) == (2, 0, ["global minimum"])


def test_equal_eigenvalues_and_zero(capsys, tmp_path):
    found = json.loads(listing(capsys, tmp_path, "2,2,2", [[1, 0], [0, 1]]))
    assert not found["distinct_eigenvalues"]
    kinds = {tuple(v["selected"]): v["kinds"] for v in found["critical_values"]}
    assert kinds == {(): ["undecided"], (1,): ["undecided"], (1, 2): ["global minimum"]}
    found = json.loads(listing(capsys, tmp_path, "2,2,2", [[0, 0], [0, 0]]))
    (value,) = found["critical_values"]
    assert (value["loss"], value["kinds"]) == (0, ["global minimum"])
    assert len(value["strata"]) == Network(2, 2, 2).fiber(0).count()


def test_csv_and_plot(capsys, tmp_path):
    plot = tmp_path / "p.svg"
    text = listing(
        capsys, tmp_path, "2,2,2,2", [[2, 0], [0, 1]], "--format", "csv", "--plot", str(plot)
    )
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["selected"] for row in rows} == {"{}", "{1}", "{2}", "{1,2}"}
    assert all(Barcode.parse(row["barcode"]).widths == (2, 2, 2, 2) for row in rows)
    svg = plot.read_text()
    assert svg.startswith("<svg")
    for words in ("global minimum", "strict saddle", "non-strict saddle"):
        assert words in svg


def test_it_is_counted_before_it_is_listed(capsys, tmp_path):
    path = tmp_path / "M.json"
    path.write_text(json.dumps(matrix_to_jsonable(Matrix.identity(9) * 2)))
    assert main(["landscape", "9^9", "--target", str(path)]) == 2
    assert "512 critical values" in capsys.readouterr().err


def test_a_singular_sigma_is_refused(capsys, tmp_path):
    np.savez(tmp_path / "a.npz", X=np.ones((2, 3)), Y=np.ones((2, 3)))
    assert main(["landscape", "2,2,2", "--data", str(tmp_path / "a.npz")]) == 2
    assert "Sigma is singular" in capsys.readouterr().err
