"""`linnet-exact analyze`: which stratum weights are on."""

from pathlib import Path

import click

from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.files import input_record, rank_list_certificate, read_weights

__all__ = ["analyze"]

_KEYS = (
    "rank_list",
    "dimension",
    "codimension",
    "tangent_dimension_of_fiber",
    "local_fiber_dimension",
    "singular",
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--certificate",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also write a certificate, for linnet-exact check.",
)
@output_options("table", "json", "csv")
def analyze(file: Path, certificate: Path | None, output: Output) -> None:
    """Which stratum the weights in FILE are on, certified.

    FILE is a weights file (JSON), or an .npz archive of matrices from input to output, whose
    floats are taken as the exact binary fractions that they are.

    \b
    Examples:
      linnet-exact analyze theta.json
      linnet-exact analyze trained.npz --format json
      linnet-exact analyze theta.json --certificate proof.json
    """
    theta = read_weights(file)
    if certificate is not None:
        proof = rank_list_certificate(theta, input_record(file))
        Output("json", certificate).value(proof)
    stratum = theta.stratum
    found = stratum.to_jsonable()
    output.value(
        {
            "widths": list(theta.network.widths),
            "rank": stratum.fiber.rank,
            "barcode": stratum.barcode,
            **{key: found[key] for key in _KEYS},
            "certified": True,
            "field": theta.field.to_jsonable(),
        }
    )
