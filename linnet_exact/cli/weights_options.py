"""The argument FILE of commands about weights, with `--layer` and `--list`."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from linnet_exact.cli.output import Output
from linnet_exact.files import open_tensors, read_weights

__all__ = ["weights_file"]


def weights_file(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` FILE, `--layer` and `--list`: `file`, a `Path`, and `theta`, its `Weights`.

    With `--list` the command is not called: the tensors of the file are printed. It goes below
    `output_options`.
    """

    @click.argument("file", type=click.Path(path_type=Path))
    @click.option(
        "--layer",
        "layers",
        multiple=True,
        metavar="SPEC",
        help="Tensor that is a layer, such as 'encoder.v.weight[0:32, :]' or 'w2[:, 0:32].T'; "
        "once for each layer, from input to output. Only these are read.",
    )
    @click.option("--list", "only_list", is_flag=True, help="Show the tensors of FILE, no more.")
    @functools.wraps(command)
    def with_weights(
        *args: Any, file: Path, layers: tuple[str, ...], only_list: bool, output: Output, **kw: Any
    ) -> Any:
        if only_list:
            tensors = open_tensors(file).tensors.values()
            output.rows((t.to_jsonable() for t in tensors), ("name", "shape", "dtype"))
            return None
        theta = read_weights(file, layers)
        return command(*args, file=file, theta=theta, output=output, **kw)

    return with_weights
