"""`linnet-exact transport`: the group element that carries one point, or fiber, to another."""

import json
from pathlib import Path

import click

from linnet_exact.cli.errors import PROGRAM, say
from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_options import Layers, layer_option
from linnet_exact.errors import InputError
from linnet_exact.files import read_weights
from linnet_exact.files.certificates.transport import transport_certificate
from linnet_exact.files.json_weights import rows_to_jsonable
from linnet_exact.weights.paths.carrying import carry, carry_fiber

__all__ = ["transport"]


@click.command()
@click.argument("file1", type=INPUT_FILE)
@click.argument("file2", type=INPUT_FILE)
@click.option("--fibers", is_flag=True, help="Carry the fiber of FILE1 only, whatever the strata.")
@click.option("--map", "with_map", is_flag=True, help="In JSON, the matrices on weight space, too.")
@layer_option()
@output_options("table", "json")
def transport(
    file1: Path,
    file2: Path,
    fibers: bool,
    with_map: bool,
    layers: Layers,
    output: Output,
) -> int:
    """The change of bases g that carries the weights in FILE1 to those in FILE2, exactly.

    g_j W_j g_{j-1}^-1 = W'_j for all j, and so g_L W = W' g_0. As a linear map of weight space it
    carries the whole fiber of W to that of W', and every stratum to the one with the same barcode:
    the topology of a stratum depends on its decomposition only, its geometry up to a linear map.
    W and W' need not be the same. With --fibers the points may be on different strata; all that
    counts is that W and W' have one rank. In JSON it is a certificate, which linnet-exact check
    verifies by multiplication; --map adds the matrix on the entries of each X_j, by rows.

    The exit status is 1 if the barcodes (with --fibers, the ranks) differ: then there is no g.
    --layer counts for both files.

    \b
    Examples:
      linnet-exact transport one.json other.json
      linnet-exact transport one.json other.json --format json -o g.json
      linnet-exact transport one.json other.json --fibers
    """
    first, second = read_weights(file1, layers), read_weights(file2, layers)
    if first.network != second.network:
        raise InputError(f"{file1} has widths {first.network}, but {file2} has {second.network}")
    same = first.barcode.rank == second.barcode.rank
    if not (same if fibers else first.barcode == second.barcode):
        why = f"{file1} is on {first.barcode}, {file2} on {second.barcode}"
        hint = "; --fibers carries the fiber alone" if same else ""
        say(f"{PROGRAM} transport: no g: {why}{hint}")
        return 1
    found = carry_fiber(first, second) if fibers else carry(first, second)
    found.check()
    if output.format == "json":
        value = transport_certificate(found)
        if with_map:  # outside the certificate, of which it is a consequence
            maps = [rows_to_jsonable(matrix) for matrix in found.linear_map]
            value = {"certificate": value, "linear_map": maps}
        output.text(json.dumps(value))
        return 0
    rows = [
        {"layer": j, "width": matrix.nrows, "g": rows_to_jsonable(matrix)}
        for j, matrix in enumerate(found.group)
    ]
    told = {
        "carries": "point" if found.points else "fiber",
        "from_barcode": first.barcode,
        "to_barcode": second.barcode,
        "same_fiber": found.same_fiber,
        "checked": True,
    }
    output.value({"group": rows, **told}, rows_key="group")
    return 0
