"""Certified ranks over number fields beside SymPy and, where it is installed, PARI (cypari).

python benchmarks/rank_number_field.py
"""

from collections.abc import Callable
from random import Random

from _measure import best_side_by_side, print_ratios

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.algebra.arrays.regular_representation import to_regular
from linnet_exact.algebra.ranks.certified import rank

CASES = [("sqrt(2) + sqrt(3)", 64), ("sqrt(2) + sqrt(3) + sqrt(5)", 32)]


def deficient(field: NumberField, size: int, rank: int) -> Matrix:
    """Dense rows with coefficients of a few bits, the last ones sums of two others."""
    random = Random(1)
    rows = [
        [
            field.element([random.randrange(-3, 4) for _ in range(field.degree)], 1)
            for _ in range(size)
        ]
        for _ in range(rank)
    ]
    while len(rows) < size:
        x, y = random.sample(rows[:rank], 2)
        rows.append([a + b for a, b in zip(x, y, strict=True)])
    return Matrix(rows, field)


def product(field: NumberField, size: int, rank: int) -> Matrix:
    """A product of dense factors: its null vectors are long."""
    return deficient(field, size, size)[:, :rank] @ deficient(field, size, size)[:rank, :]


def sympy_rank(matrix: Matrix) -> Callable[[], int]:
    """The rank of a DomainMatrix over QQ<a>, which is built beforehand."""
    from sympy import QQ, Poly, symbols
    from sympy.polys.matrices import DomainMatrix
    from sympy.polys.rootoftools import CRootOf

    coefficients = [QQ(c.numerator, c.denominator) for c in matrix.field.minimal_polynomial]
    polynomial = Poly(list(reversed(coefficients)), symbols("x"))
    domain = QQ.algebraic_field(CRootOf(polynomial, polynomial.degree() - 1))
    rows = [
        [domain([QQ(c.numerator, c.denominator) for c in reversed(x.coordinates)]) for x in row]
        for row in matrix.rows()
    ]
    return DomainMatrix(rows, matrix.shape, domain).rank


def pari_rank(matrix: Matrix) -> Callable[[], int]:
    """PARI's rank of a matrix of polynomials modulo the minimal polynomial, built beforehand."""
    from cypari import pari

    pari.allocatemem(1 << 30, silent=True)
    modulus = "+".join(f"({c})*a^{k}" for k, c in enumerate(matrix.field.minimal_polynomial))
    rows = ";".join(
        ",".join(
            f"Mod({'+'.join(f'({c})*a^{k}' for k, c in enumerate(x.coordinates))},{modulus})"
            for x in row
        )
        for row in matrix.rows()
    )
    built = pari(f"[{rows}]")
    return lambda: int(built.matrank())


def compare(kind: Callable[..., Matrix], text: str, size: int) -> None:
    field = NumberField(text)
    matrix = kind(field, size, 3 * size // 4)
    regular = to_regular(matrix)[0]
    print(
        f"\n{kind.__name__}, {field!r}, degree {field.degree}, n = {size}, "
        f"rank {rank(matrix)}; bar: others 100 x"
    )
    ours = {"linnet-exact, certified": matrix.rank, "regular representation": regular.rank}
    ours = best_side_by_side(5, ours)
    peers = {"SymPy": sympy_rank(matrix)}
    try:
        peers["PARI"] = pari_rank(matrix)
    except ImportError:
        print("PARI is not installed: pip install cypari")
    print_ratios({**ours, **best_side_by_side(1, peers)})


def main() -> None:
    for text, size in CASES:
        compare(deficient, text, size)
        compare(product, text, size)


if __name__ == "__main__":
    main()
