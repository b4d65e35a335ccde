"""Routes against shortest paths in graphs of all strata and all real components, by networkx."""

from itertools import product
from random import Random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode, Fiber, Network
from linnet_exact.strata.order import greedy
from linnet_exact.strata.order.moves import apply_move, covers_above, rising_moves
from linnet_exact.strata.order.packed import PackedFiber
from linnet_exact.strata.order.route import Leg, fiber_invariants, find_route
from linnet_exact.strata.order.shortest import shortest_walk
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
            route = find_route(start, goal, signs)
            legs = None if route is None else route.legs
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
            route = find_route(start, goal, signs=0b110, real=False)
            assert route is not None
            assert (len(route.legs), route.shortest) == (length, True)


def test_greedy_routes_of_small_fibers() -> None:
    """With no room for a search: valid, on the right component, and never twice as long."""
    for fiber in [*box_of_fibers(2, 2), *Network(1, 1, 1, 1).fibers()]:
        graph = graph_of_components(fiber)
        barcodes = [stratum.barcode for stratum in fiber.strata()]
        for start, goal in product(barcodes, repeat=2):
            lengths = nx.single_source_shortest_path_length(graph, (start, cosets(start)[0]))
            for signs, coset in cosets(goal).items():
                route = find_route(start, goal, signs, limit=0)
                shortest = lengths.get((goal, coset))
                assert (route is None) == (shortest is None)
                if route is not None and shortest is not None:
                    check_route(route.legs, start, goal, signs)
                    assert shortest <= len(route.legs) <= 2 * shortest
                    assert not route.shortest or len(route.legs) == shortest
                    assert route.shortest or shortest > 1  # nothing is shorter than one step


@pytest.mark.parametrize(
    ("widths", "rank"),
    [((2, 2, 2, 2), 0), ((2, 3, 3, 2), 2), ((1, 2, 2, 2, 1), 0), ((2, 2, 1, 2, 2), 1)],
    ids=str,
)
def test_greedy_routes_of_deeper_fibers(widths: tuple[int, ...], rank: int) -> None:
    """Pairs of components at random: of depth 3 and 4, and where the real fiber is in parts."""
    fiber, random = Network(*widths).fiber(rank), Random(str(widths))
    graph = graph_of_components(fiber)
    ends = random.choices(list(graph), k=20)
    for start, _ in ends[:4]:
        lengths = nx.single_source_shortest_path_length(graph, (start, cosets(start)[0]))
        for goal, coset in ends:
            signs, shortest = min(coset), lengths.get((goal, coset))
            route, searched = (find_route(start, goal, signs, limit=limit) for limit in (0, 10**6))
            assert (route is None) == (searched is None) == (shortest is None)
            if route is not None and searched is not None and shortest is not None:
                check_route(route.legs, start, goal, signs)
                assert shortest <= len(route.legs) <= 2 * shortest
                assert (len(searched.legs), searched.shortest) == (shortest, True)


def check_route(legs: list[Leg], start: Barcode, goal: Barcode, signs: int) -> None:
    """Replay a walk of covers, and look for reversals of strands that make up for its signs."""
    here, span = start, {0}
    for barcode in [start, *(leg.goal for leg in legs)]:
        for bar in barcode:
            span |= {vector ^ signs_of_bar(bar, start.depth) for vector in span}
    for leg in legs:
        assert leg.start == here
        assert (leg.move, leg.upper) in covers_above(leg.lower)
        here, signs = leg.goal, signs ^ move_signs(leg.lower, leg.move)
    assert here == goal
    assert signs in span


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 6), min_size=3, max_size=7), st.randoms(use_true_random=False))
def test_greedy_routes_of_any_fiber(widths: list[int], random: Random) -> None:
    network = Network(*widths)
    fiber = network.fiber(random.randint(0, network.min_width))
    ends = []
    for _ in range(2):
        barcode = fiber.minimal_stratum.barcode
        for _ in range(random.randint(0, 12)):
            if moves := list(rising_moves(barcode)):
                barcode = apply_move(barcode, random.choice(moves))
        ends.append(barcode)
    signs = sum(1 << bit for bit in sign_names(ends[0]) if random.random() < 0.5)
    route = find_route(*ends, signs, limit=0)
    searched = find_route(*ends, signs)
    assert (route is None) == (searched is None)
    if route is not None and searched is not None:
        check_route(route.legs, *ends, signs)
        check_route(searched.legs, *ends, signs)
        if searched.shortest:
            assert len(searched.legs) <= len(route.legs) <= 2 * len(searched.legs)
    else:
        invariants = fiber_invariants(ends[0]).values()
        assert any((signs & bits).bit_count() % 2 for bits in invariants)


def test_no_part_of_a_greedy_walk_can_be_replaced_by_a_shorter_one() -> None:
    """The parts of eight covers that begin at every other place, where a search ends soon."""
    numbers, replaced = Random(4), 0
    for _ in range(12):
        network = Network(*(numbers.randint(2, 4) for _ in range(numbers.randint(4, 6))))
        packed = PackedFiber(network.fiber().minimal_stratum.barcode)
        ends = []
        for _ in range(2):
            barcode = network.fiber().minimal_stratum.barcode
            while moves := list(rising_moves(barcode)):
                barcode = apply_move(barcode, numbers.choice(moves))
            ends.append(packed.state(barcode))
        walk, there = greedy.greedy_walk(packed, *ends), list(greedy._strides(packed, *ends))
        back = list(greedy._strides(packed, *ends[::-1]))
        replaced += len(walk) < min(len(there), len(back))
        for at in range(0, len(walk) - 2, 2):
            part = walk[at : at + 8]
            shorter, _ = shortest_walk(packed, part[0].state, part[-1].end(packed), 1000)
            assert shorter is None or len(shorter) == len(part)
    assert replaced


def test_far_ends_of_a_huge_fiber() -> None:
    """8^9 has 10^21 strata and more; a search of both ends meets only a few of them."""
    rows = list(Network(*[8] * 9).fiber().components() or [])
    start, goal = rows[0].barcode, rows[-1].barcode
    route = find_route(start, goal)
    assert route is not None
    check_route(route.legs, start, goal, 0)


def test_a_huge_fiber_is_not_listed() -> None:
    start, goal = (
        Barcode.parse("0-0:60,1-1:60,2-2:60,3-3:60"),
        Barcode.parse("0-2,0-0:59,1-1:59,2-2:59,3-3:60"),
    )
    route = find_route(start, goal)
    assert route is not None
    legs = route.legs
    kinds = [(str(leg.move), leg.up) for leg in legs]
    assert sorted(kinds[:2]) == [("connect 0-0,1-1", True), ("connect 1-1,2-2", True)]
    assert kinds[2:] == [("swap 0-1,1-2", True)]


@pytest.mark.parametrize(
    ("barcode", "signs"),
    [("0-2", 0b1), ("0-2,1-1", 0b100), ("0-0,1-1,2-2", 0b1000), ("0-1", 0b1), ("0-2", 0b10000)],
)
def test_signs_of_empty_blocks_are_refused(barcode: str, signs: int) -> None:
    """A determinant of size 0 is 1; over C no sign is looked at."""
    ends = Barcode.parse(barcode), Barcode.parse(barcode)
    assert not signs & sum(1 << bit for bit in sign_names(ends[0]))
    with pytest.raises(InputError, match="signs are given by the bits that are in use"):
        find_route(*ends, signs)
    route = find_route(*ends, signs, real=False)
    assert route is not None
    assert (route.legs, route.shortest) == ([], True)


def test_what_is_no_pair_of_components() -> None:
    start = Barcode.parse("0-0,1-1,2-2")
    for signs in (-1, "1", 0.0, None):
        with pytest.raises(InputError, match="signs"):
            find_route(start, start, signs)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="their widths are 1,1,1 and 1,2,1"):
        find_route(start, Barcode.parse("0-0,1-2,1-1"))
    with pytest.raises(InputError, match="their ranks are 0 and 1"):
        find_route(start, Barcode.parse("0-2"), real=False)
