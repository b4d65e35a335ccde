"""`linnet-exact compare`: the closure relation of two strata, with a witness."""

from pathlib import Path

import click

from linnet_exact.cli.file_arguments import names_a_file, read_too
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_options import Layers, layer_option
from linnet_exact.strata import Barcode
from linnet_exact.strata.order.comparison import Comparison
from linnet_exact.strata.order.comparison import compare as compare_strata

__all__ = ["compare"]

_FRONTIER = {
    "equal": "the two strata are one",
    "below": "every point of the first stratum is a limit of points of the second",
    "above": "no point of the first stratum is a limit of points of the second; the other way "
    "round, every point is",
    "incomparable": "neither stratum has a point in the closure of the other",
    "other fiber": "neither stratum has a point in the closure of the other: fibers are closed "
    "and do not meet",
}


@click.command()
@click.argument("first", metavar="BARCODE1|FILE1")
@click.argument("second", metavar="BARCODE2|FILE2")
@layer_option()
@output_options("table", "json", "csv")
def compare(first: str, second: str, layers: Layers, output: Output) -> int:
    """Does the first stratum lie in the closure of the second? With a witness either way.

    Strata are given by barcodes, or by files of weights that are on them. It does if and only if
    no rank r_k~i is larger at the first; every rank that is larger is told. If it does, or the
    second lies in the closure of the first, a chain of connecting and swapping moves, all of them
    covers, leads from the lower one up. By the frontier condition all points of a stratum are in
    the closure of another, or none is. The exit status is 0 if the first is in the closure of the
    second, or equal to it, and 1 if it is not. --layer counts for both files.

    \b
    Examples:
      linnet-exact compare 0-0,1-1,2-2 0-1,2-2
      linnet-exact compare 0-0:2,1-1,1-2 0-1,0-0,2-2,1-1 --format json
      linnet-exact compare theta.json 0-1,0-2,1-1,2-2
    """
    found = compare_strata(_barcode(first, layers), _barcode(second, layers))
    value = _jsonable(found)
    if output.format == "table":
        value["larger_ranks"] = [str(each) for each in found.failing]
    output.value(value, rows_key="chain")
    return 0 if found.in_closure else 1


def _barcode(text: str, layers: Layers) -> Barcode:
    if not names_a_file(text, "0123456789,-: "):
        return Barcode.parse(text)
    from linnet_exact.files import read_weights  # FLINT comes with it

    read_too(Path(text))
    return read_weights(Path(text), layers).barcode


def _jsonable(found: Comparison) -> dict[str, object]:
    inequalities = [
        {"rank": f"{each.k}~{each.i}", "first": each.first, "second": each.second}
        for each in found.failing
    ]
    chain = [
        {
            "move": step.move.kind,
            "bars": [str(step.move.lower), str(step.move.upper)],
            "times": step.times,
            "from": str(step.lower),
            "to": str(step.upper),
        }
        for step in found.chain()
    ]
    return {
        "widths": list(found.first.widths),
        "first": str(found.first),
        "second": str(found.second),
        "relation": found.relation,
        "in_closure": found.in_closure,
        "dimensions": [found.first.stratum.dimension, found.second.stratum.dimension],
        "larger_ranks": inequalities,
        "frontier": _FRONTIER[found.relation],
        "chain": chain,
    }
