"""What a chain asks and proves: no more than is not known already from other products."""

from typing import Any

import pytest

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.ranks import chain
from linnet_exact.algebra.ranks.chain import chain_evidence, chain_ranks, squeezed_ranks
from linnet_exact.algebra.ranks.evidence import Factor, Residues, Shape
from tests.algebra.ranks.test_ways import generic


def test_a_chain_asks_only_for_what_is_not_forced() -> None:
    def asked(matrices: list[Matrix], answers: dict) -> tuple[list, dict]:
        keys = []
        found = squeezed_ranks(matrices, lambda key: keys.append(key) or answers[key])
        return keys, found

    one, keys = Matrix.identity(2), [(3, 0), (2, 0), (3, 1), (1, 0), (2, 1), (3, 2)]
    all_ones = dict.fromkeys(keys, 1)
    # The whole first, then single factors; then all between is squeezed.
    assert asked([one] * 3, all_ones) == ([(3, 0), (1, 0), (2, 1), (3, 2)], all_ones)
    drops = {(3, 0): 0, (2, 0): 1, (3, 1): 0, (1, 0): 1, (2, 1): 2, (3, 2): 1}
    assert asked([one] * 3, drops) == ([(3, 0), (1, 0), (2, 1), (3, 2), (2, 0), (3, 1)], drops)
    narrow = [Matrix.zero(1, 5), Matrix.zero(5, 1), Matrix.zero(3, 5)]
    assert asked([narrow[1], narrow[0], narrow[1]], dict.fromkeys(keys, 1))[0] == [(3, 0)]


def test_a_chain_proves_only_drops_that_are_not_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    proved: list[tuple[int, int]] = []

    def noted(matrix: Matrix, *others: Any) -> Any:
        proved.append(matrix.shape)
        return original(matrix, *others)

    original = chain.rank_is
    monkeypatch.setattr(chain, "rank_is", noted)
    one, dropped = Matrix.identity(8), generic(8, 5)
    regular = {(k, i): 8 for k in range(1, 4) for i in range(k)}
    assert chain_ranks([one, one, one]) == regular
    assert proved == []
    ranks = chain_ranks([one, dropped, one])
    assert ranks == {key: 5 if key[1] <= 1 < key[0] else 8 for key in regular}
    assert len(proved) == 1
    evidence = chain_evidence([one, dropped, one])
    assert {key: each.rank for key, each in evidence.items()} == ranks
    assert [key for key, each in evidence.items() if isinstance(each.upper, Residues)] == [(2, 1)]
    assert evidence[1, 0].upper == evidence[3, 2].upper == Shape()
    assert evidence[3, 0].upper in (Factor(2, 0), Factor(3, 1))


def test_products_are_made_once_and_from_shorter_ones() -> None:
    made: list[str] = []

    def multiply(left: str, right: str) -> str:
        made.append(left + right)
        return left + right

    of = chain.consecutive_products("abcd", multiply)
    assert of(4, 0) == of(4, 0) == "dcba"
    assert made == ["ba", "cba", "dcba"]
    assert (of(3, 0), of(4, 1), of(2, 1), of(1, 0)) == ("cba", "dcb", "b", "a")
    assert made == ["ba", "cba", "dcba", "cb", "dcb"]


def test_a_product_that_drops_bounds_longer_ones() -> None:
    """W_2 W_1 = 0, and no other product of two drops: the evidence for W_3 W_2 W_1 is that."""
    drop = generic(12, 6)
    first, last = drop.null_space().basis.T, Matrix.identity(12)
    evidence = chain_evidence([first, drop, last])
    assert (evidence[2, 0].rank, evidence[3, 1].rank) == (0, 6)
    assert evidence[3, 0].upper == Factor(2, 0)
    transposed = chain_evidence([last, drop.T, first.T])
    assert transposed[3, 0].upper == Factor(3, 1)
    longer = chain_evidence([first, drop, last, last])
    assert longer[4, 0].upper == Factor(3, 0)
    assert longer[2, 0].lower == Factor(3, 0) or isinstance(longer[2, 0].upper, Residues)
