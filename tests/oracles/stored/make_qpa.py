"""Ask QPA, a package of GAP, for homomorphisms of weights, and keep them: python make_qpa.py.

In an environment of its own, of 800 MB: pip install passagemath-gap. Weights are a representation
of the quiver 1 -> 2 -> ... over Q; QPA solves the linear equations for homomorphisms of two.
"""

import json
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

WIDTHS = [
    (2, 2),
    (1, 2, 1),
    (2, 3, 2),
    (3, 2, 3),
    (2, 2, 2, 2),
    (1, 3, 2, 1),
    (3, 3, 3),
    (1, 2, 3, 2),
]
EACH = 4


def matrix(draw: random.Random, rows: int, columns: int) -> list[list[int]]:
    """A product of two matrices with few and small entries: low ranks are likely."""
    rank = draw.randint(0, min(rows, columns))
    left = [[draw.randint(-2, 2) for _ in range(rank)] for _ in range(rows)]
    right = [[draw.randint(-2, 2) for _ in range(columns)] for _ in range(rank)]
    return [
        [sum(x * other[c] for x, other in zip(row, right, strict=True)) for c in range(columns)]
        for row in left
    ]


def questions(widths: tuple[int, ...], draw: random.Random) -> list[list[list[list[int]]]]:
    return [
        [matrix(draw, rows, columns) for columns, rows in pairwise(widths)] for _ in range(EACH)
    ]


def answers(gap: Any, widths: tuple[int, ...], points: list[Any]) -> list[list[int]]:
    """The dimension of Hom from each point to each."""
    arrows = ",".join(f'[{j},{j + 1},"a{j}"]' for j in range(1, len(widths)))
    gap.eval(f"A := PathAlgebra(Rationals, Quiver({len(widths)}, [{arrows}]))")
    for number, point in enumerate(points):
        # Modules are right modules: rows are multiplied by the transposed matrices.
        given = [(j, list(map(list, zip(*W, strict=True)))) for j, W in enumerate(point, start=1)]
        maps = ",".join(f'["a{j}",{W}]' for j, W in given if any(map(any, W)))
        gap.eval(f"M{number} := RightModuleOverPathAlgebra(A, {list(widths)}, [{maps}])")
    numbers = range(len(points))
    return [
        [int(gap.eval(f"Length(HomOverAlgebra(M{m}, M{n}))")) for n in numbers] for m in numbers
    ]


def main() -> None:
    import sage.all__sagemath_gap  # type: ignore[import-not-found]  # noqa: F401
    from sage.libs.gap.libgap import libgap  # type: ignore[import-not-found]

    assert libgap.LoadPackage("qpa")
    draw, found = random.Random(1), []
    for widths in WIDTHS:
        points = questions(widths, draw)
        homs = answers(libgap, widths, points)
        found.append({"widths": list(widths), "weights": points, "homs": homs})
    version = str(libgap.eval('PackageInfo("qpa")[1].Version'))
    value = {"system": "QPA", "version": version, "answers": found}
    Path(__file__).with_name("qpa.json").write_text(json.dumps(value))


if __name__ == "__main__":
    main()
