"""Layer chains of the size of real models: certified rank lists from files, and SVD ranks beside.

Run it as `python benchmarks/real_weights.py`. Twelve float32 layers 384 -> 32 -> 384 -> ... may
take 10 s and 2 GB, four layers 768 wide 30 s; each is analyzed by the command, in a process of its
own, from a safetensors file.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

RNG = np.random.default_rng(0)


def random_chain(widths: list[int]) -> dict[str, np.ndarray]:
    return {
        f"layers.{j}.weight": (RNG.standard_normal((m, n)) / n**0.5).astype("f4")
        for j, (n, m) in enumerate(pairwise(widths))
    }


def with_dependent_units(chain: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """In every third layer one unit is a multiple of another, and one input is read twice."""
    changed = {name: matrix.copy() for name, matrix in chain.items()}
    for matrix in list(changed.values())[2::3]:
        matrix[1], matrix[:, 3] = 2 * matrix[0], matrix[:, 4]
    return changed


def with_rows_of_very_different_size(chain: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {
        name: np.ldexp(matrix, RNG.integers(-60, 60, (len(matrix), 1)))
        for name, matrix in chain.items()
    }


def analyze(path: Path) -> tuple[float, float, dict]:
    """Return seconds, gigabytes, and what the command says."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "linnet_exact", "analyze", str(path), "--format", "json"],
        stdout=subprocess.PIPE,
    )
    printed = process.stdout.read()
    _, _, usage = os.wait4(process.pid, 0)
    return time.perf_counter() - start, usage.ru_maxrss / 2**20, json.loads(printed)


def svd_ranks(chain: dict[str, np.ndarray]) -> float:
    """Return the seconds that the SVD ranks of all products take in float64."""
    start = time.perf_counter()
    layers = [matrix.astype("f8") for matrix in chain.values()]
    for i in range(len(layers)):
        product = layers[i]
        np.linalg.matrix_rank(product)
        for layer in layers[i + 1 :]:
            product = layer @ product
            np.linalg.matrix_rank(product)
    return time.perf_counter() - start


def main() -> None:
    twelve = random_chain([384, 32] * 6 + [384])
    cases = {
        "12 layers 384-32": twelve,
        "the same, dependent units": with_dependent_units(twelve),
        "the same, rows 2^-60..2^60": with_rows_of_very_different_size(
            with_dependent_units(twelve)
        ),
        "4 layers 768, full rank": random_chain([768] * 5),
    }
    print(f"{'':<28}{'seconds':>8}{'GB':>7}{'SVD, s':>8}  layer ranks")
    with tempfile.TemporaryDirectory() as folder:
        for name, chain in cases.items():
            path = Path(folder) / "model.safetensors"
            save_file(chain, str(path))
            seconds, memory, found = analyze(path)
            ranks = sorted({found["rank_list"][f"{j + 1}~{j}"] for j in range(len(chain))})
            print(f"{name:<28}{seconds:8.2f}{memory:7.2f}{svd_ranks(chain):8.2f}  {ranks}")


if __name__ == "__main__":
    main()
