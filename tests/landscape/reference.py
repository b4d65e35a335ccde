"""The loss by other means: SymPy differentiates the sum of squares of a small network."""

from random import Random

import sympy

from linnet_exact.algebra import Field, Matrix
from linnet_exact.algebra.fields.field import QQ
from linnet_exact.weights import Weights


def random_matrix(nrows: int, ncols: int, random: Random, field: Field = QQ) -> Matrix:
    """Small integers; over Q(a), integer combinations of 1 and a."""
    a = field.gen if field.degree > 1 else 0  # type: ignore[attr-defined]
    rows = [
        [random.randint(-3, 3) + random.randint(-1, 1) * a for _ in range(ncols)]
        for _ in range(nrows)
    ]
    return Matrix(rows, field, (nrows, ncols))


def symbolic_loss(
    theta: Weights, X: Matrix, Y: Matrix
) -> tuple[sympy.Expr, dict[sympy.Symbol, sympy.Expr]]:
    """The loss as a polynomial in the entries of W_1, W_2, ... by rows, and their values."""
    values: dict[sympy.Symbol, sympy.Expr] = {}
    product = sympy.eye(theta.network.widths[0])
    for j, W in enumerate(theta.matrices):
        symbols = sympy.Matrix(W.nrows, W.ncols, lambda a, b, j=j: sympy.Symbol(f"w{j}_{a}_{b}"))
        values |= dict(zip(symbols, W.to_sympy(), strict=True))
        product = symbols * product
    error = product * X.to_sympy() - Y.to_sympy()
    return sum(x**2 for x in error) / 2, values
