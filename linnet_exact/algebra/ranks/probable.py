"""Ranks of a chain that are right with a stated probability, and never called certified.

Modulo a prime p drawn at random the rank of an integer matrix is too small only when p divides all
its largest nonzero minors. One of them, M, has few prime divisors above 2^60: fewer than
log2|M| / 60, by Hadamard's bound. The range has N > 3 x / (5 ln x) primes between x and 2x (Rosser
and Schoenfeld, Approximate formulas for some functions of prime numbers, Illinois J. Math. 6,
1962, corollary 3). k primes drawn independently are all unlucky with probability at most the k-th
power of the quotient. Over a number field the regular representation takes the place of the matrix.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from flint import fmpz_mat, nmod_mat

from linnet_exact.algebra.arrays.regular_representation import to_regular
from linnet_exact.algebra.ranks.chain import Key, consecutive_products, read_chain, squeezed_ranks
from linnet_exact.algebra.ranks.residue_maps import PRIME_RANGE, random_prime
from linnet_exact.errors import InputError
from linnet_exact.interruption import interruptible, product

if TYPE_CHECKING:
    from linnet_exact.algebra.matrices.matrix import Matrix

__all__ = ["ProbableRanks", "norm_bits", "probable_chain_ranks"]


@dataclass(frozen=True)
class ProbableRanks:
    """Lower bounds for all ranks of a chain, each of them very likely the rank.

    Attributes
    ----------
    ranks : dict
        (k, i) -> a certified lower bound for rk W_{k~i}.
    error_bound : Fraction
        The probability that some rank is larger is at most this; 0 if all are as large as widths
        on the way let them be.
    """

    ranks: dict[Key, int]
    error_bound: Fraction


def probable_chain_ranks(
    matrices: Sequence["Matrix"], primes: int = 2, seed: int | None = None
) -> ProbableRanks:
    """Return the ranks of all products W_{k~i} modulo random primes, the largest for each.

    Parameters
    ----------
    matrices
        W_1, ..., W_L, where W_1 is applied first.
    primes : int
        How many primes are drawn.
    seed : int, optional
        For runs that can be repeated. The bound holds for the random choice of the primes: with a
        seed, as far as the generator (Mersenne Twister) is random.

    Raises
    ------
    InputError
        If there are no primes to draw, or the matrices are no chain.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> found = probable_chain_ranks([Matrix([[1, 2]]), Matrix([[3], [4]])])
    >>> found.ranks, found.error_bound < Fraction(1, 10**30)
    ({(2, 0): 1, (1, 0): 1, (2, 1): 1}, True)
    """
    if primes < 1:
        raise InputError(f"the number of primes must be positive, not {primes}")
    chain = read_chain(matrices)
    regular = [to_regular(matrix)[0] for matrix in chain]
    random = SystemRandom() if seed is None else Random(seed)
    ranks = _ranks_modulo(chain, regular, random_prime(random, *PRIME_RANGE))
    for _ in range(primes - 1):
        if not _uncertain(chain, ranks):
            break  # no other prime can find more
        others = _ranks_modulo(chain, regular, random_prime(random, *PRIME_RANGE))
        ranks = {key: max(rank, others[key]) for key, rank in ranks.items()}
    bits = _minor_bits(regular, _uncertain(chain, ranks))
    bound = sum(_chance_to_divide(b) ** primes for b in bits)
    return ProbableRanks(ranks, min(Fraction(bound), Fraction(1)))


def _ranks_modulo(
    chain: Sequence["Matrix"], regular: Sequence[fmpz_mat], prime: int
) -> dict[Key, int]:
    images = [nmod_mat(numbers, prime) for numbers in regular]
    reduced = consecutive_products(images, product)
    e = chain[0].field.degree
    return squeezed_ranks(
        chain, lambda key: -(-int(interruptible(nmod_mat.rank, reduced(*key))) // e)
    )


def _uncertain(chain: Sequence["Matrix"], ranks: Mapping[Key, int]) -> list[Key]:
    """Return the products whose ranks the widths on the way would allow to be larger."""
    narrow = [min(matrix.shape) for matrix in chain]
    return [(k, i) for (k, i), rank in ranks.items() if rank < min(narrow[i:k])]


def _minor_bits(regular: Sequence[fmpz_mat], keys: Sequence[Key]) -> list[int]:
    """Return, for some products, b such that all their minors are smaller than 2^b.

    By Hadamard's bound: a row of a product is no longer than the product of the Frobenius norms.
    """
    norms = [norm_bits(numbers) for numbers in regular] if keys else []
    return [min(regular[k - 1].nrows(), regular[i].ncols()) * sum(norms[i:k]) for k, i in keys]


def norm_bits(numbers: fmpz_mat) -> int:
    """Return b such that the Frobenius norm is smaller than 2^b.

    Examples
    --------
    >>> norm_bits(fmpz_mat([[3, 4]]))
    3
    """
    transposed = numbers.transpose()
    gram = numbers * transposed if numbers.nrows() < numbers.ncols() else transposed * numbers
    return isqrt(sum(int(gram[i, i]) for i in range(gram.nrows()))).bit_length()


def _chance_to_divide(bits: int) -> Fraction:
    """Bound the chance that a random prime of the range divides a given nonzero M < 2^bits."""
    least_bits = PRIME_RANGE[0].bit_length() - 1
    number_of_primes = 3 * PRIME_RANGE[0] // (5 * least_bits)  # ln x < log2 x
    return Fraction(bits // least_bits, number_of_primes)
