"""Scripts for Macaulay2, to be run as `M2 --script FILE`."""

from linnet_exact.algebra import Matrix
from linnet_exact.files.export.equations import Equations, product_text
from linnet_exact.files.export.numbers import minimal_polynomial_text, rows_text
from linnet_exact.weights import Weights

__all__ = ["equations_script", "weights_script"]


def equations_script(equations: Equations) -> str:
    """Return a script that defines the ideal I of a fiber or stratum, and prints its dimension.

    For few weights it also prints the number of irreducible components.

    Examples
    --------
    >>> from linnet_exact import Network
    >>> print(equations_script(Equations.of(Network(1, 2, 1).fiber())))
    -- Equations of the fiber of a 1x1 matrix of rank 0,
    -- for linear networks of widths 1,2,1.
    -- Computed by linnet-exact: dimension 3, irreducible components 1.
    R = QQ[w_(1,1,1)..w_(1,2,1), w_(2,1,1)..w_(2,1,2)]
    W1 = matrix table(2, 1, (r, c) -> w_(1,r+1,c+1))
    W2 = matrix table(1, 2, (r, c) -> w_(2,r+1,c+1))
    W = matrix(QQ, {{0}})
    I = ideal(W2*W1 - sub(W, R))
    print("dimension " | toString dim I)
    print("components " | toString(#minimalPrimes I))
    """
    widths = equations.fiber.network.widths
    shapes = [(j, widths[j], widths[j - 1]) for j in range(1, len(widths))]
    ranges = ", ".join(f"w_({j},1,1)..w_({j},{m},{n})" for j, m, n in shapes)
    lines = [
        *(f"-- {line}" for line in equations.heading),
        f"R = QQ[{ranges}]",
        *(f"W{j} = matrix table({m}, {n}, (r, c) -> w_({j},r+1,c+1))" for j, m, n in shapes),
        f"W = {_matrix(equations.target)}",
        f"I = ideal({product_text(len(shapes), 0)} - sub(W, R))",
    ]
    for k, i, rank in equations.rank_conditions:
        lines.append(f"I = I + minors({rank + 1}, {product_text(k, i)})")
    lines.append('print("dimension " | toString dim I)')
    if equations.decomposed:
        lines.append('print("components " | toString(#minimalPrimes I))')
    return "\n".join(lines)


def weights_script(theta: Weights) -> str:
    """Return a script that defines W1, …, WL exactly, and prints the rank of every product.

    Examples
    --------
    >>> print(weights_script(Weights([[[1, "1/2"]]])))
    -- Weights of a linear network of widths 2,1.
    -- Computed by linnet-exact: barcode 0-0,0-1.
    W1 = matrix(QQ, {{1, 1/2}})
    print("rank 1~0 " | toString rank(W1))
    """
    field = theta.field
    lines = [
        f"-- Weights of a linear network of widths {theta.network}.",
        f"-- Computed by linnet-exact: barcode {theta.barcode}.",
    ]
    if field.degree > 1:
        lines.append(f"K = toField(QQ[a]/ideal({minimal_polynomial_text(field)}))")
    lines += [f"W{j} = {_matrix(matrix)}" for j, matrix in enumerate(theta.matrices, start=1)]
    for k, i in theta.rank_list:
        if k > i:
            lines.append(f'print("rank {k}~{i} " | toString rank({product_text(k, i)}))')
    return "\n".join(lines)


def _matrix(matrix: Matrix) -> str:
    rows = ", ".join("{" + ", ".join(row) + "}" for row in rows_text(matrix))
    return f"matrix({'QQ' if matrix.field.degree == 1 else 'K'}, {{{rows}}})"
