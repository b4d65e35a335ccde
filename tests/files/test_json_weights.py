"""Weights and matrix files in JSON: round trips, and one clear line for all that is wrong."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact import Matrix, NumberField, Weights
from linnet_exact.errors import FileError
from linnet_exact.files import (
    matrix_to_jsonable,
    read_matrix,
    read_weights,
    weights_to_jsonable,
)

SQRT2 = {"generator": "a", "minimal_polynomial": ["-2", "0", "1"], "near": "1.4142"}
HEADER = {"format": "linnet-exact/weights", "version": 1, "field": "QQ"}


def written(folder: Path, value: Any) -> Path:
    path = folder / "theta.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def weights_text(entry: str) -> str:
    return json.dumps(HEADER)[:-1] + ', "weights": [[[1, 2]], [[3], [' + entry + "]]]}"


@given(st.lists(st.lists(st.fractions(), min_size=2, max_size=2), min_size=1, max_size=3))
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, rows: list[list[Fraction]]) -> None:
    path = tmp_path_factory.mktemp("files") / "file.json"
    theta = Weights([rows])
    path.write_text(json.dumps(weights_to_jsonable(theta)))
    assert read_weights(path) == theta
    path.write_text(json.dumps(matrix_to_jsonable(Matrix(rows))))
    assert read_matrix(path) == Matrix(rows)


def test_every_kind_of_entry(tmp_path: Path) -> None:
    rows = [[1, "3/4", "-0.1", "1e-2", 2**80, str(-(2**80))]]
    path = written(tmp_path, {**HEADER, "weights": [rows]})
    found = read_weights(path).matrices[0].rows()[0]
    assert found == [1, Fraction(3, 4), Fraction(-1, 10), Fraction(1, 100), 2**80, -(2**80)]
    again = weights_to_jsonable(read_weights(path))["weights"][0][0]
    assert again == [1, "3/4", "-1/10", "1/100", str(2**80), str(-(2**80))]


def test_the_field_is_q_when_left_out(tmp_path: Path) -> None:
    value = {"format": "linnet-exact/weights", "version": 1, "weights": [[[1]]]}
    assert read_weights(written(tmp_path, value)) == Weights([[[1]]])


def test_weights_over_a_number_field(tmp_path: Path) -> None:
    value = {**HEADER, "field": SQRT2, "weights": [[["a", 2], [1, "a"]], [["1/2 + 3*a", "-a^3"]]]}
    theta = read_weights(written(tmp_path, value))
    assert theta.field == NumberField("sqrt(2)")
    assert (theta.matrices[0].rank(), theta.fiber.rank) == (1, 1)
    again = weights_to_jsonable(theta)
    assert again["field"] == SQRT2
    assert again["weights"] == [[["a", 2], [1, "a"]], [["1/2 + 3*a", "-2*a"]]]


def test_the_root_may_be_chosen_by_a_rounded_number(tmp_path: Path) -> None:
    text = json.dumps({**HEADER, "field": SQRT2, "weights": [[["a"]]]}).replace('"1.4142"', "-1.4")
    theta = read_weights(written(tmp_path, text))
    assert theta.matrices[0][0, 0].sign() == -1


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("0.5", r'W_2, row 2, column 1: the JSON number 0.5 may have been rounded; .* "0.5"'),
        ("1e3", "W_2, row 2, column 1: the JSON number 1e3"),
        ("NaN", "W_2, row 2, column 1: expected a finite number, not NaN"),
        ("-Infinity", "W_2, row 2, column 1: expected a finite number, not -Infinity"),
        ("1e100001", "W_2, row 2, column 1: the exponent of '1e100001' must be at most 100000"),
        ('"nan"', "W_2, row 2, column 1: expected a number"),
        ('"1/0"', "W_2, row 2, column 1: division by zero"),
        ('"__import__(1)"', "W_2, row 2, column 1: expected a number"),
        ('"1e999999999"', "W_2, row 2, column 1: the exponent"),
        ("true", "W_2, row 2, column 1: expected an integer or a text such as .*, not bool"),
        ("null", "W_2, row 2, column 1: .* not NoneType"),
        ("[1]", "W_2, row 2, column 1: .* not list"),
        ("3, 4", "W_2, row 2 has length 2, expected 1 as in row 1"),
        ("", "W_2, row 2 must be a list of at least one entry"),
    ],
)
def test_bad_entries_are_named_by_place(tmp_path: Path, entry: str, message: str) -> None:
    path = written(tmp_path, weights_text(entry))
    with pytest.raises(FileError, match=f"{path}: {message}") as caught:
        read_weights(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([1], 'expected a JSON object with "format": "linnet-exact/weights"'),
        ({"format": "other"}, '"format" must be "linnet-exact/weights", not "other"'),
        ({**HEADER, "version": 2}, '"version" must be 1, not 2'),
        ({**HEADER, "version": True}, '"version" must be 1, not true'),
        ({**HEADER}, '"weights" must be a list of at least one matrix'),
        ({**HEADER, "weights": []}, '"weights" must be a list of at least one matrix'),
        ({**HEADER, "weights": [[]]}, "W_1 must be a list of at least one row"),
        ({**HEADER, "weights": [[1]]}, "W_1, row 1 must be a list of at least one entry"),
        ({**HEADER, "weights": [[[1, 2]], [[1, 2]]]}, "W_2 is 1x2 but W_1 is 1x2: .* rows? of W_1"),
        ({**HEADER, "field": "RR", "weights": [[[1]]]}, 'field must be "QQ" or an object'),
        ({**HEADER, "field": 7, "weights": [[[1]]]}, 'field must be "QQ" or an object'),
        ({**HEADER, "field": {**SQRT2, "generator": 3}, "weights": [[[1]]]}, "field.generator"),
        (
            {**HEADER, "field": SQRT2, "weights": [[["a", "b"]]]},
            "W_1, row 1, column 2: the generator of the field is named .a., not .b.",
        ),
    ],
)
def test_bad_structure(tmp_path: Path, value: Any, message: str) -> None:
    path = written(tmp_path, value)
    with pytest.raises(FileError, match=message):
        read_weights(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON: .* at line 1, column 1"),
        ('{"format":\n "linnet-exact/weights",,}', "not JSON: .* at line 2, column 25"),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 200_000, "a number may have at most"),
        ('{"weights": 1, "weights": 2}', 'the key "weights" comes twice in one JSON object'),
    ],
)
def test_text_that_is_not_json(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FileError, match=message):
        read_weights(written(tmp_path, text))


def test_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "theta.json"
    path.write_bytes(b'{"format": "\xff"}')
    with pytest.raises(FileError, match="expected JSON in UTF-8; byte 12 is not"):
        read_weights(path)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for read, name in ((read_weights, "theta.json"), (read_weights, "a.npz"), (read_matrix, "w")):
        with pytest.raises(FileError, match=f"{tmp_path / name}: No such file"):
            read(tmp_path / name)
    with pytest.raises(FileError, match="Is a directory"):
        read_weights(tmp_path)
