"""`linnet-exact crosscheck`: exact ranks beside those of an SVD."""

from pathlib import Path

import click

from linnet_exact.cli.file_arguments import PLOT_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output, plot_in
from linnet_exact.cli.ranks import ranks_beside
from linnet_exact.cli.weights_options import weights_file
from linnet_exact.cli.writers import Block
from linnet_exact.draw.singular_values import Panel, Series, singular_values_svg
from linnet_exact.files import Source
from linnet_exact.numeric import Crosscheck
from linnet_exact.numeric import crosscheck as compare
from linnet_exact.weights import Weights

__all__ = ["crosscheck"]

_COLUMNS = (
    *("k", "i", "exact", "float64", "float32"),
    *("smallest_kept", "largest_dropped", "gap", "agree"),
)


@click.command()
@click.option(
    "--rtol",
    type=click.FloatRange(0, 1, max_open=True),
    metavar="T",
    help="Drop singular values up to T times the largest.  [default: that of NumPy's matrix_rank]",
)
@click.option(
    "--cores",
    is_flag=True,
    help="SVDs of small cores, as wide as the narrowest layer on the way, not of products.",
)
@click.option(
    "--plot",
    type=PLOT_FILE,
    metavar="FILE",
    help="Also draw the singular values and exact ranks: svg, pdf or png, as FILE is named.",
)
@output_options("table", "json", "jsonl", "csv")
@weights_file
def crosscheck(
    file: Source, theta: Weights, rtol: float | None, cores: bool, plot: Path | None, output: Output
) -> int:
    """Exact ranks of all subsequence matrices beside their ranks by SVD in float64 and float32.

    Products are formed in the precision named, as one would form them, and the columns float64 and
    float32 hold what numpy.linalg.matrix_rank says of them; where numbers are larger than any of
    the precision there is no rank. Where ranks differ it says which singular values were lost, or
    which rounding noise was taken for rank; the exact rank is certified. Singular values without a
    precision are those of float64. Without --plot, a product of low exact rank is decomposed inside
    its range where that decides the same, and the largest value dropped is then an estimate.

    With --cores nothing is formed but the triangular factors (QR) of the two parts of a product
    that meet at its narrowest layer: the best that floating point can say, and not what
    matrix_rank says of the product.

    Exit status: 0 if all ranks agree, 1 if some do not.

    \b
    Examples:
      linnet-exact crosscheck trained.npz
      linnet-exact crosscheck trained.npz --rtol 1e-6 --plot ranks.svg
    """
    found = compare(theta, rtol, spectra=plot is not None, cores=cores)
    if plot is not None:
        plot_in(plot).picture(singular_values_svg(_panels(found)))
    value = found.to_jsonable()
    if output.format == "table":
        rows = [{key: row[key] for key in _COLUMNS} for row in value["rows"]]
        value = {**value, "rows": rows, "ranks": _triangles(found)}
        for told in value.pop("explanations"):
            value[f"W{told['k']}~{told['i']} {told['precision']}"] = told["text"]
        for precision, inequality in value.pop("invalid").items():
            value[f"all of {precision}"] = f"no weights have these ranks: {inequality}"
    output.value(value, rows_key="rows")
    return 0 if found.agree else 1


def _triangles(found: Crosscheck) -> Block:
    depth = max(c.k for c in found.comparisons)
    of = {(c.k, c.i): c for c in found.comparisons}
    rows = [[of[k, i] for i in range(k + 1)] for k in range(depth + 1)]
    by_svd = {
        name: [[c.by_svd[name].rank for c in row] for row in rows] for name in of[0, 0].by_svd
    }
    return ranks_beside([[c.exact for c in row] for row in rows], by_svd)


def _panels(found: Crosscheck) -> list[Panel]:
    """A panel for each subsequence matrix that is not an identity, short products first."""
    return [
        Panel(
            f"W{c.k}~{c.i}",
            min(c.shape),
            c.exact,
            {name: Series(svd.singular_values, svd.tolerance) for name, svd in c.by_svd.items()},
        )
        for c in sorted(found.comparisons, key=lambda c: (c.k - c.i, c.i))
        if c.k > c.i
    ]
