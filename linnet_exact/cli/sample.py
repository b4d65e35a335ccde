"""`linnet-exact sample`: an exact point of a stratum."""

import json

import click

from linnet_exact.cli.options import output_options, seed_option, widths_argument
from linnet_exact.cli.output import Output
from linnet_exact.errors import InputError
from linnet_exact.files import weights_to_jsonable
from linnet_exact.strata import Barcode, Network
from linnet_exact.weights import DEFAULT_HEIGHT
from linnet_exact.weights import sample as sample_weights

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
@output_options("json")
def sample(network: Network, barcode: str, seed: int, height: int, output: Output) -> None:
    """An exact pseudo-random point of a stratum, as a weights file.

    Its entries are integers. It is dense, not in canonical form.

    \b
    Example:
      linnet-exact sample 2,3,2 --barcode 0-0,0-2,1-1:2,2-2 --seed 1 -o theta.json
    """
    bars = Barcode.parse(barcode)
    if bars.network != network:
        raise InputError(f"barcode {bars} has widths {bars.network}, not {network}")
    theta = sample_weights(bars, seed, height)
    output.text(json.dumps(weights_to_jsonable(theta)))
