"""`crosscheck` beside NumPy's rank of every product in both precisions, and beside the exact ranks.

python benchmarks/crosscheck.py
"""

import numpy as np
from _measure import best_side_by_side, print_ratios
from threadpoolctl import threadpool_limits

from linnet_exact import Weights
from linnet_exact.numeric import crosscheck
from linnet_exact.numeric.crosscheck import PRECISIONS
from linnet_exact.numeric.float_products import float_products


def numpy_ranks(layers: list[np.ndarray]) -> None:
    with threadpool_limits(1):
        for precision in PRECISIONS:
            for product in float_products(layers, precision).values():
                np.linalg.matrix_rank(product)


def compare(name: str, layers: list[np.ndarray]) -> None:
    known = Weights(layers)
    ranks = sorted(set(known.rank_list.values()))
    print(f"\n{name}: exact ranks {ranks}; bar: 1.3 x NumPy, 6 x exact ranks")
    doubles = [layer.astype(np.float64) for layer in layers]
    actions = {
        "NumPy matrix_rank": lambda: numpy_ranks(doubles),
        "crosscheck": lambda: crosscheck(known, spectra=False),
        "crosscheck, all singular values": lambda: crosscheck(known),
        "crosscheck --cores": lambda: crosscheck(known, cores=True),
        "exact ranks": lambda: Weights(layers).rank_list,
    }
    print_ratios(best_side_by_side(5, actions))


def main() -> None:
    rng = np.random.default_rng(0)
    shapes = [(32, 256) if j % 2 == 0 else (256, 32) for j in range(24)]
    compare(
        "24 layers of 256/32, float32",
        [rng.standard_normal(shape).astype(np.float32) for shape in shapes],
    )
    compare("4 layers of 128, float64", [rng.standard_normal((128, 128)) for _ in range(4)])
    low = [rng.integers(-9, 9, (256, 32)) @ rng.integers(-9, 9, (32, 256)) for _ in range(6)]
    compare("6 layers of 256 of rank 32", low)


if __name__ == "__main__":
    main()
