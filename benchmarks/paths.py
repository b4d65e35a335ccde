"""How long an exact path takes to find and to check, and how long its numbers get.

Run it as `python benchmarks/paths.py`. Both ends are pseudo-random points, made dense by `sample`,
of pseudo-random strata of one fiber; the bits are those of the longest numerator or denominator in
a point between two steps. Float chains are pseudo-random float32 weights; the other end is the same
function in another basis of the hidden layers. For folded ones, of float64 weights, it is the
product alone, W·1·…·1, on another stratum; then the way back. Last comes the chain of an attention
head, or of two, of a model that `scripts/real_models` fetches. The times are those of the
processor.
"""

import os
from itertools import pairwise
from pathlib import Path
from random import Random
from time import process_time

from linnet_exact import Barcode, Fiber, Matrix, Network, Weights
from linnet_exact.files import read_weights
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


FLOAT_CHAINS = ["64,16,64", "64,16,16,64", "128,16,128", "256,16,256"]
FOLDED = ["24,6,6,4", "48,12,12,8", "64,16,16,10"]

MODELS = Path(os.environ.get("LINNET_MODELS", Path(__file__).parents[1] / ".models"))
MODEL = MODELS / "rxnmapper/models/transformers/albert_heads_8_uspto_all_1310k/pytorch_model.bin"
LAYER = "albert.encoder.albert_layer_groups.0.albert_layers.0.attention"
HEAD = [f"{LAYER}.value.weight[0:32, :]", f"{LAYER}.dense.weight[:, 0:32]"]


def main() -> None:
    print(f"{'widths':<17}  moves  steps     find    check   bits")
    for fiber in FIBERS:
        report(str(fiber.network), *two_points(fiber, Random(str(fiber))))
    for widths in FLOAT_CHAINS:
        report(widths, *float_chains(Network.parse(widths), Random(widths)))
    for widths in FOLDED:
        ends = folded(Network.parse(widths), Random(widths))
        report(widths, *ends)
        report("  and back", *ends[::-1])
    for heads in (1, 2) if MODEL.exists() else ():
        theta = read_weights(MODEL, HEAD * heads)
        report(f"{heads} of a model", theta, in_another_basis(theta, Random(heads)))


def report(name: str, start: Weights, end: Weights) -> None:
    begun = process_time()
    found = path(start, end)
    done = process_time()
    found.check()
    checked = process_time()
    times = f"{done - begun:6.2f} s {checked - done:6.2f} s"
    counts = f"{len(found.moves):5}  {len(found.steps):5}"
    print(f"{name:<17}  {counts} {times}  {max(found.bits):5}", flush=True)


def float_chains(network: Network, random: Random) -> tuple[Weights, Weights]:
    start = Weights(
        [
            [[random.getrandbits(24) - (1 << 23) for _ in range(before)] for _ in range(after)]
            for before, after in pairwise(network.widths)
        ]
    )
    return start, in_another_basis(start, random)


def in_another_basis(start: Weights, random: Random) -> Weights:
    """Change bases of the hidden layers that are narrower than the input."""
    widths = start.network.widths
    group = [Matrix.identity(width) for width in widths]
    for layer, size in enumerate(widths[1:-1], start=1):
        if size < widths[0]:
            group[layer] = Matrix(
                [
                    [int(i == j) or (i < j) * random.randint(-2, 2) for j in range(size)]
                    for i in range(size)
                ]
            )
    return act(group, start)


def folded(network: Network, random: Random) -> tuple[Weights, Weights]:
    widths = network.widths
    start = Weights(
        [
            [[random.gauss(0, before**-0.5) for _ in range(before)] for _ in range(after)]
            for before, after in pairwise(widths)
        ]
    )
    product = start.product().rows()
    rows = [*product, *([0] * widths[0] for _ in range(widths[1] - len(product)))]
    ones = [[[int(i == j) for j in range(n)] for i in range(m)] for n, m in pairwise(widths[1:])]
    return start, Weights([rows, *ones])


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


if __name__ == "__main__":
    main()
