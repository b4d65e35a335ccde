"""The proof holds at every depth, and finds a formula that is wrong."""

import pytest

from linnet_exact.claims.proof import counts, explain, explain_in_latex, prove, theorem
from linnet_exact.claims.proof.blocks import bar_types
from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode
from linnet_exact.strata.formulas.dimension import rank_of_differential_by_bars, stratum_dimension
from linnet_exact.strata.formulas.freedom import freedom


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


@pytest.mark.parametrize(
    "text", ["0-0:2,0-2,1-1:3,2-2", "0-1:2,1-3,0-3,2-2:4,3-3", "0-1:5", "0-0,0-2,1-2:2,1-3:2,2-3"]
)
def test_counts_of_moves_give_those_of_a_barcode(text: str) -> None:
    """Both sides, evaluated at the multiplicities, against counting pair by pair of strands."""
    barcode = Barcode.parse(text)
    names = {f"w_{bar.end}_{bar.start}": count for bar, count in barcode.items()}
    for identity, count in zip(
        prove(barcode.depth).counts, freedom(barcode).counts.values(), strict=True
    ):
        for form in (identity.from_blocks, identity.from_formula):
            values = [names.get(str(generator), 0) for generator in form.ring.gens]
            assert int(form.evaluate(list(zip(form.ring.gens, values, strict=True)))) == count


def test_a_wrong_kind_is_not_proved(monkeypatch) -> None:
    monkeypatch.setattr(counts, "differential_by_ranks", lambda ring: ring.weights())
    proof = prove(2)
    assert [identity.name for identity in proof.counts if not identity.holds] == ["through moves"]
    assert not proof.holds


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
