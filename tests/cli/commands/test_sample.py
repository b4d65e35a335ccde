"""`sample` with its options, as other programs see it."""

import json

import pytest

from linnet_exact import Matrix
from linnet_exact.cli.main import main


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "W.json"
    header = {"format": "linnet-exact/matrix", "version": 1, "field": "QQ"}
    path.write_text(json.dumps(header | {"matrix": [[1, 2], ["3/2", 3]]}))
    return str(path)


def sampled(capsys, *arguments: str) -> dict:
    assert main(["sample", "2,3,2", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_target(capsys, target: str) -> None:
    found = sampled(capsys, "--barcode", "0-0,0-2,1-1:2,2-2", "--target", target)
    first, second = map(Matrix, found["weights"])
    assert second @ first == Matrix([[1, 2], ["3/2", 3]])


def test_field_and_height(capsys) -> None:
    arguments = ("--barcode", "0-2:2,1-1", "--field", "sqrt(2) + sqrt(3)", "--height", "2")
    found = sampled(capsys, *arguments)
    assert found["field"]["minimal_polynomial"] == ["1", "0", "-10", "0", "1"]
    assert any("a" in str(x) for matrix in found["weights"] for row in matrix for x in row)


def test_sparse(capsys) -> None:
    found = sampled(capsys, "--barcode", "0-0,0-2,1-1:2,2-2", "--sparse")
    assert sum(x == 0 for matrix in found["weights"] for row in matrix for x in row) >= 6


def test_balanced(capsys, target: str) -> None:
    bars = ("--barcode", "0-0,0-2,1-1:2,2-2", "--balanced")
    first, second = map(Matrix, sampled(capsys, *bars)["weights"])
    assert second.T @ second == first @ first.T
    found = sampled(capsys, *bars, "--target", target)
    assert found["field"]["minimal_polynomial"] == ["-65", "0", "0", "0", "4"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--barcode", "0-2:2,1-1", "--target"], "the target has rank 1"),
        (["--barcode", "0-2:2,1-1", "--field", "pi"], "pi"),
        (["--barcode", "0-1,0-2,1-1,2-2", "--balanced"], "is balanced"),
        (["--barcode", "0-2:2,1-1", "--balanced", "--sparse"], "not both"),
        (["--barcode", "0-1:2"], "has widths 2,2, not 2,3,2"),
    ],
)
def test_bad_input_is_one_line(capsys, target: str, arguments: list[str], words: str) -> None:
    if arguments[-1] == "--target":
        arguments = [*arguments, target]
    assert main(["sample", "2,3,2", *arguments]) == 2
    message = capsys.readouterr().err
    assert words in message
    assert message.count("\n") == 1
