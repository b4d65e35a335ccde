"""The blocks against the Jacobians of real weights, entry by entry."""

from itertools import product

import pytest

from linnet_exact.algebra import Matrix
from linnet_exact.claims.proof.blocks import bar_types, block, ranks_of
from linnet_exact.strata import Barcode, Interval
from linnet_exact.weights import canonical_weights
from linnet_exact.weights.jacobian import differential, orbit_differential, stabilizer_condition
from linnet_exact.weights.strands import strands


def entries_between(
    matrices: list[tuple[int, list, list]], source: Interval, target: Interval
) -> dict[int, int]:
    """Positions, by layer, of the entry from `source` to `target` in matrices put in one row."""
    positions, used = {}, 0
    for layer, before, after in matrices:
        if (source, 0) in before and (target, 0) in after:
            row, column = after.index((target, 0)), before.index((source, 0))
            positions[layer] = used + row * len(before) + column
        used += len(before) * len(after)
    return positions


def submatrix(matrix: Matrix, rows: list[int], columns: list[int]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(matrix[i, j]) for j in columns) for i in rows)


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_blocks_are_those_of_the_jacobians_at_the_canonical_point(depth: int) -> None:
    barcode = Barcode(dict.fromkeys(bar_types(depth), 1))
    theta = canonical_weights(barcode)
    alive = strands(barcode)
    slots_of = [(j, alive[j - 1], alive[j]) for j in range(1, depth + 1)]
    layers_of = [(j, alive[j], alive[j]) for j in range(depth + 1)]
    corner = [(0, alive[0], alive[-1])]
    tangent_map, condition = orbit_differential(theta), stabilizer_condition(theta)
    product_map = differential(theta)
    seen = set()
    for source, target in product(bar_types(depth), repeat=2):
        found = block(depth, source, target)
        slots = entries_between(slots_of, source, target)
        layers = entries_between(layers_of, source, target)
        ends = list(entries_between(corner, source, target).values())
        assert (tuple(slots), tuple(layers)) == (found.slots, found.layers)
        rows, columns = list(slots.values()), list(layers.values())
        assert submatrix(tangent_map, rows, columns) == found.tangent_map
        nonzero = [row for row in submatrix(condition, ends, columns) if any(row)]
        assert tuple(nonzero) == found.condition
        assert [row for row in submatrix(product_map, ends, rows) if row] == list(
            found.differential
        )
        others = [j for j in range(tangent_map.ncols) if j not in columns]
        assert not any(map(any, submatrix(tangent_map, rows, others)))
        seen.update(rows)
    assert seen == set(range(tangent_map.nrows))


def test_ranks_of_a_block_without_unknowns() -> None:
    connect = block(2, Interval(0, 0), Interval(1, 1))
    assert connect.tangent_map == ((),)
    assert ranks_of(connect).tangent == 0
