"""Evidence that is changed anywhere is refused, with a reason."""

from dataclasses import replace
from random import Random

import pytest

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.algebra.ranks import certified
from linnet_exact.algebra.ranks.certified import rank_with_evidence
from linnet_exact.algebra.ranks.chain import chain_evidence
from linnet_exact.algebra.ranks.checking import check_chain_evidence, check_rank_evidence
from linnet_exact.algebra.ranks.evidence import Factor, Minor, RankEvidence, Residues, Shape
from linnet_exact.algebra.ranks.residue_maps import Place
from linnet_exact.errors import CertificateError
from tests.algebra.ranks.test_certified import deficient

LIFTED = deficient(90, 70, 12, Random(1))
BY_PRIMES = deficient(12, 9, 200, Random(2))
OVER_FIELD = BY_PRIMES * NumberField("sqrt(2)")("1 + a")


def refused(matrix, evidence, reason):
    with pytest.raises(CertificateError, match=reason):
        check_rank_evidence(matrix, evidence)


@pytest.mark.parametrize("matrix", [LIFTED, BY_PRIMES, OVER_FIELD], ids=["lifted", "primes", "K"])
class TestChangedEvidence:
    def test_rank(self, matrix):
        evidence = rank_with_evidence(matrix)
        for change in (-1, 1):
            refused(matrix, evidence._replace(rank=evidence.rank + change), "expected")

    def test_minor(self, matrix):
        evidence = rank_with_evidence(matrix)
        minor = evidence.lower
        other = next(i for i in range(matrix.nrows) if i not in minor.rows)
        changes = [
            (replace(minor, prime=minor.prime + 2), "not a prime|not roots"),
            (replace(minor, root=minor.root + 1), "not roots"),
            (replace(minor, rows=minor.rows[:-1]), "rows"),
            (replace(minor, columns=(minor.columns[0], *minor.columns[:-1])), "columns"),
            (replace(minor, rows=(*minor.rows[:-1], matrix.nrows)), "rows"),
            (replace(minor, rows=(-1, *minor.rows[1:])), "rows"),
        ]
        for changed, reason in changes:
            refused(matrix, evidence._replace(lower=changed), reason)
        with pytest.raises(CertificateError):  # too many rows for its rank
            check_rank_evidence(
                matrix, evidence._replace(lower=replace(minor, rows=(*minor.rows, other)))
            )

    def test_residues(self, matrix):
        evidence = rank_with_evidence(matrix)
        places, exponent = evidence.upper.places, evidence.upper.exponent
        first = places[0]
        changes = [
            (Residues(places, exponent + 1), "exceed|power"),
            (Residues(places, exponent - 1), "exceed|alone"),
            (Residues(places, 0), "^a power of a prime is evidence alone"),
            (Residues(places, -1), "^a power of a prime is evidence alone"),
            (Residues(places[1:], exponent), "exceed|alone"),
            (Residues((*places, Place(2**61 - 1, (0,))), exponent), "exceed|alone|not roots"),
            (Residues((*places, first), exponent), "different"),
            (Residues((Place(first.prime + 2, first.roots), *places[1:]), exponent), "prime|roots"),
            (Residues((Place(first.prime, (first.roots[0] + 1,)), *places[1:]), exponent), "roots"),
            (Shape(), "shape"),
            (Factor(1, 0), "another product"),
        ]
        for changed, reason in changes:
            refused(matrix, evidence._replace(upper=changed), reason)

    def test_entry(self, matrix):
        evidence = rank_with_evidence(matrix)
        row = next(i for i in range(matrix.nrows) if i not in evidence.lower.rows)
        column = next(j for j in range(matrix.ncols) if j not in evidence.lower.columns)
        unit = [[0] * matrix.ncols for _ in range(matrix.nrows)]
        unit[row][column] = 1
        refused(matrix + Matrix(unit), evidence, "exceed|larger")


def test_a_prime_that_divides_the_minor_proves_nothing():
    matrix = Matrix([[6, 0], [0, 1]])
    for prime in (2, 3):
        evidence = RankEvidence(2, Minor(prime, 0, (0, 1), (0, 1)), Shape())
        refused(matrix, evidence, f"0 modulo {prime}")


def test_primes_that_divide_all_the_larger_minors_must_exceed_the_bound():
    """All 2 x 2 minors vanish modulo 101, and the rank is 2."""
    matrix = Matrix([[1, 1], [1, 102]])
    evidence = RankEvidence(1, Minor(7, 0, (0,), (0,)), Residues((Place(101, (0,)),)))
    refused(matrix, evidence, "exceed")


def test_what_is_common_to_a_row_is_no_evidence():
    """Modulo 101 the second row vanishes, but only because it was multiplied by 101."""
    matrix = Matrix([[1, 2], [101, 0]])
    evidence = RankEvidence(1, Minor(7, 0, (0,), (0,)), Residues((Place(101, (0,)),)))
    refused(matrix, evidence, "larger than 1")


def test_rows_of_zeros_need_a_prime_too(monkeypatch):
    """Every bordering minor is 0 at first sight, by either algorithm."""
    matrix = Matrix([[1, 2], [3, 5], [0, 0]])
    matrix = Matrix.hstack([matrix, matrix])
    for work in (0, 10**9):
        monkeypatch.setattr(certified, "LIFTING_WORK", work)
        check_rank_evidence(matrix, rank_with_evidence(matrix))


def test_what_is_said_of_evidence_of_a_chain():
    """For (2, 1), between a shorter and a longer product, each change has its own reason."""
    chain = [Matrix.identity(30), deficient(30, 20, 8, Random(4)), Matrix.identity(30)]
    evidence, key = chain_evidence(chain), (2, 1)
    itself = Factor(*key)
    changes = [
        ({"lower": Factor(1, 0)}, "W_1~0 is no longer product"),
        ({"lower": Factor(2, 2)}, "W_2~2 is no longer product"),
        ({"upper": Factor(3, 1)}, "W_3~1 is no shorter product"),
        ({"upper": Factor(2, 0)}, "W_2~0 is no shorter product"),
        ({"upper": itself}, "W_2~1 does not bound it by 20"),
        ({"lower": itself, "upper": itself}, "W_2~1 does not bound it by 20"),
        ({"lower": Factor(4, 1), "upper": itself}, "W_4~1 does not bound it by 20"),
        ({"upper": Factor(1, 1)}, "W_1~1 does not bound it by 20"),
        ({"upper": Shape()}, "the shape bounds the rank by 30, not 20"),
        (
            {"lower": Factor(3, 1)},
            "vanishing minors are evidence only beside one that does not vanish",
        ),
    ]
    for change, reason in changes:
        with pytest.raises(CertificateError) as caught:
            check_chain_evidence(chain, {**evidence, key: evidence[key]._replace(**change)})
        assert str(caught.value) == f"W_2~1: {reason}"


def test_evidence_of_a_chain_is_for_all_products():
    chain = [Matrix.identity(2)] * 3
    evidence = chain_evidence(chain)
    for wrong in (
        {**evidence, (4, 0): evidence[3, 0]},
        {k: v for k, v in evidence.items() if k != (2, 1)},
    ):
        with pytest.raises(CertificateError) as caught:
            check_chain_evidence(chain, wrong)
        assert str(caught.value) == (
            "expected evidence for (1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)"
        )


def test_ranks_that_do_not_agree_bound_nothing():
    """(3, 0) has rank 0, and so bounds the rank 1 of (2, 0) not from below."""
    one, zero = Matrix.identity(1), Matrix.zero(1, 1)
    chain = [one, one, zero]
    evidence = chain_evidence(chain)
    item = evidence[2, 0]
    assert (item.rank, evidence[3, 0].rank) == (1, 0)
    with pytest.raises(CertificateError) as caught:
        check_chain_evidence(chain, {**evidence, (2, 0): item._replace(lower=Factor(3, 0))})
    assert str(caught.value) == "W_2~0: W_3~0 does not bound it by 1"
