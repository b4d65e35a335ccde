"""`linnet-exact path`: an exact path between two points of one fiber."""

from pathlib import Path

import click

from linnet_exact.cli.errors import PROGRAM, say
from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_options import Layers, layer_option
from linnet_exact.errors import NoPathError
from linnet_exact.files import read_weights
from linnet_exact.files.json_path import path_to_jsonable
from linnet_exact.weights import path as find_path
from linnet_exact.weights.paths.steps import GroupStep

__all__ = ["path"]


@click.command()
@click.argument("file1", type=INPUT_FILE)
@click.argument("file2", type=INPUT_FILE)
@layer_option()
@output_options("table", "json")
def path(file1: Path, file2: Path, layers: Layers, output: Output) -> int:
    """An exact path from the weights in FILE1 to those in FILE2, which have the same product.

    Each step has a parameter from 0 to 1, and all its points have the product of the ends. On one
    stratum the steps are families of changes of basis; from stratum to stratum they are connecting
    and swapping moves, up or down; "shortest" says whether it is proved that there are no fewer
    on any path, and "largest bits" how long the longest numerator or denominator between steps is.
    Before the path is printed it is replayed and checked. The exit status is 1 if the ends lie on
    parts of the real fiber that are not connected; the signs that tell them apart are then given.
    --layer counts for both files.

    \b
    Examples:
      linnet-exact path start.json end.json
      linnet-exact path start.json end.json --format json -o path.json
    """
    try:
        found = find_path(read_weights(file1, layers), read_weights(file2, layers))
    except NoPathError as error:
        say(f"{PROGRAM} path: {error}")
        return 1
    found.check()
    if output.format == "json":
        output.value(path_to_jsonable(found))
        return 0
    rows = [
        {
            "step": number,
            "kind": step.kind,
            "direction": None if isinstance(step, GroupStep) else "up" if step.up else "down",
            "to barcode": step.end.barcode,
        }
        for number, step in enumerate(found.steps, start=1)
    ]
    summary = {
        "from_barcode": found.start.barcode,
        "strata_passed": len(found.barcodes),
        "shortest": found.shortest,
        "largest_bits": max(found.bits),
        "separated_by": found.separated_by,
    }
    output.value({"steps": rows, **summary}, rows_key="steps")
    return 0
