"""Roots of polynomials, far apart or close together, against FLINT and exact signs."""

import signal
import subprocess
import sys
import time
from fractions import Fraction

import flint
import pytest
from flint import arb, fmpz_poly
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import NumberField, field_from_jsonable
from linnet_exact.algebra.numbers.real_roots import Work, brackets, narrowed
from linnet_exact.algebra.numbers.root_isolation import complex_roots, real_roots
from linnet_exact.errors import TooLargeError
from tests.measured import seconds_of_children

X = fmpz_poly([0, 1])
CLOSE = {
    "four, two of them 10^-420 apart": (X**40 - 2 * (10**20 * X - 1) ** 2, 4),
    "degree 10, 10^-3000 apart": (X**10 - 2 * (10**600 * X - 1) ** 2, 4),
    "sqrt(2) - 2^1000": (X**2 + 2**1001 * X + 2**2000 - 2, 2),
    "cbrt(2) - 2^1000": ((X + 2**1000) ** 3 - 2, 1),
}
squarefree = st.lists(st.integers(-(2**40), 2**40), min_size=2, max_size=9).map(
    lambda numbers: fmpz_poly([*numbers, 1])
)


@given(squarefree)
def test_as_many_real_and_complex_roots_as_flint_finds(polynomial: fmpz_poly) -> None:
    polynomial = polynomial / polynomial.gcd(polynomial.derivative())
    found, known = complex_roots(polynomial, 100), [ball for ball, _ in polynomial.complex_roots()]
    assert len(found) == len(known)
    assert all(sum(ball.overlaps(other) for other in found) == 1 for ball in known)
    assert sum(z.imag == 0 for z in known) == len(real_roots(polynomial, 100))
    assert all(z.rel_accuracy_bits() >= 100 for z in found if z != 0)


@pytest.mark.parametrize("name", CLOSE)
def test_close_real_roots_lie_between_changes_of_sign(name: str) -> None:
    polynomial, count = CLOSE[name]
    found = brackets(polynomial, Work())
    assert len(found) == count == len(real_roots(polynomial, 64))
    for bracket in found:
        for step in narrowed(polynomial, bracket, Work()):
            if (step.high - step.low) * 10**10 < abs(step.low):
                break
        if step.low < step.high:
            assert polynomial(step.low) * polynomial(step.high) < 0
    assert len(complex_roots(polynomial, 64)) == polynomial.degree()


@given(squarefree)
def test_derivatives_tell_the_same_as_flint(polynomial: fmpz_poly) -> None:
    polynomial = polynomial / polynomial.gcd(polynomial.derivative())
    found = brackets(polynomial, Work())
    real = [z.real for z in real_roots(polynomial, 64)]
    assert len(found) == len(real)
    with flint.ctx.workprec(400):
        for bracket, root in zip(found, real, strict=True):
            assert arb(bracket.low).union(arb(bracket.high)).overlaps(root)


def test_a_pair_of_complex_roots_too_close_to_tell_is_refused_in_time() -> None:
    started = time.process_time()
    with pytest.raises(TooLargeError, match="complex roots of a polynomial of degree 40"):
        complex_roots(X**40 + 2 * (10**20 * X - 1) ** 2, 64)
    assert time.process_time() - started < 30
    assert real_roots(X**40 + 2 * (10**20 * X - 1) ** 2, 64) == []


@pytest.mark.parametrize("text", ["sqrt(2) - 2^64", "sqrt(2) - 2^1000", "cbrt(2) + 2^1000"])
def test_fields_with_a_large_generator(text: str) -> None:
    field = NumberField(text)
    assert field_from_jsonable(field.to_jsonable()) == field
    assert field(text) == field.gen
    assert field.gen.sign() == (-1 if "-" in text else 1)


def test_near_chooses_one_of_two_roots_that_share_400_digits() -> None:
    definition = "x^40 - 2*(10^20*x - 1)^2"
    below, above = (
        NumberField(definition, near=Fraction(1, 10**20) + side * Fraction(1, 10**415))
        for side in (-1, 1)
    )
    assert below != above
    for field, sign in ((below, -1), (above, 1)):
        assert (field.gen * 10**20 - 1).sign() == sign
        assert field_from_jsonable(field.to_jsonable()) == field


SCRIPT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the test is in background
from flint import fmpz_poly
from linnet_exact.algebra.numbers.root_isolation import complex_roots
x = fmpz_poly([0, 1])
try:
    print("started", flush=True)
    for n in range(1000):
        try:
            complex_roots(x**60 + 2 * (10**(40 + n) * x - 1) ** 2, 64)
        except Exception:
            pass
except KeyboardInterrupt:
    sys.exit(130)
"""


def test_ctrl_c_ends_the_search_at_once() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        process.send_signal(signal.SIGINT)
        before = seconds_of_children()
        assert process.wait() == 130
        assert seconds_of_children() - before < 20  # to start Python takes most of it


def test_roots_at_zero() -> None:
    assert [float(z.real) for z in real_roots(X**3 - X, 64)] == [-1, 0, 1]
