"""What `report.py` times: comparisons with peers and bounds, and actions of growing size."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from itertools import combinations, pairwise
from math import log
from pathlib import Path
from random import Random
from statistics import linear_regression
from tempfile import TemporaryDirectory

import flint
import numpy as np
from _measure import compiled
from crosscheck import numpy_ranks
from paths import two_points

from linnet_exact.algebra import Matrix, Subspace
from linnet_exact.algebra.ranks.chain import chain_ranks, consecutive_products
from linnet_exact.algebra.ranks.probable import probable_chain_ranks
from linnet_exact.atlas import Box, build, export_blocks, open_atlas
from linnet_exact.landscape.inertia.inertia import inertia
from linnet_exact.numeric import crosscheck
from linnet_exact.strata import Network
from linnet_exact.strata.dag import StratumDAG
from linnet_exact.strata.dag_formats import dag_to_dot, dag_to_graphml, dag_to_json
from linnet_exact.strata.listing.text import stratum_texts
from linnet_exact.weights import path
from linnet_exact.weights.paths.path import Path as Way
from linnet_exact.weights.weights import Weights

Action = Callable[[], object]


def product_rows(size: int, rank: int, bits: int, symmetric: bool = False) -> list[list[int]]:
    random = Random(size)
    top = 1 << bits // 2
    left = flint.fmpz_mat(size, rank, [random.randint(-top, top) for _ in range(size * rank)])
    if symmetric:
        right = left.transpose()
    else:
        entries = [random.randint(-top, top) for _ in range(size * rank)]
        right = flint.fmpz_mat(rank, size, entries)
    return [[int(x) for x in row] for row in (left * right).table()]


def certified_rank() -> dict[str, Action]:
    rows = product_rows(128, 96, 10)
    array = np.array(rows, dtype=float)
    actions: dict[str, Action] = {
        "linnet-exact": lambda: Matrix(rows).rank(),
        "NumPy SVD rank (not exact)": lambda: np.linalg.matrix_rank(array),
        "FLINT fmpz_mat.rank": lambda: flint.fmpz_mat(rows).rank(),
    }
    if find_spec("sympy"):
        from sympy import ZZ
        from sympy.polys.matrices import DomainMatrix

        matrix = DomainMatrix([[ZZ(x) for x in row] for row in rows], (128, 128), ZZ)
        actions["SymPy DomainMatrix.rank"] = lambda: matrix.to_field().rank()
    return actions


def chain_of_low_rank() -> dict[str, Action]:
    chain = [Matrix(product_rows(128, 96, 10 + at)) for at in range(4)]
    floats = [np.array(matrix, dtype=float) for matrix in chain]

    def by_svd() -> None:
        for start in range(4):
            product = np.eye(128)
            for layer in floats[start:]:
                product = layer @ product
                np.linalg.matrix_rank(product)

    return {
        "linnet-exact": lambda: chain_ranks(chain),
        "NumPy SVD ranks (not exact)": by_svd,
        "linnet-exact, probable ranks": lambda: probable_chain_ranks(chain, seed=1),
    }


def chain_of_weights() -> dict[str, Action]:
    rng = np.random.default_rng(0)
    layers = [rng.standard_normal((m, n)).astype("f4") for n, m in pairwise((64, 16, 16, 10))]
    chain = [Matrix(layer) for layer in layers]

    def plain() -> None:
        product = consecutive_products(chain, lambda left, right: left @ right)
        for k, i in combinations(range(4), 2):
            product(i, k).coefficients[0].rank()

    return {"linnet-exact": lambda: chain_ranks(chain), "FLINT fmpz_mat.rank": plain}


def two_subspaces(size: int) -> list[list[list[int]]]:
    """Generators of two subspaces whose dimensions are two thirds of that of the space."""
    random = Random(size)
    shape = range(2 * size // 3), range(size)
    return [[[random.randint(-9, 9) for _ in shape[1]] for _ in shape[0]] for _ in "UV"]


def intersection() -> dict[str, Action]:
    generators = two_subspaces(96)
    left, right = map(Subspace, generators)
    first, second = map(flint.fmpz_mat, generators)

    def by_flint() -> None:
        rows = [*first.tolist(), *second.tolist()]
        kernel, nullity = flint.fmpz_mat(rows).transpose().nullspace()
        both = kernel.transpose().tolist()[:nullity]
        (flint.fmpz_mat([row[: first.nrows()] for row in both]) * first).rref()

    actions: dict[str, Action] = {
        "linnet-exact": lambda: left & right,
        "FLINT, null space and rref": by_flint,
    }
    if find_spec("sympy"):
        from sympy import QQ
        from sympy.polys.matrices import DomainMatrix

        shape = len(generators[0]), 96
        one, other = (DomainMatrix([list(map(QQ, r)) for r in g], shape, QQ) for g in generators)

        def by_sympy() -> None:
            kernel = one.vstack(other).transpose().nullspace()
            (kernel[:, : shape[0]] * one).rref()

        actions["SymPy DomainMatrix"] = by_sympy
    return actions


def symmetric_inertia(size: int, rank: int) -> Callable[[], dict[str, Action]]:
    def actions() -> dict[str, Action]:
        rows = product_rows(size, rank, 8, symmetric=True)
        matrix, array = Matrix(rows), np.array(rows, dtype=float)
        return {
            "linnet-exact": lambda: inertia(matrix),
            "NumPy eigvalsh (not exact)": lambda: np.linalg.eigvalsh(array),
        }

    return actions


def counting() -> dict[str, Action]:
    network = Network(*[6] * 6)

    return {
        "linnet-exact": lambda: network.fiber().count(),
        "listing them": lambda: sum(len(b.dimension) for b in network.fiber().listing().blocks()),
    }


def text_of_strata(style: str) -> Callable[[], dict[str, Action]]:
    fiber = Network(*[7] * 5).fiber()
    return lambda: {
        "linnet-exact": lambda: sum(map(len, stratum_texts(fiber.excess, style))),
        "listing alone": lambda: sum(len(b.dimension) for b in fiber.listing().blocks()),
    }


def text_of_dag(written: Callable[[StratumDAG], str]) -> Callable[[], dict[str, Action]]:
    fiber = Network(*[6] * 5).fiber()
    return lambda: {
        "linnet-exact": lambda: len(written(fiber.dag())),
        "its edges alone": lambda: len(fiber.dag().lower),
    }


def atlas_export() -> dict[str, Action]:
    folder = TemporaryDirectory()
    path = Path(folder.name, "small.atlas")
    build(path, Box(4, 4))

    def ours() -> int:
        with open_atlas(path) as opened:
            return sum(len(block.lines("csv")) for block in export_blocks(opened))

    def built() -> None:
        build(Path(folder.name, "again.atlas"), Box(4, 4))
        Path(folder.name, "again.atlas").unlink()

    return {"linnet-exact": ours, "building it": built}


def path_in_a_fiber() -> dict[str, Action]:
    fiber = Network(64, 16, 16, 10).fiber(3)
    start, end = two_points(fiber, Random(str(fiber)))
    found = path(start, end)

    def fresh() -> tuple[Weights, Weights]:
        return Weights(start.matrices), Weights(end.matrices)

    def replayed() -> None:
        Way(found.start, found.end, found.steps).check()

    return {"linnet-exact": lambda: path(*fresh()), "replaying it": replayed}


def crosschecked() -> dict[str, Action]:
    rng = np.random.default_rng(0)
    shapes = [(32, 256) if j % 2 == 0 else (256, 32) for j in range(24)]
    layers = [rng.standard_normal(shape).astype(np.float32) for shape in shapes]
    known = Weights(layers)
    doubles = [layer.astype(np.float64) for layer in layers]
    return {
        "linnet-exact": lambda: crosscheck(known, spectra=False),
        "NumPy matrix_rank of all products": lambda: numpy_ranks(doubles),
        "exact ranks alone": lambda: Weights(layers).rank_list,
    }


def processes(*arguments: str) -> Callable[[], dict[str, Action]]:
    def actions() -> dict[str, Action]:
        def process(*command: str) -> Action:
            done = partial(subprocess.run, [sys.executable, *command], check=True)
            return partial(done, capture_output=True, env=environment)

        environment = compiled(FOLDER.name)
        found = {
            "linnet-exact": process("-m", "linnet_exact", *arguments),
            "import click, flint": process("-c", "import click, flint"),
        }
        for action in found.values():
            action()  # compiles
        return found

    return actions


FOLDER = TemporaryDirectory()


def rank_action(size: int) -> Action:
    rows = product_rows(size, 3 * size // 4, 10)
    return lambda: Matrix(rows).rank()


WIDTH_OF = {Network(*[width] * 5).fiber().count(): width for width in range(3, 8)}


def inertia_action(size: int) -> Action:
    matrix = Matrix(product_rows(size, 2 * size // 3, 8, symmetric=True))
    return lambda: inertia(matrix)


def intersection_action(size: int) -> Action:
    left, right = map(Subspace, two_subspaces(size))
    return lambda: left & right


def text_action(strata: int) -> Action:
    fiber = Network(*[WIDTH_OF[strata]] * 5).fiber()
    return lambda: sum(map(len, stratum_texts(fiber.excess, "json")))


@dataclass(frozen=True)
class Scaling:
    """An action of growing size."""

    name: str
    make: Callable[[int], Action]
    sizes: Sequence[int]
    expected: float

    def exponent(self, sizes: Sequence[int], seconds: Sequence[float]) -> float:
        """Return the slope that fits the upper half best, of logarithms by least squares."""
        half = (len(sizes) - 1) // 2
        x, y = (list(map(log, values[half:])) for values in (sizes, seconds))
        return linear_regression(x, y).slope


COMPARISONS: dict[str, Callable[[], dict[str, Action]]] = {
    "certified rank, 128×128 of rank 96, 10 bits": certified_rank,
    "certified ranks, 4 layers of 128 of rank 96": chain_of_low_rank,
    "certified ranks, float32 weights 64,16,16,10": chain_of_weights,
    "intersection, dimensions 64 in 96-space": intersection,
    "inertia, 128×128 of rank 85": symmetric_inertia(128, 85),
    "inertia, 300×300 of rank 200": symmetric_inertia(300, 200),
    "path in a fiber of 64,16,16,10": path_in_a_fiber,
    "crosscheck, 24 layers of 256/32": crosschecked,
    "count the strata of 6^6": counting,
    "JSON lines of the 44,473 strata of 7^5": text_of_strata("json"),
    "CSV of the 44,473 strata of 7^5": text_of_strata("csv"),
    "JSON of the DAG of 6^5, 17,875 strata": text_of_dag(dag_to_json),
    "DOT of the DAG of 6^5, 17,875 strata": text_of_dag(dag_to_dot),
    "GraphML of the DAG of 6^5, 17,875 strata": text_of_dag(dag_to_graphml),
    "atlas export, 228,557 rows": atlas_export,
    "process `count 6^6`": processes("count", "6^6"),
    "process `fiber 3^5`": processes("fiber", "3^5"),
}
SCALINGS = [
    Scaling("certified rank", rank_action, (48, 64, 96, 128, 192, 256), 4),
    Scaling("inertia", inertia_action, (96, 128, 192, 256, 320), 4),
    Scaling("intersection", intersection_action, (24, 36, 48, 72, 96), 4),
    Scaling("text, by strata", text_action, tuple(WIDTH_OF), 1),
]
