"""Write tests/data/heads.npz and tests/data/adapter: a tiny transformer with the names of BERT, and
a LoRA adapter for it, made for the guide.

Two layers with two heads of width 3, on 8 dimensions, in float32. In layer 0 the heads write into
planes and spaces that share a line, and head 1 reads a plane only. The matrices of head 0 have
singular values far apart: along its chain, float32 loses what is exactly there.
"""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

MODEL, HEADS, WIDTH, LAYERS = 8, 2, 3, 2


def arrays() -> dict[str, np.ndarray]:
    """Return the tensors by name."""
    random = np.random.default_rng(2024)
    found = {}
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}.attention."
        q, k, v = (random.standard_normal((HEADS * WIDTH, MODEL)) for _ in range(3))
        o = random.standard_normal((MODEL, HEADS * WIDTH))
        v[:3] *= [[1], [2.0**-5], [2.0**-10]]
        v, o = (np.float32(np.round(x * 2**14) / 2**14) for x in (v, o))
        if layer == 0:
            v[5] = v[3] + v[4]
            o[:, 3] = o[:, 0] + o[:, 1]
        found |= {
            f"{at}self.query.weight": q.astype(np.float32),
            f"{at}self.key.weight": k.astype(np.float32),
            f"{at}self.value.weight": v,
            f"{at}output.dense.weight": o,
        }
    return found


def factors() -> dict[str, np.ndarray]:
    """Return A and B of an adapter for the values of both layers; in layer 1, B has rank 1."""
    random = np.random.default_rng(7)
    found = {}
    for layer in range(LAYERS):
        at = f"base_model.model.encoder.layer.{layer}.attention.self.value.lora_"
        a, b = random.standard_normal((2, MODEL)), random.standard_normal((HEADS * WIDTH, 2))
        if layer == 1:
            b[:, 1] = 2 * b[:, 0]
        found |= {f"{at}A.weight": a.astype(np.float32), f"{at}B.weight": b.astype(np.float32)}
    return found


if __name__ == "__main__":
    data = Path(__file__).parents[1] / "tests" / "data"
    np.savez(data / "heads.npz", **arrays())
    (data / "adapter").mkdir(exist_ok=True)
    save_file(factors(), data / "adapter" / "adapter_model.safetensors")
    config = {"peft_type": "LORA", "r": 2, "lora_alpha": 3, "fan_in_fan_out": False}
    (data / "adapter" / "adapter_config.json").write_text(json.dumps(config, indent=1) + "\n")
