"""Dyadic lifting against FLINT's rank: it must never call a Schur complement zero that is not."""

from fractions import Fraction
from math import isqrt, prod

import numpy as np
import pytest
from flint import fmpz_mat

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.ranks import dyadic_lifting
from linnet_exact.algebra.ranks.dyadic_lifting import schur_complement_is_zero


def product(nrows, ncols, rank, high, seed=0):
    draw = np.random.default_rng(seed).integers
    return draw(-high, high + 1, (nrows, rank)) @ draw(-high, high + 1, (rank, ncols))


@pytest.mark.parametrize(
    ("nrows", "ncols", "rank", "high"),
    [(2, 3, 1, 3), (2, 2, 1, 3), (9, 7, 5, 4), (7, 30, 3, 900), (60, 50, 40, 3), (50, 60, 49, 20)],
)
def test_products_of_low_rank_are_proved_and_a_change_by_one_is_seen(nrows, ncols, rank, high):
    leading = range(rank)
    for seed in range(4):
        array = product(nrows, ncols, rank, high, seed)
        invertible = fmpz_mat(array[:rank, :rank].tolist()).rank() == rank
        assert schur_complement_is_zero(array, leading, leading) == invertible
        array[-1, -1] += 1
        assert not schur_complement_is_zero(array, leading, leading)


@pytest.mark.parametrize("size", [6, 12, 24])
def test_the_smallest_complements_are_seen(size, monkeypatch):
    """Of a matrix with determinant 1, the complement of a block is 1 over that of the block."""
    draw = np.random.default_rng(size).integers
    lower, upper = (np.tril(draw(-2, 3, (size, size)), -1) + np.eye(size, dtype=int) for _ in "LU")
    array = lower @ upper.T
    cofactors = np.array(
        [int(x) for x in fmpz_mat(array.tolist()).inv().numer_denom()[0].entries()]
    )
    place, det = int(abs(cofactors).argmax()), int(abs(cofactors).max())
    column, row = divmod(place, size)
    rows, columns = ([i for i in range(size) if i != out] for out in (row, column))
    assert det > size
    block = array[np.ix_(rows, columns)]
    assert dyadic_lifting._determinant_bound(block) >= det
    assert not schur_complement_is_zero(array, rows, columns)
    monkeypatch.setattr(dyadic_lifting, "_determinant_bound", lambda block: det)
    assert not schur_complement_is_zero(array, rows, columns)


def test_singular_blocks_prove_nothing():
    array = np.array([[1, 2, 0], [2, 4, 0], [0, 0, 1]])
    assert not schur_complement_is_zero(array, (0, 1), (0, 1))
    assert schur_complement_is_zero(array, (0, 2), (0, 2))
    assert not schur_complement_is_zero(np.zeros((2, 2), dtype=np.int64), (0,), (0,))
    near = np.array([[10**8, 10**8 - 1], [10**8 + 1, 10**8]])  # determinant 1
    assert not schur_complement_is_zero(np.hstack([near, near]), (0, 1), (0, 1))


@pytest.mark.parametrize("high", [2**31, 2**40, 2**62])
def test_long_entries_are_left_to_others(high):
    array = np.array([[high, 1, high + 1], [1, high, high + 1]])
    assert not schur_complement_is_zero(array[:, [0, 2, 0]], (0, 1), (0, 1))
    array = np.array([[high - 1, 1], [1, high - 1]])
    assert not schur_complement_is_zero(array, (0,), (0,))


def test_a_bad_guess_proves_nothing_wrong(monkeypatch):
    right, wrong = product(30, 30, 20, 5), product(30, 30, 21, 5)
    inverse, random = np.linalg.inv, np.random.default_rng(1)
    assert schur_complement_is_zero(right, range(20), range(20))
    for spoiled in (
        lambda a: inverse(a) * (1 + 1e-3),
        lambda a: inverse(a) + random.standard_normal(a.shape) * 1e-4,
        lambda a: np.full(a.shape, np.nan),
        lambda a: np.full(a.shape, np.inf),
        np.zeros_like,
    ):
        monkeypatch.setattr(np.linalg, "inv", spoiled)
        monkeypatch.setattr(dyadic_lifting, "_digit", lambda block, guess: 40)
        assert not schur_complement_is_zero(right, range(20), range(20))
        assert not schur_complement_is_zero(wrong, range(20), range(20))


@pytest.mark.parametrize("bits", [1, 6, 12, 20])
def test_the_residuals_in_floats_are_those_in_integers(bits, monkeypatch):
    draw = np.random.default_rng(bits).choice
    array = draw([-(2**bits), 1 - 2**bits, 2**bits - 1], (24, 12))
    array = np.hstack([array, (array[:, :4] + array[:, 4:8]) // 2])
    array[:, 12:] = array[:, :4] + array[:, 4:8]
    whole, seen, matmul = array.astype(object), [], np.matmul

    def watched(left, right, out):
        found = matmul(left, right, out=out)
        if len(left) == 24:
            digits = np.vectorize(int, otypes=[object])(right)
            assert (np.vectorize(int, otypes=[object])(found) == whole[:, :12].dot(digits)).all()
            seen.append(abs(digits).max())
        return found

    monkeypatch.setattr(np, "matmul", watched)
    rows = Matrix(array[:, :12]).T.rref()[1]
    whole = np.vstack([whole[list(rows)], np.delete(whole, rows, 0)])
    assert schur_complement_is_zero(array, rows, range(12))
    assert seen
    assert max(seen) * 12 * 2 ** (bits + 1) < 2**53


def test_ranks_of_matrices_are_those_of_flint():
    for seed in range(6):
        array = product(40, 36, 30 + seed, 7, seed)
        assert Matrix(array).rank() == fmpz_mat(array.tolist()).rank() == 30 + seed


@pytest.mark.parametrize("size", [1, 2, 5, 20])
def test_what_is_said_of_an_inverse(size):
    """Row sums and determinants are bounded from above, by not much more than they are."""
    draw = np.random.default_rng(size).integers
    for high in (1, 9, 1000):
        block = draw(-high, high + 1, (size, size)) + 3 * high * np.eye(size, dtype=int)
        inverse = np.linalg.inv(block.astype(float))
        exact, det = (np.abs(np.array(x, dtype=object)) for x in exact_inverse(block))
        sums = max(sum(map(Fraction, row)) for row in exact)
        reach = size * int(abs(block).max())
        bound = dyadic_lifting._size_of_inverse(block.astype(float), inverse, reach)
        assert sums < bound <= 3 + 2 * sums
        squares = [[int(x) ** 2 for x in row] for row in block]
        rows, columns = map(sum, squares), map(sum, zip(*squares, strict=True))
        hadamard = isqrt(min(prod(rows), prod(columns)))
        assert int(det) <= dyadic_lifting._determinant_bound(block) == hadamard + 1


def exact_inverse(block):
    matrix = Matrix(block)
    return matrix.inverse().rows(), matrix.det()


def test_guesses_that_are_no_inverses_bound_nothing():
    block = np.array([[3.0, 1.0], [1.0, 2.0]])
    right = np.linalg.inv(block)
    assert dyadic_lifting._size_of_inverse(block, right, 6) == 3
    for wrong in (0.4 * right, 1.6 * right, right.T[::-1], -right, 0 * right, right * np.nan):
        assert dyadic_lifting._size_of_inverse(block, wrong, 6) is None
    assert dyadic_lifting._size_of_inverse(block, 0.6 * right, 6) == 2
    assert dyadic_lifting._size_of_inverse(block, right, 2**52) is None
    assert dyadic_lifting._size_of_inverse(block, right * 2.0**51, 6) is None


def test_the_bits_that_a_guess_gets_right():
    draw = np.random.default_rng(1).integers
    block = draw(-9, 10, (30, 30)).astype(float) + 50 * np.eye(30)
    guess = np.linalg.inv(block)
    assert 35 <= dyadic_lifting._digit(block, guess) <= 52
    for bits in (5, 20, 30):
        spoiled = guess * (1 + 2.0**-bits)
        assert bits - 6 <= dyadic_lifting._digit(block, spoiled) <= bits
    assert dyadic_lifting._digit(np.eye(3), np.eye(3)) == dyadic_lifting.EXACT


def test_of_a_wide_matrix_the_transpose_is_lifted(monkeypatch):
    shapes = []
    original = dyadic_lifting._stays_small

    def noted(residual, left, *others):
        shapes.append((residual.shape, left.shape))
        return original(residual, left, *others)

    monkeypatch.setattr(dyadic_lifting, "_stays_small", noted)
    array = product(9, 30, 4, 5)
    assert schur_complement_is_zero(array, range(4), range(4))
    assert schur_complement_is_zero(array.T, range(4), range(4))
    assert shapes == [((30, 5), (30, 4))] * 2
