"""Weight space by kinds of moves, against Jacobians and against finite steps."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linnet_exact import Barcode, Matrix, NumberField, Weights
from linnet_exact.strata.formulas.freedom import KINDS
from linnet_exact.weights import sample
from linnet_exact.weights.spaces.decomposition import decompose
from tests.strategies_strata import box_of_fibers

STRATA = [stratum for fiber in box_of_fibers(3, 2) for stratum in fiber.strata()]


@settings(max_examples=25)
@given(st.sampled_from(STRATA), st.integers(0, 10))
def test_bases_agree_with_jacobians(stratum, seed: int) -> None:
    assert decompose(sample(stratum.barcode, seed)).check()


def test_steps_do_what_their_kind_says() -> None:
    theta = sample(Barcode.parse("0-0,0-1,0-3,1-1,1-2,2-3,3-3"), seed=3)
    found = decompose(theta)
    for row, label in enumerate(found.labels):
        moved = step(theta, found.vectors[[row], :])
        if label.kind == "two-matrix":  # to first order only
            continue
        assert (moved.product() == theta.product()) == (label.kind != "through"), label
        if label.kind in ("connecting", "swapping"):
            assert theta.rank_list <= moved.rank_list
            assert theta.barcode != moved.barcode


def step(theta: Weights, vector: Matrix) -> Weights:
    entries = [x for row in vector.rows() for x in row]
    matrices = []
    for matrix in theta.matrices:
        m, n = matrix.shape
        rows = [entries[at * n : (at + 1) * n] for at in range(m)]
        entries = entries[m * n :]
        matrices.append(matrix + Matrix(rows, theta.field))
    return Weights(matrices)


@pytest.mark.parametrize("definition", ["sqrt(2)", "x^2 + 1", "x^3 - 2"])
def test_fields(definition: str) -> None:
    field = NumberField(definition)
    theta = sample(Barcode.parse("0-0,0-2,1-1,1-2"), 1, field=field)
    assert decompose(theta).check()


@pytest.mark.parametrize("weights", [[[[0]]], [[[7]]], [[[0, 0]], [[0], [0]]], [[[1]], [[0]]]])
def test_edges(weights: list) -> None:
    found = decompose(Weights(weights))
    assert found.check()
    assert sum(found.basis(kind).nrows for kind in KINDS) == found.vectors.nrows


def test_wrong_vectors_are_found() -> None:
    found = decompose(Weights([[[1, 0], [0, 0]], [[0, 1]]]))
    assert not replace(found, vectors=found.vectors[::-1, :]).check()
    assert not replace(found, row_space=found.null_space[[0], :]).check()
    assert not replace(found, labels=found.labels[1:]).check()
