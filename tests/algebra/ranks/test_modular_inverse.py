"""Inverses modulo squares of primes in floats, against exact products of integers."""

from random import Random

import numpy as np
import pytest
from flint import fmpz, fmpz_mat

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.ranks import modular_inverse
from linnet_exact.algebra.ranks.lifting import lifting_system
from linnet_exact.algebra.ranks.modular_inverse import (
    LARGEST_MODULUS,
    inverse_modulo_square,
    remainders,
)


def is_inverse(matrix, prime, inverse) -> bool:
    numbers = inverse.astype(np.int64).astype(object)
    assert (numbers == inverse).all()
    assert abs(numbers).max() <= prime**2 // 2 + 1
    return not ((matrix.astype(object) @ numbers - np.eye(len(matrix), dtype=int)) % prime**2).any()


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 8, 9, 31, 32, 33, 64, 100])
@pytest.mark.parametrize("largest", [1 << 12, 1 << 18, LARGEST_MODULUS])
def test_the_product_is_the_identity(size, largest):
    random = np.random.default_rng(size)
    for bits in (1, 10, 60):
        matrix = random.integers(-(2**bits), 2**bits, (size, size), endpoint=True)
        if fmpz_mat(matrix.tolist()).det() == 0:
            continue
        found = inverse_modulo_square(matrix, largest, Random(1))
        if found is None:  # mostly not, but with few primes it may be
            assert largest == 1 << 12
            continue
        prime, inverse = found
        assert fmpz(prime).is_prime()
        assert prime**2 <= largest
        assert is_inverse(matrix, prime, inverse)


def test_where_rows_must_be_exchanged():
    reversed_rows = np.eye(37, dtype=np.int64)[::-1] * 3
    zero_block = np.block([[np.zeros((5, 5)), np.eye(5)], [2 * np.eye(5), np.ones((5, 5))]])
    for matrix in (reversed_rows, zero_block.astype(np.int64), np.array([[2**200]], dtype=object)):
        prime, inverse = inverse_modulo_square(matrix, LARGEST_MODULUS, Random(0))
        assert is_inverse(matrix, prime, inverse)


def primes_up_to(top):
    return [p for p in range(7 * top // 8, top) if fmpz(p).is_prime()]


def test_determinants_divisible_by_all_primes():
    assert primes_up_to(64) == [59, 61]
    matrix = np.array([[59, 1], [0, 61]])
    assert inverse_modulo_square(matrix, 1 << 12, Random(0)) is None
    assert lifting_system(np.array([[1, 2], [3, 7]]), (0, 1), (0, 1), Random(0)) is not None


def test_a_rank_that_no_prime_can_lift():
    """All minors of full size are divisible by all primes that a lift may choose."""
    rank, size = 64, 72
    random = np.random.default_rng(3)
    primes = primes_up_to(int(LARGEST_MODULUS**0.5))
    factors = [int(np.prod(np.array(primes[i::rank], dtype=object))) for i in range(rank)]
    mixing = np.tril(random.integers(-1, 2, (size, rank)), -1) + np.eye(size, rank, dtype=int)
    generic = random.integers(-9, 10, (rank, size)).astype(object)
    product = mixing.astype(object) @ (np.array(factors, dtype=object)[:, None] * generic)
    block = product[:rank, :rank]
    assert inverse_modulo_square(block, LARGEST_MODULUS, Random(0)) is None
    assert Matrix(product.tolist()).rank() == rank


@pytest.mark.parametrize("modulus", [5, 59, 3481, 11586**2 - 7, LARGEST_MODULUS])
def test_remainders_are_congruent_and_of_least_size(modulus):
    random = np.random.default_rng(modulus)
    top = 2**52
    numbers = np.concatenate(
        [random.integers(-top, top, 200), np.arange(-2 * modulus, 2 * modulus, modulus // 2 + 1)]
    )
    found = remainders(numbers.astype(float), modulus)
    assert abs(found).max() <= modulus / 2 + 1
    assert not ((numbers - found.astype(np.int64)) % modulus).any()


def test_primes_are_near_the_root_of_the_largest_modulus():
    for largest in (1 << 12, 1 << 20, LARGEST_MODULUS):
        top = int(largest**0.5)
        primes = [
            inverse_modulo_square(np.array([[1]]), largest, Random(seed))[0] for seed in range(40)
        ]
        assert 7 * top // 8 <= min(primes) < max(primes) <= top
    assert {inverse_modulo_square(np.array([[1]]), 1 << 12, Random(s))[0] for s in range(9)} == {
        59,
        61,
    }


def test_some_primes_are_tried_before_it_is_given_up(monkeypatch):
    drawn = []
    monkeypatch.setattr(
        modular_inverse,
        "random_prime",
        lambda *_: drawn.append(59 if len(drawn) < 3 else 61) or drawn[-1],
    )
    prime, inverse = inverse_modulo_square(np.array([[59]]), 1 << 12, Random(0))
    assert (prime, drawn) == (61, [59, 59, 59, 61])
    assert is_inverse(np.array([[59]]), prime, inverse)
    drawn.clear()
    assert inverse_modulo_square(np.array([[59 * 61]]), 1 << 12, Random(0)) is None
    assert len(drawn) == modular_inverse.TRIES
