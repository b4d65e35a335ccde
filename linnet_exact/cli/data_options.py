"""What the commands about the square loss share: `--data`, `--target` and `--samples`."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.files import read_data, read_target
from linnet_exact.landscape import Data
from linnet_exact.strata import Network

__all__ = ["data_options"]


def data_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` the options; `data_of` is a function from a network to the `Data`.

    Just one of `--data` and `--target` must be given.
    """

    @click.option(
        "--data",
        "samples_file",
        type=INPUT_FILE,
        metavar="FILE",
        help="X (inputs x samples) and Y (outputs x samples), or Sigma and Gamma: .npz, "
        ".safetensors, .npy, .csv or JSON.",
    )
    @click.option(
        "--target",
        type=INPUT_FILE,
        metavar="FILE",
        help="The matrix M of the loss 1/2 |W - M|^2, instead of --data.",
    )
    @click.option(
        "--samples",
        type=click.Choice(["columns", "rows"]),
        default="columns",
        show_default=True,
        help="Where samples are in X and Y.",
    )
    @functools.wraps(command)
    def with_data(
        *args: Any, samples_file: Path | None, target: Path | None, samples: str, **kwargs: Any
    ) -> Any:
        context = click.get_current_context()
        if (samples_file is None) == (target is None):
            raise click.UsageError("give --data or --target, one of them", context)

        def data_of(network: Network) -> Data:
            if target is not None:
                return read_target(target, network)
            assert samples_file is not None
            return read_data(samples_file, network, samples == "rows")

        return command(*args, data_of=data_of, **kwargs)

    return with_data
