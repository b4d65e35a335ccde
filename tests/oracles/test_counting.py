"""Normaliz and GUDHI: strata are lattice points of polytopes, barcodes are persistent homology."""

from itertools import pairwise
from random import Random

import pytest

from linnet_exact import Network, Weights

WIDTHS = [(2, 2), (2, 3, 2), (3, 3, 3), (2, 1, 2, 2), (2, 2, 2, 2), (3, 4, 2, 3), (2, 2, 2, 2, 2)]


@pytest.mark.oracle("Normaliz")
def test_normaliz(oracle, agree) -> None:
    """Multiplicities of bars that are alive at each layer as often as its width."""
    normaliz = oracle("PyNormaliz")
    for widths in WIDTHS:
        depth = len(widths) - 1
        bars = [(i, k) for i in range(depth + 1) for k in range(i, depth + 1)]
        for fiber in Network(*widths).fibers():
            equations = [
                [*(int(i <= layer <= k) for i, k in bars), -width]
                for layer, width in enumerate(widths)
            ]
            equations.append([*(int(bar == (0, depth)) for bar in bars), -fiber.rank])
            cone = normaliz.Cone(inhom_equations=equations, signs=[[1] * len(bars)])
            agree("number of strata of a fiber", fiber.count(), cone.NumberLatticePoints())


@pytest.mark.oracle("GUDHI")
def test_gudhi(oracle, agree) -> None:
    """Connected components of a growing graph, and the maps between them."""
    gudhi = oracle("gudhi")
    random = Random(3)
    for _ in range(40):
        layers, vertices = random.randint(2, 5), random.randint(2, 7)
        born = {v: random.randrange(layers) for v in range(vertices)}
        born[0] = 0
        edges = {
            (u, v): max(born[u], born[v], random.randrange(layers + 2))
            for u in range(vertices) for v in range(u) if random.random() < 0.5
        }  # fmt: skip
        tree = gudhi.SimplexTree()
        for vertex, time in born.items():
            tree.insert([vertex], time)
        for edge, time in edges.items():
            tree.insert(list(edge), time)
        tree.compute_persistence(homology_coeff_field=11, persistence_dim_max=True)
        theirs = sorted(
            (int(birth), layers - 1 if death >= layers else int(death) - 1)
            for birth, death in tree.persistence_intervals_in_dimension(0)
            if birth < layers
        )
        theta = Weights(maps_of_components(born, edges, layers))
        ours = sorted((b.start, b.end) for b, n in theta.barcode.items() for _ in range(n))
        agree("barcode of the components of a growing graph", ours, theirs)


def maps_of_components(born: dict, edges: dict, layers: int) -> list[list[list[int]]]:
    of_layers = []
    for time in range(layers):
        component = {v: v for v in born if born[v] <= time}
        for (u, v), when in edges.items():
            if when <= time:
                old, new = component[u], component[v]
                component = {w: new if c == old else c for w, c in component.items()}
        of_layers.append(component)
    maps = []
    for before, after in pairwise(of_layers):
        columns, rows = sorted(set(before.values())), sorted(set(after.values()))
        maps.append([[int(after[c] == r) for c in columns] for r in rows])
    return maps
