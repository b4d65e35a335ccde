"""`linnet-exact move`: one matrix changed, the product kept."""

from pathlib import Path

import click

from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_options import layer_option
from linnet_exact.files import read_weights, weights_to_jsonable
from linnet_exact.strata import Interval
from linnet_exact.weights import OneMatrixMove

__all__ = ["move"]


@click.command()
@click.argument("file", type=INPUT_FILE)
@click.option("--layer", type=int, required=True, metavar="J", help="Which matrix, 1 to L.")
@click.option("--from", "source", required=True, metavar="BAR", help="A bar alive at layer J - 1.")
@click.option("--to", "target", required=True, metavar="BAR", help="A bar alive at layer J.")
@click.option(
    "--eps",
    default="1",
    show_default=True,
    metavar="E",
    help="How much: a number of the field, such as -1/2.",
)
@layer_option("--tensor")
@output_options("json")
def move(
    file: Path,
    layer: int,
    source: str,
    target: str,
    eps: str,
    layers: tuple[str, ...],
    output: Output,
) -> None:
    """A one-matrix move of the weights in FILE: prints the new weights file.

    In flow coordinates, EPS is added to W_J from the first strand of one bar at layer J - 1 to the
    first strand of another at layer J. The product W stays the same exactly. The barcode stays the
    same too, unless the bars [h,k] and [i,l] have h < i and k < l: then the move connects them to
    [h,l], or swaps their ends, to [h,l] and [i,k]. A move from a bar that starts at layer 0 to one
    that reaches layer L would change W and is refused. Tensors of FILE that are
    layers are named by --tensor here, as elsewhere by --layer.

    \b
    Examples:
      linnet-exact move theta.json --layer 1 --from 0-0 --to 1-1
      linnet-exact move theta.json --layer 2 --from 1-1 --to 2-2 --eps=-1/2 -o moved.json
    """
    theta = read_weights(file, layers)
    bars = Interval.parse(source), Interval.parse(target)
    chosen = OneMatrixMove.between(theta.flow(), layer, *bars, eps)
    output.value(weights_to_jsonable(theta.apply(chosen)))
