"""Products and rank lists from scratch, and points of chosen strata that share one product."""

from functools import cache
from itertools import product
from typing import Any

from linnet_exact import QQ, Barcode, Network, Weights
from linnet_exact.algebra import Field
from linnet_exact.strata import Fiber
from linnet_exact.weights import act, canonical_weights, sample
from tests.algebra.reference import multiply, rank_by_minors

Rows = list[list[Any]]


def product_of(theta: Weights, k: int, i: int) -> Rows:
    """W_{k~i}, entry by entry."""
    widths = theta.network.widths
    rows: Rows = [[int(a == b) for b in range(widths[i])] for a in range(widths[i])]
    for matrix in theta.matrices[i:k]:
        rows = multiply(matrix.rows(), rows, widths[i])
    return rows


def ranks_of(theta: Weights) -> dict[tuple[int, int], int]:
    """The rank list from minors of products: no line of it is the package's."""
    widths = theta.network.widths
    pairs = [(k, i) for k in range(len(widths)) for i in range(k + 1)]
    return {(k, i): rank_by_minors(product_of(theta, k, i), widths[i]) for k, i in pairs}


@cache
def point(barcode: Barcode, seed: int = 0, field: Field = QQ) -> Weights:
    """A pseudo-random point of a stratum; its product depends on the widths and rank alone."""
    theta, shared = sample(barcode, seed, field=field), _product_frame(barcode.fiber, field)
    bases = list(theta.flow().bases)
    bases[0], bases[-1] = shared
    return act(bases, canonical_weights(barcode, field))


@cache
def _product_frame(fiber: Fiber, field: Field) -> tuple[Any, Any]:
    bases = sample(fiber.minimal_stratum.barcode, 5, field=field).flow().bases
    return bases[0], bases[-1]


def small_barcodes(max_depth: int, max_width: int) -> list[Barcode]:
    """Every stratum of every fiber in a box."""
    return [
        stratum.barcode
        for depth in range(1, max_depth + 1)
        for widths in product(range(1, max_width + 1), repeat=depth + 1)
        for fiber in Network(*widths).fibers()
        for stratum in fiber.strata()
    ]
