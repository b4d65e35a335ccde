"""Families of exact weights on which floating point has a hard time, pseudo-random by seed."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from random import Random

from linnet_exact.strata import Network
from linnet_exact.weights import Weights

__all__ = ["FAMILIES"]

Rows = list[list[Fraction]]


def _hilbert_like(network: Network, random: Random) -> Weights:
    """Entries 1/(a + b + s): full rank, and nearly dependent rows."""
    matrices = []
    for before, after in pairwise(network.widths):
        shift = random.randint(1, 3)
        matrices.append([[Fraction(1, a + b + shift) for b in range(before)] for a in range(after)])
    return Weights(matrices)


def _graded(network: Network, random: Random) -> Weights:
    """Row a has entries of size about 2^(−g a): products lose their last rows."""
    matrices = []
    for before, after in pairwise(network.widths):
        grade = random.randint(8, 16)
        matrices.append(
            [
                [
                    Fraction(random.choice((-3, -2, -1, 1, 2, 3)), 2 ** (grade * a))
                    for _ in range(before)
                ]
                for a in range(after)
            ]
        )
    return Weights(matrices)


def _nearly_parallel(network: Network, random: Random) -> Weights:
    """All rows are one row plus 2^−t at one place; every entry is exactly a double."""
    matrices = []
    for before, after in pairwise(network.widths):
        row = [Fraction(random.randint(1, 3)) for _ in range(before)]
        rows = [list(row) for _ in range(after)]
        for a in range(1, after):
            rows[a][random.randrange(before)] += Fraction(1, 2 ** random.randint(40, 51))
        matrices.append(rows)
    return Weights(matrices)


def _cancelling(network: Network, random: Random) -> Weights:
    """Thirds, fifths and sevenths; each matrix but the first takes the image of the last to 0.

    What is exactly 0 in the product is rounding noise in floating point.
    """
    widths = network.widths
    matrices: list[Rows] = []
    direction: list[Fraction] | None = None  # the image of the matrix before, a line
    for before, after in pairwise(widths):
        if direction is None or before == 1:
            image = [_fraction(random) for _ in range(after)]
            factors = [_fraction(random) for _ in range(before)]
            matrices.append([[x * y for y in factors] for x in image])
            direction = image if direction is None else None
            continue
        rows = []
        for _ in range(after):
            row = [_fraction(random) for _ in range(before)]
            excess = sum((x * y for x, y in zip(row, direction, strict=True)), Fraction(0))
            row[-1] -= excess / direction[-1]
            rows.append(row)
        matrices.append(rows)
        direction = None
    return Weights(matrices)


def _fraction(random: Random) -> Fraction:
    return Fraction(random.choice((-4, -2, -1, 1, 2, 4)), random.choice((3, 5, 7)))


FAMILIES: dict[str, Callable[[Network, Random], Weights]] = {
    "Hilbert-like": _hilbert_like,
    "graded": _graded,
    "nearly parallel": _nearly_parallel,
    "cancelling": _cancelling,
}
