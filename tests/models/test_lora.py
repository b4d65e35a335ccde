"""Adapters as peft saves them, against products and sums made by hand."""

import json
from fractions import Fraction

import numpy as np
import pytest

from linnet_exact.cli.main import main
from linnet_exact.errors import FileError
from linnet_exact.files import open_tensors
from linnet_exact.files.adapter import read_adapter
from linnet_exact.models.lora import adapter_rows
from linnet_exact.weights import Weights

A = np.array([[1, 2, 0, 1], [2, 4, 0, 2]], dtype=np.float32)  # of rank 1
B = np.array([[1, 0], [0, 1], [1, 1]], dtype=np.float32)
NAME = "base_model.model.h.0.attn"


def save_safetensors(path, arrays):
    header, data = {}, b""
    for name, array in arrays.items():
        span = [len(data), len(data) + array.nbytes]
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": span}
        data += array.astype("<f4").tobytes()
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def saved(folder, tensors=None, **config):
    known = {"peft_type": "LORA", "r": 2, "lora_alpha": 3, "lora_dropout": 0.05} | config
    (folder / "adapter_config.json").write_text(json.dumps(known))
    tensors = {f"{NAME}.lora_A.weight": A, f"{NAME}.lora_B.weight": B} | (tensors or {})
    save_safetensors(folder / "adapter_model.safetensors", tensors)
    return folder


def based(folder, array, name="h.0.attn.weight"):
    save_safetensors(folder / "base.safetensors", {name: array.astype(np.float32)})
    return open_tensors(folder / "base.safetensors")


def rank(rows):
    return Weights([rows]).rank_list.r(1, 0)


def test_ranks_and_the_merged_weight(tmp_path):
    change = (B @ A).astype(int)
    weight = -Fraction(3, 2) * change + np.outer([0, 0, 1], [1, 0, 0, 0])
    adapter = read_adapter(saved(tmp_path))
    (row,) = adapter_rows(adapter, based(tmp_path, weight))
    assert (row["module"], row["r"], row["scale"]) == ("h.0.attn", 2, "3/2")
    assert (row["rank_a"], row["rank_b"], row["exact"], row["shape"]) == (1, 2, 1, [3, 4])
    assert (row["rank_of_weight"], row["rank_merged"]) == (2, 1)
    assert row["rank_of_weight"] == rank(weight.tolist())
    assert "rank_merged" not in adapter_rows(adapter)[0]


def test_weights_that_lie_the_other_way(tmp_path):
    weight = np.zeros((4, 3))
    opened = based(tmp_path, weight, "transformer.h.0.attn.weight")
    (row,) = adapter_rows(read_adapter(saved(tmp_path, fan_in_fan_out=True)), opened)
    assert (row["weight"], row["rank_merged"]) == ("transformer.h.0.attn.weight", 1)
    with pytest.raises(FileError, match="is 4x3 where B A is 3x4; fan_in_fan_out says"):
        adapter_rows(read_adapter(saved(tmp_path)), opened)


@pytest.mark.parametrize(("alpha", "scale"), [(3, "sqrt(9/2)"), (Fraction(0), None)])
def test_rslora_has_square_roots(tmp_path, alpha, scale):
    if scale is None:
        with pytest.raises(FileError, match="lora_alpha must be a positive number, not 0"):
            read_adapter(saved(tmp_path, lora_alpha=0))
        return
    adapter = read_adapter(saved(tmp_path, use_rslora=True, lora_alpha=alpha))
    (row,) = adapter_rows(adapter, based(tmp_path, -2 * (B @ A)))
    assert row["scale"] == scale
    assert (row["rank_of_weight"], row["rank_merged"]) == (1, 1)  # -2 + sqrt(9/2) is not 0
    module = {f"{NAME}.lora_A.weight": np.tile(A, (2, 1)), f"{NAME}.lora_B.weight": np.tile(B, 2)}
    adapter = read_adapter(saved(tmp_path, module, r=4, use_rslora=True, lora_alpha=3))
    (row,) = adapter_rows(adapter, based(tmp_path, -3 * (B @ A)))  # s B A = 3/2 times 2 B A
    assert (row["scale"], row["rank_merged"]) == ("3/2", 0)


def test_patterns_count_for_their_modules(tmp_path):
    at = "base_model.model.v"
    tensors = {f"{at}.lora_A.weight": A[:1], f"{at}.lora_B.weight": B[:, :1]}
    folder = saved(tmp_path, tensors, rank_pattern={"v": 1}, alpha_pattern={"h.0.attn": 0.5})
    scales = {row["module"]: row["scale"] for row in adapter_rows(read_adapter(folder))}
    assert scales == {"h.0.attn": "1/4", "v": "3"}


def test_embeddings(tmp_path):
    names = [f"base_model.model.e.lora_embedding_{side}" for side in "AB"]
    folder = saved(tmp_path, dict(zip(names, (A, B), strict=True)))
    rows = adapter_rows(read_adapter(folder))
    assert [row["module"] for row in rows] == ["e", "h.0.attn"]
    assert read_adapter(folder).modules[0].transposed


@pytest.mark.parametrize(
    ("change", "tensors", "said"),
    [
        ({"peft_type": "IA3"}, {}, "peft_type is 'IA3'; only LORA is read"),
        ({"use_dora": True}, {}, "use_dora scales columns"),
        ({"r": 8}, {}, "r is 8 for h.0.attn, but A has 2 rows"),
        ({"r": None}, {}, "r must be a positive number, not None"),
        ({"lora_alpha": "x"}, {}, "lora_alpha must be a positive number"),
        ({"lora_alpha": True}, {}, "lora_alpha must be a positive number"),
        ({"rank_pattern": {".*": 2}}, {}, "is a regular expression, and not read"),
        ({"rank_pattern": [1]}, {}, "rank_pattern must be a JSON object"),
        ({}, {f"{NAME}.lora_B.weight": B.T}, "are no factors of B A"),
        ({}, {"x.lora_A.weight": A}, "x has A; expected A and B"),
        ({}, {"x.lora_magnitude_vector": A}, "belongs to another kind than LoRA"),
    ],
)
def test_other_adapters_are_refused(tmp_path, change, tensors, said):
    with pytest.raises(FileError, match=said):
        read_adapter(saved(tmp_path, tensors, **change))


def test_the_command(capsys, tmp_path):
    saved(tmp_path)
    based(tmp_path, B @ A)
    base = str(tmp_path / "base.safetensors")
    assert main(["lora", str(tmp_path), "--base", base, "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["exact"], row["float64"], row["rank_merged"]) == (1, 1, 1)
    assert main(["lora", str(tmp_path), "--format", "table"]) == 0
    assert capsys.readouterr().out.startswith("module")
    (tmp_path / "adapter_model.safetensors").unlink()
    assert main(["lora", str(tmp_path)]) == 2
    assert "none of adapter_model.safetensors" in capsys.readouterr().err
    (tmp_path / "adapter_config.json").write_text("[]")
    assert main(["lora", str(tmp_path)]) == 2
    (tmp_path / "adapter_config.json").unlink()
    assert main(["lora", str(tmp_path)]) == 2
    assert "no adapter_config.json" in capsys.readouterr().err
