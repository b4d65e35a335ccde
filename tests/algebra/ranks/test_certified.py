"""Certified ranks over Q against brute force, FLINT's elimination and matrices of known rank."""

from fractions import Fraction
from itertools import islice
from math import prod
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra.fields.field import QQ
from linnet_exact.algebra.matrices.matrix import Matrix
from linnet_exact.algebra.ranks.certified import rank, rank_is_at_least, rank_with_evidence
from linnet_exact.algebra.ranks.checking import check_rank_evidence
from linnet_exact.algebra.ranks.evidence import Shape
from linnet_exact.algebra.ranks.primitive_part import height_bits, primitive_part
from linnet_exact.algebra.ranks.residue_maps import places
from tests.algebra.reference import rank_by_minors


def certified(matrix):
    """The rank with evidence that holds, the same as the rank without."""
    evidence = rank_with_evidence(matrix)
    check_rank_evidence(matrix, evidence)
    assert rank(matrix) == evidence.rank
    return evidence.rank


def deficient(size, rank, bits, random):
    """A matrix of the given rank with dense rows, some of them combinations of two others."""
    top = [[random.randrange(-(2**bits), 2**bits) for _ in range(size)] for _ in range(rank)]
    bottom = [
        [x - 2 * y for x, y in zip(*random.choices(top, k=2), strict=True)]
        for _ in range(size - rank)
    ]
    rows = top + bottom
    random.shuffle(rows)
    return Matrix(rows)


@given(st.data())
def test_small_matrices_against_all_their_minors(data):
    nrows, ncols = data.draw(st.integers(0, 4)), data.draw(st.integers(0, 4))
    entries = st.sampled_from([0, 0, 1, -1, 2, 30, 10**30])
    rows = [[data.draw(entries) for _ in range(ncols)] for _ in range(nrows)]
    assert certified(Matrix(rows, shape=(nrows, ncols))) == rank_by_minors(rows, ncols)


def test_hilbert_matrices_are_regular():
    for size in (1, 5, 30):
        rows = [[Fraction(1, i + j + 1) for j in range(size)] for i in range(size)]
        assert certified(Matrix(rows)) == size
        assert certified(Matrix([*rows[:-1], rows[0]])) == max(1, size - 1)


@pytest.mark.parametrize("size", [3, 40])
def test_a_matrix_that_is_deficient_modulo_every_prime_tried(size):
    """diag(1, N, 0), N the product of the primes that the first places use."""
    product = prod(place.prime for place in islice(places(QQ), 20))
    rows = [[0] * size for _ in range(size)]
    rows[0][0], rows[1][1] = 1, product
    assert certified(Matrix(rows)) == 2


def test_a_bad_prime_costs_nothing_but_time():
    """The corner has rank 1 modulo the first prime, and the rank is 2 over Q."""
    p = next(places(QQ)).prime
    for corner in ([[1, 1], [1, 1 + p]], [[p, 0], [0, p]], [[p, 1], [p * p, 2 * p]]):
        blocks = [Matrix(corner), Matrix.identity(30), Matrix.zero(2, 1)]
        assert certified(Matrix.block_diagonal(blocks)) == 32


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (4, 0), (1, 1), (30, 40), (40, 30)])
def test_zero_matrices(shape):
    assert certified(Matrix.zero(*shape)) == 0


@pytest.mark.parametrize(
    ("size", "expected", "bits"),
    [
        (30, 1, 10),
        (30, 29, 70),
        (90, 70, 9),
        (90, 70, 53),
        (120, 40, 130),
        (90, 84, 60),
        (28, 3, 3000),
    ],
)
def test_every_algorithm_on_dense_matrices(size, expected, bits):
    matrix = deficient(size, expected, bits, Random(size))
    assert certified(matrix) == expected
    assert certified(matrix[: size - 7, :]) == min(
        expected, matrix[: size - 7, :].coefficients[0].rank()
    )
    wide = Matrix.hstack([matrix, matrix])
    assert certified(wide) == certified(wide.T) == expected


def test_one_more_than_the_rank_of_a_large_part_is_noticed():
    matrix = deficient(70, 50, 20, Random(5))
    bumped = matrix + Matrix([[i * i * j + 1 for j in range(70)] for i in range(70)])
    assert certified(bumped) == bumped.coefficients[0].rank() > 50


def test_rows_and_columns_of_very_different_size():
    import numpy as np

    array = np.random.default_rng(1).standard_normal((40, 40)) * 2.0 ** np.arange(-300, 300, 15)
    array[5] = 2.0**-600 * array[3] + 0 * array[4]
    matrix = Matrix(array * 2.0 ** np.arange(-150, 250, 10)[:, None])
    assert certified(matrix) == 39
    # Scaled back, the entries are short.
    assert height_bits(primitive_part(matrix)[0]) < 70


def test_entries_of_ten_thousand_bits():
    random = Random(3)
    column = [random.getrandbits(5000) for _ in range(30)]
    rank_one = Matrix([[x * y for y in column] for x in column])
    assert certified(rank_one) == 1
    assert certified(rank_one + Matrix.identity(30)) == 30


@pytest.mark.parametrize("seed", range(4))
def test_the_rank_does_not_depend_on_the_seed(seed):
    matrix = deficient(64, 50, 20, Random(0))
    evidence = rank_with_evidence(matrix, seed)
    check_rank_evidence(matrix, evidence)
    assert evidence.rank == 50


def test_matrices_of_full_rank_need_no_residues():
    assert rank_with_evidence(Matrix.identity(30)).upper == Shape()


def test_ranks_are_at_least_what_they_are_also_at_unlucky_primes():
    prime = next(places(QQ)).prime
    for matrix, known in (
        (Matrix([[prime, 0], [0, 1]]), 2),
        (Matrix([[1, 2], [2, 4]]), 1),
        (Matrix.zero(2, 3), 0),
        (Matrix.zero(0, 3), 0),
        (Matrix.identity(9), 9),
    ):
        assert [rank_is_at_least(matrix, least) for least in range(11)] == [
            least <= known for least in range(11)
        ]
