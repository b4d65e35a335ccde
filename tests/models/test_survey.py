"""Surveys of small models: rows against NumPy and `Weights`, in one process and in two, resumed."""

import sys

import numpy as np
import pytest

from linnet_exact.errors import FileError
from linnet_exact.files import open_tensors
from linnet_exact.models import survey
from linnet_exact.models.plan import plan_of
from linnet_exact.weights import Weights


@pytest.fixture
def model(tmp_path):
    random = np.random.default_rng(4)
    arrays = {
        f"l.{n}.self_attn.{x}_proj.weight": random.integers(-3, 4, (4, 4)).astype(np.float32)
        for n in (0, 1)
        for x in "qkvo"
    }
    arrays["l.0.self_attn.v_proj.weight"][1] = arrays["l.0.self_attn.v_proj.weight"][0]
    arrays["nan"] = np.array([[1.0, np.nan]])
    np.savez(tmp_path / "m.npz", **arrays)
    return tmp_path / "m.npz", arrays


def test_rows(model):
    path, arrays = model
    found = survey(path, plan_of(open_tensors(path), heads=2))
    rows = {(row["kind"], row["name"], row["layer"], row["head"]): row for row in found.rows}
    for name, array in arrays.items():
        row = rows["tensor", name, None, None]
        if name == "nan":
            assert "nan" in row["note"]
            assert row["exact"] is None
        else:
            assert row["exact"] == Weights([array]).rank_list.r(1, 0)
            assert row["float64"] == np.linalg.matrix_rank(array.astype(float))
    stack = next(row["name"] for row in found.rows if row["kind"] == "ov")
    part = {0: slice(0, 2), 1: slice(2, 4)}

    def matrix(layer, letter):
        return arrays[f"l.{layer}.self_attn.{letter}_proj.weight"].astype(int)

    for head in (0, 1):
        whole = np.eye(4, dtype=int)
        for layer in (0, 1):
            reads, writes = matrix(layer, "v")[part[head]], matrix(layer, "o")[:, part[head]]
            key, query = matrix(layer, "k")[part[head]], matrix(layer, "q")[part[head]]
            whole = writes @ reads @ whole
            assert rows["ov", stack, layer, head]["exact"] == rank(writes @ reads)
            assert rows["qk", stack, layer, head]["exact"] == rank(query.T @ key)
        assert rows["chain", stack, 1, head]["exact"] == rank(whole)
        assert rows["chain", stack, 1, head]["factors"] == 4
    assert rows["ov", stack, 0, 0]["exact"] == 1


def rank(matrix):
    return Weights([matrix.tolist()]).rank_list.r(1, 0)


def test_two_processes_say_the_same(model):
    path, _ = model
    plan = plan_of(open_tensors(path), heads=2)
    assert survey(path, plan, jobs=2) == survey(path, plan)


def test_nothing_is_lost_by_an_interruption(model, tmp_path):
    path, _ = model
    plan, state = plan_of(open_tensors(path), heads=2), tmp_path / "state.jsonl"
    done = []

    def interrupt(count):
        done.append(count)
        if sum(done) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        survey(path, plan, progress_file=state, report=interrupt)
    with state.open("ab") as stream:
        stream.write(b'{"task": "torn')  # as a crash would leave it
    again = []
    found = survey(path, plan, progress_file=state, report=again.append)
    assert again[0] == 5
    assert sum(again) == len(plan.tasks)
    assert found == survey(path, plan)
    finished = []
    assert survey(path, plan, progress_file=state, report=finished.append) == found
    assert finished == [len(plan.tasks)]


def test_a_state_of_something_else_is_refused(model, tmp_path):
    path, arrays = model
    plan, state = plan_of(open_tensors(path), heads=2), tmp_path / "state.jsonl"
    survey(path, plan, progress_file=state)
    with pytest.raises(FileError, match="it is of another survey"):
        survey(path, plan_of(open_tensors(path)), progress_file=state)
    np.savez(path, **arrays | {"more": np.ones((1, 1))})
    with pytest.raises(FileError, match="it is of another survey"):
        survey(path, plan, progress_file=state)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2 is not that of a survey"),
        ("[]", "line 2 is not that of a survey"),
        ('{"task": 1, "rows": []}', "line 2 is damaged"),
        ('{"task": "x"}', "line 2 is damaged"),
    ],
)
def test_damage_is_named(model, tmp_path, line, said):
    path, _ = model
    plan, state = plan_of(open_tensors(path)), tmp_path / "state.jsonl"
    survey(path, plan, progress_file=state)
    header = state.read_text().splitlines()[0]
    state.write_text(f"{header}\n{line}\n")
    with pytest.raises(FileError, match=said):
        survey(path, plan, progress_file=state)


def test_a_text_of_one_line_is_not_taken_for_a_state_that_was_cut_off(model, tmp_path):
    path, _ = model
    plan, state = plan_of(open_tensors(path)), tmp_path / "state.jsonl"
    survey(path, plan, progress_file=state)
    header, text = state.read_text().splitlines()[0], '{"what": "is dear to me"}'
    state.write_text(text)
    with pytest.raises(FileError, match="it is not that of a survey"):
        survey(path, plan, progress_file=state)
    assert state.read_text() == text
    state.write_text(header[:20])  # the disk was full
    survey(path, plan, progress_file=state)
    assert state.read_text().startswith(header)


def test_rows_of_something_else_are_refused(model, tmp_path):
    path, _ = model
    plan, state = plan_of(open_tensors(path)), tmp_path / "state.jsonl"
    survey(path, plan, progress_file=state)
    header, *_ = state.read_text().splitlines()
    state.write_text(f'{header}\n{{"task": "tensor w", "rows": [{{"exact": 2}}]}}\n')
    with pytest.raises(FileError, match="not those of a survey"):
        survey(path, plan, progress_file=state)


def test_a_model_that_changes_meanwhile_is_refused_and_what_was_found_before_is_kept(
    model, tmp_path
):
    path, _ = model
    plan, state = plan_of(open_tensors(path)), tmp_path / "state.jsonl"
    whole = path.read_bytes()

    def change(count):
        if count and not path.read_bytes().endswith(b"more"):
            path.write_bytes(whole + b"more")

    with pytest.raises(FileError, match="changed or replaced while it was read"):
        survey(path, plan, progress_file=state, report=change)
    assert len(state.read_text().splitlines()) == 2
    path.write_bytes(whole)
    assert survey(path, plan, progress_file=state) == survey(path, plan)


@pytest.mark.skipif(sys.platform == "win32", reason="locks as Unix has them")
def test_a_second_survey_of_the_same_state_is_refused(model, tmp_path):
    path, _ = model
    plan, state = plan_of(open_tensors(path)), tmp_path / "state.jsonl"
    refused = []

    def meanwhile(count):
        with pytest.raises(FileError, match="another survey is writing it"):
            survey(path, plan, progress_file=state)
        refused.append(count)

    assert survey(path, plan, progress_file=state, report=meanwhile) == survey(path, plan)
    assert sum(refused) == len(plan.tasks)
