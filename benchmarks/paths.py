"""How long an exact path takes to find and to check, and how long its numbers get.

Run it as `python benchmarks/paths.py`. Both ends are pseudo-random points, made dense by `sample`,
of pseudo-random strata of one fiber; the bits are those of the longest numerator or denominator in
a point between two steps.
"""

from random import Random
from time import perf_counter

from linnet_exact import Barcode, Fiber, Network, Weights
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


def main() -> None:
    print(f"{'widths':<17}  moves  steps     find    check   bits")
    for fiber in FIBERS:
        start, end = two_points(fiber, Random(str(fiber)))
        begun = perf_counter()
        found = path(start, end)
        done = perf_counter()
        found.check()
        checked = perf_counter()
        times = f"{done - begun:6.2f} s {checked - done:6.2f} s"
        counts = f"{len(found.moves):5}  {len(found.steps):5}"
        print(f"{fiber.network!s:<17}  {counts} {times}  {max(map(bits, found.points)):5}")


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
