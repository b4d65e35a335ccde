"""Null vectors from residues prove ranks, and never prove a wrong one."""

from fractions import Fraction
from math import isqrt
from random import Random

import pytest
from flint import fmpz_mat
from hypothesis import given
from hypothesis import strategies as st
from sympy import Matrix as SympyMatrix

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.algebra.fields.field import QQ
from linnet_exact.algebra.ranks import certified
from linnet_exact.algebra.ranks.certified import basis_minor, rank, rank_with_evidence
from linnet_exact.algebra.ranks.checking import check_rank_evidence
from linnet_exact.algebra.ranks.minors import Image
from linnet_exact.algebra.ranks.null_vectors import (
    _common_fraction,
    _interpolation,
    _joined,
    has_short_null_vectors,
)
from linnet_exact.algebra.ranks.residue_maps import images, places
from tests.algebra.reference import rank_by_minors
from tests.strategies import FIELDS, matrices


def sights(matrix, count):
    """The images at the first primes where the minimal polynomial splits."""
    field = matrix.field
    split = (place for place in places(field) if len(place.roots) == field.degree)
    return [
        [Image(*pair) for pair in zip(images(matrix.coefficients, place), place.roots, strict=True)]
        for place, _ in zip(split, range(count), strict=False)
    ]


def dense(nrows, ncols, bits, random):
    return Matrix(
        fmpz_mat(
            nrows, ncols, [random.randrange(-(2**bits), 2**bits) for _ in range(nrows * ncols)]
        )
    )


@pytest.mark.parametrize("field", FIELDS, ids=repr)
@given(data=st.data())
def test_what_is_proved_is_true(field, data):
    """Small matrices, and enlarged ones that plain elimination is not used for."""
    matrix = data.draw(matrices(field, st.integers(1, 3), st.integers(1, 3)))
    expected = rank_by_minors(matrix.rows(), matrix.ncols)
    for count in (1, 2):
        found = sights(matrix, count)
        if has_short_null_vectors(matrix, found):
            assert len(found[0][0].by_columns.pivots) == expected
    size = 30
    one = Matrix.identity(size - matrix.nrows, field)
    large = Matrix.block_diagonal([matrix, one])
    large = Matrix.vstack([large, large[:1, :] * 3])
    assert rank(large) == size - matrix.nrows + expected


@given(
    st.lists(st.lists(st.integers(-(2**70), 2**70), min_size=4, max_size=4), min_size=2, max_size=3)
)
def test_against_sympy(rows):
    """Combinations with coefficients below and above what one prime, or two, can tell."""
    top = Matrix(rows)
    sums = [[7 * x - 2**40 * y for x, y in zip(rows[0], rows[1], strict=True)], rows[0]]
    matrix = Matrix([*rows, *sums])
    expected = SympyMatrix([[int(x) for x in row] for row in matrix.rows()]).rank()
    assert expected <= top.nrows
    for count in (1, 2):
        found = sights(matrix, count)
        if has_short_null_vectors(matrix, found):
            assert len(found[0][0].minor.rows) == expected
    blocks = [matrix] * 10
    assert rank(Matrix.block_diagonal(blocks)) == 10 * expected


@pytest.mark.parametrize("bits", [10, 53, 400])
@pytest.mark.parametrize(("coefficient", "primes"), [(3, 1), (2**29 - 1, 1), (2**59 - 1, 2)])
def test_how_long_null_vectors_may_be(bits, coefficient, primes):
    random = Random(bits)
    top = dense(40, 50, bits, random)
    matrix = Matrix.vstack([top, top[:8, :] * coefficient + top[9:17, :]])
    for wide in (matrix, matrix.T):
        assert [has_short_null_vectors(wide, sights(wide, n)) for n in (1, 2)] == [
            primes == 1,
            True,
        ]
        evidence = rank_with_evidence(wide)
        assert evidence.rank == rank(wide) == 40
        check_rank_evidence(wide, evidence)


def test_generic_products_have_no_short_null_vectors():
    random = Random(0)
    matrix = dense(40, 30, 10, random) @ dense(30, 40, 10, random)
    assert not has_short_null_vectors(matrix, sights(matrix, 2))
    assert rank(matrix) == 30


def test_a_matrix_deficient_modulo_the_primes_only():
    """The difference of two rows is divisible by the primes: a null vector modulo both."""
    product = 1
    for sight in sights(Matrix([[1]]), 2):
        product *= int(sight[0].matrix.modulus())
    top = dense(30, 40, 20, Random(1))
    matrix = Matrix.vstack([top, top[:1, :] + Matrix([[product] + [0] * 39])])
    for count in (1, 2):
        assert not has_short_null_vectors(matrix, sights(matrix, count))
    assert rank(matrix) == rank(matrix.T) == 31
    assert basis_minor(matrix).rows == tuple(range(31))


@pytest.mark.parametrize(
    "field", [QQ, NumberField("sqrt(2) + sqrt(3)"), NumberField("x^3 - 2"), NumberField("x^4 + 1")]
)
def test_every_proof_gives_the_same_rank(field, monkeypatch):
    random, e = Random(3), field.degree

    def element():
        return field.element([random.randrange(-9, 10) for _ in range(e)], random.randrange(1, 4))

    rows = [[element() for _ in range(18)] for _ in range(12)]
    rows += [[x - y * 2 for x, y in zip(rows[0], rows[j], strict=True)] for j in (1, 2)]
    factor = field.element([1] * e, 1)
    rows += [[x * factor for x in rows[5]]]
    matrix = Matrix(rows, field)
    wide = Matrix.block_diagonal([matrix, Matrix.identity(15, field)])
    assert rank(wide) == rank(wide.T) == 27
    monkeypatch.setattr(certified, "has_short_null_vectors", lambda *_: False)
    assert rank(wide) == rank(wide.T) == 27


@given(st.sampled_from([10007, 2**61 - 1, (2**61 - 1) * (2**60 + 33)]), st.data())
def test_fractions_of_half_the_bits_are_found(modulus, data):
    """All with numerators and a denominator up to the root of half the modulus, and no others."""
    largest = isqrt(modulus // 2)
    edge = st.sampled_from([1, largest, largest - 1, largest // 2])
    size = st.integers(1, largest) | edge
    denominator = data.draw(size)
    numerators = data.draw(st.lists(st.integers(-largest, largest) | edge, min_size=1, max_size=4))
    inverse = pow(denominator, -1, modulus)
    found = _common_fraction([n * inverse % modulus for n in numerators], modulus)
    assert found is not None
    shown, common = found
    assert 1 <= common <= denominator
    assert [Fraction(n, common) for n in shown] == [Fraction(n, denominator) for n in numerators]


@given(st.lists(st.integers(0, 10006), max_size=3))
def test_fractions_that_are_found_have_the_residues(residues):
    found = _common_fraction(residues, 10007)
    largest = isqrt(10007 // 2)
    pairs = {
        n * pow(d, -1, 10007) % 10007
        for d in range(1, largest + 1)
        for n in range(-largest, largest + 1)
    }
    if found is None:
        assert len(residues) > 1 or residues[0] not in pairs
        return
    numerators, denominator = found
    assert 1 <= denominator <= largest
    assert max(map(abs, numerators), default=0) <= largest
    assert [(n - denominator * x) % 10007 for n, x in zip(numerators, residues, strict=True)] == [
        0 for _ in residues
    ]


@given(st.lists(st.tuples(*[st.integers(0, p - 1) for p in (7, 11, 13)])))
def test_residues_are_joined(triples):
    residues, modulus = [0] * len(triples), 1
    for k, prime in enumerate((7, 11, 13)):
        residues, modulus = _joined(residues, modulus, [triple[k] for triple in triples], prime)
    assert modulus == 1001
    assert [(x % 7, x % 11, x % 13) for x in residues] == triples
    assert all(0 <= x < 1001 for x in residues)


def test_values_at_the_roots_are_interpolated():
    field = NumberField("x^3 - 2")
    matrix = Matrix([["3 + 5*a - 7*a^2"]], field)
    (sight,) = sights(matrix, 1)
    prime = int(sight[0].matrix.modulus())
    values = [int(image.matrix[0, 0]) for image in sight]
    change = _interpolation(sight)
    found = [sum(int(change[k, j]) * values[j] for j in range(3)) % prime for k in range(3)]
    assert found == [3, 5, prime - 7]
