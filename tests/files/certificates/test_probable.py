"""Short certificates: ranks modulo primes that nobody chooses, with a bound on the error."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from linnet_exact import NumberField, Weights
from linnet_exact.algebra import QQ
from linnet_exact.cli.main import main
from linnet_exact.errors import InputError
from linnet_exact.files.certificates.probable import probable_certificate
from linnet_exact.strata import Barcode
from linnet_exact.weights import sample
from tests.files.certificates.both import GOLDEN, encoded, ours, resealed, verdict


@pytest.mark.parametrize("bars", ["0-0:2,0-2,1-1,1-2", "0-1,2-2", "0-3:2,1-2,3-3"])
@pytest.mark.parametrize("field", [QQ, NumberField("sqrt(2)"), NumberField("I")])
def test_they_are_short_and_agree_with_the_exact_ranks(bars: str, field) -> None:
    theta = sample(Barcode.parse(bars), seed=3, field=field)
    certificate = probable_certificate(theta, primes=3)
    assert verdict(encoded(certificate)) == 0
    assert certificate["rank_list"] == theta.rank_list.to_jsonable()
    assert "proof" not in certificate


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("primes", 1),
        ("primes", 4),
        ("error_bound", 0),
        ("error_bound", "1/1000000"),
        ("dimension", 1),
        ("rank_list", {"0~0": 1, "1~0": 0, "1~1": 1}),
        ("barcode", {"0-0": 1, "1-1": 1}),
    ],
)
def test_no_other_claim_is_accepted(key: str, value: object) -> None:
    document = json.loads((GOLDEN / "probable-2-large-numbers.json").read_text())
    assert Fraction(document["error_bound"]) > 0
    assert verdict(encoded(resealed({**document, key: value}))) == 1


@pytest.mark.parametrize("primes", [0, 101])
def test_the_number_of_primes_is_bounded(primes: int) -> None:
    theta = Weights([[[1]]])
    with pytest.raises(InputError):
        probable_certificate(theta, primes)
    forged = resealed({**probable_certificate(theta), "primes": primes})
    assert verdict(encoded(forged)) == 2


def test_more_primes_mean_a_smaller_error() -> None:
    theta = Weights([[[10**30, 1], [10**60, 10**30]]])
    bounds = [Fraction(probable_certificate(theta, n)["error_bound"]) for n in (1, 2, 3)]
    assert 1 > bounds[0] > bounds[1] > bounds[2] > 0
    assert bounds[0] ** 3 == bounds[2]


def test_it_is_never_called_certified(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    theta, proof = GOLDEN / "input.json", tmp_path / "short.json"
    assert main(["analyze", str(theta), "--probable", "--certificate", str(proof)]) == 0
    assert json.loads(capsys.readouterr().out)["certified"] is False
    assert main(["check", str(proof), "--input", str(theta)]) == 0
    assert all("probable" in claim or "chance" in claim for claim in _claims(capsys))
    assert ours(proof.read_bytes())[0] == 0


def _claims(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return json.loads(capsys.readouterr().out)["claims"]
