"""Layered drawings: nothing overlaps, edges keep off boxes, and few of them cross."""

from itertools import combinations, pairwise
from random import Random

import pytest

from linnet_exact.draw.dag.crossings import count_crossings, inversions
from linnet_exact.draw.dag.layers import cut_edges
from linnet_exact.draw.dag.layout import DagLayout, Measures, Route, lay_out
from linnet_exact.draw.dag.ordering import order_rows
from linnet_exact.strata import Network

MEASURES = Measures(60, 30)


def graph_of(widths: str, rank: int) -> tuple[list[int], list[tuple[int, int]]]:
    dag = Network.parse(widths).fiber(rank).dag()
    rows = sorted(set(dag.dimension.tolist()), reverse=True)
    edges = list(zip(dag.upper.tolist(), dag.lower.tolist(), strict=True))
    return [rows.index(dimension) for dimension in dag.dimension.tolist()], edges


def random_graph(seed: int) -> tuple[list[int], list[tuple[int, int]]]:
    random = Random(seed)
    rows = random.randint(1, 7)
    row_of = [*range(rows), *(random.randrange(rows) for _ in range(random.randint(0, 20)))]
    pairs = [
        (a, b) for a in range(len(row_of)) for b in range(len(row_of)) if row_of[a] < row_of[b]
    ]
    return row_of, random.sample(pairs, random.randint(0, len(pairs) // 4))


GRAPHS = [
    *(pytest.param(*graph_of(widths, rank), id=f"{widths} rank {rank}") for widths, rank in [
        ("1,1", 0), ("2,3,2", 2), ("1,1,1", 0), ("2,2,2", 0), ("2^4", 0), ("2,3,3,2", 1),
        ("1^6", 0), ("4,1,3", 1), ("9,9", 0), ("2^5", 1),
    ]),
    *(pytest.param(*random_graph(seed), id=f"random {seed}") for seed in range(8)),
]  # fmt: skip


def curve(route: Route) -> list[tuple[float, float]]:
    """Points on the way of an edge, close to each other."""
    found: list[tuple[float, float]] = []
    for at, ((x, y), (u, v)) in enumerate(pairwise(route.points)):
        if at % 2:
            assert x == u  # past a row it runs straight down
        for step in range(17):
            t = step / 16
            if at % 2:
                found.append((x, y + t * (v - y)))
                continue
            s = 3 * t * t * (1 - t) + t**3  # both ends of the cubic curve are vertical
            middle = (y + v) / 2
            down = (1 - t) ** 3 * y + 3 * t * (1 - t) * middle + t**3 * v
            found.append((x + s * (u - x), down))
    return found


@pytest.mark.parametrize(("row_of", "edges"), GRAPHS)
def test_geometry(row_of: list[int], edges: list[tuple[int, int]]) -> None:
    layout = lay_out(row_of, edges, MEASURES)
    assert len(layout.boxes) == len(row_of)
    for at, row in enumerate(layout.rows):
        assert {row_of[node] for node in row.nodes} <= {at}
        assert {layout.boxes[node].y for node in row.nodes} <= {row.y}
        for left, right in pairwise(layout.boxes[node] for node in row.nodes):
            assert left.x + left.width + MEASURES.gap <= right.x
    for above, below in pairwise(layout.rows):
        assert above.y + above.height + MEASURES.channel <= below.y
    assert sorted(node for row in layout.rows for node in row.nodes) == list(range(len(row_of)))
    for (upper, lower), route in zip(edges, layout.routes, strict=True):
        for node, (x, y), edge in [
            (upper, route.points[0], layout.boxes[upper].y + layout.boxes[upper].height),
            (lower, route.points[-1], layout.boxes[lower].y),
        ]:
            assert layout.boxes[node].x < x < layout.boxes[node].x + layout.boxes[node].width
            assert y == edge
        assert_keeps_off(layout, route, {upper, lower})


def assert_keeps_off(layout: DagLayout, route: Route, ends: set[int]) -> None:
    points = curve(route)
    assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in points)
    for node, box in enumerate(layout.boxes):
        near = 0 if node in ends else 4
        for x, y in points:
            within = box.x - near < x < box.x + box.width + near and box.y < y < box.y + box.height
            assert not within, (node, x, y)


@pytest.mark.parametrize(("row_of", "edges"), GRAPHS)
def test_crossings_are_counted_and_few(row_of: list[int], edges: list[tuple[int, int]]) -> None:
    layers = cut_edges(row_of, edges)
    rows = order_rows(layers)
    assert [sorted(row) for row in rows] == [sorted(row) for row in layers.rows]
    fewest = count_crossings(layers, rows)
    assert fewest <= count_crossings(layers, layers.rows)
    pieces = [
        [(at, row.index(end)) for at, vertex in enumerate(above) for end in layers.below[vertex]]
        for above, row in pairwise(rows)
    ]
    assert fewest == sum(
        (a - c) * (b - d) < 0 for found in pieces for (a, b), (c, d) in combinations(found, 2)
    )
    assert lay_out(row_of, edges, MEASURES).crossings == fewest


def test_inversions_by_all_pairs() -> None:
    random = Random(3)
    for _ in range(50):
        pairs = [(random.randrange(6), random.randrange(6)) for _ in range(random.randrange(25))]
        crossing = sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(pairs, 2))
        assert inversions(pairs) == crossing


def test_a_planar_lattice_has_no_crossings() -> None:
    row_of, edges = graph_of("2,2,2", 0)
    assert lay_out(row_of, edges, MEASURES).crossings == 0
