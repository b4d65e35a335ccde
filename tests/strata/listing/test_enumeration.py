"""The reference listing against the counts known from the literature and brute force over F_2."""

from itertools import product

import pytest

from linnet_exact.strata import Network
from tests.strata.reference import enumerate_barcodes

KNOWN = [
    ("1,1,1", 0, 3),
    ("1^4", 0, 7),
    ("2,2,2", 0, 6),
    ("2,2,2", 1, 3),
    ("2,3,2", 1, 4),
    ("2^4", 0, 27),
    ("3^4", 0, 77),
    ("4^4", 0, 182),
    ("3^5", 0, 535),
    ("4^5", 0, 2035),
]


@pytest.mark.parametrize(("widths", "rank", "count"), KNOWN)
def test_known_counts(widths: str, rank: int, count: int) -> None:
    assert len(set(enumerate_barcodes(Network.parse(widths), rank))) == count


@pytest.mark.parametrize("widths", ["1,1", "2,1", "3,2", "2,2,1", "1,3,1", "2,2,2", "1,2,1,2"])
def test_every_barcode_of_weights_over_f2_is_listed(widths: str) -> None:
    network = Network.parse(widths)
    listed = {
        barcode.rank_list
        for rank in range(network.min_width + 1)
        for barcode in enumerate_barcodes(network, rank)
    }
    assert {ranks.triangle for ranks in listed} == _triangles_over_f2(network)


def _triangles_over_f2(network: Network) -> set[tuple[tuple[int, ...], ...]]:
    """The rank lists of all weights over F_2; matrices are tuples of columns, bit masks each."""
    depth, widths = network.depth, network.widths
    layers = [
        list(product(range(2 ** widths[j]), repeat=widths[j - 1])) for j in range(1, depth + 1)
    ]
    found = set()
    for weights in product(*layers):
        triangle = []
        products = [tuple(1 << column for column in range(width)) for width in widths]
        for k in range(depth + 1):
            if k:
                products[:k] = [_image(weights[k - 1], matrix) for matrix in products[:k]]
            triangle.append(tuple(_rank_over_f2(matrix) for matrix in products[: k + 1]))
        found.add(tuple(triangle))
    return found


def _image(matrix: tuple[int, ...], columns: tuple[int, ...]) -> tuple[int, ...]:
    images = []
    for column in columns:
        total = 0
        for position, image in enumerate(matrix):
            if column >> position & 1:
                total ^= image
        images.append(total)
    return tuple(images)


def _rank_over_f2(columns: tuple[int, ...]) -> int:
    basis: list[int] = []
    for column in columns:
        for element in basis:
            column = min(column, column ^ element)
        if column:
            basis.append(column)
    return len(basis)


def test_order_is_lexicographic_in_ranks() -> None:
    for fiber in Network(3, 2, 3, 2).fibers():
        keys = [
            [barcode.rank_list.r(k, i) for k in range(4) for i in range(k)]
            for barcode in enumerate_barcodes(fiber.network, fiber.rank)
        ]
        assert keys == sorted(keys)
