"""`linnet-exact analyze`: which stratum weights are on."""

from pathlib import Path

import click

from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_files import weights_file
from linnet_exact.files import input_record, rank_list_certificate
from linnet_exact.weights import Weights

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
@click.option(
    "--certificate",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also write a certificate, for linnet-exact check.",
)
@output_options("table", "json", "csv")
@weights_file
def analyze(file: Path, theta: Weights, certificate: Path | None, output: Output) -> None:
    """Which stratum the weights in FILE are on, certified.

    FILE is a weights file (JSON), or it holds named tensors: .safetensors (also a model in several
    files, by its .safetensors.index.json), .npz or .npy. Their floats are taken as the exact binary
    fractions that they are. Without --layer, all tensors of the file are layers.

    \b
    Examples:
      linnet-exact analyze theta.json
      linnet-exact analyze trained.npz --format json
      linnet-exact analyze theta.json --certificate proof.json
      linnet-exact analyze model.safetensors --list
      linnet-exact analyze model.safetensors --layer 'v.weight[0:32, :]' --layer 'o.weight[:, 0:32]'
    """
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
