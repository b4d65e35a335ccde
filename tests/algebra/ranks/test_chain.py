"""Certified ranks of all products of a chain."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.field import QQ
from linnet_exact.algebra.ranks import chain
from linnet_exact.algebra.ranks.chain import chain_evidence, chain_ranks
from linnet_exact.algebra.ranks.checking import check_chain_evidence
from linnet_exact.algebra.ranks.evidence import Factor, Minor, Residues, Shape
from linnet_exact.algebra.ranks.residue_maps import places
from linnet_exact.errors import CertificateError, ShapeError
from tests.algebra.ranks.test_certified import deficient
from tests.algebra.reference import multiply, rank_by_minors
from tests.strategies import FIELDS, matrices


@st.composite
def chains(draw, field):
    widths = draw(st.lists(st.integers(0, 3), min_size=2, max_size=4))
    shapes = zip(widths[1:], widths, strict=False)
    return [draw(matrices(field, nrows, ncols)) for nrows, ncols in shapes]


@pytest.mark.parametrize("field", FIELDS[:4], ids=repr)
@given(data=st.data())
def test_small_chains_against_minors(field, data):
    chain = data.draw(chains(field))
    evidence = chain_evidence(chain)
    check_chain_evidence(chain, evidence)
    assert chain_ranks(chain) == {key: item.rank for key, item in evidence.items()}
    for i in range(len(chain)):
        rows = chain[i].rows()
        for k in range(i + 1, len(chain) + 1):
            if k > i + 1:
                rows = multiply(chain[k - 1].rows(), rows, chain[i].ncols)
            assert evidence[k, i].rank == rank_by_minors(rows, chain[i].ncols)


def test_a_drop_that_the_factors_do_not_force_has_its_own_proof():
    left, right = deficient(40, 20, 10, Random(1)), deficient(40, 20, 10, Random(2))
    chain = [left.null_space().basis.T, left, right]
    evidence = chain_evidence(chain)
    check_chain_evidence(chain, evidence)
    assert evidence[2, 0].rank == 0
    assert isinstance(evidence[2, 0].upper, Residues)
    assert evidence[3, 0].upper in (Factor(2, 0), Factor(3, 1))
    assert evidence[1, 0].rank == evidence[2, 1].rank == 20


def test_regular_matrices_need_one_minor():
    chain = [deficient(30, 30, 8, Random(seed)) for seed in range(3)]
    evidence = chain_evidence(chain)
    check_chain_evidence(chain, evidence)
    assert isinstance(evidence[3, 0].lower, Minor)
    assert sum(isinstance(item.lower, Minor) for item in evidence.values()) == 1
    assert all(evidence[j + 1, j].upper == Shape() for j in range(3))


def test_a_bad_prime_costs_nothing_but_time():
    p = next(places(QQ)).prime
    chain = [Matrix([[1, 1], [1, 1 + p]]), Matrix([[1, p]])]
    assert {key: item.rank for key, item in chain_evidence(chain).items()} == {
        (1, 0): 2,
        (2, 1): 1,
        (2, 0): 1,
    }


def test_changed_evidence_is_refused():
    chain = [deficient(30, 20, 8, Random(seed)) for seed in range(3)]
    evidence = chain_evidence(chain)
    check_chain_evidence(chain, evidence)
    for key, item in evidence.items():
        for changed in (
            item._replace(rank=item.rank + 1),
            item._replace(rank=item.rank - 1),
            item._replace(lower=Factor(*key)),
            item._replace(upper=Factor(*key)),
            item._replace(lower=Factor(1, 0), upper=Factor(3, 0)),
            item._replace(upper=Shape()),
            item._replace(lower=Factor(9, 0)),
        ):
            with pytest.raises(CertificateError, match=f"W_{key[0]}~{key[1]}|bound"):
                check_chain_evidence(chain, {**evidence, key: changed})


def test_chains_that_are_none():
    with pytest.raises(ShapeError, match="at least one"):
        chain_ranks([])
    with pytest.raises(ShapeError, match="matrix 2 of the chain must have 1 columns, not 2"):
        chain_ranks([Matrix([[1, 2]]), Matrix([[1, 2]])])


def test_short_primes_that_miss_ranks_change_nothing(monkeypatch):
    """Modulo 2 and 3 these ranks are too small; modulo 5 or 7 they are not."""
    rows = [[6 * (i == j) for j in range(9)] for i in range(9)]
    expected = chain_ranks([Matrix(rows)] * 3)
    asked = []

    def drawn(random, low, high):
        asked.append(low)
        return [2, 3, 2, 7][len(asked) - 1]

    monkeypatch.setattr(chain, "random_prime", drawn)
    assert chain_ranks([Matrix(rows)] * 3) == expected
    assert set(expected.values()) == {9}
    assert len(asked) == 4
    asked.clear()
    low = [[*row[:8], 0] for row in rows]
    assert set(chain_ranks([Matrix(low)] * 3).values()) == {8}
    assert len(asked) == 4


def awkward(random, nrows, ncols):
    """A matrix of low rank whose rows and columns are of very different size, some of them zero."""
    rank = random.choice((0, 1, min(nrows, ncols), random.randint(0, min(nrows, ncols))))
    high = random.choice((3, 200, 2**20, 2**60))

    def factor(nrows, ncols, high):
        entries = [random.randint(-high, high) for _ in range(nrows * ncols)]
        return Matrix(nrows, ncols, entries)

    scales = [random.choice((1, "1/3", "1/2305843009213693951", 0, 7)) for _ in range(nrows)]
    others = [random.choice((1, 1, 10**9, "1/5")) for _ in range(ncols)]
    product = factor(nrows, rank, high) @ factor(rank, ncols, 3)
    return Matrix.diag(scales) @ product @ Matrix.diag(others)


@pytest.mark.parametrize("seed", range(12))
def test_awkward_chains_against_elimination_in_fractions(seed):
    random = Random(seed)
    widths = [random.choice((1, 2, 7, 25, 40)) for _ in range(random.randint(2, 5))]
    chain = [awkward(random, after, before) for before, after in pairwise(widths)]
    ranks = chain_ranks(chain)
    for i, product in enumerate(chain):
        for k in range(i + 1, len(chain) + 1):
            product = chain[k - 1] @ product if k > i + 1 else product
            assert ranks[k, i] == product.to_flint().rank()
