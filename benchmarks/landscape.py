"""Certified inertias beside NumPy's eigenvalues, which certify nothing.

python benchmarks/landscape.py
"""

import numpy as np
from _measure import best_side_by_side, print_ratios

from linnet_exact.algebra import Matrix
from linnet_exact.landscape import Data, criticality, inertia
from linnet_exact.strata import Barcode
from linnet_exact.weights import sample


def symmetric(size: int, rank: int) -> np.ndarray:
    rng = np.random.default_rng(0)
    factor = rng.integers(-5, 6, (size, rank))
    return (factor * rng.choice([-1, 1], rank)) @ factor.T


def main() -> None:
    array = symmetric(300, 200)
    matrix, floats = Matrix(array.tolist()), array.astype(float)
    print(f"300 x 300 of rank 200, entries up to {abs(array).max()}: {inertia(matrix)}")
    print_ratios(
        best_side_by_side(
            5,
            {
                "numpy.linalg.eigvalsh": lambda: np.linalg.eigvalsh(floats),
                "inertia, certified": lambda: inertia(matrix),
            },
        )
    )
    theta = sample(Barcode.parse("0-4:3,0-0:5,1-2:2,1-1:3,2-4:1,3-3:3,3-4:1,2-2:2,4-4:3"), 1)
    data = Data.from_target(sample(Barcode.parse("0-1:8"), 2).product())
    print("4 layers of width 8: the Hessian, 256 x 256, and its inertia")
    found = best_side_by_side(3, {"inertia": lambda: criticality(theta, data).inertia})
    print_ratios(found)


if __name__ == "__main__":
    main()
