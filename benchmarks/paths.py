"""How long an exact path takes to find and to check, and how long its numbers get.

Run it as `python benchmarks/paths.py`. Both ends are pseudo-random points, made dense by `sample`,
of pseudo-random strata of one fiber; the bits are those of the longest numerator or denominator in
a point between two steps. Float chains are pseudo-random float32 weights; the other end is the same
function in another basis of the hidden layers. The times are those of the processor.
"""

from itertools import pairwise
from random import Random
from time import process_time

from linnet_exact import Barcode, Fiber, Matrix, Network, Weights
from linnet_exact.strata.order.moves import apply_move, rising_moves
from linnet_exact.weights import act, canonical_weights, path, sample

FIBERS = [
    Network(8, 8, 8, 8).fiber(2),
    Network(12, 12, 12, 12).fiber(2),
    Network(6, 6, 6, 6, 6, 6).fiber(1),
    Network(24, 24, 24).fiber(4),
    Network(40, 32, 40).fiber(8),
    Network(64, 16, 16, 10).fiber(3),
    Network(8, 8, 8, 8, 8, 8, 8, 8, 8).fiber(),
    Network(40, 40, 40, 40, 40, 40).fiber(5),
]


FLOAT_CHAINS = ["64,16,64", "64,16,16,64", "128,16,128"]


def main() -> None:
    print(f"{'widths':<17}  moves  steps     find    check   bits")
    for fiber in FIBERS:
        report(str(fiber.network), *two_points(fiber, Random(str(fiber))))
    for widths in FLOAT_CHAINS:
        report(widths, *float_chains(Network.parse(widths), Random(widths)))


def report(name: str, start: Weights, end: Weights) -> None:
    begun = process_time()
    found = path(start, end)
    done = process_time()
    found.check()
    checked = process_time()
    times = f"{done - begun:6.2f} s {checked - done:6.2f} s"
    counts = f"{len(found.moves):5}  {len(found.steps):5}"
    print(f"{name:<17}  {counts} {times}  {max(map(bits, found.points)):5}", flush=True)


def float_chains(network: Network, random: Random) -> tuple[Weights, Weights]:
    start = Weights(
        [
            [[random.getrandbits(24) - (1 << 23) for _ in range(before)] for _ in range(after)]
            for before, after in pairwise(network.widths)
        ]
    )
    group = [Matrix.identity(width) for width in network.widths]
    for layer in range(1, network.depth):
        size = network.widths[layer]
        group[layer] = Matrix(
            [
                [int(i == j) or (i < j) * random.randint(-2, 2) for j in range(size)]
                for i in range(size)
            ]
        )
    return start, act(group, start)


def two_points(fiber: Fiber, random: Random) -> tuple[Weights, Weights]:
    start, other = sample(walk(fiber, random), 1), sample(walk(fiber, random), 2)
    bases = list(other.flow().bases)
    bases[0], bases[-1] = start.flow().bases[0], start.flow().bases[-1]
    return start, act(bases, canonical_weights(other.barcode))


def walk(fiber: Fiber, random: Random) -> Barcode:
    """A barcode some way up from the minimal stratum."""
    barcode = fiber.minimal_stratum.barcode
    for _ in range(random.randint(3, 20)):
        if moves := list(rising_moves(barcode)):
            barcode = apply_move(barcode, random.choice(moves))
    return barcode


def bits(theta: Weights) -> int:
    entries = (x for matrix in theta.matrices for row in matrix.rows() for x in row)
    return max(max(x.numerator.bit_length(), x.denominator.bit_length()) for x in entries)


if __name__ == "__main__":
    main()
