"""Certificates of many kinds of weights: both checkers accept them, and refuse every change."""

import copy
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from linnet_exact import Matrix, NumberField, Weights
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.files import check_certificate, rank_list_certificate
from linnet_exact.files.certificates.sealing import sealed
from linnet_exact.strata import Barcode
from linnet_exact.weights import sample
from tests.files.certificates.both import encoded, verdict
from tests.strategies_strata import barcodes

SCRIPT = Path(__file__).parents[3] / "scripts" / "check_certificate.py"
K = NumberField("sqrt(2) + sqrt(3)")
HALF = NumberField(["-1/2", 0, "1/3"])

CASES = {
    "one zero": Weights([[[0]]]),
    "one number": Weights([[["2/3"]]]),
    "zero product": Weights([[[1, 0]], [[0], [0]]]),
    "fractions": Weights([[["1/2", "1/3"], ["1/4", "1/6"]], [[3, "-6"]]]),
    "wide": Weights([[[1] * 20, [2] * 20], [[1, 1], [2, 2], [0, 0]]]),
    "drop in the product only": Weights([[[0] * 17 + [1, 0]], [[1]], [[1]], [[0]]]),
    "number field": Weights([[["a", "1"], ["a^2", "a"]], [["a", "-1"]]], K),
    "not integral": Weights([[["a", "1/3 - a"], ["-3/2", "a - 3*a"]], [[1, "2*a"]]], HALF),
}


def with_wide_layer(theta: Weights) -> Weights:
    """Add units that nothing reads, so that the proof is by minors and null vectors."""
    field = theta.field
    first, *rest = theta.matrices
    return Weights([Matrix.hstack([first, Matrix.zero(first.nrows, 17, field)]), *rest], field)


def independent(certificate: Any, folder: Path, *rest: str) -> tuple[int, str]:
    path = folder / "certificate.json"
    path.write_text(json.dumps(certificate))
    done = subprocess.run(
        [sys.executable, "-E", "-s", "-S", str(SCRIPT), str(path), *rest],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout


@pytest.mark.parametrize("theta", CASES.values(), ids=CASES)
@pytest.mark.parametrize("widen", [False, True])
def test_both_checkers_accept(theta: Weights, widen: bool, tmp_path: Path) -> None:
    theta = with_wide_layer(theta) if widen else theta
    certificate = json.loads(json.dumps(rank_list_certificate(theta)))
    assert f"barcode {theta.barcode}" in check_certificate(certificate)
    assert independent(certificate, tmp_path)[0] == 0
    assert ("ranks" in certificate["proof"]) or not widen


@given(barcodes(max_depth=3))
@settings(max_examples=20)
def test_points_of_any_stratum(tmp_path_factory: pytest.TempPathFactory, barcode: Barcode) -> None:
    for theta in (sample(barcode, 1), with_wide_layer(sample(barcode, 2))):
        certificate = rank_list_certificate(theta)
        assert check_certificate(certificate)[1] == f"barcode {theta.barcode}"
        assert independent(certificate, tmp_path_factory.mktemp("checked"))[0] == 0


def test_every_changed_digit_is_refused() -> None:
    source = {"name": "theta.json", "sha256": "0" * 64, "layers": ["w1", "w2[:, 0:3]"]}
    text = json.dumps(rank_list_certificate(CASES["fractions"], source))
    assert verdict(text.encode()) == 0
    for match in re.finditer(r"\d", text):
        digit = str((int(match[0]) + 1) % 10 or 1)
        assert verdict((text[: match.start()] + digit + text[match.end() :]).encode()) > 0


def numbers_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of all integers, and of all texts that are numbers, in a JSON value."""
    if isinstance(value, dict):
        return [found for key in value for found in numbers_in(value[key], (*path, key))]
    if isinstance(value, list):
        return [found for at, x in enumerate(value) for found in numbers_in(x, (*path, at))]
    is_number = isinstance(value, int) or (isinstance(value, str) and re.fullmatch(r"-?\d+", value))
    return [path] if is_number else []


def changed(certificate: Any, path: tuple[Any, ...], step: int) -> Any:
    forged = copy.deepcopy(certificate)
    *way, last = path
    inner = forged
    for key in way:
        inner = inner[key]
    number = int(inner[last]) + step
    inner[last] = str(number) if isinstance(inner[last], str) else number
    return forged


@pytest.mark.parametrize("widen", [False, True])
def test_forged_ranks_are_refused_even_with_a_fitting_digest(tmp_path: Path, widen: bool) -> None:
    theta = sample(Barcode.parse("0-0,0-2,1-1,1-2"), 4)
    certificate = rank_list_certificate(with_wide_layer(theta) if widen else theta)
    for key in ("rank_list", "barcode", "dimension"):
        for path in numbers_in({key: certificate[key]}):
            for step in (-1, 1):
                forged = sealed(changed(certificate, path, step))
                with pytest.raises(CertificateError):
                    check_certificate(forged)
                assert independent(forged, tmp_path)[0] == 1


def test_a_claim_of_other_weights_is_refused_even_with_a_fitting_digest(tmp_path: Path) -> None:
    """Of the same shape but another barcode, for each pair of a few strata."""
    bars = ["0-0,0-2,1-1,2-2", "0-0,0-2,1-2", "0-1,0-2,2-2", "0-2,0-2", "0-0:2,1-1:2,2-2:2"]
    points = [sample(Barcode.parse(text), 5) for text in bars]
    for widen in (False, True):
        made = [rank_list_certificate(with_wide_layer(p) if widen else p) for p in points]
        for own in made:
            for other in made:
                if own["barcode"] != other["barcode"]:
                    forged = sealed({**own, "weights": other["weights"]})
                    with pytest.raises(CertificateError):
                        check_certificate(forged)
                    assert independent(forged, tmp_path)[0] == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 3}, '"version" must be 1 or 2'),
        ({"version": True}, '"version" must be 1 or 2'),
        ({"format": "other"}, "expected a certificate"),
        ({"kind": "other"}, "no certificate of kind 'other'"),
        ({"kind": ["rank-list"]}, "no certificate of kind"),
        ({"field": "RR"}, "field must be a JSON object"),
        ({"weights": [[[1, 2], [3]]]}, "has rows of different lengths"),
        ({"proof": {}}, "the key 'ranks' is missing"),
        ({"proof": {"flow": {"bases": []}}}, "the key 'prime' is missing"),
        ({"more": 1}, "the key 'more' is not known"),
        ({"rank_list": 1}, "rank_list must be a JSON object"),
        ({"rank_list": {"00~0": 2}}, "expected a text such as 2~0"),
    ],
)
def test_what_is_no_certificate_is_refused(tmp_path: Path, change: dict, message: str) -> None:
    forged = sealed({**rank_list_certificate(CASES["fractions"]), **change})
    with pytest.raises(InputError, match=message):
        check_certificate(forged)
    assert independent(forged, tmp_path)[0] == 2


def test_a_long_list_of_matrices_is_refused() -> None:
    certificate = rank_list_certificate(Weights([[[1]]]))
    for depth, expected in ((1000, 1), (1001, 2)):
        forged = sealed({**certificate, "weights": [[[1]]] * depth})
        assert verdict(encoded(forged)) == expected
