"""Certificates of critical points: both checkers accept what holds and refuse what was changed."""

import copy
import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.cli.main import main
from linnet_exact.errors import InputError
from linnet_exact.files import matrix_to_jsonable, weights_to_jsonable
from linnet_exact.files.certificates.critical import critical_certificate
from linnet_exact.files.certificates.sealing import sealed
from linnet_exact.landscape import Data, critical_point, criticality
from linnet_exact.strata import Barcode
from linnet_exact.weights import Weights

SCRIPT = Path(__file__).parents[3] / "scripts" / "check_certificate.py"
M = Data.from_target(Matrix([[3, 0], [0, 1]]))
THREE = Data.from_target(Matrix([[5, 0, 0], [0, 3, 0], [0, 0, 1]]))
K = NumberField("sqrt(2)")
PAIR = Data.from_target(Matrix([["a", 1], [0, "1 - a"]], K))
DIAGONAL = Data.from_target(Matrix([["a", 0], [0, "1 - a"]], K))
SAMPLES = Data.from_samples(Matrix([[1, 2, 0], [0, 1, 1]]), Matrix([[1, 0, 2], [1, 1, 1]]))


def zeros(*widths):
    pairs = itertools.pairwise(widths)
    return Weights([Matrix.zero(after, before) for before, after in pairs])


CASES = {
    "not critical": (Weights([[[1, 0], [0, 1]]]), M),
    "origin": (zeros(2, 2, 2), M),
    "flat origin": (zeros(2, 2, 2, 2), SAMPLES),
    "wrong eigenvector": (critical_point(Barcode.parse("0-0,0-2,1-1,2-2"), M, [2]), M),
    "non-strict": (critical_point(Barcode.parse("0-0,0-3,1-1,2-2,3-3"), M, [1], 1, "tight"), M),
    "fit": (critical_point(Barcode.parse("0-2:2"), SAMPLES, [1, 2]), SAMPLES),
    "bottleneck": (critical_point(Barcode.parse("0-0,0-2,2-2"), M, [1]), M),
    "wide bottleneck": (critical_point("0-0,0-2:2,2-2", THREE, [1, 2]), THREE),
    "rational weights": (zeros(2, 2, 2), PAIR),
    "larger field": (critical_point("0-0,0-2,2-2", PAIR, [2]), PAIR),
    "field, non-strict": (
        critical_point("0-0,0-3,1-1,2-2,3-3", DIAGONAL, [1], 3, "tight"),
        DIAGONAL,
    ),
    "field, bottleneck": (critical_point("0-0,0-2,2-2", PAIR, [1]), PAIR),
    "field, fit": (Weights([PAIR.gamma]), PAIR),
}
KINDS = {
    "not critical": "not critical", "origin": "strict saddle", "flat origin": "non-strict saddle",
    "wrong eigenvector": "strict saddle", "non-strict": "non-strict saddle",
    "fit": "global minimum", "bottleneck": "global minimum", "wide bottleneck": "global minimum",
    "rational weights": "strict saddle", "larger field": "strict saddle",
    "field, non-strict": "non-strict saddle", "field, bottleneck": "global minimum",
    "field, fit": "global minimum",
}  # fmt: skip


def verdicts(tmp_path, certificate):
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(certificate))
    ours = main(["check", str(path), "--format", "json"])
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(path)], capture_output=True, text=True, check=False
    )
    return ours, done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("case", CASES)
def test_both_checkers_accept_what_holds(tmp_path, case):
    certificate = critical_certificate(criticality(*CASES[case]))
    assert certificate["point"] == KINDS[case]
    assert verdicts(tmp_path, certificate)[:2] == (0, 0)


def changed(certificate, path, value):
    new = copy.deepcopy({k: v for k, v in certificate.items() if k != "sha256"})
    place = new
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return sealed(new)


@pytest.mark.parametrize(
    ("case", "path", "value"),
    [
        ("not critical", ("point",), "strict saddle"),
        ("not critical", ("loss",), 7),
        ("not critical", ("proof",), {"direction": []}),
        ("origin", ("point",), "global minimum"),
        ("origin", ("point",), "non-strict saddle"),
        ("origin", ("proof", "direction"), [[[0, 0], [0, 0]], [[0, 0], [0, 0]]]),
        ("origin", ("proof", "direction"), [[[1, 0], [0, 0]], [[-1, 0], [0, 0]]]),
        ("origin", ("weights", 0, 0, 0), 1),
        ("origin", ("weights", 0, 0, 0), "0"),
        ("origin", ("weights", 0, 0, 0), "0/1"),
        ("origin", ("extra",), 1),
        ("origin", ("sigma", 0, 1), 1),
        ("non-strict", ("proof", "pivots", 0), -1),
        ("non-strict", ("proof", "order", 0), 1),
        ("non-strict", ("point",), "global minimum"),
        ("fit", ("proof",), {"between": 1}),
        ("fit", ("point",), "non-strict saddle"),
        ("bottleneck", ("proof", "between"), 0),
        ("bottleneck", ("proof", "between"), 10),
        ("bottleneck", ("proof",), {}),
        ("bottleneck", ("point",), "local minimum"),
        ("rational weights", ("field",), "QQ"),
        ("rational weights", ("version",), 2),
        ("larger field", ("field", "near"), "4.5"),  # the conjugate point is a minimum
        ("larger field", ("loss",), "4 - 2*a"),
        ("field, non-strict", ("proof", "pivots", 2), "1 - 2*a"),
        ("field, non-strict", ("field", "near"), "-1.4"),  # a pivot becomes negative
        ("field, bottleneck", ("proof", "between"), 4),
        ("field, bottleneck", ("proof", "between"), "a"),
    ],
)
def test_both_checkers_refuse_what_was_changed(tmp_path, case, path, value):
    certificate = critical_certificate(criticality(*CASES[case]))
    ours, theirs, text = verdicts(tmp_path, changed(certificate, path, value))
    assert ours == theirs > 0, text


def test_from_the_command_line(capsys, tmp_path):
    theta, target, proof = (str(tmp_path / f"{name}.json") for name in ("theta", "M", "proof"))
    Path(theta).write_text(json.dumps(weights_to_jsonable(zeros(2, 2, 2))))
    Path(target).write_text(json.dumps(matrix_to_jsonable(M.gamma)))
    assert main(["critical", theta, "--target", target, "--certificate", proof]) == 0
    capsys.readouterr()
    assert main(["check", proof, "--input", theta, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["valid"]
    assert any("strict saddle" in claim for claim in found["claims"])
    assert main(["check", proof, "--input", target, "--format", "json"]) == 2
    other = zeros(2, 3, 2)
    Path(theta).write_text(json.dumps(weights_to_jsonable(other)))
    assert main(["check", proof, "--input", theta, "--format", "json"]) == 1


@pytest.mark.parametrize("polynomial", [["1", "0", "1"], ["2", "-4", "0", "0", "1"]])
def test_fields_without_a_root_that_is_chosen_are_refused(tmp_path, polynomial):
    content = critical_certificate(criticality(*CASES["rational weights"]))
    field = {"generator": "a", "minimal_polynomial": polynomial}
    ours, theirs, text = verdicts(tmp_path, changed(content, ("field",), field))
    assert ours == theirs == 1
    assert "real embedding" in text


def test_the_generator_is_called_as_in_the_document(capsys, tmp_path):
    content = critical_certificate(criticality(*CASES["rational weights"]))
    text = json.dumps({k: v for k, v in content.items() if k != "sha256"})
    renamed = text.replace('"a"', '"s"').replace(" a", " s").replace("*a", "*s")
    assert verdicts(tmp_path, sealed(json.loads(renamed)))[0] == 0
    assert "the loss is 3 - s" in capsys.readouterr().out


@pytest.mark.parametrize(("case", "code"), [("rational weights", 0), ("larger field", 1)])
def test_weights_over_q_in_a_certificate_over_a_field(tmp_path, case, code):
    theta, proof = tmp_path / "theta.json", tmp_path / "proof.json"
    theta.write_text(json.dumps(weights_to_jsonable(zeros(2, 2, 2))))
    proof.write_text(json.dumps(critical_certificate(criticality(*CASES[case]))))
    assert main(["check", str(proof), "--input", str(theta)]) == code
    done = subprocess.run([sys.executable, str(SCRIPT), str(proof), str(theta)], check=False)
    assert done.returncode == code


def test_what_has_no_certificate_is_refused():
    undecided = criticality(zeros(2, 2, 2, 2), Data.from_target(Matrix.identity(2)))
    with pytest.raises(InputError, match=r"nothing to certify.*repeated"):
        critical_certificate(undecided)
