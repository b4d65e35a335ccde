"""All certified ranks of a four-layer network beside the SVD ranks of its products in float64.

python benchmarks/rank_chain.py [WIDTH]
"""

import sys
from collections.abc import Callable

import numpy as np
from _measure import best_side_by_side, print_ratios
from flint import fmpz_mat
from rank_rational import deficient, product
from threadpoolctl import threadpool_limits

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.ranks.chain import chain_evidence, chain_ranks
from linnet_exact.algebra.ranks.probable import probable_chain_ranks

DEPTH = 4


def svd_ranks(layers: list[np.ndarray]) -> list[int]:
    ranks = []
    for i in range(len(layers)):
        product = layers[i]
        ranks.append(np.linalg.matrix_rank(product))
        for layer in layers[i + 1 :]:
            product = layer @ product
            ranks.append(np.linalg.matrix_rank(product))
    return ranks


def compare(kind: Callable[..., fmpz_mat], width: int, rank: int, bar: float) -> None:
    chain = [Matrix(kind(width, rank, 10, seed)) for seed in range(DEPTH)]
    floats = [matrix.to_numpy() for matrix in chain]
    ranks = sorted(set(chain_ranks(chain).values()))
    print(
        f"\n{DEPTH} layers, {kind.__name__}, {width} wide, ranks {ranks}; "
        f"bar: certified at most {bar} x SVD"
    )
    actions = {
        "float64 SVD": lambda: svd_ranks(floats),
        "certified ranks": lambda: chain_ranks(chain),
        "certified, with evidence": lambda: chain_evidence(chain),
        "probable ranks, 2 primes": lambda: probable_chain_ranks(chain, seed=1),
    }
    with threadpool_limits(1):  # as many as exact arithmetic has
        print_ratios(best_side_by_side(5, actions))


def main() -> None:
    width = int(sys.argv[1]) if len(sys.argv) > 1 else 128
    compare(deficient, width, 3 * width // 4, 3)
    compare(product, width, 3 * width // 4, 3)
    compare(deficient, width, width, 3)


if __name__ == "__main__":
    main()
