"""The proof holds at every depth, and finds a formula that is wrong."""

import pytest

from linnet_exact.claims.proof import explain, explain_in_latex, prove, theorem
from linnet_exact.claims.proof.blocks import bar_types
from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode
from linnet_exact.strata.formulas.dimension import rank_of_differential_by_bars, stratum_dimension


@pytest.mark.parametrize("depth", range(1, 11))
def test_proof_of_every_depth(depth: int) -> None:
    proof = prove(depth)
    assert proof.holds
    assert len(proof.blocks) == ((depth + 1) * (depth + 2) // 2) ** 2


@pytest.mark.parametrize("text", ["0-0:2,0-2,1-1:3,2-2", "0-1:2,1-3,0-3,2-2:4,3-3", "0-1:5"])
def test_forms_give_the_dimension_of_a_barcode(text: str) -> None:
    barcode = Barcode.parse(text)
    blocks = prove(barcode.depth).blocks
    pairs = [(blocks[p, q], m * n) for p, m in barcode.items() for q, n in barcode.items()]
    assert sum(ranks.tangent * n for ranks, n in pairs) == stratum_dimension(barcode)
    assert sum(ranks.slots * n for ranks, n in pairs) == barcode.network.weight_dimension
    by_formula = rank_of_differential_by_bars(barcode)
    assert sum(ranks.differential * n for ranks, n in pairs) == by_formula


def test_a_wrong_formula_is_not_proved(monkeypatch) -> None:
    monkeypatch.setattr(theorem, "ext", lambda p, q: p.start < q.start <= p.end < q.end)
    proof = prove(2)
    assert not proof.holds
    wrong = {identity.name: identity.difference for identity in proof.identities}
    assert wrong["dimension"] == "-w_0_0*w_1_1 - w_0_0*w_2_1 - w_1_0*w_2_2 - w_1_1*w_2_2"
    assert "DIFFERENCE -w_0_0*w_1_1" in explain(proof)
    assert "not all equal" in explain_in_latex(proof)


@pytest.mark.parametrize("depth", [0, 11, -1])
def test_depths_out_of_range_are_refused(depth: int) -> None:
    with pytest.raises(InputError, match="between 1 and 10"):
        prove(depth)


def test_explanation_counts_all_pairs() -> None:
    text = explain(prove(3))
    assert f"{len(bar_types(3))} types of bars" in text
    assert "all equal" in text
    assert text.endswith("∎")
    assert explain_in_latex(prove(3)).count("{") == explain_in_latex(prove(3)).count("}")
