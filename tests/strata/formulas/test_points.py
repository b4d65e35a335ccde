"""Points over finite fields, against brute force over F_2 and F_3 and against each other."""

from collections import Counter
from itertools import product

import numpy as np
import pytest

from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata import Network, RankList
from linnet_exact.strata.formulas.points import (
    _rank_pairs,
    _rank_steps,
    fiber_points,
    stratum_point_count,
)
from tests.strategies_strata import box_of_fibers

Matrix = tuple[tuple[int, ...], ...]


def multiply(a: Matrix, b: Matrix, p: int) -> Matrix:
    columns = list(zip(*b, strict=True))
    return tuple(
        tuple(sum(x * y for x, y in zip(row, column, strict=True)) % p for column in columns)
        for row in a
    )


def rank(matrix: Matrix, p: int) -> int:
    rows, found = [list(row) for row in matrix], 0
    for column in range(len(rows[0])):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        scale = pow(pivot[column], -1, p)
        rows.insert(found, [scale * x % p for x in pivot])
        for row in rows[found + 1 :]:
            factor = row[column]
            row[:] = [(x - factor * y) % p for x, y in zip(row, rows[found], strict=True)]
        found += 1
    return found


def matrices(rows: int, columns: int, p: int) -> list[Matrix]:
    return list(product(product(range(p), repeat=columns), repeat=rows))


@pytest.mark.parametrize(
    ("widths", "p"),
    [
        ("1,1", 3),
        ("2,2", 2),
        ("1,2,1", 3),
        ("2,2,2", 2),
        ("1,2,2,1", 2),
        ("2,1,2,1", 3),
        ("3,1,2", 2),
    ],
)
def test_strata_and_fibers_by_brute_force(widths: str, p: int) -> None:
    """Take W = diag(1, …, 1, 0, …, 0) of each rank and try all weights."""
    network = Network.parse(widths)
    w = network.widths
    found: dict[int, Counter[RankList]] = {r: Counter() for r in range(network.min_width + 1)}
    choices = [matrices(w[j], w[j - 1], p) for j in range(1, len(w))]
    for weights in product(*choices):
        triangle, products = [[w[0]]], []
        for j, weight in enumerate(weights, start=1):
            products = [multiply(weight, m, p) for m in products] + [weight]
            triangle.append([rank(m, p) for m in products] + [w[j]])
        r = triangle[-1][0]
        normal_form = tuple(tuple(int(i == j < r) for j in range(w[0])) for i in range(w[-1]))
        if products[0] == normal_form:
            found[r][RankList.from_triangle(triangle)] += 1
    for r, strata in found.items():
        fiber = network.fiber(r)
        assert {s.rank_list: s.points(p) for s in fiber.strata()} == strata
        assert fiber.points(p) == sum(strata.values())


def test_steps_from_a_rank_to_the_next_are_no_more_than_bounded() -> None:
    for widths in product(range(1, 5), repeat=4):
        least = [min(widths[: j + 1]) for j in range(4)]  # the ranks of products go from 0 to these
        inner = len(list(product(range(least[1] + 1), range(least[2] + 1))))
        assert _rank_pairs(widths) == inner + 2 * (least[1] + 1)
        steps, ranks = 0, [widths[0]]
        for layer in range(1, 4):
            pairs = list(_rank_steps(Network(*widths), 0, layer, ranks))
            steps += len(pairs)
            ranks = sorted({after for _, after in pairs})
        assert steps <= _rank_pairs(widths)


def test_known_fibers() -> None:
    known = [
        ("2,2,2", 1, 2, 18),
        ("2,2,2", 0, 2, 58),
        ("1,2,2,1", 0, 2, 184),
        ("2,1,2,1", 0, 3, 345),
    ]
    for widths, r, q, points in known:
        assert fiber_points(Network.parse(widths), r, q) == points


def test_polynomials_sum_up_and_evaluate() -> None:
    for fiber in box_of_fibers(max_depth=3, max_width=3):
        total = [0] * (fiber.dimension + 1)
        characteristic = 0
        for stratum in fiber.strata():
            count = stratum_point_count(stratum.barcode)
            coefficients = stratum.point_polynomial()
            assert count.degree == stratum.dimension == len(coefficients) - 1
            assert coefficients[-1] == 1
            assert stratum.points(4) == sum(c * 4**n for n, c in enumerate(coefficients))
            assert stratum.euler_characteristic == sum(coefficients)
            characteristic += sum(coefficients)
            for n, coefficient in enumerate(coefficients):
                total[n] += coefficient
        assert fiber.point_polynomial() == total
        assert total[-1] == fiber.top_components
        assert fiber.points(9) == sum(c * 9**n for n, c in enumerate(total))
        assert fiber.euler_characteristic == characteristic


@pytest.mark.parametrize("q", [-2, 0, 1, 6, 12, 100, 2**61, 2**64, 10**30])
def test_sizes_of_no_field(q: int) -> None:
    if q == 2**61:
        assert Network(1, 1, 1).fiber(1).points(q) == q - 1
        return
    with pytest.raises(InputError, match="q must be a prime power"):
        Network(1, 1, 1).fiber().points(q)
    with pytest.raises(InputError, match="q must be a prime power"):
        Network(1, 1, 1).fiber().minimal_stratum.points(q)


def test_q_of_another_type() -> None:
    with pytest.raises(InputError, match=r"q must be an integer, not 2\.0"):
        fiber_points(Network(1, 1), 0, 2.0)  # type: ignore[arg-type]


def test_numbers_too_long_to_write_are_refused() -> None:
    wide = Network(10**9, 10**9, 10**9).fiber()
    for ask in (wide.point_polynomial, wide.minimal_stratum.point_polynomial):
        with pytest.raises(TooLargeError):
            ask()
    for ask_at in (wide.points, wide.minimal_stratum.points):
        with pytest.raises(TooLargeError):
            ask_at(2)


def test_the_refusal_says_how_many_digits() -> None:
    """8000 · 8000 entries, of log10(2) digits each."""
    with pytest.raises(TooLargeError, match="would have about 19265920 digits"):
        fiber_points(Network(8000, 8000), 0, 2)


def test_integers_of_numpy_do_not_overflow() -> None:
    fiber = Network(2, 3, 2).fiber(1)
    lowest = fiber.minimal_stratum
    for q in (np.uint8(2), np.int8(9), np.int64(4)):
        assert fiber.points(q) == fiber.points(int(q))
        assert lowest.points(q) == lowest.points(int(q))
        assert type(fiber.points(q)) is type(lowest.points(q)) is int
