"""`linnet-exact snap`: exact weights on a stratum near given weights."""

import json
from fractions import Fraction
from pathlib import Path

import click

from linnet_exact.algebra.numbers.rational import parse_rational
from linnet_exact.cli.file_arguments import JSON_FILE, SAFETENSORS_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.ranks import ranks_block
from linnet_exact.cli.weights_options import chosen_layers, recorded_input, weights_file
from linnet_exact.errors import InputError
from linnet_exact.files import Source, weights_to_jsonable
from linnet_exact.files.certificates.snapped import snapped_certificate
from linnet_exact.files.replacing import replace_layers
from linnet_exact.numeric import snap as snap_weights
from linnet_exact.strata import Barcode
from linnet_exact.strata.values.json_integers import jsonable
from linnet_exact.weights import Weights

__all__ = ["snap"]

_IN_JSON_ONLY = ("squared_distances", "distance_bounds")


def _read_tolerance(_: click.Context, __: click.Parameter, text: str | None) -> Fraction | None:
    """Read it exactly: a float would take 1e-500 for 0."""
    if text is None:
        return None
    try:
        tolerance = parse_rational(text)
    except InputError as error:
        raise click.BadParameter(str(error)) from None
    if not 0 < tolerance < 1:
        raise click.BadParameter(f"{text} is not in the range 0<x<1")
    return tolerance


@click.command()
@click.option(
    "--tolerance",
    callback=_read_tolerance,
    metavar="T",
    help="Largest change of a matrix, relative to its Frobenius norm.",
)
@click.option("--barcode", metavar="BARCODE", help="Which stratum, instead of the lowest within T.")
@click.option(
    "--height",
    type=click.IntRange(min=1),
    metavar="H",
    help="Bound on the numerators and denominators of the entries.",
)
@click.option(
    "--float",
    "precision",
    type=click.Choice(["float32", "float64"]),
    help="Only weights whose entries are such floats, exactly.",
)
@click.option(
    "--into",
    type=SAFETENSORS_FILE,
    metavar="FILE.safetensors",
    help="With --float: also a copy of FILE, .safetensors too, with the new weights in it.",
)
@click.option(
    "--certificate",
    type=JSON_FILE,
    metavar="FILE",
    help="Also write a certificate of the new ranks and the distances, for linnet-exact check.",
)
@output_options("table", "json")
@weights_file
def snap(
    file: Source,
    theta: Weights,
    tolerance: Fraction | None,
    barcode: str | None,
    height: int | None,
    precision: str | None,
    into: Path | None,
    certificate: Path | None,
    output: Output,
) -> None:
    """Exact rational weights on a lower stratum, close to the weights in FILE.

    The stratum is that of --barcode, or the lowest one within --tolerance that SVDs suggest. The
    ranks of the new weights are certified; their distance from FILE is told for every matrix. It is
    refused when no weights are found within the tolerance, which is decided exactly.

    With --float the entries are floats, so that ranks are exact where the weights are used; few
    digits leave little choice, so they are further away. --into copies the model with them.

    In JSON it is a weights file, which also holds what a table shows under "snap", and there the
    squares of the distances as exact numbers and decimal bounds for the distances. A distance that
    no float holds is a text.

    \b
    Examples:
      linnet-exact snap trained.npz --tolerance 1e-3
      linnet-exact snap model.safetensors --tolerance 0.01 --float float32 \\
        --into snapped.safetensors
      linnet-exact snap trained.npz --barcode 0-0,0-2,1-1 --height 100 \\
        -o snapped.json
    """
    if tolerance is None and barcode is None:
        raise click.UsageError("give --tolerance or --barcode", click.get_current_context())
    bars = None if barcode is None else Barcode.parse(barcode)
    if into is not None and precision is None:
        raise click.UsageError("--into goes with --float", click.get_current_context())
    found = snap_weights(theta, tolerance, bars, height, precision)
    if into is not None:
        replace_layers(file, chosen_layers(file), found.weights.matrices, into)
    if certificate is not None:
        proof = snapped_certificate(found.weights, theta, recorded_input(file))
        Output("json", certificate).value(proof)
    if output.format == "table":
        told = found.to_jsonable()
        told["rank_list"] = ranks_block(found.weights.rank_list)
        output.value({key: told[key] for key in told if key not in _IN_JSON_ONLY})
    else:
        file_value = {**weights_to_jsonable(found.weights), "snap": jsonable(found.to_jsonable())}
        output.text(json.dumps(file_value))
