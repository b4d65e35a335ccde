"""Orders of rows: what sifting promises, what searches start from, and the same every time."""

from random import Random

import pytest

from linnet_exact.draw.dag.crossings import count_crossings
from linnet_exact.draw.dag.layers import Layers, cut_edges
from linnet_exact.draw.dag.ordering import order_rows
from linnet_exact.draw.dag.sifting import sift
from linnet_exact.draw.dag.starts import from_below, from_mode


def layers_of(seed: int) -> Layers:
    random = Random(seed)
    row_of = [0, 1, 2, *(random.randrange(3) for _ in range(random.randint(0, 12)))]
    nodes = range(len(row_of))
    pairs = [(a, b) for a in nodes for b in nodes if row_of[a] < row_of[b]]
    return cut_edges(row_of, random.sample(pairs, random.randint(0, min(len(pairs), 20))))


@pytest.mark.parametrize("seed", range(12))
def test_after_sifting_no_vertex_alone_can_do_better(seed: int) -> None:
    layers = layers_of(seed)
    rows = [list(row) for row in layers.rows]
    sift(layers, rows)
    least = count_crossings(layers, rows)
    assert least <= count_crossings(layers, layers.rows)
    for at, row in enumerate(rows):
        for vertex in row:
            rest = [other for other in row if other != vertex]
            for to in range(len(row)):
                moved = [*rows[:at], [*rest[:to], vertex, *rest[to:]], *rows[at + 1 :]]
                assert count_crossings(layers, moved) >= least


@pytest.mark.parametrize("seed", range(6))
def test_starts_are_orders_of_all_rows(seed: int) -> None:
    layers = layers_of(seed)
    for rows in (from_below(layers), from_mode(layers)):
        assert [sorted(row) for row in rows] == [sorted(row) for row in layers.rows]


def test_the_mode_untangles_two_ladders() -> None:
    """Two paths from the top to the bottom row that change sides in every row."""
    height = 9
    row_of = [row for row in range(height) for _ in range(2)]
    rails = [(2 * at + side, 2 * at + 3 - side) for at in range(height - 1) for side in (0, 1)]
    layers = cut_edges(row_of, rails)
    assert count_crossings(layers, layers.rows) == height - 1
    assert count_crossings(layers, from_mode(layers)) == 0
    assert count_crossings(layers, order_rows(layers)) == 0


def test_the_same_every_time() -> None:
    layers = layers_of(5)
    assert order_rows(layers) == order_rows(layers)
