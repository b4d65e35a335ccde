"""LaTeX: formulas, tables and, from `draw`, diagrams, in a document that compiles as it is."""

import re
from itertools import islice

from linnet_exact.algebra import Matrix
from linnet_exact.files.export.equations import Equations, product_text
from linnet_exact.files.export.numbers import minimal_polynomial_text, rows_text
from linnet_exact.strata import Barcode, Fiber, RankList
from linnet_exact.weights import Weights

__all__ = ["equations_latex", "latex_document", "weights_latex"]

_LISTED = 200


def latex_document(parts: list[str]) -> str:
    """Return a document with the parts as paragraphs.

    Examples
    --------
    >>> latex_document(["one", "two"]).count("one\\n\\ntwo")
    1
    """
    head = [
        r"\documentclass{article}",
        r"\usepackage{amsmath,longtable,tikz}",
        r"\setcounter{MaxMatrixCols}{1000}",
        r"\begin{document}",
    ]
    return "\n".join([*head, "\n\n".join(parts), r"\end{document}"])


def equations_latex(equations: Equations) -> list[str]:
    r"""Return paragraphs about a fiber, or the closure of one of its strata.

    Examples
    --------
    >>> from linnet_exact import Network
    >>> equations_latex(Equations.of(Network(1, 2, 1).fiber()))[1]
    '\\[ W_{2}W_{1} = \\begin{pmatrix} 0 \\end{pmatrix} \\]'
    """
    fiber = equations.fiber
    widths = ", ".join(map(str, fiber.network.widths))
    parts = [
        f"The fiber of a matrix of rank ${fiber.rank}$ for the linear network of widths "
        f"$({widths})$ has dimension ${fiber.dimension}$ and learning coefficient "
        f"${_fraction(str(fiber.learning_coefficient))}$. Its equation is",
        rf"\[ {product_text(fiber.network.depth, 0, 'W_{{{}}}', '')} = "
        rf"{_matrix(equations.target)} \]",
    ]
    if equations.barcode is None:
        return [*parts, _strata_table(fiber)]
    barcode = equations.barcode
    conditions = r",\quad ".join(
        rf"\operatorname{{rk}} {product_text(k, i, 'W_{{{}}}', '')} \le {rank}"
        for k, i, rank in equations.rank_conditions
    )
    return [
        *parts,
        f"The closure of the stratum with the barcode ${_barcode(barcode)}$ has dimension "
        f"${equations.dimension}$."
        + (rf" Its rank conditions are \[ {conditions}. \]" if conditions else ""),
        _rank_table(barcode.rank_list),
    ]


def weights_latex(theta: Weights) -> list[str]:
    r"""Return paragraphs with the matrices, their ranks and the stratum.

    Examples
    --------
    >>> weights_latex(Weights([[[1, "1/2"]]]))[1]
    '\\[ W_{1} = \\begin{pmatrix} 1 & \\frac{1}{2} \\end{pmatrix} \\]'
    """
    stratum = theta.stratum
    field = ""
    if theta.field.degree > 1:
        polynomial = _polynomial(minimal_polynomial_text(theta.field))
        field = f", over $\\mathbf{{Q}}(a)$ with ${polynomial} = 0$"
    return [
        f"Weights of the linear network of widths "
        f"$({', '.join(map(str, theta.network.widths))})${field}:",
        *(rf"\[ W_{{{j}}} = {_matrix(m)} \]" for j, m in enumerate(theta.matrices, start=1)),
        f"They lie on the stratum with the barcode ${_barcode(stratum.barcode)}$, of dimension "
        f"${stratum.dimension}$.",
        _rank_table(theta.rank_list),
    ]


def _strata_table(fiber: Fiber) -> str:
    if fiber.has_more_strata_than(_LISTED):
        return f"It has more than ${_LISTED}$ strata."
    lines = [
        r"\begin{longtable}{lrrl}",
        r"barcode & dimension & codimension & singular \\ \hline",
        r"\endhead",
    ]
    for stratum in islice(fiber.strata(), _LISTED):
        singular = "yes" if stratum.singular else "no"
        lines.append(
            f"${_barcode(stratum.barcode)}$ & {stratum.dimension} & {stratum.codimension} & "
            rf"{singular} \\"
        )
    return "\n".join([*lines, r"\end{longtable}"])


def _rank_table(ranks: RankList) -> str:
    """The triangle of the ranks r_{k~i}: a row for each k, a column for each i."""
    depth = ranks.depth
    head = " & ".join(["$r_{k\\sim i}$", *(f"$i={i}$" for i in range(depth + 1))])
    rows = [
        " & ".join([f"$k={k}$", *(str(rank) for rank in ranks.triangle[k])])
        for k in range(depth + 1)
    ]
    columns = "r" * (depth + 1)
    body = " \\\\\n".join(rows)
    return f"\\begin{{tabular}}{{l|{columns}}}\n{head} \\\\ \\hline\n{body}\n\\end{{tabular}}"


def _barcode(barcode: Barcode) -> str:
    bars = (
        f"[{bar.start},{bar.end}]" + ("" if count == 1 else f"^{{{count}}}")
        for bar, count in barcode.items()
    )
    return r"\,".join(bars)


def _matrix(matrix: Matrix) -> str:
    rows = r" \\ ".join(" & ".join(map(_fraction, row)) for row in rows_text(matrix))
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"


def _fraction(text: str) -> str:
    numerator, slash, denominator = text.partition("/")
    body = _polynomial(numerator).strip("()")
    if not slash:
        return body
    sign = "-" if body.startswith("-") and " " not in body else ""
    return rf"{sign}\frac{{{body.removeprefix(sign)}}}{{{denominator}}}"


def _polynomial(text: str) -> str:
    return re.sub(r"\^(\d+)", r"^{\1}", text.replace("*", ""))
