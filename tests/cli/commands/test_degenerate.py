"""`degenerate` and `transport`: their documents, read again and multiplied out here."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from linnet_exact.cli.main import main
from linnet_exact.files import read_weights

FIELD = {"generator": "a", "minimal_polynomial": ["-2", "0", "1"], "near": "1.4142"}


def weights(folder: Path, name: str, *matrices: list, field: object = "QQ") -> str:
    document = {"format": "linnet-exact/weights", "version": 1, "field": field}
    (folder / name).write_text(json.dumps(document | {"weights": list(matrices)}))
    return str(folder / name)


def out(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(list(arguments)) == status
    return capsys.readouterr().out


def times(a: list, b: list) -> list:
    columns = list(zip(*b, strict=True))
    return [[sum(Fraction(x) * Fraction(y) for x, y in zip(r, c, strict=True)) for c in columns]
            for r in a]  # fmt: skip


def test_limit_and_general_member_by_hand(tmp_path: Path, capsys) -> None:
    zero = weights(tmp_path, "zero.json", [[0]], [[0]])
    up = json.loads(out(capsys, "degenerate", zero, "--to", "0-1,2-2"))
    assert up["given"] == "limit"
    assert up["coefficients"] == [[[[0]], [[0]]], [[[1]], [[0]]]]
    one = weights(tmp_path, "one.json", [["2/3"]], [[0]])
    down = json.loads(out(capsys, "degenerate", one, "--to", "0-0,1-1,2-2"))
    assert down["given"] == "general member"
    assert down["coefficients"] == [[[[0]], [[0]]], [[["2/3"]], [[0]]]]
    near = json.loads(out(capsys, "degenerate", one, "--to", "0-0,1-1,2-2", "--eps", "1/4"))
    assert near["weights"] == [[["1/6"]], [[0]]]
    same = json.loads(out(capsys, "degenerate", one, "--to", "0-1,2-2"))
    assert (same["moves"], len(same["coefficients"])) == ([], 1)


def test_over_many_covers(tmp_path: Path, capsys) -> None:
    file, near = tmp_path / "theta.json", tmp_path / "near.json"
    low = "0-0:2,0-3,1-1:2,2-2:2,3-3:2"
    assert main(["sample", "3,3,3,3", "--barcode", low, "--seed", "1", "-o", str(file)]) == 0
    high = "0-1:2,0-3,2-3:2"
    found = json.loads(out(capsys, "degenerate", str(file), "--to", high))
    assert sum(move["times"] for move in found["moves"]) >= 2
    assert found["coefficients"][0] == json.loads(file.read_text())["weights"]
    for epsilon in ("1", "-1/1000", "1000000"):
        assert (
            main(["degenerate", str(file), "--to", high, "--eps=" + epsilon, "-o", str(near)]) == 0
        )
        assert str(read_weights(near).barcode) == high
        assert read_weights(near).product() == read_weights(file).product()


def test_number_field_and_table(tmp_path: Path, capsys) -> None:
    file = weights(tmp_path, "a.json", [["a"]], [[0]], field=FIELD)
    found = json.loads(out(capsys, "degenerate", file, "--to", "0-0,1-1,2-2"))
    assert found["coefficients"][1][0] == [["a"]]
    table = out(capsys, "degenerate", file, "--to", "0-0,1-1,2-2", "--format", "table")
    assert "checked          true" in table


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["degenerate", "one.json", "--to", "0-0,1-2"], "linnet-exact compare shows why"),
        (["degenerate", "one.json", "--to", "0-2"], "neither of the strata"),
        (["degenerate", "one.json", "--to", "0-1"], "different networks"),
        (["degenerate", "one.json", "--to", "0-1,2-2", "--eps", "x"], "x"),
        (["transport", "one.json", "wide.json"], "has widths 1,1,1, but wide.json has 2,1,1"),
    ],
)
def test_refused(tmp_path: Path, monkeypatch, capsys, arguments, message) -> None:
    monkeypatch.chdir(tmp_path)
    weights(tmp_path, "one.json", [[1]], [[0]])
    weights(tmp_path, "wide.json", [[1, 1]], [[0]])
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert captured.err.count("\n") == 1


def test_transport_is_multiplied_out(tmp_path: Path, capsys) -> None:
    names = [str(tmp_path / name) for name in ("one.json", "two.json")]
    for seed, name in enumerate(names):
        arguments = ["--barcode", "0-0,0-2,1-1,1-2", "--seed", str(seed), "-o", name]
        assert main(["sample", "2,3,2", *arguments]) == 0
    certificate = tmp_path / "g.json"
    assert main(["transport", *names, "--format", "json", "-o", str(certificate)]) == 0
    g = json.loads(certificate.read_text())
    for j in (1, 2):
        left = times(g["group"][j], g["start"][j - 1])
        assert left == times(g["end"][j - 1], g["group"][j - 1])
    assert json.loads(out(capsys, "check", str(certificate), "--format", "json"))["valid"]
    g["group"][1][0][0] = "17/5"
    certificate.write_text(json.dumps(g))
    assert main(["check", str(certificate)]) == 1


def test_transport_of_fibers_and_of_nothing(tmp_path: Path, capsys) -> None:
    one = weights(tmp_path, "one.json", [[1]], [[0]])
    other = weights(tmp_path, "other.json", [[0]], [["a"]], field=FIELD)
    assert main(["transport", one, other]) == 1
    assert "--fibers carries the fiber alone" in capsys.readouterr().err
    found = json.loads(
        out(capsys, "transport", one, other, "--fibers", "--map", "--format", "json")
    )
    assert found["certificate"]["carries"] == "fiber"
    assert len(found["linear_map"]) == 2
    through = weights(tmp_path, "through.json", [[1]], [[1]])
    assert main(["transport", one, through, "--fibers"]) == 1
    assert "--fibers" not in capsys.readouterr().err
    assert "carries       point" in out(capsys, "transport", one, one, "--format", "table")
