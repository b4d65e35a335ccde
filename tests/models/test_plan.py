"""What a survey would do, and within which memory."""

import numpy as np
import pytest

from linnet_exact.files import open_tensors
from linnet_exact.models.plan import plan_of


@pytest.fixture
def opened(tmp_path):
    random = np.random.default_rng(0)
    arrays = {
        f"l.{n}.self_attn.{x}_proj.weight": random.random((4, 4)) for n in (0, 1) for x in "qkvo"
    }
    arrays |= {"bias": np.ones(3), "none": np.ones((0, 3)), "w": np.ones((2, 3))}
    np.savez(tmp_path / "m.npz", **arrays)
    return open_tensors(tmp_path / "m.npz")


def test_all_matrices_heads_and_chains(opened):
    plan = plan_of(opened, heads=2)
    kinds = [task.kind for task in plan.tasks]
    assert [kinds.count(kind) for kind in ("tensor", "ov", "qk", "chain")] == [9, 4, 4, 2]
    assert len({task.key for task in plan.tasks}) == len(plan.tasks)
    chain = plan.tasks[-1]
    assert chain.ends == (4,)
    assert chain.layers[2] == "l.1.self_attn.v_proj.weight[2:4, :]"
    assert plan.left_out == ()


def test_heads_that_are_not_known_are_left_out_with_a_reason(opened):
    plan = plan_of(opened)
    assert {task.kind for task in plan.tasks} == {"tensor"}
    assert "give --heads" in plan.left_out[0]


def test_a_bound_on_memory(opened):
    plan = plan_of(opened, heads=2, max_memory=2**20)
    assert all("may need" in task.note for task in plan.tasks)
    assert not any(task.note for task in plan_of(opened, heads=2, max_memory=2**30).tasks)


def test_other_stacks_may_be_left_alone(opened):
    assert {task.kind for task in plan_of(opened, heads=2, stack="decoder").tasks} == {"tensor"}
