"""What `report.py` times: comparisons with peers and bounds, and actions of growing size."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from math import log
from random import Random

import flint
import numpy as np

from linnet_exact.algebra import Matrix
from linnet_exact.landscape.inertia.inertia import inertia
from linnet_exact.strata import Network
from linnet_exact.strata.counting.counts import count_strata
from linnet_exact.strata.dag_formats import dag_to_json
from linnet_exact.strata.listing.text import stratum_texts

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


def symmetric_inertia() -> dict[str, Action]:
    rows = product_rows(128, 85, 8, symmetric=True)
    matrix, array = Matrix(rows), np.array(rows, dtype=float)
    return {
        "linnet-exact": lambda: inertia(matrix),
        "NumPy eigvalsh (not exact)": lambda: np.linalg.eigvalsh(array),
    }


def counting() -> dict[str, Action]:
    network = Network(*[6] * 6)

    def ours() -> int:
        count_strata.cache_clear()
        return network.fiber().count()

    return {
        "linnet-exact": ours,
        "listing them": lambda: sum(len(b.dimension) for b in network.fiber().listing().blocks()),
    }


def text_of_strata() -> dict[str, Action]:
    fiber = Network(*[6] * 5).fiber()
    return {
        "linnet-exact": lambda: sum(map(len, stratum_texts(fiber.excess, "json"))),
        "listing alone": lambda: sum(len(b.dimension) for b in fiber.listing().blocks()),
    }


def text_of_dag() -> dict[str, Action]:
    fiber = Network(*[5] * 5).fiber()
    return {
        "linnet-exact": lambda: len(dag_to_json(fiber.dag())),
        "its edges alone": lambda: len(fiber.dag().lower),
    }


def process(*arguments: str) -> Action:
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, check=True, capture_output=True)


def processes(*arguments: str) -> Callable[[], dict[str, Action]]:
    return lambda: {
        "linnet-exact": process("-m", "linnet_exact", *arguments),
        "import click, flint": process("-c", "import click, flint"),
    }


def rank_action(size: int) -> Action:
    rows = product_rows(size, 3 * size // 4, 10)
    return lambda: Matrix(rows).rank()


WIDTH_OF = {Network(*[width] * 5).fiber().count(): width for width in range(3, 8)}


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
        """Return the slope between the middle and the largest size."""
        half = len(sizes) // 2
        grown = log(sizes[-1] / sizes[half])
        return log(seconds[-1] / seconds[half]) / grown


COMPARISONS: dict[str, Callable[[], dict[str, Action]]] = {
    "certified rank, 128×128 of rank 96, 10 bits": certified_rank,
    "inertia, 128×128 of rank 85": symmetric_inertia,
    "count the strata of 6^6": counting,
    "JSON lines of the strata of 6^5": text_of_strata,
    "JSON of the DAG of 5^5": text_of_dag,
    "process `count 6^6`": processes("count", "6^6"),
    "process `fiber 3^5`": processes("fiber", "3^5"),
}
SCALINGS = [
    Scaling("certified rank", rank_action, (48, 64, 96, 128, 192, 256), 4),
    Scaling("text, by strata", text_action, tuple(WIDTH_OF), 1),
]
