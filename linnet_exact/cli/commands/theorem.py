"""`linnet-exact theorem`: the Fundamental Theorem of Linear Neural Networks for given weights."""

from typing import Any

import click

from linnet_exact.cli.file_arguments import PICTURES
from linnet_exact.cli.options import colours_option, output_options, theme_for
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_options import weights_file
from linnet_exact.draw import diagram
from linnet_exact.files import Source
from linnet_exact.files.json_weights import rows_to_jsonable
from linnet_exact.weights import Weights
from linnet_exact.weights.spaces.subspaces import flow_subspaces
from linnet_exact.weights.spaces.theorem import Part, fate, in_words, parts

__all__ = ["theorem"]


@click.command()
@output_options("text", "table", "json", "csv", "svg", "pdf", "png")
@colours_option
@weights_file
def theorem(file: Source, theta: Weights, dark: bool | None, output: Output) -> int:
    """The Fundamental Theorem of Linear Neural Networks, for the weights in FILE.

    Each layer is the direct sum of prebasis subspaces a_kji, one for each bar [i, k] that contains
    layer j; those of the transposed network, b_kji, are dual to them. A bar that starts at layer 0
    carries information from the input, up to the matrix that annihilates it; any other carries
    none, but could, if the matrix before it reached it. The text says so in words, with the basis
    flow diagram, which svg draws; the table has a line for each subspace; JSON adds a basis of
    each. `flow --subspaces` has all A_kji and B_kji. Everything is checked by exact null, column
    and row spaces first; the exit status is 1 if that failed.

    \b
    Examples:
      linnet-exact theorem theta.json
      linnet-exact theorem theta.json --format table
      linnet-exact theorem theta.json --format json -o theorem.json
      linnet-exact theorem theta.json -o flow.svg
    """
    checked = flow_subspaces(theta).check()
    picture = diagram(theta.barcode)
    if output.format in PICTURES:
        output.picture(picture.svg(theme_for(output.format, dark)))
    elif output.format == "text":
        drawn = picture.text()
        drawn = drawn if output.shows(drawn) else picture.text(ascii_only=True)
        verdict = "checked: every null, column and row space agrees" if checked else "NOT confirmed"
        ranks = theta.rank_list.text()
        output.prose(f"{drawn}\n\n{ranks}\n\n{in_words(theta.barcode)}\n\n{verdict}")
    else:
        with_bases = output.format == "json"
        report: dict[str, Any] = {
            "widths": theta.network.widths,
            "rank": theta.barcode.rank,
            "barcode": theta.barcode,
            "subspaces": [_row(part, theta.depth, with_bases) for part in parts(theta.flow())],
            "field": theta.field.to_jsonable(),
            "checked": checked,
        }
        output.value(report, rows_key="subspaces")
    return int(not checked)


def _row(part: Part, depth: int, with_bases: bool) -> dict[str, Any]:
    bar = part.bar
    row: dict[str, Any] = {
        "layer": part.layer,
        "subspace": part.name,
        "bar": str(bar),
        "dimension": part.a.dimension,
        "carries": part.carries,
        "annihilated_by": f"W{bar.end + 1}" if bar.end < depth else None,
        "unreached_by": f"W{bar.start}" if bar.start > 0 else None,
    }
    if with_bases:
        row["basis"] = rows_to_jsonable(part.a.basis)
        row["dual"] = part.dual_name
        row["dual_basis"] = rows_to_jsonable(part.b.basis)
    return row | {"meaning": fate(bar, depth)}
