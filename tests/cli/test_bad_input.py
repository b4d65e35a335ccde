"""Bad input to real processes: one line that says what is wrong, exit status 2, no traceback."""

import json

import pytest

from tests.terminal import run_command

HEADER = {"format": "linnet-exact/weights", "version": 1, "field": "QQ"}

FILES = {
    "mismatched": ({"weights": [[[1, 2]], [[1, 2]]]}, ["W_2 is 1x2", "W_1 is 1x2"]),
    "ragged": ({"weights": [[[1, 2], [3]]]}, ["W_1, row 2 has length 1, expected 2"]),
    "float": ({"weights": [[[1, 0.5]]]}, ["W_1, row 1, column 2", '"0.5"']),
    "nan": ({"weights": [[[float("nan")]]]}, ["W_1, row 1, column 1", "NaN"]),
    "no layers": ({"weights": []}, ["at least one matrix"]),
    "width 0": ({"weights": [[[]]]}, ["W_1, row 1 must be a list of at least one entry"]),
    "no rows": ({"weights": [[]]}, ["W_1 must be a list of at least one row"]),
    "unknown field": ({"field": "GF(2)", "weights": [[[1]]]}, ['field must be "QQ"']),
}


def refused(*arguments: str) -> str:
    done = run_command(*arguments)
    assert (done.returncode, done.stdout) == (2, b""), done
    line = done.stderr.decode()
    assert line.count("\n") == 1
    assert "Traceback" not in line
    return line


@pytest.mark.parametrize(("change", "words"), FILES.values(), ids=FILES)
def test_bad_weights_files(tmp_path, change: dict, words: list[str]) -> None:
    path = tmp_path / "theta.json"
    path.write_text(json.dumps({**HEADER, **change}))
    line = refused("analyze", str(path))
    assert all(word in line for word in [str(path), *words]), line


def test_malformed_json_by_line_and_column(tmp_path) -> None:
    path = tmp_path / "theta.json"
    path.write_text('{"format": "linnet-exact/weights",\n "version" 1}')
    assert f"{path}: not JSON: Expecting ':' delimiter at line 2, column 12" in refused(
        "analyze", str(path)
    )


def test_a_file_that_is_not_there(tmp_path) -> None:
    path = str(tmp_path / "theta.json")
    assert f"{path}: No such file or directory" in refused("analyze", path)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fiber", "2,3,2", "--rank", "3"], "rank must be between 0 and 2 (the smallest width)"),
        (["fiber", "2,0,2"], "entry 2, '0', is zero"),
        (["fiber", "2"], "at least two widths"),
        (["fiber", "2,x"], "entry 2, 'x', is not a width"),
        (["fiber", "2,2", "--rank", "x"], "'x' is not a valid integer"),
        (["sample", "2,2", "--barcode", "0-0,0-1,1-1:3"], "has widths 2,4, not 2,2"),
        (["sample", "2,2", "--barcode", "0-0:-1,1-1"], "entry 1, '0-0:-1', has a negative"),
        (["sample", "2,2", "--barcode", "1-0"], "ends before it starts"),
        (["sample", "2,2", "--barcode", "0-0"], "a barcode needs bars at two layers at least"),
        (["sample", "2,2"], "missing option '--barcode'"),
        (["sample", "1,1", "--barcode", "0-1", "--height", "0"], "--height"),
        (["verify", "--max-depth", "0"], "--max-depth"),
    ],
)
def test_bad_arguments(arguments: list[str], words: str) -> None:
    assert words in refused(*arguments)


def test_networks_that_would_eat_the_machine() -> None:
    line = refused("sample", "1000000,1000000", "--barcode", "0-0:1000000,1-1:1000000")
    assert "1000000000000 weights" in line
