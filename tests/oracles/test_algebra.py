"""PARI and SymPy: ranks over Q and over number fields, and which polynomials are irreducible."""

import signal
from random import Random

import pytest

from linnet_exact import Matrix, NumberField, Weights
from linnet_exact.algebra import QQ
from linnet_exact.strata import Barcode
from linnet_exact.weights import sample
from tests.files.certificates.both import script

BARCODES = ["0-0:2,0-2,1-1,1-2", "0-1,0-2,1-2:2", "0-3,0-0,1-2,2-3", "0-0,0-1:2,1-1:2", "0-2:3"]
FIELDS = ["sqrt(2)", "2**(1/3)", "I"]


def products(field: object) -> list[Matrix]:
    found = []
    for seed, bars in enumerate(BARCODES):
        theta: Weights = sample(Barcode.parse(bars), seed=seed, field=field)
        found += [theta.product(k, i) for k in range(1, theta.depth + 1) for i in range(k)]
    return found


@pytest.mark.oracle("SymPy")
def test_sympy(oracle, agree) -> None:
    sympy = oracle("sympy")
    for matrix in products(QQ):
        theirs = sympy.Matrix([[sympy.Rational(str(x)) for x in row] for row in matrix.rows()])
        agree("rank over Q", matrix.rank(), theirs.rank())
        agree("reduced echelon form over Q", matrix.rref()[1], theirs.rref()[1])


@pytest.fixture
def handlers():
    """PARI takes signals over when it is imported; tests of Ctrl-C may come after this one."""
    numbers = [signal.SIGINT, signal.SIGALRM, signal.SIGHUP, signal.SIGTERM]
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.oracle("PARI")
def test_pari(handlers, oracle, agree) -> None:
    pari = oracle("cypari").pari
    for matrix in products(QQ):
        rows = ";".join(",".join(map(str, row)) for row in matrix.rows())
        agree("rank over Q", matrix.rank(), int(pari(f"matrank([{rows}])")))
    for name in FIELDS:
        field = NumberField(name)
        modulus = "+".join(f"({c})*a^{n}" for n, c in enumerate(field.minimal_polynomial))
        for matrix in products(field):
            rows = ";".join(",".join(f"Mod({x},{modulus})" for x in row) for row in matrix.rows())
            agree("rank over number fields", matrix.rank(), int(pari(f"matrank([{rows}])")))
    decide = script("checker.polynomials").is_irreducible
    numbers = Random(7)
    for degree in (2, 3, 4, 5, 6, 8):
        for _ in range(15):
            f = [numbers.randint(-6, 6) for _ in range(degree)] + [1]
            text = "+".join(f"({c})*x^{n}" for n, c in enumerate(f))
            theirs = bool(int(pari(f"polisirreducible({text})")))
            agree("irreducible or not, by the stand-alone checker", decide(f), theirs)
