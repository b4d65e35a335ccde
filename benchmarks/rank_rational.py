"""Certified ranks over Q beside FLINT's rank, and full ranks beside one modular rank.

python benchmarks/rank_rational.py [SIZE]

Two kinds of n x n matrices of rank 3n/4: differences of rows, whose null vectors are short, and
products of generic factors, whose null vectors are long.
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


def product(size: int, rank: int, bits: int, seed: int = 0) -> fmpz_mat:
    """A product of dense factors of half the bits: its null vectors are long."""
    random = Random(seed)
    high = 1 << max(1, (bits - size.bit_length()) // 2)

    def factor(nrows: int, ncols: int) -> fmpz_mat:
        entries = [random.randrange(-high, high) for _ in range(nrows * ncols)]
        return fmpz_mat(nrows, ncols, entries)

    return factor(size, rank) * factor(rank, size)


def compare_deficient(numbers: fmpz_mat, kind: str, bits: int, bar: float) -> None:
    size, matrix = numbers.nrows(), Matrix(numbers)
    print(f"\nn = {size}, rank {matrix.rank()}, {bits}-bit entries, {kind}; bar: FLINT {bar} x")
    reduced = nmod_mat(numbers, (1 << 61) - 1)
    print_ratios(
        best_side_by_side(
            3,
            {
                "linnet-exact, certified": matrix.rank,
                "fmpz_mat.rank": numbers.rank,
                "nmod_mat.rank": reduced.rank,
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
        compare_deficient(deficient(size, 3 * size // 4, bits), "row differences", bits, bar)
        compare_deficient(product(size, 3 * size // 4, bits), "generic product", bits, bar)
        compare_full(size, bits)


if __name__ == "__main__":
    main()
