"""`linnet-exact decompose`: weight space taken apart by kinds of moves."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linnet_exact.cli.completion import complete_barcode
from linnet_exact.cli.file_arguments import names_a_file, read_too
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_options import Layers, layer_option
from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode, Network
from linnet_exact.strata.formulas.freedom import (
    EFFECTS,
    FORMULAS,
    KINDS,
    Freedom,
    freedom,
    freedom_of_pairs,
)

if TYPE_CHECKING:
    from linnet_exact.weights.spaces.decomposition import Decomposition

__all__ = ["decompose"]


@click.command()
@click.argument("source", metavar="FILE|WIDTHS")
@click.option(
    "--barcode",
    metavar="BARCODE",
    shell_complete=complete_barcode,
    help="Count from this barcode alone, with WIDTHS.",
)
@click.option("--pairs", is_flag=True, help="In the table: what each pair of bars contributes.")
@layer_option()
@output_options("table", "json", "csv")
def decompose(source: str, barcode: str | None, pairs: bool, layers: Layers, output: Output) -> int:
    """Weight space at a point, taken apart into subspaces by kinds of moves.

    One-matrix and two-matrix moves stay on the stratum; their numbers add up to its dimension.
    With the connecting and swapping moves, which raise ranks but keep the product, they span the
    null space of dmu; the moves through, from input strands to output strands, change the product
    and are as many as the dimension of its row space. All together make up weight space.

    With FILE, JSON adds a basis of each subspace at these weights, of the null space and of the row
    space, checked against Jacobians (exit status 1 if that fails). With WIDTHS and --barcode only
    the multiplicities are used.

    \b
    Examples:
      linnet-exact decompose 2,3,2 --barcode 0-0,0-2,1-1:2,2-2
      linnet-exact decompose 2,3,2 --barcode 0-0,0-2,1-1:2,2-2 --pairs
      linnet-exact decompose theta.json
      linnet-exact decompose theta.json --format json -o decomposition.json
    """
    if barcode is not None:
        if layers:
            raise InputError("--layer goes with a file, not with WIDTHS")
        bars = Barcode.parse(barcode)
        if bars.network != Network.parse(source):
            raise InputError(f"barcode {bars} has widths {bars.network}, not {source}")
        output.value(_counted(bars, pairs, output), rows_key="pairs" if pairs else "kinds")
        return 0
    if not names_a_file(source, "0123456789,^ "):
        raise InputError(f"there is no file {source}; WIDTHS go with --barcode")
    from linnet_exact.files import read_weights  # FLINT comes with it
    from linnet_exact.weights.spaces.decomposition import decompose as decompose_weight_space

    read_too(Path(source))
    found = decompose_weight_space(read_weights(Path(source), layers))
    report = _counted(found.weights.barcode, pairs, output)
    if output.format == "json":
        report |= _bases(found)
    checked = found.check()
    output.value(report | {"checked": checked}, rows_key="pairs" if pairs else "kinds")
    return int(not checked)


def _counted(barcode: Barcode, pairs: bool, output: Output) -> dict[str, Any]:
    """The counting table of a barcode: in JSON all of it, else the rows asked for."""
    found = freedom(barcode)
    report: dict[str, Any] = {"widths": barcode.widths, "rank": barcode.rank, "barcode": barcode}
    if output.format == "json" or not pairs:
        report["kinds"] = [
            {
                "kind": kind,
                "moves": found.counts[kind],
                "effect": EFFECTS[kind],
                "formula": FORMULAS[kind],
            }
            for kind in KINDS
        ]
    if output.format == "json" or pairs:
        report["pairs"] = [
            {
                "from": str(pair.source),
                "to": str(pair.target),
                "matrices": ",".join(f"W{j}" for j in pair.layers),
                "pairs": pair.pairs,
                "stays": pair.tangent,
                "staying": pair.pairs * (len(pair.layers) - bool(pair.leaving)),
                "leaves": pair.leaving,
                "leaving": pair.pairs * bool(pair.leaving),
            }
            for pair in freedom_of_pairs(barcode)
        ]
    if output.format == "table":
        return report | _sums(found)
    return report | {
        "dimension": found.stratum,
        "tangent_dimension_of_fiber": found.null_space,
        "rank_of_differential": found.row_space,
        "weight_dimension": found.weight_dimension,
    }


def _sums(found: Freedom) -> dict[str, str]:
    """Why the numbers of moves add up, for people."""
    one, two, connecting, swapping, through = found.counts.values()
    return {
        "stratum": f"{found.stratum} = {one} + {two}",
        "null space of dμ": f"{found.null_space} = {one} + {two} + {connecting} + {swapping}",
        "row space of dμ": f"{found.row_space} = {through}",
        "weight space": f"{found.weight_dimension} = "
        f"{one} + {two} + {connecting} + {swapping} + {through}",
    }


def _bases(found: "Decomposition") -> dict[str, Any]:
    """Named subspaces of weight space, each with its basis."""
    from linnet_exact.files.json_weights import rows_to_jsonable

    return {
        "subspaces": [
            {
                "kind": kind,
                "dimension": found.basis(kind).nrows,
                "basis": rows_to_jsonable(found.basis(kind)),
                "labels": [label.to_jsonable() for label in found.labels if label.kind == kind],
            }
            for kind in KINDS
        ],
        **{
            name: {"dimension": basis.nrows, "basis": rows_to_jsonable(basis)}
            for name, basis in (("null_space", found.null_space), ("row_space", found.row_space))
        },
        "field": found.weights.field.to_jsonable(),
    }
