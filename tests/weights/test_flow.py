"""Flow bases: the canonical form, the dimensions of flow subspaces, and duality."""

from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linnet_exact import Barcode, Matrix, Subspace, Weights
from linnet_exact.errors import InputError
from linnet_exact.strata import Interval
from linnet_exact.weights import canonical_weights, sample
from linnet_exact.weights.flow import Flow, dual_flow_subspace, flow_subspace
from tests.strategies import FIELDS, matrices
from tests.strategies_strata import barcodes

FIELD = st.sampled_from(FIELDS)


@st.composite
def weights(draw: st.DrawFn) -> Weights:
    """Weights with any rational or irrational entries; low ranks are likely."""
    field, widths = draw(FIELD), draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    shapes = zip(widths[1:], widths, strict=False)
    return Weights([draw(matrices(field, m, n)) for m, n in shapes], field)


def triples(theta: Weights) -> list[tuple[int, int, int]]:
    ordered = combinations_with_replacement(range(theta.depth + 1), 3)
    return [(k, j, i) for i, j, k in ordered]


@given(weights())
def test_canonical_form(theta: Weights) -> None:
    flow = theta.flow()
    assert flow is theta.flow()
    assert flow.barcode == theta.barcode
    assert flow.check()
    canonical = canonical_weights(flow.barcode).matrices
    for j, matrix in enumerate(theta.matrices, start=1):
        assert matrix == flow.bases[j] @ canonical[j - 1] @ flow.inverses[j - 1]


@given(barcodes(max_depth=3), st.integers(0, 2), FIELD)
@settings(max_examples=40)
def test_a_sampled_barcode_is_found_again(barcode: Barcode, seed: int, field) -> None:
    flow = sample(barcode, seed, field=field).flow()
    assert (flow.barcode, flow.check()) == (barcode, True)


@given(weights())
@settings(max_examples=40)
def test_flow_subspaces_from_their_definition_are_sums_of_prebases(theta: Weights) -> None:
    flow, bars = theta.flow(), theta.barcode
    for k, j, i in triples(theta):
        space, dual = flow_subspace(theta, k, j, i), dual_flow_subspace(theta, k, j, i)
        below = [(l, h) for h in range(i + 1) for l in range(j, k + 1)]
        above = [(l, h) for h in range(i, j + 1) for l in range(k, theta.depth + 1)]
        assert space.dimension == sum(bars.omega(l, h) for l, h in below)
        assert dual.dimension == sum(bars.omega(l, h) for l, h in above)
        nothing = Subspace.zero(theta.network.widths[j], theta.field)
        assert space == sum((flow.prebasis(l, j, h) for l, h in below), start=nothing)
        assert dual == sum((flow.dual_prebasis(l, j, h) for l, h in above), start=nothing)


@given(weights())
@settings(max_examples=40)
def test_prebases_complement_the_smaller_flow_subspaces(theta: Weights) -> None:
    flow = theta.flow()
    for k, j, i in triples(theta):
        nothing = Subspace.zero(theta.network.widths[j], theta.field)
        shorter = flow_subspace(theta, k - 1, j, i) if k > j else nothing
        younger = flow_subspace(theta, k, j, i - 1) if i > 0 else nothing
        prebasis, inner = flow.prebasis(k, j, i), shorter + younger
        assert prebasis.dimension == theta.barcode.omega(k, i)
        assert prebasis + inner == flow_subspace(theta, k, j, i)
        assert (prebasis & inner).dimension == 0
        if j < theta.depth:
            image = prebasis.image(theta.matrices[j])
            after = theta.network.widths[j + 1]
            expected = flow.prebasis(k, j + 1, i) if k > j else Subspace.zero(after, theta.field)
            assert image == expected


@given(weights())
@settings(max_examples=40)
def test_the_dual_flow_is_a_flow_of_the_transposed_network(theta: Weights) -> None:
    """Its columns are the rows of the inverses, regrouped: bar [i, k] becomes [L − k, L − i]."""
    flow, top = theta.flow(), theta.depth
    mirrored = [Interval(top - bar.end, top - bar.start) for bar in flow.barcode]
    bases = []
    for j in reversed(range(top + 1)):
        order = sorted((new, old) for new, old in zip(mirrored, flow.barcode, strict=True))
        rows = [
            at for _, bar in order if bar.start <= j <= bar.end for at in flow.column_range(bar, j)
        ]
        bases.append(flow.inverses[j][rows, :].T)
    assert Flow(theta.transpose(), flow.barcode.reversed(), tuple(bases)).check()
    for k, j, i in triples(theta):
        assert dual_flow_subspace(theta, k, j, i) == flow_subspace(
            theta.transpose(), top - i, top - j, top - k
        )


@pytest.mark.parametrize(
    ("matrices", "barcode"),
    [
        ([[[0]]], "0-0,1-1"),
        ([[["2/3"]]], "0-1"),
        ([[[0]], [[0]]], "0-0,1-1,2-2"),
        ([[[5]], [[0]], [[7]]], "0-1,2-3"),
        ([[[0, 0, 0]]], "0-0:3,1-1"),
        ([[[1, 0], [0, 1]], [[0, 0], [0, 0]], [[1, 1], [1, 2]]], "0-1:2,2-3:2"),
        ([[[1, 2], [3, 4]]] * 3, "0-3:2"),
        ([[[0, 1], [0, 0]]] * 2, "0-0,0-1,1-2,2-2"),
    ],
)
def test_degenerate_weights(matrices, barcode: str) -> None:
    flow = Weights(matrices).flow()
    assert (str(flow.barcode), flow.check()) == (barcode, True)


def test_entries_stay_small() -> None:
    """Null vectors out of an echelon form would have some 400 bits here."""
    barcode = Barcode.parse("0-0:20,0-1:2,0-3:20,1-1:12,1-2:6,2-3:10,2-2:4,3-3:8")
    theta = sample(barcode, 5, height=200)
    assert max(int(x).bit_length() for x in theta.flow().bases[0].coefficients[0].entries()) < 30


def test_check_refuses_what_is_no_flow_basis() -> None:
    theta = Weights([[[1, 2], [2, 4]], [[1, 1]]])
    flow = theta.flow()
    other = Barcode.parse("0-0,0-1,1-2")
    assert not Flow(theta, other, flow.bases).check()
    assert not Flow(Weights([[[1, 2]]]), flow.barcode, flow.bases).check()
    turned = (flow.bases[0] @ Matrix([[1, 1], [0, 1]]), *flow.bases[1:])
    assert Flow(theta, flow.barcode, turned).check()  # an older strand may be added to a younger
    turned = (flow.bases[0] @ Matrix([[1, 0], [1, 1]]), *flow.bases[1:])
    assert not Flow(theta, flow.barcode, turned).check()


@pytest.mark.parametrize("place", [(2, 0, 0), (0, 1, 0), (1, 0, 1), (1, 1, -1)])
def test_flow_subspaces_need_an_order(place) -> None:
    theta = Weights([[[1]]])
    with pytest.raises(InputError, match="expected 1 >= k >= j >= i >= 0"):
        flow_subspace(theta, *place)
    with pytest.raises(InputError, match="expected 1 >= k"):
        dual_flow_subspace(theta, *place)
    with pytest.raises(InputError, match="expected 1 >= k"):
        theta.flow().prebasis(*place)


def test_columns_of_a_bar() -> None:
    flow = sample(Barcode.parse("0-0:2,0-1,1-1:3")).flow()
    assert flow.column_range(Interval(1, 1), 1) == range(1, 4)
    with pytest.raises(InputError, match="bar 0-0 does not contain layer 1"):
        flow.column_range(Interval(0, 0), 1)
