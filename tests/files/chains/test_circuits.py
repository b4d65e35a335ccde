"""Circuits of heads in every naming scheme, against matrices made from the definitions."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

from linnet_exact.errors import InputError
from linnet_exact.files import open_tensors, read_weights
from linnet_exact.files.chains.circuits import Circuit
from linnet_exact.files.chains.expansion import Chain
from linnet_exact.weights import Weights

_spec = importlib.util.spec_from_file_location("models", Path(__file__).with_name("models.py"))
models = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(models)

ALONE = ("T5", "TransformerLens")  # their shapes tell the number of heads


def saved(folder, arrays, **config):
    np.savez(folder / "model.npz", **arrays)
    if config:
        (folder / "config.json").write_text(json.dumps(config))
    return folder / "model.npz"


@pytest.mark.parametrize("kind", ["ov", "qk"])
@pytest.mark.parametrize("name", models.SCHEMES)
def test_every_scheme(tmp_path, name, kind):
    arrays, group = models.SCHEMES[name]
    path = saved(tmp_path, arrays)
    layers = models.heads_of_layers(name == "ALBERT", group)
    heads = None if name in ALONE else models.HEADS
    for head in (0, models.HEADS - 1):
        circuit = Circuit(kind, head, 0, models.DEPTH - 1, heads)
        expected = []
        for layer in layers:
            pair = (layer["v"], layer["o"]) if kind == "ov" else (layer["k"], layer["q"])
            expected += [pair[0][head], pair[1][head] if kind == "ov" else pair[1][head].T]
        assert read_weights(path, circuit) == Weights(expected)
        chain = circuit.chain(open_tensors(path))
        assert Chain.parse(str(chain)).layers() == circuit.layers(open_tensors(path))


def test_config_tells_heads_and_shared_layers(tmp_path):
    arrays, _ = models.SCHEMES["ALBERT"]
    path = saved(tmp_path, arrays, num_attention_heads=models.HEADS, num_hidden_layers=5)
    assert len(Circuit("ov").layers(open_tensors(path))) == 10


def test_norms_of_heads_tell_their_width(tmp_path):
    arrays = dict(models.SCHEMES["Llama"][0])
    arrays["model.layers.0.self_attn.q_norm.weight"] = np.ones(models.WIDTH)
    path = saved(tmp_path, arrays)
    assert Circuit("ov", 3, 1, 1).layers(open_tensors(path))[0].endswith("v_proj.weight[3:6, :]")
    with pytest.raises(InputError, match="its shapes say 4 heads, not 2"):
        Circuit("ov", heads=2).layers(open_tensors(path))


@pytest.mark.parametrize(
    ("name", "circuit", "said"),
    [
        ("BERT", Circuit("ov"), "give --heads"),
        ("BERT", Circuit("ov", heads=5), "12 is not a multiple of 5 heads"),
        ("BERT", Circuit("ov", 4, heads=4), "head must be at most 3, not 4"),
        ("BERT", Circuit("ov", 0, 1, 2, heads=4), r"no layer 2; it has 0\.\.1"),
        ("BERT", Circuit("ov", 0, 1, 0, heads=4), r"no 1\.\.0"),
        ("BERT", Circuit("no", heads=4), "a circuit is ov or qk"),
        ("BERT", Circuit("ov", heads=4, stack="decoder"), "no stack with 'decoder'"),
        ("ALBERT", Circuit("ov", heads=4), r"give --layers, such as 0\.\.11"),
        ("Llama", Circuit("ov", heads=1), "do not fit"),
        ("TransformerLens", Circuit("ov", heads=3), "3 heads do not fit"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path, name, circuit, said):
    path = saved(tmp_path, models.SCHEMES[name][0])
    with pytest.raises(InputError, match=said):
        circuit.layers(open_tensors(path))


def test_one_of_several_stacks_is_chosen(tmp_path):
    arrays = {f"{side}.{n}": a for side in "ab" for n, a in models.SCHEMES["GPT-J"][0].items()}
    opened = open_tensors(saved(tmp_path, arrays))
    with pytest.raises(InputError, match=r"several stacks .* a\.h\.\{l\}\.attn \(GPT-J\)|several"):
        Circuit("ov", heads=4).layers(opened)
    chosen = Circuit("ov", heads=4, stack="b.h").layers(opened)
    assert all(layer.startswith("b.h.") for layer in chosen)


def test_files_without_attention(tmp_path):
    opened = open_tensors(saved(tmp_path, {"w": np.ones((2, 2))}))
    with pytest.raises(InputError, match="no attention by names that are known"):
        Circuit("ov").layers(opened)


@pytest.mark.parametrize("config", ["[]", "{", '{"num_attention_heads": "4"}'])
def test_a_config_that_says_nothing(tmp_path, config):
    path = saved(tmp_path, models.SCHEMES["BERT"][0])
    (tmp_path / "config.json").write_text(config)
    with pytest.raises(InputError, match="give --heads"):
        Circuit("ov").layers(open_tensors(path))
