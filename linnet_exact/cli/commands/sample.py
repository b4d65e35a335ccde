"""`linnet-exact sample`: an exact point of a stratum."""

from pathlib import Path
from typing import cast

import click

from linnet_exact.algebra import QQ, NumberField
from linnet_exact.cli.completion import complete_barcode
from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.options import output_options, seed_option, widths_argument
from linnet_exact.cli.output import Output
from linnet_exact.errors import InputError
from linnet_exact.files import read_data, read_matrix, read_target, weights_to_jsonable
from linnet_exact.landscape import any_selection, critical_point
from linnet_exact.strata import Barcode, Network
from linnet_exact.weights import DEFAULT_HEIGHT
from linnet_exact.weights import sample as sample_weights
from linnet_exact.weights.balanced import balanced as balanced_weights

__all__ = ["sample"]


@click.command()
@widths_argument
@click.option(
    "--barcode",
    required=True,
    metavar="BARCODE",
    shell_complete=complete_barcode,
    help="Which stratum: 0-0,0-2,1-1:2.",
)
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
@click.option(
    "--critical",
    "selected",
    metavar="S",
    help="A critical point of the loss of --target or --data: eigenvalue numbers such as 1,3, or "
    "{}, or any.",
)
@click.option(
    "--data",
    "samples_file",
    type=INPUT_FILE,
    metavar="FILE",
    help="With --critical: the data of the loss, as linnet-exact critical takes it.",
)
@click.option(
    "--samples",
    type=click.Choice(["columns", "rows"]),
    default="columns",
    show_default=True,
    help="Where samples are in the data.",
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
    selected: str | None,
    samples_file: Path | None,
    samples: str,
    dense: bool,
    balanced: bool,
    output: Output,
) -> None:
    """An exact pseudo-random point of a stratum, as a weights file.

    Its entries are integers, over Q(a) integer combinations of 1, a, ...; with --target, fractions
    where input and output have to fit W. Balanced weights are fractions, of singular values of at
    most size H; with --target, the roots that they need are adjoined to Q.

    With --critical S it is a critical point of the square loss, whose product belongs to the
    eigenvalues of numbers S of Gamma Sigma^-1 Gamma^T, 1 for the largest. It is over the field of
    the data if the eigenvectors are, else over the number field that they need.

    \b
    Examples:
      linnet-exact sample 2,3,2 --barcode 0-0,0-2,1-1:2,2-2 --seed 1 -o theta.json
      linnet-exact sample 2,3,2 --barcode 0-2:2,1-1 --field "sqrt(2) + sqrt(3)"
      linnet-exact sample 2,3,2 --barcode 0-2:2,1-1 --target W.json --balanced
      linnet-exact sample 2,3,2 --barcode 0-0,0-2,1-1:2,2-2 --critical 2 \\
        --target M.json
    """
    bars = Barcode.parse(barcode)
    if bars.network != network:
        raise InputError(f"barcode {bars} has widths {bars.network}, not {network}")
    if balanced and not dense:
        raise click.UsageError("give --sparse or --balanced, not both", click.get_current_context())
    if selected is not None:
        _refuse_other_options(samples_file, target)
        data = (
            read_target(target, network)
            if target is not None
            else read_data(cast(Path, samples_file), network, samples == "rows")
        )
        numbers = any_selection(bars, data) if selected == "any" else _numbers(selected)
        output.value(weights_to_jsonable(critical_point(bars, data, numbers, seed)))
        return
    if samples_file is not None:
        raise click.UsageError("--data goes with --critical", click.get_current_context())
    field = QQ if number is None else NumberField(number)
    product = None if target is None else read_matrix(target)
    if balanced:
        theta = balanced_weights(bars, seed, height, field, product)
    else:
        theta = sample_weights(bars, seed, height, field, sparse=not dense, target=product)
    output.value(weights_to_jsonable(theta))


def _refuse_other_options(samples_file: Path | None, target: Path | None) -> None:
    """Refuse options that say nothing about critical points, and other than one loss."""
    context = click.get_current_context()
    if (samples_file is None) == (target is None):
        raise click.UsageError("--critical needs --target or --data, one of them", context)
    default = click.core.ParameterSource.DEFAULT
    names = {
        "height": "--height",
        "number": "--field",
        "dense": "--sparse",
        "balanced": "--balanced",
    }
    for parameter, option in names.items():
        if context.get_parameter_source(parameter) is not default:
            raise click.UsageError(f"{option} does not go with --critical", context)


def _numbers(text: str) -> list[int]:
    """Read a set S: ``1,3``, ``{1,3}``, ``{}``."""
    inner = text.strip().removeprefix("{").removesuffix("}").strip()
    parts = [part.strip() for part in inner.split(",")] if inner else []
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        raise click.UsageError(
            f"--critical {text[:40]!r}: expected numbers such as 1,3, or {{}}, or any",
            click.get_current_context(),
        )
    return [int(part) for part in parts]
