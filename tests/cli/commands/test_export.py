"""`export` to every system, and what it refuses."""

import json
from pathlib import Path

import numpy as np
import pytest

from linnet_exact.cli.main import main
from linnet_exact.files import read_weights

EXAMPLE = Path(__file__).parents[2] / "data" / "digits.npz"


@pytest.mark.parametrize("system", ["macaulay2", "singular", "sage", "latex"])
def test_every_text_of_fibers_strata_and_weights(capsys, tmp_path, system: str) -> None:
    barcode = ["--barcode", "0-0,0-2,1-1:2,2-2"]
    target = tmp_path / "W.json"
    header = {"format": "linnet-exact/matrix", "version": 1, "field": "QQ"}
    target.write_text(json.dumps({**header, "matrix": [["1/7", 0], [0, 0]]}))
    theta = tmp_path / "theta.json"
    assert main(["sample", "2,3,2", *barcode, "-o", str(theta)]) == 0
    for arguments in (
        ["2,3,2", "--rank", "1"],
        ["2,3,2", *barcode],
        ["2,3,2", "--target", str(target), *barcode],
        [str(theta)],
    ):
        assert main(["export", *arguments, "--to", system]) == 0
        captured = capsys.readouterr()
        assert captured.err == ""
        assert captured.out.count("W") >= 2
        if "--target" in arguments:
            assert "1/7" in captured.out or r"\frac{1}{7}" in captured.out


@pytest.mark.parametrize("system", ["npz", "safetensors"])
def test_floats_come_back(capsys, tmp_path, system: str) -> None:
    path = tmp_path / f"copy.{system}"
    assert main(["export", str(EXAMPLE), "--to", system, "-o", str(path)]) == 0
    assert read_weights(path) == read_weights(EXAMPLE)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("system", ["npz", "safetensors"])
def test_rounding_is_told(capsys, tmp_path, system: str) -> None:
    theta, path = tmp_path / "theta.json", tmp_path / f"copy.{system}"
    header = {"format": "linnet-exact/weights", "version": 1, "field": "QQ"}
    theta.write_text(json.dumps({**header, "weights": [[["1/3", "1/2"], ["0.1", 3]]]}))
    assert main(["export", str(theta), "--to", system, "-o", str(path)]) == 0
    assert "warning: 2 entries of" in capsys.readouterr().err
    assert read_weights(path).matrices[0].to_numpy().tolist() == [[1 / 3, 0.5], [0.1, 3.0]]


def test_layers(capsys, tmp_path) -> None:
    path = tmp_path / "w.npz"
    np.savez(path, w=np.arange(6.0).reshape(2, 3))
    assert main(["export", str(path), "--layer", "w[:, 0:2].T", "--to", "sage"]) == 0
    assert 'W1 = matrix(QQ, [["0", "3"], ["1", "4"]])' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.json", "--to", "sage"], "nowhere.json: No such file"),
        (["2,0", "--to", "sage"], "widths: entry 2, '0', is zero"),
        (["2,2", "--rank", "3", "--to", "sage"], "rank must be between 0 and 2"),
        (["2,2", "--to", "npz", "-o", "x.npz"], "only weights from a file can be exported to npz"),
        (["2,2", "--to", "maple"], "'maple' is not one of"),
        (["2,2", "--barcode", "0-1", "--to", "sage"], "barcode 0-1 has widths 1,1"),
        (["2,2", "--layer", "w", "--to", "sage"], "--layer goes with a file"),
        (["900,900", "--to", "singular"], "810000 weights, more than the 10000"),
        ([str(EXAMPLE), "--rank", "1", "--to", "sage"], "go with WIDTHS, not with a file"),
        ([str(EXAMPLE), "--to", "npz"], "npz is not text: name a file with -o"),
    ],
)
def test_refusals(capsys, arguments: list[str], words: str) -> None:
    assert main(["export", *arguments]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert words in captured.err
