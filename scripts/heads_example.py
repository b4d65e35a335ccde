"""Write tests/data/heads.npz: a tiny transformer with the names of BERT, made for the guide.

Two layers with two heads of width 3, on 8 dimensions, in float32. In layer 0 the heads write into
planes and spaces that share a line, and head 1 reads a plane only. The matrices of head 0 have
singular values far apart: along its chain, float32 loses what is exactly there.
"""

from pathlib import Path

import numpy as np

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


if __name__ == "__main__":
    np.savez(Path(__file__).parents[1] / "tests" / "data" / "heads.npz", **arrays())
