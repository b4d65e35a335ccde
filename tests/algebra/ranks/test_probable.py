"""Probable ranks say how improbable an error is, and are lower bounds in any case."""

from fractions import Fraction
from itertools import permutations
from math import prod
from random import Random

import pytest
from flint import fmpz_mat
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.algebra.ranks import probable
from linnet_exact.algebra.ranks.chain import chain_ranks
from linnet_exact.algebra.ranks.probable import norm_bits, probable_chain_ranks
from linnet_exact.algebra.ranks.residue_maps import PRIME_RANGE, random_prime
from linnet_exact.errors import InputError
from tests.algebra.ranks.test_certified import deficient
from tests.strategies import FIELDS, matrices


@pytest.mark.parametrize("field", FIELDS[:4], ids=repr)
@given(data=st.data())
def test_small_chains(field, data):
    m, n, k = (data.draw(st.integers(0, 3)) for _ in range(3))
    chain = [data.draw(matrices(field, n, m)), data.draw(matrices(field, k, n))]
    found = probable_chain_ranks(chain, seed=1)
    assert found.ranks == chain_ranks(chain)
    assert 0 <= found.error_bound < Fraction(1, 10**25)


def test_more_primes_make_errors_less_likely():
    chain = [deficient(40, 30, 10, Random(seed)) for seed in range(3)]
    one, three = (probable_chain_ranks(chain, primes=k) for k in (1, 3))
    assert one.ranks == three.ranks == chain_ranks(chain)
    assert Fraction(1, 10**13) > one.error_bound > 10**20 * three.error_bound > 0


def test_the_bound_covers_the_primes_that_divide(monkeypatch):
    """In a range of a few primes, the share of unlucky ones is below the bound; all are counted."""
    monkeypatch.setattr(probable, "PRIME_RANGE", (1 << 10, 1 << 11))
    primes = [p for p in range(1 << 10, 1 << 11) if all(p % q for q in range(2, 46))]
    unlucky = primes[:40]
    matrix = Matrix([[prod(unlucky)]])
    share = Fraction(len(unlucky), len(primes))
    found = [probable_chain_ranks([matrix], 1, seed) for seed in range(200)]
    assert all(each.error_bound == 0 for each in found if each.ranks[1, 0] == 1)  # no doubt is left
    assert all(each.error_bound >= share for each in found if each.ranks[1, 0] == 0)
    lucky = sum(each.ranks[1, 0] for each in found)
    assert abs(Fraction(lucky, 200) - (1 - share)) < Fraction(1, 8)


def test_random_primes_are_primes_of_the_range():
    random = Random(7)
    assert len({random_prime(random, *PRIME_RANGE) for _ in range(50)}) == 50
    assert {random_prime(random, 20, 40) for _ in range(200)} == {23, 29, 31, 37}


def test_no_primes():
    with pytest.raises(InputError, match="must be positive, not 0"):
        probable_chain_ranks([Matrix([[1]], NumberField("sqrt(2)"))], primes=0)


@given(st.integers(0, 4), st.integers(0, 4), st.data())
def test_the_bits_of_a_norm(m, n, data):
    flat = data.draw(st.lists(st.integers(-(2**70), 2**70), min_size=m * n, max_size=m * n))
    squared = sum(x * x for x in flat)
    bits = norm_bits(fmpz_mat(m, n, flat))
    assert squared < 4**bits
    assert bits == 0 or squared >= 4 ** (bits - 1)


def test_the_bound_is_that_of_the_formula():
    """Two products of rank 1 could have rank 2: 2 x 2 minors of rows of given lengths."""
    one = Matrix([[3, 4], [0, 0]])  # its Frobenius norm is 5, below 2^3
    found = probable_chain_ranks([one, one * 2**400], primes=3, seed=0)
    assert found.ranks == {(2, 0): 1, (1, 0): 1, (2, 1): 1}
    least = PRIME_RANGE[0].bit_length() - 1
    number = 3 * PRIME_RANGE[0] // (5 * least)
    bits = [2 * (3 + 403), 2 * 3, 2 * 403]
    assert found.error_bound == sum(Fraction(b // least, number) ** 3 for b in bits)
    wide = Matrix([[3, 4, 0], [0, 0, 0]])
    for single in (wide, wide.T):
        assert probable_chain_ranks([single * 2**100], 1).error_bound == Fraction(
            206 // least, number
        )


def test_as_many_primes_are_drawn_as_it_takes(monkeypatch):
    drawn = []

    def noted(*arguments):
        drawn.append(random_prime(*arguments))
        return drawn[-1]

    monkeypatch.setattr(probable, "random_prime", noted)
    for primes in (1, 2, 3, 4):
        for matrix, expected in ((Matrix.identity(2), 1), (Matrix.zero(2, 2), primes)):
            drawn.clear()
            probable_chain_ranks([matrix], primes)
            assert len(set(drawn)) == len(drawn) == expected


def test_the_larger_rank_counts(monkeypatch):
    matrix = Matrix([[7, 0, 0], [0, 11, 0], [0, 0, 77]])
    for primes in permutations((7, 11, 13)):
        draws = iter(primes)
        monkeypatch.setattr(probable, "random_prime", lambda *_, draws=draws: next(draws))
        found = probable_chain_ranks([matrix], 2)
        assert found.ranks[1, 0] == (3 if 13 in primes[:2] else 1)
