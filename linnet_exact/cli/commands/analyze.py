"""`linnet-exact analyze`: which stratum weights are on."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from linnet_exact.cli.file_arguments import JSON_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.ranks import ranks_block
from linnet_exact.cli.weights_options import recorded_input, weights_file
from linnet_exact.files import Source, rank_list_certificate
from linnet_exact.files.certificates.probable import probable_certificate
from linnet_exact.strata import RankList
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
    type=JSON_FILE,
    metavar="FILE",
    help="Also write a certificate, for linnet-exact check.",
)
@click.option(
    "--probable",
    is_flag=True,
    help="Ranks modulo two random primes: quicker, not certified; says how likely an error is.",
)
@output_options("table", "json", "csv")
@weights_file
def analyze(
    file: Source, theta: Weights, certificate: Path | None, probable: bool, output: Output
) -> None:
    """Which stratum the weights in FILE are on, certified.

    FILE is a weights file (JSON), or it holds named tensors: .safetensors, .npz, .npy, .onnx,
    .gguf, or .pt, .pth and .bin of PyTorch; a model in several files by its .index.json. What it
    is, its content says. Their floats are taken as the exact binary fractions that they are. FILE
    can be - for stdin. Without --layer, all tensors of the file are layers.

    \b
    Examples:
      linnet-exact analyze theta.json
      linnet-exact analyze trained.npz --format json
      linnet-exact analyze theta.json --certificate proof.json
      linnet-exact analyze large.npz --probable --certificate short.json
      linnet-exact analyze model.safetensors --list
      linnet-exact analyze model.safetensors --layer 'v.weight[0:32, :]' \\
        --layer 'o.weight[:, 0:32]'
    """
    proof: dict[str, Any] | None = None
    known: dict[str, Any] = {"certified": True}
    if certificate is not None:
        record = recorded_input(file)
        made = probable_certificate(theta, source=record) if probable else None
        proof = made or rank_list_certificate(theta, record)
        Output("json", certificate).value(proof)
    if probable and proof:
        ranks, bound = RankList.from_jsonable(proof["rank_list"]), Fraction(proof["error_bound"])
    elif probable:
        ranks, bound = theta.probable_rank_list()
    else:
        ranks, bound = theta.rank_list, Fraction(0)
    if probable:
        known = {"certified": False, "error_bound": _power_of_two_above(bound)}
    stratum = ranks.barcode.stratum
    found = stratum.to_jsonable()
    if output.format == "table":
        found["rank_list"] = ranks_block(ranks)
    output.value(
        {
            "widths": list(theta.network.widths),
            "rank": stratum.fiber.rank,
            "barcode": stratum.barcode,
            **{key: found[key] for key in _KEYS},
            **known,
            "field": theta.field.to_jsonable(),
        }
    )


def _power_of_two_above(bound: Fraction) -> str:
    """Write a bound on a probability as a power of two that is no smaller."""
    return f"2^-{(bound.denominator // bound.numerator).bit_length() - 1}" if bound else "0"
