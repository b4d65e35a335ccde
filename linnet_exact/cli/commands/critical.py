"""`linnet-exact critical`: is the square loss stationary at weights, and of which kind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from linnet_exact.cli.data_options import data_options
from linnet_exact.cli.file_arguments import JSON_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_options import recorded_input, weights_file
from linnet_exact.files import Source
from linnet_exact.files.certificates.critical import critical_certificate
from linnet_exact.files.criticality import criticality_to_jsonable
from linnet_exact.landscape import Data, criticality
from linnet_exact.strata import Barcode, Network
from linnet_exact.weights import Weights

__all__ = ["critical"]

_LONG = 60
"""Number of characters up to which exact numbers are shown in a table."""


@click.command()
@data_options
@click.option(
    "--certificate",
    type=JSON_FILE,
    metavar="FILE",
    help="Also write a certificate, for linnet-exact check.",
)
@output_options("table", "json")
@weights_file
def critical(
    file: Source,
    theta: Weights,
    data_of: Callable[[Network], Data],
    certificate: Path | None,
    output: Output,
) -> int:
    """Is the square loss stationary at the weights in FILE, and of which kind?

    The exit status is 0 if the point is critical, 1 if it is not. Everything is exact: the
    gradient, the loss, the numbers of positive, zero and negative eigenvalues of the Hessian, and
    for a strict saddle a direction in which the loss falls to second order.

    \b
    Examples:
      linnet-exact critical theta.json --target M.json
      linnet-exact critical trained.npz --data samples.npz --format json
      linnet-exact critical theta.json --data samples.csv --samples rows
      linnet-exact critical theta.json --target M.json --certificate proof.json
    """
    found = criticality(theta, data_of(theta.network))
    if certificate is not None:
        Output("json", certificate).value(critical_certificate(found, recorded_input(file)))
    value = criticality_to_jsonable(found)
    output.value(_lines(value) if output.format == "table" else value)
    return 0 if found.is_critical else 1


def _lines(value: dict[str, Any]) -> dict[str, Any]:
    """Return what a person wants to see, a line for each key."""
    hypotheses = value["hypotheses"]
    lines = {
        **{key: value[key] for key in ("critical", "kind")},
        "loss": _short(value["loss"], value["loss_enclosure"]),
        "gradient_norm_squared": _short(value["gradient_norm_squared"], None),
        **{key: value[key] for key in ("widths", "rank")},
        "barcode": str(Barcode.from_jsonable(value["barcode"])),
        "selected": None
        if value["selected"] is None
        else "{" + ",".join(map(str, value["selected"])) + "}",
        "sigma_invertible": hypotheses["sigma_invertible"],
        "distinct_eigenvalues": hypotheses["distinct_eigenvalues"],
        "rank_of_gamma": hypotheses["gamma_rank"],
        "hessian": value["hessian"],
        "pivots": ", ".join(
            f"({p['i']},{p['j']}) {'tightened' if p['tightened'] else 'not tightened'}"
            for p in value["pivots"]
        ),
    }
    if value["reason"] is not None:
        lines["reason"] = value["reason"]
    if value["escape"] is not None and "second_derivative" in value["escape"]:
        lines["escape"] = f"second derivative {value['escape']['second_derivative']}"
    return lines


def _short(exact: int | str, enclosure: list[str] | None) -> int | str:
    """Return an exact number, or what tells it well enough if it is long."""
    if len(str(exact)) <= _LONG:
        return exact
    if enclosure is not None:
        return "..".join(enclosure)
    return f"not 0; a number of {len(str(exact))} characters, see --format json"
