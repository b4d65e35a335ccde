"""The stand-alone checker: on its own, bounded, and without a traceback whatever it is given."""

import json
import os
import re
import resource
import subprocess
import sys
from math import prod
from pathlib import Path

import pytest

from linnet_exact import Weights
from linnet_exact.files import rank_list_certificate
from tests.files.certificates.both import GOLDEN, SCRIPTS, encoded, resealed, script, verdict

SCRIPT = SCRIPTS / "check_certificate.py"
PARTS = sorted([SCRIPT, *SCRIPTS.glob("checker/*.py")])


def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-E", "-s", "-S", str(SCRIPT), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, **options)
    assert "Traceback" not in done.stderr
    return done


def test_it_is_short_and_stands_alone() -> None:
    for part in PARTS:
        text = part.read_text()
        assert text.count("\n") < 300
        imported = set(re.findall(r"^(?:from|import) (\w+)", text, re.MULTILINE))
        assert imported <= sys.stdlib_module_names | {"checker"}


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))


@pytest.mark.parametrize("name", ["missing.json", ".", "link"])
@pytest.mark.parametrize("second", [False, True])
def test_what_cannot_be_read_ends_in_one_line(tmp_path: Path, name: str, second: bool) -> None:
    """/dev/zero has no end; it may take no more memory than the limit for files."""
    (tmp_path / "link").symlink_to("/dev/zero")
    files = [GOLDEN / "rank-list-2.json", tmp_path / name][0 if second else 1 :]
    done = run(*files, preexec_fn=limited)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_pipe_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, str(SCRIPT), str(pipe)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        with pipe.open("wb") as stream:
            stream.write((GOLDEN / "rank-list-2.json").read_bytes())
        assert process.communicate()[0].startswith("valid")
    whole = (GOLDEN / "rank-list-2.json").read_text()
    assert run("-", input=whole).returncode == 0


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"\xff\xfe", b"[" * 10**6, b'{"a":' * 10**5, b"9" * 10**6, b"[-0]", b"[1.0]",
        b"[NaN]", b"null", b'{"a": 1, "a": 1}', b"[" + b"0," * (2**22 + 1) + b"0]",
    ],
    ids=range(12),
)  # fmt: skip
def test_what_is_no_certificate(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "certificate.json"
    path.write_bytes(data)
    done = run(path, preexec_fn=limited)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_usage_and_a_closed_pipe() -> None:
    assert run().returncode == 2
    assert run("a", "b", "c").returncode == 2
    with subprocess.Popen(
        [sys.executable, str(SCRIPT), str(GOLDEN / "rank-list-2.json")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_what_ends_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Messages are one line each; Ctrl-C needs none."""
    checker, file = script("check_certificate"), str(GOLDEN / "rank-list-2.json")
    before = sys.get_int_max_str_digits()

    def ends_with(error: BaseException) -> tuple[int, str]:
        def raising(*_: object) -> None:
            raise error

        monkeypatch.setattr(checker, "check", raising)
        code = checker.main([file])
        found = capsys.readouterr()
        return code, found.out + found.err

    assert ends_with(KeyboardInterrupt()) == (130, "")
    assert ends_with(MemoryError()) == (2, f"{file}: MemoryError\n")
    assert ends_with(OSError("two\nlines")) == (2, f"{file}: two lines\n")
    sys.set_int_max_str_digits(before)


def over_field(polynomial: list[str], weights: list, **claims: object) -> dict:
    certificate = rank_list_certificate(Weights([[[1, 0], [0, 1]]]))
    field = {"generator": "a", "minimal_polynomial": polynomial}
    return resealed({**certificate, "field": field, "weights": weights, **claims})


def test_a_reducible_polynomial_is_refused_and_with_it_a_false_rank() -> None:
    """x^2 - 3x + 2 has the roots 1 and 2: a - 1 is then 0 and not 0."""
    forged = over_field(
        ["2", "-3", "1"],
        [[["-1 + a", 0], [0, "-1 + a"]]],
        rank_list={"0~0": 2, "1~0": 0, "1~1": 2},
        barcode={"0-0": 2, "1-1": 2},
        dimension=0,
        proof={
            "ranks": {
                "1~0": {
                    "at_least": {"prime": "7", "root": "1", "rows": [], "columns": []},
                    "at_most": {"side": "right", "null_vectors": [["-2 + a", 0], [0, "-2 + a"]]},
                }
            }
        },
    )
    assert verdict(encoded(forged)) == 2
    irreducible = {**forged, "field": {**forged["field"], "minimal_polynomial": ["3", "-3", "1"]}}
    assert verdict(encoded(resealed(irreducible))) == 1


@pytest.mark.parametrize("name", ["1", "", "a b", "\u0430", "\u0661", "2a", "a-b", "a.", "a\n"])
def test_generators_that_are_no_names(name: str) -> None:
    forged = over_field(["-2", "0", "1"], [[[1, 0], [0, 1]]])
    forged["field"]["generator"] = name
    assert verdict(encoded(resealed(forged))) == 2


@pytest.mark.parametrize(
    "entry",
    ["0 4", "4 ", "\u0663", "1\u0660", "+1", "1/1", "2/4", "1_0", "a*1", "0*a", "a^1", "a^0",
     "a + 1", "a + a", "1 +a", "1+ a", "--a", "1 - -a", "a^2", "(a)", "sqrt(2)",
     "1.0", "1e0", "a/2", "A"],
)  # fmt: skip
def test_numbers_that_are_not_written_as_numbers_are(entry: str) -> None:
    forged = over_field(["-2", "0", "1"], [[[entry, 0], [0, 1]]])
    assert verdict(encoded(forged)) == 2


@pytest.mark.parametrize("prime", [1, 4, 2**61 + 1, 2**64 + 13, 3 * 1302017037228309053])
def test_moduli_that_are_no_primes_below_2_64(prime: int) -> None:
    certificate = rank_list_certificate(Weights([[[1, 0], [0, 1]]]))
    flow = certificate["proof"]["flow"]
    forged = resealed({**certificate, "proof": {"flow": {**flow, "prime": str(prime)}}})
    assert verdict(encoded(forged)) == (1 if len(str(prime)) <= 20 else 2)


def test_irreducible_polynomials_against_flint() -> None:
    from random import Random

    from flint import fmpz_poly

    decide = script("checker.polynomials").is_irreducible
    numbers = Random(5)
    cases = [
        [1, 0, -10, 0, 1],
        [1, 0, 0, 0, 1],
        [2, -3, 1],
        [9, 0, -2, 0, 1],
        [1, 2, 1],
        [4, 0, 0, 0, 1],
    ]
    cases += [
        [numbers.randint(-9, 9) for _ in range(n)] + [numbers.randint(1, 3)]
        for n in (1, 2, 3, 4, 5, 6, 8, 12)
        for _ in range(12)
    ]
    products = zip(cases[6:40], cases[20:54], strict=True)
    cases += [list(map(int, (fmpz_poly(f) * fmpz_poly(g)).coeffs())) for f, g in products]
    cases += [swinnerton_dyer(2, 3, 5), swinnerton_dyer(2, 3, 5, 7, 11)]
    many = [fmpz_poly([i * i + 1, 2 * i + 1, 3]) for i in range(11)]
    cases.append(list(map(int, prod(many, start=fmpz_poly([7, 3])).coeffs())))
    decided = set()
    for f in cases:
        content, factors = fmpz_poly(f).factor()
        if abs(int(content)) == 1 and len(f) > 1 and f[-1] > 0:
            expected = len(factors) == 1 and factors[0][1] == 1
            assert decide(f) == expected, f
            decided.add(expected)
    assert decided == {True, False}


def swinnerton_dyer(*primes: int) -> list[int]:
    """Of the sum of their roots, irreducible but modulo every prime a product of quadratics."""
    from flint import fmpz_poly

    f = fmpz_poly([0, 1])
    for p in primes:
        a, b = fmpz_poly([0]), fmpz_poly([0])  # f(x + s) = a + b s with s^2 = p
        for c in reversed(f.coeffs()):
            a, b = a * fmpz_poly([0, 1]) + p * b + c, b * fmpz_poly([0, 1]) + a
        f = a * a - p * b * b
    return list(map(int, f.coeffs()))


@pytest.mark.slow
def test_32_factors_modulo_every_prime() -> None:
    from flint import fmpz_poly

    decide = script("checker.polynomials").is_irreducible
    assert decide(swinnerton_dyer(2, 3, 5, 7, 11, 13))
    f, g = (fmpz_poly(swinnerton_dyer(2, 3, 5, 7, p)) for p in (11, 13))
    assert not decide(list(map(int, (f * g).coeffs())))


def test_primes_against_flint() -> None:
    from flint import fmpz

    is_prime = script("checker.polynomials").is_prime
    strong = [3215031751, 3474749660383, 341550071728321, 3825123056546413051, 2**64 - 59]
    for n in [*range(200), *strong, *range(2**61 - 50, 2**61), *range(2**64 - 300, 2**64)]:
        assert is_prime(n) == bool(fmpz(n).is_prime()), n


def test_the_formats_it_reads_tell_of_fields(tmp_path: Path) -> None:
    """The same field by another polynomial, another decimal or another name of the generator."""
    theta = tmp_path / "theta.json"
    header = {"format": "linnet-exact/weights", "version": 1}
    field = {"generator": "s", "minimal_polynomial": ["-1", 0, "1/2"], "near": "1.5"}
    theta.write_text(json.dumps({**header, "field": field, "weights": [[["s/2 + 1", "1.50"]]]}))
    from linnet_exact.cli.main import main

    proof = tmp_path / "proof.json"
    assert main(["analyze", str(theta), "--certificate", str(proof)]) == 0
    assert run(proof, theta).returncode == 0
    negative = {**field, "near": "-1.5"}
    theta.write_text(json.dumps({**header, "field": negative, "weights": [[["s/2 + 1", "1.50"]]]}))
    assert run(proof, theta).returncode == 1
    assert main(["check", str(proof), "--input", str(theta)]) == 1
