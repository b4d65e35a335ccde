"""`linnet-exact export`: weights, fibers and strata for other systems."""

import json
from collections.abc import Callable
from pathlib import Path

import click

from linnet_exact.cli.completion import complete_barcode
from linnet_exact.cli.fiber_options import requested_fiber
from linnet_exact.cli.file_arguments import (
    OUTPUT_FILE,
    format_of_output,
    names_a_file,
    read_too,
)
from linnet_exact.cli.options import rank_options
from linnet_exact.cli.output import Output, warn
from linnet_exact.cli.weights_options import Layers, layer_option
from linnet_exact.draw import diagram
from linnet_exact.errors import InputError
from linnet_exact.files import export as writers
from linnet_exact.files import read_matrix, read_weights
from linnet_exact.strata import Barcode, Network
from linnet_exact.unfinished import written_whole
from linnet_exact.weights import Weights

__all__ = ["export"]

_WEIGHTS_SCRIPTS: dict[str, Callable[[Weights], str]] = {
    "macaulay2": writers.macaulay2.weights_script,
    "singular": writers.singular.weights_script,
    "sage": writers.sage.weights_script,
    "mrdi": writers.mrdi.weights_mrdi,
    "lean": writers.lean.ranks_file,
    "rank-minors": lambda theta: json.dumps(writers.minors_to_jsonable(theta)),
}
_EQUATIONS_SCRIPTS: dict[str, Callable[[writers.Equations], str]] = {
    "macaulay2": writers.macaulay2.equations_script,
    "singular": writers.singular.equations_script,
    "sage": writers.sage.equations_script,
    "mrdi": writers.mrdi.equations_mrdi,
}
_BINARY: dict[str, Callable[[Weights], bytes]] = {
    "npz": writers.to_npz,
    "safetensors": writers.to_safetensors,
}


@click.command()
@click.argument("source", metavar="FILE|WIDTHS")
@rank_options
@click.option(
    "--barcode",
    metavar="BARCODE",
    shell_complete=complete_barcode,
    help="The closure of this stratum, not all.",
)
@layer_option()
@click.option(
    "--to",
    "system",
    required=True,
    type=click.Choice([*_WEIGHTS_SCRIPTS, "latex", *_BINARY]),
    help="Which system, or format, it is for.",
)
@click.option(
    "-o",
    "--output",
    "path",
    type=OUTPUT_FILE,
    metavar="FILE",
    help="Write to FILE instead of stdout.",
)
def export(
    source: str,
    rank: int,
    target: Path | None,
    barcode: str | None,
    layers: Layers,
    system: str,
    path: Path | None,
) -> None:
    """Hand weights, or the equations of a fiber or of a stratum, to another system.

    With a file of weights: the matrices, exactly, and the ranks of their products; in .npz and
    safetensors rounded to float64, which is told. With WIDTHS: the equations W_L ... W_1 = W of the
    fiber (of --target, or of a matrix of rank --rank with ones on its diagonal), and with --barcode
    the rank conditions of a stratum. The scripts run as they are (M2 --script FILE, Singular -q
    FILE) and print the dimension, and the number of components of small fibers. mrdi is the JSON of
    OSCAR: the matrices, or the ideal. rank-minors gives for every product A an invertible minor B
    with its inverse, B adj = d 1 and d A = C (adj P), in integers; lean a file for Lean 4, without
    any library, that checks just that.

    \b
    Examples:
      linnet-exact export 2,3,2 --rank 1 --to macaulay2 -o fiber.m2
      linnet-exact export 2,3,2 --rank 1 --barcode 0-0,0-2,1-1:2,2-2 --to singular
      linnet-exact export theta.json --to latex -o theta.tex
      linnet-exact export theta.json --to lean -o Ranks.lean
    """
    if path is not None and str(path) != "-":
        format_of_output(path, system, (system,))
    if names_a_file(source, "0123456789,^ "):
        read_too(Path(source))
        if rank or target is not None or barcode is not None:
            raise InputError("--rank, --target and --barcode go with WIDTHS, not with a file")
        theta = read_weights(Path(source), layers)
        if system in _BINARY:
            _export_binary(theta, system, path)
        else:
            Output(system, path).text(_weights_text(theta, system))
        return
    if layers:
        raise InputError("--layer goes with a file, not with WIDTHS")
    if system not in (*_EQUATIONS_SCRIPTS, "latex"):
        raise InputError(f"only weights from a file can be exported to {system}")
    Output(system, path).text(_equations_text(_equations(source, rank, target, barcode), system))


def _weights_text(theta: Weights, system: str) -> str:
    if system in _WEIGHTS_SCRIPTS:
        return _WEIGHTS_SCRIPTS[system](theta)
    picture = diagram(theta.barcode).tikz()
    return writers.latex_document([*writers.weights_latex(theta), picture])


def _equations(
    widths: str, rank: int, target: Path | None, barcode: str | None
) -> writers.Equations:
    network = Network.parse(widths)
    matrix = None if target is None else read_matrix(target)
    bars = None if barcode is None else Barcode.parse(barcode)
    if bars is not None and bars.network == network and target is None:
        rank = rank or bars.rank
    fiber = requested_fiber(network, rank, target)
    return writers.Equations.of(fiber, matrix, bars)


def _equations_text(equations: writers.Equations, system: str) -> str:
    if system in _EQUATIONS_SCRIPTS:
        return _EQUATIONS_SCRIPTS[system](equations)
    parts = writers.equations_latex(equations)
    if equations.barcode is not None:
        parts.append(diagram(equations.barcode).tikz())
    return writers.latex_document(parts)


def _export_binary(theta: Weights, system: str, path: Path | None) -> None:
    if path is None or str(path) == "-":
        raise InputError(f"{system} is not text: name a file with -o")
    data = _BINARY[system](theta)
    with written_whole(path) as unfinished:
        unfinished.write_bytes(data)
    rounded = writers.rounded_entries(theta)
    if rounded:
        warn(
            f"{rounded} entries of {path} are rounded to float64; its ranks may not be those of "
            f"the exact weights"
        )
