"""`linnet-exact flow`: how information flows through a network."""

from dataclasses import replace
from typing import Any

import click

from linnet_exact.cli.options import colours_option, output_options, theme_for
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_options import weights_file
from linnet_exact.draw import diagram
from linnet_exact.files import Source
from linnet_exact.files.json_weights import rows_to_jsonable
from linnet_exact.weights import Weights
from linnet_exact.weights.spaces.subspaces import flow_subspaces
from linnet_exact.weights.strands import strands

__all__ = ["flow"]


@click.command()
@output_options("text", "json", "svg", "tikz", "pdf", "png")
@colours_option
@click.option(
    "--subspaces",
    "all_subspaces",
    is_flag=True,
    help="All flow subspaces A_kji, B_kji and prebases a_kji, b_kji, by dimension and basis.",
)
@weights_file
def flow(
    file: Source, theta: Weights, all_subspaces: bool, dark: bool | None, output: Output
) -> int | None:
    """How information flows through the network in FILE: a diagram, or in JSON a flow basis.

    In the diagram each dot is a layer that a strand lives at; xM says that there are M strands of
    the same kind. In JSON, `bases` are matrices J_0, ..., J_L with W_j = J_j I_j J_{j-1}^{-1},
    where I_j is 0 but for a 1 for each strand that lives at layers j - 1 and j. `strands` names
    the bar of each column. With --ascii, and where stdout has no box-drawing characters, ASCII
    takes their place.

    With --subspaces the text is a table of dimensions, and JSON has a basis of every subspace:
    A_kji = null W_k+1~j ∩ col W_j~i and B_kji = row W_k~j ∩ null (W_j~i-1)^T, whose direct
    summands, a_ljh and b_ljh, have the dimension of their bar [h, l].

    \b
    Examples:
      linnet-exact flow theta.json
      linnet-exact flow theta.json --format json
      linnet-exact flow theta.json --subspaces
      linnet-exact flow theta.json -o flow.svg
    """
    if all_subspaces:
        if output.format not in ("text", "json"):
            raise click.UsageError(
                "--subspaces goes with --format text or json", click.get_current_context()
            )
        return _report_subspaces(theta, output)
    if output.format != "json":
        picture = diagram(theta.barcode)
        if output.format == "text":
            shown = output.shows(picture.text())
            output.text(picture.text(ascii_only=not shown, columns=output.columns))
        elif output.format == "tikz":
            output.text(picture.tikz())
        else:
            output.picture(picture.svg(theme_for(output.format, dark)))
        return None
    found = theta.flow()
    checked = found.check()
    output.value(
        {
            "widths": theta.network.widths,
            "barcode": found.barcode.to_jsonable(),
            "strands": [[str(bar) for bar, _ in layer] for layer in strands(found.barcode)],
            "bases": [rows_to_jsonable(basis) for basis in found.bases],
            "checked": checked,
            "field": theta.field.to_jsonable(),
        }
    )
    return int(not checked)


def _report_subspaces(theta: Weights, output: Output) -> int:
    found = flow_subspaces(theta)
    checked = found.check()
    rows = []
    for spaces in found:
        row: dict[str, Any] = {"k": spaces.k, "j": spaces.j, "i": spaces.i}
        for name, space in (("A", spaces.A), ("B", spaces.B), ("a", spaces.a), ("b", spaces.b)):
            if output.format == "json":
                row[name] = {"dimension": space.dimension, "basis": rows_to_jsonable(space.basis)}
            else:
                row[f"dim {name}"] = space.dimension
        rows.append(row)
    report = {"widths": theta.network.widths, "barcode": theta.barcode, "subspaces": rows}
    shown = replace(output, format="table") if output.format == "text" else output
    shown.value(
        {**report, "checked": checked, "field": theta.field.to_jsonable()}, rows_key="subspaces"
    )
    return int(not checked)
