"""Each reason for which a certificate does not hold, one false claim for each, in both checkers.

A claim that fails for one reason only shows that the check for it is there.
"""

import copy
import json
import re
from itertools import combinations
from typing import Any

import pytest

from linnet_exact import Weights
from linnet_exact.files import rank_list_certificate
from linnet_exact.files.certificates import rank_list_check
from tests.files.certificates.both import GOLDEN, ours, resealed, script, theirs, verdict

PRIME = "1302017037228309053"


def golden(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text())


def singular(weights: list, ranks: dict, barcode: dict, dimension: int, bases: list) -> dict:
    base = rank_list_certificate(Weights([[[1]]]))
    proof = {"flow": {"prime": PRIME, "root": "0", "bases": bases}}
    claim = {"weights": weights, "rank_list": ranks, "barcode": barcode, "dimension": dimension}
    return resealed({**base, **claim, "proof": proof})


ZERO, ONE = [[0, 0], [0, 0]], [[1, 0], [0, 1]]
SINGULAR = {
    "all of them": singular(
        [[[1]]], {"0~0": 1, "1~0": 0, "1~1": 1}, {"0-0": 1, "1-1": 1}, 0, [[[0]], [[0]]]
    ),
    "the first": singular(
        [ONE], {"0~0": 2, "1~0": 1, "1~1": 2}, {"0-0": 1, "0-1": 1, "1-1": 1}, 0,
        [[[0, 1], [0, 0]], [[1, 0], [0, 1]]],
    ),
    "the last": singular(
        [[[1, 0], [0, 0]]], {"0~0": 2, "1~0": 2, "1~1": 2}, {"0-1": 2}, 0, [ONE, [[1, 0], [0, 0]]]
    ),
    "all but the last": singular(
        [ONE, ONE],
        {"0~0": 2, "1~0": 0, "1~1": 2, "2~0": 0, "2~1": 0, "2~2": 2},
        {"0-0": 2, "1-1": 2, "2-2": 2}, 0, [ZERO, ZERO, ONE],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SINGULAR)
def test_false_rank_lists_with_singular_flow_bases(name: str) -> None:
    forged = copy.deepcopy(SINGULAR[name])
    mine, other = ours(forged), theirs(forged)
    assert (mine[0], other[0]) == (1, 1)
    assert "the minor is 0 modulo" in mine[1]
    assert "the minor is 0 modulo" in other[1]


@pytest.mark.parametrize("name", SINGULAR)
def test_nothing_else_refuses_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the check that bases are invertible, the false rank lists would pass."""
    monkeypatch.setattr(rank_list_check, "_check_minor", lambda *arguments: None)
    monkeypatch.setattr(script("checker.ranks"), "check_invertible", lambda *arguments: None)
    assert verdict(SINGULAR[name]) == 0


RANKS = "rank-list-wide"  # 20, 2, 3: ranks 1, 1 and 1, from a longer product and null vectors
FLOW = "rank-list-fractions"


def change(document: Any, place: str, value: Any) -> Any:
    document = copy.deepcopy(document)
    inner, *way = document, *place.split("/")
    for key in way[:-1]:
        inner = inner[int(key) if isinstance(inner, list) else key]
    inner[int(way[-1]) if isinstance(inner, list) else way[-1]] = value
    return document


MINOR = {"prime": PRIME, "root": "0", "rows": [0], "columns": [0]}


@pytest.mark.parametrize(
    ("name", "changes", "message"),
    [
        (FLOW, {"weights/0": [["1/2", "1/3", 0]]}, "must have 1 columns"),
        (FLOW, {"weights/1": [[3, -6], [0, 0]]}, "has not the widths"),
        (FLOW, {"rank_list": {"0~0": 2}}, "not a rank list"),
        (FLOW, {"rank_list/2~0": 3}, "not a rank list"),
        (FLOW, {"barcode": {"0-0": 1}}, "does not belong to the rank list"),
        (FLOW, {"dimension": 3}, "the dimension of the stratum is 4"),
        (FLOW, {"proof/flow/bases": [[[1]]]}, "do not have the sizes"),
        (FLOW, {"proof/flow/root": "1"}, "not roots of the minimal polynomial|no root"),
        (FLOW, {"proof/flow/prime": "15"}, "15 is not a prime"),
        (FLOW, {"proof/flow/bases/0": ONE}, "W_1 J_0 is not J_1 times its canonical form"),
        (FLOW, {"rank_list/3~0": 0}, "not a rank list"),
        (RANKS, {"proof/ranks/2~0/at_least": {**MINOR, "rows": []}}, "of that size"),
        (RANKS, {"proof/ranks/2~0/at_least": {**MINOR, "columns": []}}, "of that size"),
        (RANKS, {"proof/ranks": {}}, "not one of every rank"),
        (RANKS, {"proof/ranks/1~0/at_least": {"product": "1~0"}}, "not one factor more or less"),
        (RANKS, {"proof/ranks/1~0/at_most": {"product": "9~0"}}, "not one factor more or less"),
        (RANKS, {"proof/ranks/2~0/at_least": {**MINOR, "rows": [], "columns": []}}, "of that size"),
        (RANKS, {"proof/ranks/2~0/at_least": {**MINOR, "rows": [0, 1]}}, "needs a minor"),
        (RANKS, {"proof/ranks/2~0/at_least": {**MINOR, "rows": [7]}}, "rows of 3|no such row"),
        (RANKS, {"proof/ranks/2~0/at_least": {**MINOR, "rows": [2]}}, "the minor is 0 modulo"),
        (RANKS, {"proof/ranks/2~0/at_least": {**MINOR, "prime": "4"}}, "is not a prime"),
        (RANKS, {"proof/ranks/1~0/at_most": {"shape": [2, 20]}}, "is not proven|unproven"),
        (RANKS, {"proof/ranks/1~0/at_most": {"shape": [1, 20]}}, "the shape is"),
        (RANKS, {"proof/ranks/1~0/at_most/null_vectors": [[1, 1]]}, "should be taken to 0 is not"),
        (RANKS, {"proof/ranks/1~0/at_most/null_vectors": [[0, 0]]}, "a null vector is 0"),
        (RANKS, {"proof/ranks/1~0/at_most/null_vectors": [[2]]}, "have (another )?length"),
        (RANKS, {"proof/ranks/1~0/at_most/side": "right"}, "have (another )?length"),
        (RANKS, {"proof/ranks/1~0/at_most/null_vectors": [[2, -1], [4, -2]]}, "start at"),
    ],
)  # fmt: skip
def test_every_reason(name: str, changes: dict, message: str) -> None:
    document = golden(name)
    for place, value in changes.items():
        document = change(document, place, value)
    document = resealed(document)
    assert verdict(document) == 1
    assert re.search(message, ours(document)[1])


def test_a_rank_that_a_longer_product_does_not_have() -> None:
    """r_1~0 = 2 does not follow from r_2~0 = 1."""
    theta = Weights([[[1, 0], [0, 1]], [[1, 0], [0, 0]]])
    honest = {
        "1~0": {"at_least": {**MINOR, "rows": [0, 1], "columns": [0, 1]},
                "at_most": {"shape": [2, 2]}},
        "2~1": {"at_least": MINOR, "at_most": {"side": "right", "null_vectors": [[0, 1]]}},
        "2~0": {"at_least": MINOR, "at_most": {"product": "2~1"}},
    }  # fmt: skip
    certificate = {**rank_list_certificate(theta), "proof": {"ranks": honest}}
    assert verdict(resealed(certificate)) == 0
    forged = change(certificate, "proof/ranks/1~0/at_least", {"product": "2~0"})
    assert verdict(resealed(forged)) == 1
    assert "does not follow from a rank of 1" in ours(resealed(forged))[1]
    forged = change(certificate, "proof/ranks/2~0/at_most", {"product": "1~0"})
    assert verdict(resealed(forged)) == 1
    assert "is not proven" in ours(resealed(forged))[1]


@pytest.mark.parametrize("rank", [0, 1])
@pytest.mark.parametrize("side", [0, 1])
def test_ranks_from_products_of_one_factor_more_or_less(rank: int, side: int) -> None:
    """In a chain of four numbers; from products that differ by two factors nothing follows."""
    certificate = rank_list_certificate(Weights([[[rank]]] * 4))
    minor = {**MINOR, "rows": [0] * rank, "columns": [0] * rank}
    null = {"side": "right", "null_vectors": [[1]]}
    bounds = {}
    for i, k in combinations(range(5), 2):
        if rank:
            near = [f"{k + 1}~{i}"] * (k < 4) + [f"{k}~{i - 1}"] * (i > 0)
            proof = {"at_least": minor, "at_most": {"shape": [1, 1]}}
            proof |= {"at_least": {"product": near[side % len(near)]}} if near else {}
        else:
            near = [f"{k - 1}~{i}", f"{k}~{i + 1}"]
            upper = {"product": near[side]} if k - i > 1 else null
            proof = {"at_least": minor, "at_most": upper}
        bounds[f"{k}~{i}"] = proof
    certificate["proof"] = {"ranks": bounds}
    assert verdict(resealed(certificate)) == 0
    key, two = ("at_least", {"2~1": ["4~1"], "3~2": ["3~0"]}) if rank else (
        "at_most", {"3~0": ["1~0", "3~2"], "4~1": ["2~1", "4~3"]}
    )  # fmt: skip
    for pair, others in two.items():
        for other in [*others, "9~0", pair]:
            forged = change(certificate, f"proof/ranks/{pair}/{key}", {"product": other})
            assert verdict(resealed(forged)) == 1
            assert "not one factor more or less" in ours(resealed(forged))[1]


@pytest.mark.parametrize("layer", range(3))
def test_a_layer_that_is_wider_than_its_matrices(layer: int) -> None:
    """All else fits: the ranks are those of one more unit that nothing is connected to."""
    honest = rank_list_certificate(Weights([[[1]], [[1]]]))
    ranks = {**honest["rank_list"], f"{layer}~{layer}": 2}
    minor = {"at_least": {**MINOR, "rows": [0], "columns": [0]}, "at_most": {"shape": [1, 1]}}
    claim = {"proof": {"ranks": dict.fromkeys(("1~0", "2~0", "2~1"), minor)}}
    assert verdict(resealed({**honest, **claim})) == 0
    wider = {"rank_list": ranks, "barcode": {"0-2": 1, f"{layer}-{layer}": 1}}
    for dimension in range(-1, 4):
        forged = resealed({**honest, **claim, **wider, "dimension": dimension})
        assert verdict(forged) == 1
        assert "has not the widths" in ours(forged)[1]
        assert "are not the widths" in theirs(forged)[1]


def test_without_a_check_of_minors_a_false_rank_would_pass(monkeypatch) -> None:
    theta = Weights([[[1, 2], [2, 4]]])
    certificate = {
        **rank_list_certificate(theta),
        "rank_list": {"0~0": 2, "1~0": 2, "1~1": 2}, "barcode": {"0-1": 2}, "dimension": 0,
        "proof": {"ranks": {"1~0": {
            "at_least": {**MINOR, "rows": [0, 1], "columns": [0, 1]}, "at_most": {"shape": [2, 2]},
        }}},
    }  # fmt: skip
    assert verdict(resealed(certificate)) == 1
    monkeypatch.setattr(rank_list_check, "_check_minor", lambda *arguments: None)
    monkeypatch.setattr(script("checker.ranks"), "check_invertible", lambda *arguments: None)
    assert verdict(resealed(certificate)) == 0


def test_primes_that_divide_denominators() -> None:
    """A denominator plays no part: what counts are the integers over it in lowest terms."""
    certificate = rank_list_certificate(
        Weights([[["1/7", "2/7"], ["3/7", "5/7"]], [["1/7", "1/7"]]])
    )
    bounds = {
        "1~0": {"at_least": {**MINOR, "prime": "7", "rows": [0, 1], "columns": [0, 1]},
                "at_most": {"shape": [2, 2]}},
        "2~0": {"at_least": {**MINOR, "prime": "7"}, "at_most": {"product": "2~1"}},
        "2~1": {"at_least": {**MINOR, "prime": "7"}, "at_most": {"shape": [1, 2]}},
    }  # fmt: skip
    assert verdict(resealed({**certificate, "proof": {"ranks": bounds}})) == 0


def test_changed_formulas_of_a_proof_are_refused() -> None:
    document = golden("dimension-theorem-2")
    for name, formula in document["theorem"].items():
        for forged in (f"{formula} ", formula.replace("d", "e", 1), "1 = 2"):
            assert verdict(resealed(change(document, f"theorem/{name}", forged))) == 1
        less = {key: value for key, value in document["theorem"].items() if key != name}
        assert verdict(resealed({**document, "theorem": less})) == 1
    more = {**document["theorem"], "Fermat": "x^n + y^n = z^n has solutions"}
    assert verdict(resealed({**document, "theorem": more})) == 1
    assert verdict(resealed({**document, "Fermat": True})) == 2
