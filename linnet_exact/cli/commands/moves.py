"""`linnet-exact moves`: all barcode moves from a stratum, up and down."""

from pathlib import Path
from typing import Any

import click

from linnet_exact.cli.completion import complete_barcode
from linnet_exact.cli.file_arguments import names_a_file, read_too
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_options import Layers, layer_option
from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode, Network
from linnet_exact.strata.order.barcode_moves import barcode_moves, freedom, layers_of
from linnet_exact.strata.order.moves import is_cover
from linnet_exact.strata.order.route import Leg

__all__ = ["moves"]


@click.command()
@click.argument("source", metavar="FILE|WIDTHS")
@click.option(
    "--barcode",
    metavar="BARCODE",
    shell_complete=complete_barcode,
    help="With WIDTHS: which stratum.",
)
@click.option(
    "--rank",
    type=click.IntRange(min=0),
    metavar="R",
    help="With WIDTHS: the minimal stratum of this rank, or a check of BARCODE.",
)
@layer_option()
@output_options("table", "json", "csv")
def moves(
    source: str, barcode: str | None, rank: int | None, layers: Layers, output: Output
) -> None:
    """All barcode moves from a stratum, in its fiber: connecting, swapping, and their inverses.

    A connecting move joins bars [h,k] and [k+1,l] to [h,l]; a swapping move makes [h,l] and [i,k]
    of [h,k] and [i,l]. Both raise ranks and lead up, to a stratum with this one in its closure;
    their inverses lead down. A cover has no stratum in between. The freedom of a move is the
    number of its parameters at a point of the lower stratum: it adds u v^T to one of the matrices
    of the layers that are given, u and v from spaces of dimensions omega_li and omega_kh. The
    freedom of all moves up adds up to dim null dmu - dim S.

    \b
    Examples:
      linnet-exact moves 2,3,2 --barcode 0-0,0-2,1-1:2,2-2
      linnet-exact moves 2,2,2,2 --rank 1
      linnet-exact moves theta.json --format json
    """
    bars = _requested(source, barcode, rank, layers)
    rows = [_row(leg) for leg in barcode_moves(bars)]
    if output.format == "csv":
        output.rows(rows, _COLUMNS)
        return
    up = [row for row in rows if row["direction"] == "up"]
    found = {
        "widths": list(bars.widths),
        "rank": bars.rank,
        "barcode": bars if output.format == "table" else bars.to_jsonable(),
        "dimension": bars.stratum.dimension,
        "tangent_dimension_of_fiber": bars.stratum.tangent_dimension_of_fiber,
        "moves_up": len(up),
        "moves_down": len(rows) - len(up),
        "freedom_up": sum(row["freedom"] for row in up),
    }
    output.value({"moves": rows, **found}, rows_key="moves")


_COLUMNS = ("direction", "move", "bars", "makes", "cover", "freedom", "layers", "to", "dimension")


def _row(leg: Leg) -> dict[str, Any]:
    ends = [str(leg.move.lower), str(leg.move.upper)]
    made = [str(bar) for bar in leg.move.made]
    return {
        "direction": "up" if leg.up else "down",
        "move": leg.move.kind,
        "bars": ends if leg.up else made,
        "makes": made if leg.up else ends,
        "cover": is_cover(leg.lower, leg.move),
        "freedom": freedom(leg.lower, leg.move),
        "layers": list(layers_of(leg.move)),
        "to": str(leg.goal),
        "dimension": leg.goal.stratum.dimension,
    }


def _requested(source: str, barcode: str | None, rank: int | None, layers: Layers) -> Barcode:
    if names_a_file(source, "0123456789,^ "):
        if barcode is not None or rank is not None:
            raise InputError("--barcode and --rank go with WIDTHS, not with a file")
        from linnet_exact.files import read_weights  # FLINT comes with it

        read_too(Path(source))
        return read_weights(Path(source), layers).barcode
    if layers:
        raise InputError("--layer goes with a file, not with WIDTHS")
    network = Network.parse(source)
    if barcode is None:
        if rank is None:
            raise InputError(
                "WIDTHS need a stratum: give --barcode, or --rank for the minimal one of that rank"
            )
        return network.fiber(rank).minimal_stratum.barcode
    bars = Barcode.parse(barcode)
    if bars.network != network:
        raise InputError(f"barcode {bars} has widths {bars.network}, not {network}")
    if rank not in (None, bars.rank):
        raise InputError(f"barcode {bars} has rank {bars.rank}, not {rank}")
    return bars
