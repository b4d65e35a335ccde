"""Scripts for SageMath, in plain Python: to be run as `sage -python FILE`, or loaded."""

from linnet_exact.algebra import Field, Matrix
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.files.export.equations import Equations, product_text
from linnet_exact.weights import Weights

__all__ = ["equations_script", "weights_script"]


def equations_script(equations: Equations) -> str:
    """Return a script that defines the ideal I of a fiber or stratum, and prints its dimension.

    For few weights it also prints the number of irreducible components.

    Examples
    --------
    >>> from linnet_exact import Network
    >>> print(equations_script(Equations.of(Network(1, 2, 1).fiber())))
    # Equations of the fiber of a 1x1 matrix of rank 0,
    # for linear networks of widths 1,2,1.
    # Computed by linnet-exact: dimension 3, irreducible components 1.
    from sage.all import QQ, PolynomialRing, matrix
    <BLANKLINE>
    shapes = [(2, 1), (1, 2)]
    names = [
        f"w{j}_{r}_{c}"
        for j, (m, n) in enumerate(shapes, start=1)
        for r in range(1, m + 1)
        for c in range(1, n + 1)
    ]
    R = PolynomialRing(QQ, names)
    w = list(R.gens())
    W1 = matrix(R, 2, 1, w[0:2])
    W2 = matrix(R, 1, 2, w[2:4])
    W = matrix(QQ, [["0"]])
    I = R.ideal((W2*W1 - W).list())
    print("dimension", I.dimension())
    print("components", len(I.minimal_associated_primes()))
    """
    widths = equations.fiber.network.widths
    shapes = [(widths[j], widths[j - 1]) for j in range(1, len(widths))]
    lines = [
        *(f"# {line}" for line in equations.heading),
        "from sage.all import QQ, PolynomialRing, matrix",
        "",
        f"shapes = {shapes}",
        "names = [",
        '    f"w{j}_{r}_{c}"',
        "    for j, (m, n) in enumerate(shapes, start=1)",
        "    for r in range(1, m + 1)",
        "    for c in range(1, n + 1)",
        "]",
        "R = PolynomialRing(QQ, names)",
        "w = list(R.gens())",
    ]
    start = 0
    for j, (m, n) in enumerate(shapes, start=1):
        lines.append(f"W{j} = matrix(R, {m}, {n}, w[{start}:{start + m * n}])")
        start += m * n
    lines += [
        f"W = {_matrix(equations.target)}",
        f"I = R.ideal(({product_text(len(shapes), 0)} - W).list())",
    ]
    for k, i, rank in equations.rank_conditions:
        lines.append(f"I = I + R.ideal(({product_text(k, i)}).minors({rank + 1}))")
    lines.append('print("dimension", I.dimension())')
    if equations.decomposed:
        lines.append('print("components", len(I.minimal_associated_primes()))')
    return "\n".join(lines)


def weights_script(theta: Weights) -> str:
    """Return a script that defines W1, …, WL exactly, and prints the rank of every product.

    Examples
    --------
    >>> print(weights_script(Weights([[[1, "1/2"]]])))
    # Weights of a linear network of widths 2,1.
    # Computed by linnet-exact: barcode 0-0,0-1.
    from sage.all import QQ, NumberField, PolynomialRing, matrix
    <BLANKLINE>
    W1 = matrix(QQ, [["1", "1/2"]])
    print("rank 1~0", (W1).rank())
    """
    field = theta.field
    lines = [
        f"# Weights of a linear network of widths {theta.network}.",
        f"# Computed by linnet-exact: barcode {theta.barcode}.",
        "from sage.all import QQ, NumberField, PolynomialRing, matrix",
        "",
    ]
    if field.degree > 1:
        coefficients = [str(c) for c in field.minimal_polynomial]
        lines += [
            f'K = NumberField(PolynomialRing(QQ, "x")({_quoted(coefficients)}), "a")',
        ]
    lines += [f"W{j} = {_matrix(matrix)}" for j, matrix in enumerate(theta.matrices, start=1)]
    for k, i in theta.rank_list:
        if k > i:
            lines.append(f'print("rank {k}~{i}", ({product_text(k, i)}).rank())')
    return "\n".join(lines)


def _matrix(matrix: Matrix) -> str:
    field = matrix.field
    rows = ", ".join(
        "[" + ", ".join(_entry(field, entry) for entry in row) + "]" for row in matrix.rows()
    )
    return f"matrix({'QQ' if field.degree == 1 else 'K'}, [{rows}])"


def _entry(field: Field, value: Scalar) -> str:
    """Rationals as text, which QQ reads: Python would turn 1/2 into a float."""
    numbers, denominator = field.coordinates(value)
    texts = [f"{number}/{denominator}" if denominator != 1 else f"{number}" for number in numbers]
    return f'"{texts[0]}"' if field.degree == 1 else f"K({_quoted(texts)})"


def _quoted(texts: list[str]) -> str:
    return "[" + ", ".join(f'QQ("{text}")' for text in texts) + "]"
