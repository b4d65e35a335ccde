"""The knapsack lattice of the stand-alone checker: what its parts say, and that its bound holds."""

from fractions import Fraction
from itertools import pairwise, product
from math import gcd, isqrt, prod
from typing import Any

import pytest
from flint import fmpz_mod_ctx, fmpz_mod_poly_ctx, fmpz_poly, nmod_poly
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.files.certificates.both import script
from tests.files.certificates.test_lattice import bases

factors, polynomials = script("checker.factors"), script("checker.polynomials")

X = fmpz_poly([0, 1])
# Products, and their arguments squared or cubed: then power sums tell nothing before the k-th.
PRODUCTS = [
    [X**2 - 2, X**2 - 3, X**3 - 2],
    [3 * X**2 - 7, X**2 + X + 1, 2 * X**3 - 5],
    [X**2 - 2**75 * 3, X - 3 * 2**36, 2 * X - 2**38 * 5],  # beyond what is cut off
    [X**4 - 10 * X**2 + 1, X**4 - 16 * X**2 + 4],
]
CASES = [(f, k, e) for f in PRODUCTS for k in (1, 2, 3) for e in (61, 107, 127)]
ENOUGH = 3  # reduced lattices


def integers(f: Any) -> list[int]:
    return [int(c) for c in f.coeffs()]


def factors_modulo(f: Any, p: int) -> list[tuple[int, ...]]:
    _, found = fmpz_mod_poly_ctx(fmpz_mod_ctx(p))(integers(f)).factor()
    return [tuple(integers(g)) for g, _ in found]


@pytest.mark.parametrize(("pieces", "k", "e"), CASES)
def test_the_vector_of_a_factor_is_no_longer_than_the_bound(
    pieces: list[Any], k: int, e: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So f is never taken for irreducible, even if no product that is tried divides it."""
    irreducible = [g for piece in pieces for g, _ in piece(X**k).factor()[1]]
    p, shorter = 2**e - 1, factors.shorter
    of_each = [factors_modulo(g, p) for g in irreducible]
    mine = [g for own in of_each for g in own]

    def seen(basis: list[list[int]], most: int) -> list[list[int]]:
        nonlocal left
        left -= 1
        *rows, (*_, q) = basis
        C = gcd(*(x for row in rows for x in row[:-1]))
        r = len(mine)  # both parts of the bound are alike
        assert C * C * r < most <= C * C * (r + (isqrt(r) + 1) ** 2)
        for own in of_each:
            w = [int(g in own) for g in mine]
            last = last_entry(rows, [C * x for x in w], q)
            assert C * C * sum(w) + last * last <= most
        return shorter(basis, most)

    left = ENOUGH
    monkeypatch.setattr(factors, "shorter", seen)
    f = integers(prod(irreducible, start=fmpz_poly([1])))
    assert factors.decide(f, list(map(list, mine)), p, lambda w: not left) in (False, None)


def last_entry(rows: list[list[int]], head: list[int], q: int) -> int:
    """The least last entry of a vector of the lattice that begins so."""
    width = len(head)
    columns = zip(*(row[:width] for row in rows), head, strict=True)
    reduced = factors.reduced(columns, len(rows))
    solution = [row[-1] for row in reduced]
    assert len(reduced) == len(rows)
    assert all(x.denominator == 1 for x in solution)
    total = int(sum(x * row[-1] for x, row in zip(solution, rows, strict=True))) % q
    return min(total, q - total)


@given(st.lists(st.integers(0, 96), min_size=1, max_size=6), st.integers(1, 15))
def test_power_sums(roots: list[int], most: int) -> None:
    g = integers_mod(roots, 97)
    expected = [sum(pow(z, k, 97) for z in roots) % 97 for k in range(most + 1)]
    assert factors.power_sums(g, most, 97) == expected


def integers_mod(roots: list[int], p: int) -> list[int]:
    f = prod((nmod_poly([-z, 1], p) for z in roots), start=nmod_poly([1], p))
    return [int(c) for c in f.coeffs()]


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=6), st.integers(1, 40))
def test_the_bound_on_roots_is_that_of_fujiwara(low: list[int], lead: int) -> None:
    """2^(c + 1), for the least c with |f_(n-i)| a^(i-1) < 2^(c i) for all i."""
    assume(any(low))
    f, n = [*low, lead], len(low)

    def large(c: int) -> bool:
        return all(abs(f[n - i]) * lead ** (i - 1) < 2 ** (c * i) for i in range(1, n + 1))

    c = factors.root_size(f) - 1
    assert large(c)
    assert c == 0 or not large(c - 1)
    for root, _ in fmpz_poly(f).complex_roots():
        assert float(abs(root).mid()) * lead <= 2 ** (c + 1) * (1 + 1e-9)


@given(bases(), st.integers(1, 900))
def test_what_is_left_out_is_in_no_short_vector(basis: list[list[int]], most: int) -> None:
    rows = basis[:3]
    whole = factors.shorter([list(row) for row in rows], 10**30)
    kept = factors.shorter([list(row) for row in rows], most)
    assert kept == whole[: len(kept)]
    D = factors.gram_schmidt(whole)[0]
    lengths = [Fraction(after, before) for before, after in pairwise(D)]
    assert not kept or lengths[len(kept) - 1] <= most
    assert all(length > most for length in lengths[len(kept) :])
    for coefficients in product(range(-3, 4), repeat=len(whole)):
        columns = zip(*whole, strict=True)
        vector = [sum(map(int.__mul__, coefficients, column)) for column in columns]
        if sum(x * x for x in vector) <= most:
            assert not any(coefficients[len(kept) :])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[1, 0, 1], [0, 1, 0]], True),
        ([[1, 1, 1], [0, 1, 0]], True),
        ([[2, 2, 2]], True),
        ([[1, 0, 0], [0, 1, 0]], False),
        ([[1, 0, 1], [0, 1, 1]], False),
        ([[1, 0, -1], [0, 1, 2]], False),
        ([], False),
    ],
)
def test_parts_have_each_place_once(rows: list[list[int]], expected: bool) -> None:
    parts = factors.partition(rows)
    assert bool(parts) == expected
    assert not parts or [sum(column) for column in zip(*parts, strict=True)] == [1, 1, 1]


def test_mersenne_primes() -> None:
    """By Lucas and Lehmer."""
    for e in polynomials.MERSENNE:
        s, p = 4, 2**e - 1
        for _ in range(e - 2):
            s = (s * s - 2) % p
        assert s == 0, e
    assert sorted(set(polynomials.MERSENNE)) == polynomials.MERSENNE
