"""Certified ranks over number fields."""

from itertools import islice, product
from math import lcm, prod
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.algebra.arrays.regular_representation import to_regular
from linnet_exact.algebra.ranks.certified import rank, rank_with_evidence
from linnet_exact.algebra.ranks.checking import check_rank_evidence
from linnet_exact.algebra.ranks.minor_bounds import bordered_norm_bound
from linnet_exact.algebra.ranks.primitive_part import primitive_part
from linnet_exact.algebra.ranks.residue_maps import places, roots_modulo
from tests.algebra.reference import determinant, rank_by_minors
from tests.strategies import FIELDS, matrices

QUARTIC = NumberField("sqrt(2) + sqrt(3)")
NO_REAL_ROOT = NumberField("x^4 + 1")
NOT_INTEGRAL = NumberField(["-1/6", "1/2", "0", "1"])


def certified(matrix):
    evidence = rank_with_evidence(matrix)
    check_rank_evidence(matrix, evidence)
    assert rank(matrix) == evidence.rank
    return evidence.rank


@pytest.mark.parametrize("field", FIELDS, ids=repr)
@given(data=st.data())
def test_small_matrices_against_all_their_minors(field, data):
    matrix = data.draw(matrices(field, st.integers(0, 3), st.integers(0, 3)))
    assert certified(matrix) == rank_by_minors(matrix.rows(), matrix.ncols)


@pytest.mark.parametrize("field", [QUARTIC, NO_REAL_ROOT, NOT_INTEGRAL], ids=repr)
@pytest.mark.parametrize("height", [3, 10**20])
def test_products_have_the_rank_of_generic_factors(field, height):
    random, e = Random(1), field.degree

    def dense(nrows, ncols):
        flat = [random.randrange(-height, height + 1) for _ in range(nrows * ncols * e)]
        entries = iter([field.element(flat[at : at + e], 6) for at in range(0, len(flat), e)])
        return Matrix([[next(entries) for _ in range(ncols)] for _ in range(nrows)])

    matrix = dense(14, 9) @ dense(9, 12)
    assert certified(matrix) == 9
    assert to_regular(matrix)[0].rank() == 9 * e


def test_irrational_relations_between_rows_are_found():
    a = QUARTIC.gen
    rows = [[a**i * j + i for j in range(12)] for i in range(12)]
    assert certified(Matrix(rows)) == 2


def test_rows_that_are_dependent_modulo_every_prime_tried():
    """diag(1, N, 0), N in every prime ideal that the first places use."""
    number = prod((QUARTIC.gen - p.roots[0]) * p.prime for p in islice(places(QUARTIC), 6))
    rows = [[0] * 8 for _ in range(8)]
    rows[0][0], rows[1][1] = 1, number
    assert certified(Matrix(rows, QUARTIC)) == 2


def test_primes_that_divide_denominators_or_the_discriminant_have_their_place():
    assert roots_modulo(NOT_INTEGRAL, 2) == roots_modulo(NOT_INTEGRAL, 3) == ()
    root_of_two = NumberField("sqrt(2)")
    assert roots_modulo(root_of_two, 2) == (0,)  # ramified: one root, and it is double
    assert roots_modulo(root_of_two, 7) == (3, 4)
    assert roots_modulo(root_of_two, 5) == ()


@pytest.mark.parametrize("field", FIELDS, ids=repr)
@given(data=st.data())
def test_norms_of_bordering_minors_lie_below_the_bound(field, data):
    matrix = data.draw(matrices(field, 3, 3))
    array, parts = primitive_part(matrix)
    bound = bordered_norm_bound(array, (0,), (1,), field)
    denominator = lcm(*(c.denominator for c in field.minimal_polynomial))
    integral = Matrix.from_coefficients(field, parts, 1) * denominator ** (field.degree - 1)
    for row, column in product((1, 2), (0, 2)):
        minor = determinant(integral[[0, row], [1, column]].rows())
        norm = minor.norm() if field.degree > 1 else minor
        assert norm**2 < bound
