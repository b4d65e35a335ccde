"""Degrees of orbit closures against Giambelli's formula, Singular, and the class itself."""

import shutil
from itertools import combinations_with_replacement, pairwise
from math import comb

import pytest
import sympy
from flint import fmpz
from hypothesis import given, settings

from linnet_exact import Barcode, Network
from linnet_exact.claims.theorems.degrees import codimension_and_degree_by_singular
from linnet_exact.errors import TooLargeError
from linnet_exact.strata.formulas import degree
from linnet_exact.strata.formulas import equivariant_class as classes
from linnet_exact.strata.formulas.degree import (
    choices_of_bars,
    degree_bound,
    orbit_closure_degree,
)
from linnet_exact.strata.formulas.dimension import orbit_codimension
from linnet_exact.strata.formulas.equivariant_class import (
    equivariant_class,
    equivariant_class_in_macaulay2,
)
from tests.strategies_strata import barcodes


@pytest.mark.parametrize("rows", range(1, 6))
@pytest.mark.parametrize("columns", range(1, 6))
def test_determinantal_varieties(rows: int, columns: int) -> None:
    """Harris, Algebraic Geometry, example 19.10."""
    for rank in range(min(rows, columns) + 1):
        barcode = Barcode({(0, 0): columns - rank, (0, 1): rank, (1, 1): rows - rank})
        expected = sympy.prod(
            sympy.Rational(comb(rows + i, rank), comb(rank + i, rank))
            for i in range(columns - rank)
        )
        assert orbit_closure_degree(barcode) == expected


@pytest.mark.skipif(not shutil.which("Singular"), reason="needs Singular")
@pytest.mark.parametrize("widths", ["1,1,1", "2,2,2", "1,2,1,2", "2,1,2", "2,3,1", "1,1,1,1"])
def test_singular_agrees(widths: str) -> None:
    network = Network.parse(widths)
    for rank in range(min(network.widths) + 1):
        for stratum in network.fiber(rank).strata():
            barcode = stratum.barcode
            expected = codimension_and_degree_by_singular(barcode)
            assert (orbit_codimension(barcode), orbit_closure_degree(barcode)) == expected, barcode


@settings(max_examples=25)
@given(barcodes(max_depth=2, max_multiplicity=2))
def test_the_class_at_the_layers_is_the_degree(barcode: Barcode) -> None:
    try:
        polynomial = equivariant_class(barcode)
    except TooLargeError:
        return
    at = {symbol: int(str(symbol)[1:].split("_")[0]) for symbol in polynomial.free_symbols}
    assert polynomial.subs(at) == orbit_closure_degree(barcode) <= degree_bound(barcode)
    degrees = {sum(powers) for powers in sympy.Poly(polynomial, *at).monoms()} if at else {0}
    assert degrees == {orbit_codimension(barcode)}


def test_a_few_points_at_a_time_have_the_same_degree(monkeypatch: pytest.MonkeyPatch) -> None:
    bars = [Barcode.parse(text) for text in ("0-0,0-1,1-1,1-2", "0-0:2,1-1:3,2-2", "0-1:2,1-1")]
    degrees = [orbit_closure_degree(barcode) for barcode in bars]
    for memory in (1, 40, 100):
        monkeypatch.setattr("linnet_exact.strata.formulas.degree._MEMORY", memory)
        assert [orbit_closure_degree(barcode) for barcode in bars] == degrees


@pytest.mark.parametrize("text", ["0-0,0-1:29,1-1", "0-0:7,0-1:3,1-1:7", "0-0:2,0-1:2,1-2:2,2-2"])
def test_the_limit_says_how_many_products(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    barcode = Barcode.parse(text)
    ways = [len(choices) for choices in choices_of_bars(barcode)]
    pairs = sum(a * b for a, b in pairwise(ways))
    primes = 1 + len(bin(degree_bound(barcode))[2:]) // 30
    points = 1 + orbit_codimension(barcode)
    work = primes * points * (pairs + 1) * sum(len(range(n)) ** 2 for n in barcode.widths)
    monkeypatch.setattr(degree, "WORK_LIMIT", work)
    found = orbit_closure_degree(barcode)
    assert found <= degree_bound(barcode)
    monkeypatch.setattr(degree, "WORK_LIMIT", work - 1)
    with pytest.raises(TooLargeError, match=f"would take {work} products; the limit is {work - 1}"):
        orbit_closure_degree(barcode)


def test_many_small_primes_give_the_same_degree(monkeypatch: pytest.MonkeyPatch) -> None:
    barcode = Barcode.parse("0-0:2,0-1:2,1-1:2,1-2:2,2-2")
    expected = orbit_closure_degree(barcode)
    primes = list(sympy.primerange(500, 900))
    assert expected > primes[0]
    monkeypatch.setattr("linnet_exact.strata.formulas.degree._primes", lambda: primes)
    assert orbit_closure_degree(barcode) == expected


def test_the_class_of_the_zero_orbit_is_the_product_of_all_weights() -> None:
    polynomial = equivariant_class(Barcode.parse("0-0:2,1-1:2"))
    x = sympy.symbols("x0_1 x0_2 x1_1 x1_2")
    assert sympy.expand(polynomial - sympy.prod(b - a for a in x[:2] for b in x[2:])) == 0


def test_ten_vectors_are_told_apart_in_macaulay2() -> None:
    text = equivariant_class_in_macaulay2(Barcode.parse("0-0,1-1:10"))
    assert "x_(1,10)" in text
    assert "x1" not in text


def test_too_many_ways_are_refused_at_once() -> None:
    bars = {(i, k): 1 for i in range(8) for k in range(i, 8)}
    with pytest.raises(TooLargeError, match="limit"):
        orbit_closure_degree(Barcode(bars))


def test_wide_layers_with_few_kinds_of_bars() -> None:
    assert orbit_closure_degree(Barcode.parse("0-1:300")) == 1
    assert orbit_closure_degree(Barcode.parse("0-0:300,1-1:300")) == 1
    assert orbit_closure_degree(Barcode.parse("0-0,0-1:29,1-1")) == 30  # det = 0
    with pytest.raises(TooLargeError, match="limit"):
        orbit_closure_degree(Barcode.parse("0-0:90,0-1:2,1-1:90"))


@pytest.mark.parametrize("widths", ["1,1,1", "2,2,2", "2,1,3", "1,2,1", "3,3"])
def test_the_degree_of_the_fiber_of_zero(widths: str) -> None:
    """Bézout for two hyperplanes and the like: the top components, each by Singular."""
    fiber = Network.parse(widths).fiber()
    top = [part for part in fiber.components() or () if part.dimension == fiber.dimension]
    if shutil.which("Singular"):
        assert fiber.degree == sum(
            codimension_and_degree_by_singular(part.barcode)[1] for part in top
        )
    assert fiber.degree is not None
    assert fiber.degree >= fiber.top_components == len(top)
    assert Network(2, 2, 2).fiber(1).degree is None


def test_the_primes_are_all_there_are_and_long_enough() -> None:
    primes = degree._primes()
    assert primes[0] == 2**31 - 1
    assert list(primes) == [
        n for n in range(2**31 - 1, primes[-1] - 1, -1) if fmpz(n).is_prime()
    ]  # fmt: skip
    assert sum(p.bit_length() - 1 for p in primes) > 30_000


@pytest.mark.parametrize("text", ["0-0,0-1,1-1", "0-0:2,0-1,1-1,1-2", "0-0,1-1:2,2-2"])
def test_the_limit_on_monomials_says_how_many_there_may_be(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    barcode = Barcode.parse(text)
    expected, variables = equivariant_class(barcode), sum(barcode.widths)
    mixed = [j for j, rows in enumerate(choices_of_bars(barcode)) if len(rows) > 1]
    pairs = sum(barcode.widths[j] * (barcode.widths[j] - 1) // 2 for j in mixed)
    of_degree = orbit_codimension(barcode) + pairs
    most = sum(1 for _ in combinations_with_replacement(range(variables), of_degree))
    monkeypatch.setattr(classes, "MONOMIAL_LIMIT", most)
    assert equivariant_class(barcode) == expected
    monkeypatch.setattr(classes, "MONOMIAL_LIMIT", most - 1)
    message = f"of degree {of_degree} in {variables} variables: that may have more than {most - 1} "
    with pytest.raises(TooLargeError, match=message):
        equivariant_class(barcode)
