"""`linnet-exact sample`: an exact point of a stratum."""

from pathlib import Path

import click

from linnet_exact.algebra import QQ, NumberField
from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.options import output_options, seed_option, widths_argument
from linnet_exact.cli.output import Output
from linnet_exact.errors import InputError
from linnet_exact.files import read_matrix, weights_to_jsonable
from linnet_exact.strata import Barcode, Network
from linnet_exact.weights import DEFAULT_HEIGHT
from linnet_exact.weights import sample as sample_weights
from linnet_exact.weights.balanced import balanced as balanced_weights

__all__ = ["sample"]


@click.command()
@widths_argument
@click.option("--barcode", required=True, metavar="BARCODE", help="Which stratum: 0-0,0-2,1-1:2.")
@seed_option
@click.option(
    "--height",
    type=click.IntRange(min=1),
    default=DEFAULT_HEIGHT,
    show_default=True,
    metavar="H",
    help="Largest size of an entry.",
)
@click.option("--field", "number", metavar="NUMBER", help='The field Q(NUMBER): "sqrt(2)".')
@click.option(
    "--target",
    type=INPUT_FILE,
    metavar="FILE",
    help="Matrix file with the product W that the weights shall have.",
)
@click.option("--dense/--sparse", default=True, show_default=True, help="Few zeros or many.")
@click.option("--balanced", is_flag=True, help="Weights with W_{j+1}^T W_{j+1} = W_j W_j^T.")
@output_options("json")
def sample(
    network: Network,
    barcode: str,
    seed: int,
    height: int,
    number: str | None,
    target: Path | None,
    dense: bool,
    balanced: bool,
    output: Output,
) -> None:
    """An exact pseudo-random point of a stratum, as a weights file.

    Its entries are integers, over Q(a) integer combinations of 1, a, ...; with --target, fractions
    where input and output have to fit W. Balanced weights are fractions, of singular values of at
    most size H; with --target, the roots that they need are adjoined to Q.

    \b
    Examples:
      linnet-exact sample 2,3,2 --barcode 0-0,0-2,1-1:2,2-2 --seed 1 -o theta.json
      linnet-exact sample 2,3,2 --barcode 0-2:2,1-1 --field "sqrt(2) + sqrt(3)"
      linnet-exact sample 2,3,2 --barcode 0-2:2,1-1 --target W.json --balanced
    """
    bars = Barcode.parse(barcode)
    if bars.network != network:
        raise InputError(f"barcode {bars} has widths {bars.network}, not {network}")
    if balanced and not dense:
        raise click.UsageError("give --sparse or --balanced, not both", click.get_current_context())
    field = QQ if number is None else NumberField(number)
    product = None if target is None else read_matrix(target)
    if balanced:
        theta = balanced_weights(bars, seed, height, field, product)
    else:
        theta = sample_weights(bars, seed, height, field, sparse=not dense, target=product)
    output.value(weights_to_jsonable(theta))
