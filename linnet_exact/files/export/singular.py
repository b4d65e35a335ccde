"""Scripts for Singular, to be run as `Singular -q FILE`."""

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
    // Equations of the fiber of a 1x1 matrix of rank 0,
    // for linear networks of widths 1,2,1.
    // Computed by linnet-exact: dimension 3, irreducible components 1.
    LIB "primdec.lib";
    ring R = 0, (w1(1..2)(1..1), w2(1..1)(1..2)), dp;
    matrix W1[2][1] = w1(1..2)(1..1);
    matrix W2[1][2] = w2(1..1)(1..2);
    matrix W[1][1] = 0;
    matrix difference = W2*W1 - W;
    ideal I = difference;
    print("dimension " + string(dim(std(I))));
    print("components " + string(size(minAssGTZ(I))));
    quit;
    """
    widths = equations.fiber.network.widths
    shapes = [(j, widths[j], widths[j - 1]) for j in range(1, len(widths))]
    ranges = ", ".join(f"w{j}(1..{m})(1..{n})" for j, m, n in shapes)
    lines = [
        *(f"// {line}" for line in equations.heading),
        *(['LIB "primdec.lib";'] if equations.decomposed else []),
        f"ring R = 0, ({ranges}), dp;",
        *(f"matrix W{j}[{m}][{n}] = w{j}(1..{m})(1..{n});" for j, m, n in shapes),
        _matrix("W", equations.target),
        f"matrix difference = {product_text(len(shapes), 0)} - W;",
        "ideal I = difference;",
    ]
    for k, i, rank in equations.rank_conditions:
        lines.append(f"I = I + minor({product_text(k, i)}, {rank + 1});")
    lines.append('print("dimension " + string(dim(std(I))));')
    if equations.decomposed:
        lines.append('print("components " + string(size(minAssGTZ(I))));')
    return "\n".join([*lines, "quit;"])


def weights_script(theta: Weights) -> str:
    """Return a script that defines W1, …, WL exactly, and prints the rank of every product.

    Examples
    --------
    >>> print(weights_script(Weights([[[1, "1/2"]]])))
    // Weights of a linear network of widths 2,1.
    // Computed by linnet-exact: barcode 0-0,0-1.
    LIB "linalg.lib";
    ring R = 0, x, dp;
    matrix W1[1][2] = 1, 1/2;
    print("rank 1~0 " + string(mat_rk(W1)));
    quit;
    """
    field = theta.field
    lines = [
        f"// Weights of a linear network of widths {theta.network}.",
        f"// Computed by linnet-exact: barcode {theta.barcode}.",
        'LIB "linalg.lib";',
        "ring R = 0, x, dp;" if field.degree == 1 else "ring R = (0, a), x, dp;",
    ]
    if field.degree > 1:
        lines.append(f"minpoly = {minimal_polynomial_text(field)};")
    lines += [_matrix(f"W{j}", matrix) for j, matrix in enumerate(theta.matrices, start=1)]
    for k, i in theta.rank_list:
        if k > i:
            lines.append(f'print("rank {k}~{i} " + string(mat_rk({product_text(k, i)})));')
    return "\n".join([*lines, "quit;"])


def _matrix(name: str, matrix: Matrix) -> str:
    entries = ", ".join(entry for row in rows_text(matrix) for entry in row)
    return f"matrix {name}[{matrix.nrows}][{matrix.ncols}] = {entries};"
