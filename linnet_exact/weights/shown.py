"""How weights and flow bases show themselves in notebooks and in text."""

from typing import TYPE_CHECKING, Any

from linnet_exact.notebook import html_table

if TYPE_CHECKING:
    from linnet_exact.weights.weight_vector import WeightVector

__all__ = ["flow_html", "weights_html", "weights_latex", "weights_text"]

SIDE = 12
"""Rows and columns of a matrix that are shown before an ellipsis."""


def weights_text(theta: "WeightVector", side: int | None = None) -> str:
    """Return the matrices as aligned rows, cut after so many rows and columns.

    Examples
    --------
    >>> from linnet_exact import Weights
    >>> print(weights_text(Weights([[[1, "1/2"]], [[3], [-4]]])))
    weights of widths 2,1,2, barcode 0-0,0-2,2-2
    W_1 (1×2)
      1  1/2
    W_2 (2×1)
       3
      -4
    """
    lines = [f"weights of widths {theta.network}, barcode {theta.barcode}"]
    if theta.field.degree > 1:
        lines[0] += f", over {theta.field!r}"
    for j, matrix in enumerate(theta.matrices, start=1):
        lines.append(f"W_{j} ({matrix.nrows}×{matrix.ncols})")
        rows = _texts(matrix, SIDE if side is None else side)
        sizes = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines += [
            "  " + "  ".join(text.rjust(size) for text, size in zip(row, sizes, strict=True))
            for row in rows
        ]
    return "\n".join(lines)


def weights_html(theta: "WeightVector") -> str:
    """Return what is known about θ, and its matrices, as HTML tables.

    Examples
    --------
    >>> from linnet_exact import Weights
    >>> weights_html(Weights([[[1, 2]]])).count("<table")
    2
    """
    stratum = theta.stratum
    facts = [
        ("widths", theta.network),
        ("field", repr(theta.field)),
        ("barcode", theta.barcode),
        ("dimension of the stratum", stratum.dimension),
        ("rank of the product", theta.barcode.rank),
    ]
    tables = [
        html_table(f"W_{j} ({m.nrows}×{m.ncols})", [], _texts(m, SIDE))
        for j, m in enumerate(theta.matrices, start=1)
    ]
    return "\n".join([html_table("weights", [], facts), *tables])


def weights_latex(theta: "WeightVector") -> str:
    r"""Return the matrices as LaTeX, cut as in `weights_text`.

    Examples
    --------
    >>> from linnet_exact import Weights
    >>> print(weights_latex(Weights([[[1, 2]]])))
    $W_{1} = \begin{pmatrix}1&2\end{pmatrix}$
    """
    signs = {"…": r"\cdots"}
    return (
        "$"
        + r",\quad ".join(
            rf"W_{{{j}}} = \begin{{pmatrix}}"
            + r"\\".join(
                "&".join(signs.get(t, t) for t in row) for row in _texts(matrix, SIDE, latex=True)
            )
            + r"\end{pmatrix}"
            for j, matrix in enumerate(theta.matrices, start=1)
        )
        + "$"
    )


def flow_html(flow: Any) -> str:
    """Return the diagram of a flow basis, and the bases of the layers, as HTML.

    Examples
    --------
    >>> from linnet_exact import Weights
    >>> flow_html(Weights([[[1, 2]]]).flow()).count("<svg")
    1
    """
    tables = [
        html_table(f"J_{j}: a column for each strand", [], _texts(basis, SIDE))
        for j, basis in enumerate(flow.bases)
    ]
    return "\n".join([flow.barcode._repr_html_(), *tables])


def _texts(matrix: Any, side: int, latex: bool = False) -> list[list[str]]:
    shown = matrix[: min(side, matrix.nrows), : min(side, matrix.ncols)]
    form = matrix.field.latex if latex else matrix.field.format
    rows = [[form(entry) for entry in row] for row in shown.rows()]
    if matrix.ncols > side:
        rows = [[*row, "…"] for row in rows]
    if matrix.nrows > side:
        rows.append(["…"] * len(rows[0]))
    return rows
