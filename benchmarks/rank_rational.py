"""Certified ranks over Q beside FLINT's rank, and full ranks beside one modular rank.

python benchmarks/rank_rational.py [SIZE]

The table is that of `linnet_exact/algebra/rank.py`: milliseconds for n x n matrices of rank 3n/4.
"""

import sys
import tracemalloc
from random import Random

from _measure import best_side_by_side, print_ratios
from flint import fmpz_mat, nmod_mat

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.ranks.certified import rank_with_evidence
from linnet_exact.algebra.ranks.checking import check_rank_evidence

WORD = 8  # bytes that FLINT takes for an entry of up to 62 bits


def deficient(size: int, rank: int, bits: int, seed: int = 0) -> fmpz_mat:
    """Dense rows of the given number of bits, the last ones sums or differences of two others."""
    random = Random(seed)
    high = 1 << bits - 1
    rows = [[random.randrange(-high, high) for _ in range(size)] for _ in range(rank)]
    while len(rows) < size:
        x, y = random.sample(rows[:rank], 2)
        rows.append([a - b for a, b in zip(x, y, strict=True)])
    random.shuffle(rows)
    return fmpz_mat(rows)


def compare_deficient(size: int, bits: int, bar: float) -> None:
    numbers = deficient(size, 3 * size // 4, bits)
    matrix = Matrix(numbers)
    print(f"\nn = {size}, rank {matrix.rank()}, {bits}-bit entries; bar: FLINT {bar} x")
    print_ratios(
        best_side_by_side(
            3,
            {
                "linnet-exact, certified": matrix.rank,
                "fmpz_mat.rank": numbers.rank,
            },
        )
    )
    evidence = rank_with_evidence(matrix)
    print_ratios(
        best_side_by_side(
            1,
            {
                "rank with evidence": lambda: rank_with_evidence(matrix),
                "checking the evidence": lambda: check_rank_evidence(matrix, evidence),
            },
        )
    )
    tracemalloc.start()
    matrix.rank()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    entries = size * size * WORD * -(-bits // 62)
    print(f"memory: {peak / 1e6:.1f} MB for {entries / 1e6:.1f} MB of entries")


def compare_full(size: int, bits: int) -> None:
    numbers = deficient(size, size, bits)
    matrix = Matrix(numbers)
    prime = (1 << 61) - 1
    reduced = nmod_mat(numbers, prime)
    print(f"\nn = {size}, full rank, {bits}-bit entries; bar: ours at most 1.5 x")
    print_ratios(
        best_side_by_side(
            9,
            {
                "nmod_mat.rank": reduced.rank,
                "linnet-exact, certified": matrix.rank,
            },
        )
    )


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 256
    for bits, bar in ((10, 3.5), (53, 5)):
        compare_deficient(size, bits, bar)
        compare_full(size, bits)


if __name__ == "__main__":
    main()
