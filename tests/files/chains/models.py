"""Tiny models in every naming scheme, with the matrices of each head made from definitions."""

from typing import Any

import numpy as np

Arrays = dict[str, Any]
MODEL, HEADS, WIDTH, DEPTH = 6, 4, 3, 2


def heads_of_layers(shared: bool = False, group: int = 1) -> list[dict[str, Any]]:
    """For each layer, q, k, v (heads × width × model) and o (heads × model × width)."""
    random = np.random.default_rng(7)

    def drawn(*shape: int) -> Any:
        return random.integers(-8, 9, shape) / 8.0

    layers = []
    for _ in range(DEPTH):
        layer = {x: drawn(HEADS, WIDTH, MODEL) for x in "qkv"}
        for x in "kv":
            layer[x] = np.repeat(layer[x][: HEADS // group], group, axis=0)
        layers.append(layer | {"o": drawn(HEADS, MODEL, WIDTH)})
    return [layers[0]] * DEPTH if shared else layers


def rows(heads: Any, group: int = 1) -> Any:
    """One above the other, as torch.nn.Linear has q, k and v."""
    return np.concatenate(list(heads[::group]), axis=0)


def columns(heads: Any) -> Any:
    """Side by side, as torch.nn.Linear has o."""
    return np.concatenate(list(heads), axis=1)


def separate(before: str, names: str, out: str, group: int = 1, shared: bool = False) -> Arrays:
    arrays = {}
    for l, layer in enumerate(heads_of_layers(shared, group)):
        at = before.format(l=l)
        for x, name in zip("qkv", names.split(), strict=True):
            arrays[f"{at}{name}"] = rows(layer[x], group if x in "kv" else 1)
        arrays[f"{at}{out}"] = columns(layer["o"])
    return arrays


def gpt2() -> Arrays:
    arrays = {}
    for l, layer in enumerate(heads_of_layers()):
        fused = np.concatenate([rows(layer[x]).T for x in "qkv"], axis=1)
        arrays[f"transformer.h.{l}.attn.c_attn.weight"] = fused
        arrays[f"transformer.h.{l}.attn.c_proj.weight"] = columns(layer["o"]).T
    return arrays


def fused_rows(before: str, name: str, out: str) -> Arrays:
    arrays = {}
    for l, layer in enumerate(heads_of_layers()):
        arrays[before.format(l=l) + name] = np.concatenate([rows(layer[x]) for x in "qkv"])
        arrays[before.format(l=l) + out] = columns(layer["o"])
    return arrays


def neox() -> Arrays:
    arrays = {}
    for l, layer in enumerate(heads_of_layers()):
        blocks = [layer[x][h] for h in range(HEADS) for x in "qkv"]
        at = f"gpt_neox.layers.{l}.attention."
        arrays[f"{at}query_key_value.weight"] = np.concatenate(blocks)
        arrays[f"{at}dense.weight"] = columns(layer["o"])
    return arrays


def transformer_lens() -> Arrays:
    return {
        f"blocks.{l}.attn.W_{x.upper()}": layer[x].transpose(0, 2, 1)
        for l, layer in enumerate(heads_of_layers())
        for x in "qkvo"
    }


def t5() -> Arrays:
    arrays = separate(
        "encoder.block.{l}.layer.0.SelfAttention.",
        "q.weight k.weight v.weight",
        "o.weight",
    )
    bias = "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"
    return arrays | {bias: np.zeros((32, HEADS))}


WORDS = "query.weight key.weight value.weight"
PROJECTIONS = "q_proj.weight k_proj.weight v_proj.weight"
SCHEMES: dict[str, tuple[Arrays, int]] = {  # and how many heads share a key and a value
    "BERT": (
        separate(
            "bert.encoder.layer.{l}.attention.",
            "self.query.weight self.key.weight self.value.weight",
            "output.dense.weight",
        ),
        1,
    ),
    "ViT": (
        separate(
            "vit.encoder.layer.{l}.attention.",
            "attention.query.weight attention.key.weight attention.value.weight",
            "output.dense.weight",
        ),
        1,
    ),
    "ALBERT": (
        separate(
            "albert.encoder.albert_layer_groups.0.albert_layers.0.attention.",
            WORDS,
            "dense.weight",
            shared=True,
        ),
        1,
    ),
    "Llama": (separate("model.layers.{l}.self_attn.", PROJECTIONS, "o_proj.weight", group=2), 2),
    "BART": (separate("model.decoder.layers.{l}.self_attn.", PROJECTIONS, "out_proj.weight"), 1),
    "T5": (t5(), 1),
    "DistilBERT": (
        separate(
            "transformer.layer.{l}.attention.",
            "q_lin.weight k_lin.weight v_lin.weight",
            "out_lin.weight",
        ),
        1,
    ),
    "GPT-J": (separate("h.{l}.attn.", PROJECTIONS, "out_proj.weight"), 1),
    "GGUF": (
        separate("blk.{l}.attn_", "q.weight k.weight v.weight", "output.weight", group=4),
        4,
    ),
    "GPT-2": (gpt2(), 1),
    "timm": (fused_rows("blocks.{l}.attn.", "qkv.weight", "proj.weight"), 1),
    "PyTorch": (fused_rows("layers.{l}.self_attn.", "in_proj_weight", "out_proj.weight"), 1),
    "GPT-NeoX": (neox(), 1),
    "TransformerLens": (transformer_lens(), 1),
}
