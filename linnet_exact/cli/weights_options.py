"""The argument FILE of commands about weights, with `--layer` and `--list`."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.output import Output

if TYPE_CHECKING:
    from linnet_exact.files import Source

__all__ = ["layer_option", "recorded_input", "weights_file"]


def layer_option(name: str = "--layer") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command `--layer`, or the same by another name, as `layers`, a tuple of texts."""
    return click.option(
        name,
        "layers",
        multiple=True,
        metavar="SPEC",
        help="Tensor that is a layer, such as 'encoder.v.weight[0:32, :]' or 'w2[:, 0:32].T'; "
        "once for each layer, from input to output. Only these are read.",
    )


def weights_file(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` FILE, `--layer` and `--list`: `file`, a `Source`, and `theta`, its `Weights`.

    With `--list` the command is not called: the tensors of the file are printed. It goes below
    `output_options`.
    """

    @click.argument("file", type=INPUT_FILE)
    @layer_option()
    @click.option("--list", "only_list", is_flag=True, help="Show the tensors of FILE, no more.")
    @functools.wraps(command)
    def with_weights(
        *args: Any, file: Path, layers: tuple[str, ...], only_list: bool, output: Output, **kw: Any
    ) -> Any:
        # FLINT comes with it; commands that take barcodes as well load it only for a file.
        from linnet_exact.files import Source, open_tensors, read_weights

        source = Source.of(file)  # stdin and pipes can be read only once
        if only_list:
            tensors = list(open_tensors(source).tensors.values())
            columns = ["name", "shape", "dtype"] + ["note"] * any(t.note for t in tensors)
            rows = (tensor.to_jsonable() for tensor in tensors)
            output.rows(({key: row[key] for key in columns} for row in rows), columns)
            return None
        theta = read_weights(source, layers)
        return command(*args, file=source, theta=theta, output=output, **kw)

    return with_weights


def recorded_input(file: "Source") -> dict[str, Any]:
    """Return the record of FILE for a certificate, with the `--layer` of the running command."""
    from linnet_exact.files import input_record

    return input_record(file, click.get_current_context().params["layers"])
