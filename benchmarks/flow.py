"""Flow bases beside the certified rank list, the sizes of their entries, and tangent bases.

Run it as `python benchmarks/flow.py`. A flow basis may take 100 times as long as the rank list; the
bases for widths 12,12,12,12 may take 5 s, verified.
"""

from random import Random

from _measure import best_side_by_side, print_ratios

from linnet_exact import Barcode, Matrix, Weights
from linnet_exact.weights import sample
from linnet_exact.weights.flow import flow_of
from linnet_exact.weights.spaces.tangent import tangent_basis

WIDTHS = (64, 48, 64, 48, 64)
RANKS = (44, 40, 36, 33)
BITS = 10
RUNS = 3


def deficient_layers() -> list[Matrix]:
    """10-bit integer matrices of given ranks: random rows, and differences of two of them."""
    random, bound = Random(3), 1 << (BITS - 2)  # differences have one bit more
    layers = []
    for rank, before, after in zip(RANKS, WIDTHS, WIDTHS[1:], strict=False):
        rows = [[random.randrange(-bound, bound) for _ in range(before)] for _ in range(rank)]
        pairs = (random.sample(rows[:rank], 2) for _ in range(after - rank))
        rows += [[(x - y) for x, y in zip(*pair, strict=True)] for pair in pairs]
        layers.append(Matrix(rows))
    return layers


def bits(matrix: Matrix) -> str:
    """The bits of the largest numerator and of the common denominator."""
    largest = max(int(x).bit_length() for part in matrix.coefficients for x in part.entries())
    return f"{largest}/{int(matrix.denominator).bit_length()}"


def flow_bases() -> None:
    layers = deficient_layers()
    theta = Weights(layers)
    print(f"widths {theta.network}, barcode {theta.barcode}")

    def flow_and_inverses() -> None:
        # The ranks are known here, so this is the time on top of the rank list.
        assert flow_of(theta).inverses

    seconds = best_side_by_side(
        RUNS,
        {
            "certified rank list": lambda: Weights(layers).rank_list,
            "flow basis": lambda: flow_of(theta),
            "flow basis and dual basis": flow_and_inverses,
            "check by multiplication": theta.flow().check,
        },
    )
    print_ratios(seconds)
    flow = theta.flow()
    print("bits (numerator/denominator) of J_0, …  ", *map(bits, flow.bases))
    print("                             of inverses", *map(bits, flow.inverses))


def tangent_bases() -> None:
    barcode = Barcode.parse("0-0:3,0-1:1,0-2:3,0-3:5,1-1:2,1-3:1,2-3:3,3-3:3")
    theta = sample(barcode, 1)
    print(f"\nwidths {theta.network}, barcode {barcode}")
    seconds = best_side_by_side(
        RUNS,
        {
            "tangent and normal bases": lambda: tangent_basis(theta),
            "and their check": lambda: tangent_basis(theta).check(),
        },
    )
    print_ratios(seconds)


if __name__ == "__main__":
    flow_bases()
    tangent_bases()
