"""What commands print is checked by `check`, or refused with what to do instead."""

import json
from pathlib import Path
from typing import Any

import pytest

from linnet_exact.claims.checking import check_document
from linnet_exact.claims.proof import explain, prove
from linnet_exact.cli.main import main
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.strata.values.json_integers import jsonable

THETA = Path(__file__).parents[1] / "files" / "golden" / "input.json"
TARGET = {"format": "linnet-exact/matrix", "version": 1, "field": "QQ"}
ACCEPTED = [
    ["prove", "--depth", "1"],
    ["prove", "--depth", "2", "--explain"],
    ["refute", "maximal"],
    ["refute", "L < 2", "--over", "fibers"],
    ["path", "THETA", "THETA"],
    ["transport", "THETA", "THETA"],
]
REFUSED = [
    (["fiber", "2,2", "--rank", "1"], "can be run again"),
    (["strata", "2,2", "--rank", "1"], "can be run again"),
    (["count", "2,2"], "can be run again"),
    (["dag", "2,2"], "can be run again"),
    (["verify", "dimension", "--max-depth", "1", "--max-width", "1"], "can be run again"),
    (["refute", "dim >= 0", "--max-depth", "1"], "run linnet-exact refute again"),
    (["analyze", "THETA"], "--certificate"),
    (["analyze", "THETA", "--probable"], "--certificate"),
    (["critical", "THETA", "--target", "TARGET"], "--certificate"),
    (["flow", "THETA"], "can be run again"),
    (["tangent", "THETA"], "can be run again"),
    (["crosscheck", "THETA"], "can be run again"),
    (["sample", "2,2", "--barcode", "0-1:2"], "analyze --certificate"),
    (["transport", "THETA", "THETA", "--map"], "leave out --map"),
    (["landscape", "1,1", "--target", "TARGET"], "can be run again"),
]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    theta = json.loads(THETA.read_text())["weights"]
    rows = [[0] * len(theta[0][0]) for _ in theta[-1]]
    (tmp_path / "target.json").write_text(json.dumps({**TARGET, "matrix": rows}))
    (tmp_path / "one.json").write_text(json.dumps({**TARGET, "matrix": [[1]]}))

    def run(arguments: list[str]) -> Path:
        target = "one.json" if arguments[0] == "landscape" else "target.json"
        known = {"THETA": str(THETA), "TARGET": str(tmp_path / target)}
        command = [known.get(argument, argument) for argument in arguments]
        if arguments[0] not in ("sample", "dag"):
            command += ["--format", "json"]
        if arguments[0] == "dag":
            command += ["--format", "json"]
        assert main(command) in (0, 1)
        path = tmp_path / "printed.json"
        path.write_text(capsys.readouterr().out)
        return path

    return run


@pytest.mark.parametrize("arguments", ACCEPTED, ids=" ".join)
def test_what_is_checked(printed, arguments: list[str]) -> None:
    assert main(["check", str(printed(arguments))]) == 0


@pytest.mark.parametrize(("arguments", "way_out"), REFUSED, ids=lambda value: " ".join(value)[:30])
def test_what_is_refused_with_a_way_out(
    printed, capsys: pytest.CaptureFixture[str], arguments: list[str], way_out: str
) -> None:
    assert main(["check", str(printed(arguments))]) == 2
    line = capsys.readouterr().err
    assert way_out in line
    assert line.count("\n") == 1


def test_every_change_of_a_report_on_a_proof_is_noticed() -> None:
    proof = prove(1)
    report = {**jsonable(proof.to_jsonable()), "explanation": explain(proof)}
    assert len(check_document(report)) == 3
    changes: list[dict[str, Any]] = [
        {"depth": 2}, {"depth": 0}, {"depth": True}, {"depth": 11}, {"blocks": 10}, {"blocks": 9.0},
        {"identity": False}, {"identity": 1}, {"identities": []}, {"explanation": "by magic"},
        {"identities": report["identities"][1:]}, {"more": 1},
    ]  # fmt: skip
    for change in changes:
        with pytest.raises((CertificateError, InputError)):
            check_document({**report, **change})


@pytest.mark.parametrize("value", [None, [], [{}], 3, "text", {}, {"format": 1}])
def test_values_of_every_type_are_refused(value: Any) -> None:
    with pytest.raises(InputError, match="no certificate"):
        check_document(value)
