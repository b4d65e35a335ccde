"""Routes against shortest paths in graphs of all strata and all real components, by networkx."""

from itertools import product

import networkx as nx
import pytest

from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Barcode, Fiber, Network
from linnet_exact.strata.order.moves import apply_move, covers_above
from linnet_exact.strata.order.route import find_route
from linnet_exact.strata.order.signs import move_signs, sign_names, signs_of_bar
from tests.strategies_strata import box_of_fibers


def cosets(barcode: Barcode) -> dict[int, frozenset[int]]:
    """For every vector of signs, all vectors that reversals of strands make of it."""
    names = list(sign_names(barcode))
    vectors = {0}
    for bit in names:
        vectors |= {vector | 1 << bit for vector in vectors}
    span = {0}
    for bar in barcode:
        span |= {vector ^ signs_of_bar(bar, barcode.depth) for vector in span}
    return {vector: frozenset(vector ^ other for other in span) for vector in vectors}


def graph_of_components(fiber: Fiber) -> nx.Graph:
    graph = nx.Graph()
    for stratum in fiber.strata():
        lower = stratum.barcode
        below = cosets(lower)
        graph.add_nodes_from((lower, coset) for coset in below.values())
        for move, upper in covers_above(lower):
            above, signs = cosets(upper), move_signs(lower, move)
            graph.add_edges_from(
                ((lower, coset), (upper, above[vector ^ signs])) for vector, coset in below.items()
            )
    return graph


def check_all_routes(fiber: Fiber) -> None:
    graph = graph_of_components(fiber)
    barcodes = [stratum.barcode for stratum in fiber.strata()]
    for start, goal in product(barcodes, repeat=2):
        lengths = nx.single_source_shortest_path_length(graph, (start, cosets(start)[0]))
        for signs, coset in cosets(goal).items():
            legs = find_route(start, goal, signs)
            assert (None if legs is None else len(legs)) == lengths.get((goal, coset))
            if legs:
                assert (legs[0].start, legs[-1].goal) == (start, goal)
            for leg in legs or []:
                assert apply_move(leg.lower, leg.move) == leg.upper


def test_real_routes_of_small_fibers() -> None:
    for fiber in box_of_fibers(2, 2):
        check_all_routes(fiber)
    for fiber in Network(1, 1, 1, 1).fibers():
        check_all_routes(fiber)


@pytest.mark.slow
def test_real_routes() -> None:
    for fiber in box_of_fibers(3, 2):
        check_all_routes(fiber)


def test_complex_routes_are_those_of_the_dag() -> None:
    fiber = Network(2, 2, 2, 2).fiber()
    graph = nx.Graph()
    for stratum in fiber.strata():
        graph.add_edges_from((stratum.barcode, up.barcode) for up in stratum.covers_above())
    for start, lengths in nx.all_pairs_shortest_path_length(graph):
        for goal, length in lengths.items():
            legs = find_route(start, goal, signs=0b110, real=False)
            assert legs is not None
            assert len(legs) == length


def test_limit() -> None:
    start, goal = Barcode.parse("0-0:9,1-1:9,2-2:9,3-3:9"), Barcode.parse("0-2:9,3-3:9")
    with pytest.raises(TooLargeError, match="more than 5 strata"):
        find_route(start, goal, limit=5)


def test_a_huge_fiber_is_not_listed() -> None:
    start, goal = (
        Barcode.parse("0-0:60,1-1:60,2-2:60,3-3:60"),
        Barcode.parse("0-2,0-0:59,1-1:59,2-2:59,3-3:60"),
    )
    legs = find_route(start, goal)
    assert legs is not None
    kinds = [(str(leg.move), leg.up) for leg in legs]
    assert sorted(kinds[:2]) == [("connect 0-0,1-1", True), ("connect 1-1,2-2", True)]
    assert kinds[2:] == [("swap 0-1,1-2", True)]
