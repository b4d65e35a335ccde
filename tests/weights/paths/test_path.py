"""Paths between points of one fiber, replayed from scratch; what separates points without one."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

import networkx as nx
import pytest

from linnet_exact import Barcode, Matrix, Network, NumberField, Weights
from linnet_exact.errors import CertificateError, InputError, NoPathError
from linnet_exact.strata import Fiber
from linnet_exact.weights import Path, act, path
from linnet_exact.weights.paths.steps import GroupStep
from tests.strategies_fields import CUBIC, IMAGINARY
from tests.strategies_strata import box_of_fibers
from tests.weights.reference import point, product_of, ranks_of

TIMES = (0, Fraction(1, 5), Fraction(1, 2), Fraction(99, 100), 1)


def replay(found: Path) -> None:
    """Follow the path by products and minors alone."""
    depth = found.start.depth
    target = product_of(found.start, depth, 0)
    passed = [ranks_of(found.start)]
    here = found.start
    for step in found.steps:
        assert step.at(0) == here
        for time in TIMES:
            point = step.at(time)
            assert product_of(point, depth, 0) == target
            ranks = ranks_of(point)
            if 0 < time < 1:
                assert ranks == dict(step.barcode.rank_list)
            elif ranks != passed[-1]:
                passed.append(ranks)
        here = step.at(1)
    assert here == found.end
    assert passed == [dict(barcode.rank_list) for barcode in found.barcodes]


def ordered_pairs(fiber: Fiber, most: int) -> list[tuple[Weights, Weights]]:
    points = [point(stratum.barcode, seed) for stratum in fiber.strata() for seed in (1, 2)]
    pairs = list(product(points, repeat=2))
    return pairs if len(pairs) <= most else Random(str(fiber)).sample(pairs, most)


def opposite_at_a_narrow_layer(start: Weights, end: Weights) -> bool:
    """Whether W_{j~0} = g W'_{j~0} with det g < 0 at a hidden layer of width r."""
    rank = start.barcode.rank
    for j in range(1, start.depth):
        if rank and start.network.widths[j] == rank:
            _, pivots = start.product(j, 0).rref()
            signs = [theta.product(j, 0)[:, pivots].det() > 0 for theta in (start, end)]
            if signs[0] != signs[1]:
                return True
    return False


def check_pairs(fiber: Fiber, most: int) -> int:
    unreachable = 0
    for start, end in ordered_pairs(fiber, most):
        try:
            found = path(start, end)
        except NoPathError:
            assert opposite_at_a_narrow_layer(start, end)
            unreachable += 1
            continue
        assert not opposite_at_a_narrow_layer(start, end)
        assert (found.start, found.end) == (start, end)
        found.check()
        replay(found)
    return unreachable


def test_all_pairs_of_small_fibers() -> None:
    assert sum(check_pairs(fiber, 6) for fiber in box_of_fibers(2, 2)) > 0


@pytest.mark.slow
def test_many_pairs_of_fibers() -> None:
    assert sum(check_pairs(fiber, 40) for fiber in box_of_fibers(3, 2)) > 0
    assert sum(check_pairs(fiber, 4) for fiber in box_of_fibers(2, 3)) > 0


@pytest.mark.parametrize("widths", [(1, 1, 1), (2, 2, 2), (1, 2, 2, 1)], ids=str)
def test_as_few_strata_as_the_dag_allows(widths: tuple[int, ...]) -> None:
    """Between different strata, and where one real component is all there is."""
    fiber = Network(*widths).fiber()
    graph = nx.Graph()
    barcodes = [stratum.barcode for stratum in fiber.strata()]
    for stratum in fiber.strata():
        graph.add_edges_from((stratum.barcode, up.barcode) for up in stratum.covers_above())
    for start, end in product(barcodes, repeat=2):
        found = path(point(start, 1), point(end, 2))
        shortest = nx.shortest_path_length(graph, start, end)
        assert len(found.barcodes) - 1 >= shortest
        assert set(nx.utils.pairwise(found.barcodes)) <= set(graph.to_directed().edges)
        if start.stratum.real_components == end.stratum.real_components == 1:
            assert len(found.barcodes) - 1 == shortest


def test_one_stratum_and_component_needs_no_other() -> None:
    start = point(Barcode.parse("0-0,0-1,0-2,1-1,1-2,2-2"), 1)
    end = point(start.barcode, 2)
    found = path(start, end)
    assert (found.moves, found.separated_by) == ([], [])
    assert len(found.steps) <= 5
    assert path(start, start).steps == ()


def test_components_of_one_stratum() -> None:
    """W_1 > 0 and W_1 < 0 with W_2 = 0 are told apart, and joined through W_1 = 0."""
    start, end = Weights([[[3]], [[0]]]), Weights([[["-1/2"]], [[0]]])
    found = path(start, end)
    assert found.separated_by == ["layer 1 * null W"]
    assert [str(barcode) for barcode in found.barcodes] == ["0-1,2-2", "0-0,1-1,2-2", "0-1,2-2"]
    replay(found)


def test_fiber_that_is_not_connected() -> None:
    start, end = Weights([[[1]], [[6]]]), Weights([[[-2]], [[-3]]])
    with pytest.raises(NoPathError, match="differ in the sign of layer 1 \\* row W"):
        path(start, end)
    replay(path(start, Weights([[[2]], [[3]]])))
    # A wider hidden layer leaves room to turn around.
    replay(path(Weights([[[1], [0]], [[6, 0]]]), Weights([[[-2], [0]], [[-3, 0]]])))


def test_full_rank_and_depth_one() -> None:
    theta = Weights([[[1, 2], [3, 4]]])
    assert path(theta, theta).barcodes == [theta.barcode]
    g = Matrix([[0, 1], [1, 0]])
    square = Weights([[[1, 2], [3, 4]], [[5, 6], [7, 9]]])
    with pytest.raises(NoPathError):
        path(square, act([Matrix.identity(2), g, Matrix.identity(2)], square))
    h = Matrix([[0, -1], [1, 0]])
    replay(path(square, act([Matrix.identity(2), h, Matrix.identity(2)], square)))


def test_different_fibers() -> None:
    theta = Weights([[[1, 2]], [[1], [2]]])
    with pytest.raises(InputError, match="products differ at row 2, column 1, where they are 2 an"):
        path(theta, Weights([[[1, 2]], [[1], ["5/2"]]]))
    with pytest.raises(InputError, match="widths are 2,1,2 and 2,2"):
        path(theta, Weights([[[1, 2], [2, 4]]]))
    other = NumberField("sqrt(3)")
    with pytest.raises(InputError, match="cannot mix the fields"):
        path(Weights(theta.matrices, NumberField("sqrt(2)")), Weights(theta.matrices, other))


@pytest.mark.parametrize("field", [NumberField("sqrt(2)"), CUBIC], ids=repr)
def test_real_fields(field: NumberField) -> None:
    a = field.gen
    start, end = Weights([[[1]], [[0]]], field), Weights([[[a]], [[0]]], field)
    assert bool(path(start, end).moves) == (a < 0)
    replay(path(start, end))
    replay(path(point(Barcode.parse("0-1,1-2"), 1), point(Barcode.parse("0-0,1-1:2,2-2"), 2)))


def test_without_real_embedding_signs_play_no_part() -> None:
    start, end = Weights([[[1]], [[6]]], IMAGINARY), Weights([[[-2]], [[-3]]], IMAGINARY)
    found = path(start, end)
    assert ([step.kind for step in found.steps], found.separated_by) == (["scale", "scale"], [])
    replay(found)


def test_with_a_choice_of_real_embeddings_signs_are_not_known() -> None:
    field = NumberField([-2, 0, 1])
    start, end = Weights([[[1]], [[6]]], field), Weights([[[-2]], [[-3]]], field)
    with pytest.raises(InputError, match="several real embeddings; choose one with near="):
        path(start, end)


def test_wide_network() -> None:
    start = point(Barcode.parse("0-0:6,0-1:5,0-2:3,1-1:4,1-2:3,2-2:5"), 1)
    found = path(start, point(Barcode.parse("0-0:5,0-1:6,0-2:3,1-1:2,1-2:4,2-2:4"), 2))
    found.check()
    assert len(found.steps) - len(found.moves) <= 5


def one_step() -> Path:
    start = point(Barcode.parse("0-0,0-2,1-1:2,2-2"), 1)
    found = path(start, point(start.barcode, 2))
    found.check()
    assert isinstance(found.steps[0], GroupStep)
    return found


def test_tampered_paths_are_refused() -> None:
    found = one_step()
    first, *rest = found.steps
    other = point(found.start.barcode, 3)
    for forged, message in [
        (replace(found, end=other), "does not arrive at its end"),
        (replace(found, start=other), "step 1 does not start where the path has come to"),
        (replace(found, steps=tuple(rest)), "step 1 does not start|does not arrive"),
        (replace(found, steps=(first, first, *rest)), "step 2 does not start"),
    ]:
        with pytest.raises(CertificateError, match=message):
            forged.check()


def test_tampered_steps_are_refused() -> None:
    step = next(step for step in one_step().steps if step.kind == "shear")
    sizes = [factor.nrows for factor in step.factors]
    full = tuple(Matrix([[1 + i * j for j in range(n)] for i in range(n)]) for n in sizes)
    reflected = tuple(factor * -1 for factor in step.factors)
    scaled = (step.factors[0] * 2, *step.factors[1:])
    for factors, message in [
        (full, "a factor of a step is neither triangular nor dominant"),
        (reflected, "becomes singular on the way"),
        (scaled, "do not stabilise the product"),
    ]:
        with pytest.raises(CertificateError, match=message):
            replace(step, factors=factors).check()
    with pytest.raises(InputError, match="between 0 and 1, not 2"):
        step.at(2)


def test_tampered_moves_are_refused() -> None:
    low, high = Barcode.parse("0-0,1-1,2-2"), Barcode.parse("0-1,2-2")
    up, down = (
        path(point(low, 1), point(high, 1)).steps[0],
        path(point(high, 1), point(low, 1)).steps[0],
    )
    assert (up.up, down.up) == (True, False)
    for step in (up, down):
        step.check()
        wrong = replace(step.move, before=step.move.after, after=step.move.before)
        with pytest.raises(CertificateError, match="lower end of a step is on"):
            replace(step, move=wrong).check()
        wrong = replace(step.move, epsilon=0)
        with pytest.raises(CertificateError):
            replace(step, move=wrong).check()
