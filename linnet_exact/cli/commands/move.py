"""`linnet-exact move`: one-matrix and two-matrix moves, up, down, and from stratum to stratum."""

import json
from pathlib import Path
from typing import Any

import click

from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.move_options import (
    Request,
    infinitesimal_move,
    move_row,
    requested_move,
)
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_options import Layers, layer_option
from linnet_exact.files import read_weights, weights_to_jsonable
from linnet_exact.strata import Barcode
from linnet_exact.weights import Weights
from linnet_exact.weights.moves.walk import moves_to

__all__ = ["move"]


@click.command()
@click.argument("file", type=INPUT_FILE)
@click.option("--layer", type=int, metavar="J", help="Which matrix, 1 to L.")
@click.option("--from", "source", metavar="BAR", help="A bar alive at layer J - 1.")
@click.option(
    "--to",
    "target",
    metavar="BAR|BARCODE",
    help="A bar alive at layer J; or, without --from, the stratum to go to.",
)
@click.option(
    "--eps", metavar="E", help="How much: a number of the field, such as -1/2.  [default: 1]"
)
@click.option("--strand", type=int, metavar="P", help="Which strand of the bar of --from, from 0.")
@click.option("--to-strand", type=int, metavar="Q", help="Which strand of the bar of --to, from 0.")
@click.option("--vector", metavar="U", help="Coefficients 1,0,-1/2 of the strands of --to.")
@click.option("--covector", metavar="V", help="Coefficients of the dual strands of --from.")
@click.option("--two-matrix", is_flag=True, help="Change the basis of hidden layer J.")
@click.option("--down", is_flag=True, help="The inverse move, which makes the bars --from, --to.")
@click.option("--infinitesimal", is_flag=True, help="The tangent vector, not the step.")
@layer_option("--tensor")
@output_options("table", "json")
def move(file: Path, layers: Layers, output: Output, **options: Any) -> None:
    """A move of the weights in FILE: in JSON the new weights file, with the move under "moves".

    One-matrix: E u v^T is added to W_J, u a strand of the bar --to at layer J, v dual to a strand
    of the bar --from at layer J - 1. The product W stays the same exactly. The barcode stays the
    same too, unless the bars [h,k] and [i,l] have h < i <= k + 1 <= l: then the move connects them
    to [h,l], or swaps their ends, to [h,l] and [i,k], and ranks rise. A move from a bar that starts
    at layer 0 to one that reaches layer L would change W and is refused. With --two-matrix, W_J
    becomes (1 + E H) W_J and W_J+1 becomes W_J+1 (1 + E H)^-1, H from a strand of --from to one of
    --to at layer J; the barcode stays. Strands are chosen by number, or mixed by --vector and
    --covector.

    With --down ranks fall: the inverse of a connecting or swapping move leaves the bars --from and
    --to; --strand (or --vector and --covector) chooses the long strand that is cut, and --to-strand
    the short one. With --to BARCODE alone, covers lead up or down to that stratum, each checked.
    With --infinitesimal it is a tangent vector (X_1, ..., X_L) of the fiber, with a witness that it
    is tangent to the stratum or not. Tensors of FILE that are layers are named by --tensor here, as
    elsewhere by --layer.

    \b
    Examples:
      linnet-exact move theta.json --layer 1 --from 0-0 --to 1-1
      linnet-exact move theta.json --layer 2 --from 1-1 --to 2-2 --eps=-1/2 \\
        -o moved.json
      linnet-exact move theta.json --layer 1 --from 1-1 --to 0-2 --two-matrix \\
        --strand 1
      linnet-exact move theta.json --layer 1 --from 0-0 --to 1-1 --covector 1 \\
        --vector 2,-1
      linnet-exact move moved.json --from 1-1 --to 2-2 --down
      linnet-exact move theta.json --to 0-1,0-2,1-2 -o there.json
    """
    theta = read_weights(file, layers)
    asked = Request(**options)
    if asked.is_walk:
        stages = list(moves_to(theta, Barcode.parse(asked.target or "")))
        end = stages[-1].weights if stages else theta
        _print(theta, end, [move_row(stage.move, theta.field) for stage in stages], output)
    elif asked.infinitesimal:
        output.value(infinitesimal_move(theta, asked, output.format))
    else:
        chosen = requested_move(theta.flow(), asked)
        _print(theta, theta.apply(chosen), [move_row(chosen, theta.field)], output)


def _print(start: Weights, end: Weights, rows: list[dict[str, Any]], output: Output) -> None:
    if output.format == "json":
        output.text(json.dumps({**weights_to_jsonable(end), "moves": rows}))
        return
    ends = {"from_barcode": start.barcode, "to_barcode": end.barcode}
    output.value({"moves": rows, **ends, "same_product": True}, rows_key="moves")
