"""`linnet-exact balance`: the invariants of gradient flow, and balanced points."""

from pathlib import Path
from typing import Any

import click

from linnet_exact.cli.file_arguments import JSON_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_options import weights_file
from linnet_exact.errors import InputError
from linnet_exact.files import Source, weights_to_jsonable
from linnet_exact.files.json_weights import entry_to_jsonable, rows_to_jsonable
from linnet_exact.weights import Weights
from linnet_exact.weights.balancedness import balanced_point_of_fiber, invariants

__all__ = ["balance"]


@click.command()
@click.option(
    "--write",
    "written",
    type=JSON_FILE,
    metavar="FILE",
    help="Also write the balanced point, as a weights file.",
)
@output_options("table", "json", "csv")
@weights_file
def balance(file: Source, theta: Weights, written: Path | None, output: Output) -> None:
    """What gradient flow keeps of the weights in FILE, and whether they are balanced.

    Gradient flow on any loss of the product keeps W_j+1^T W_j+1 - W_j W_j^T at every hidden layer j
    (with conjugate transposes, if the field has no real embedding). Weights for which all of these
    are 0 are balanced. Then all matrices have the rank of the product, so balanced points lie on
    the minimal stratum only; `possible` says whether this is it.

    `balanced point` is a balanced point with the same product, on the same connected component of
    the real fiber, where it can be made: for rational products, with roots adjoined to the field.
    It is not the nearest one. Gradient flow does not lead there, unless the weights are balanced.

    \b
    Examples:
      linnet-exact balance theta.json
      linnet-exact balance theta.json --format json
      linnet-exact balance theta.json --write balanced.json
    """
    found = invariants(theta)
    nearby = balanced_point_of_fiber(theta)
    if written is not None:
        if nearby.point is None:
            raise InputError(f"there is no balanced point to write: {nearby.reason}")
        Output("json", written).value(weights_to_jsonable(nearby.point))
    minimal = theta.fiber.minimal_stratum
    rows: list[dict[str, Any]] = [
        {
            "layer": j,
            "trace": entry_to_jsonable(
                theta.field.format(sum((matrix[i, i] for i in range(matrix.nrows)), theta.field(0)))
            ),
            "rank": matrix.rank(),
            "invariant": rows_to_jsonable(matrix),
        }
        for j, matrix in enumerate(found, start=1)
    ]
    if output.format != "json":
        rows = [{name: row[name] for name in ("layer", "trace", "rank")} for row in rows]
    report: dict[str, Any] = {
        "widths": theta.network.widths,
        "rank": theta.barcode.rank,
        "barcode": theta.barcode,
        "invariants": rows,
        "balanced": all(matrix.is_zero() for matrix in found),
        "possible": theta.barcode == minimal.barcode,
        "minimal_stratum": minimal.barcode,
        "field": theta.field.to_jsonable(),
    }
    point = nearby.point
    if output.format == "json":
        report["balanced_point"] = None if point is None else weights_to_jsonable(point)
        report["reason"] = nearby.reason
    else:
        report["balanced_point"] = nearby.reason if point is not None else f"none: {nearby.reason}"
    output.value(report, rows_key="invariants")
