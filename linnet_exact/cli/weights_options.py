"""The argument FILE of commands about weights, and the options that say which tensors are layers.

`--layer`, `--chain` and `--circuit` are one choice everywhere: a command gets `layers`, which
`read_weights` takes.
"""

import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from linnet_exact.cli.completion import complete_tensor
from linnet_exact.cli.file_arguments import INPUT_FILE, read_too
from linnet_exact.cli.output import Output

if TYPE_CHECKING:
    from linnet_exact.files import Source
    from linnet_exact.files.chains.choice import Choice

__all__ = ["Layers", "chosen_layers", "layer_option", "recorded_input", "weights_file"]

Layers: TypeAlias = "tuple[str, ...] | Choice"
"""What `layer_option` hands to a command; it is false if nothing was chosen."""

_CHOSEN = f"{__name__}.chosen"
_OF_CIRCUITS = ("head", "layer_range", "heads", "stack")


def layer_option(name: str = "--layer") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command `--layer`, or the same by another name, `--chain` and `--circuit`.

    They come as one parameter, `layers`.
    """
    options = (
        click.option(
            name,
            "layers",
            multiple=True,
            metavar="SPEC",
            shell_complete=complete_tensor,
            help="Tensor that is a layer, such as 'encoder.v.weight[0:32, :]' or 'w2[:, 0:32].T', "
            "or a pattern, 'layers.*.weight'; once for each layer, from input to output. Only "
            "these are read.",
        ),
        click.option(
            "--chain",
            metavar="CHAIN",
            help='Layers in repeated blocks: \'for l in 0..11: "h.{l}.v"[0:32, :]; '
            '"h.{l}.o"[:, 0:32]\', or a chain file; see the guide on models.',
        ),
        click.option(
            "--let",
            multiple=True,
            metavar="NAME=VALUE",
            help="A variable or a name for tensors, in place of that of the chain: 'h = 3'.",
        ),
        click.option(
            "--circuit",
            type=click.Choice(["ov", "qk"]),
            help="Layers of an attention head, by the names of common models.",
        ),
        click.option("--head", type=click.IntRange(min=0), help="Which head.  [default: 0]"),
        click.option(
            "--layers",
            "layer_range",
            metavar="A..B",
            help="Layers of the circuit.  [default: all]",
        ),
        click.option(
            "--heads",
            type=click.IntRange(min=1),
            metavar="N",
            help="How many heads there are, if neither shapes nor config.json tell.",
        ),
        click.option(
            "--stack", metavar="TEXT", help="Part of the name of the layers, if there are several."
        ),
    )

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def with_layers(*args: Any, **kw: Any) -> Any:
            names = ("chain", "let", "circuit", *_OF_CIRCUITS)
            asked = {each: kw.pop(each) for each in names}
            layers = _chosen(name, kw.pop("layers"), asked)
            click.get_current_context().meta[_CHOSEN] = layers
            return command(*args, layers=layers, **kw)

        wrapped: Callable[..., Any] = with_layers
        for option in reversed(options):
            wrapped = option(wrapped)
        return wrapped

    return decorate


def weights_file(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` FILE, `--layer` and `--list`: `file`, a `Source`, and `theta`, its `Weights`.

    With `--list` or `--show-chain` the command is not called: the tensors of the file, or the chain
    that is chosen, are printed. It goes below `output_options`.
    """

    @click.argument("file", type=INPUT_FILE)
    @layer_option()
    @click.option("--list", "only_list", is_flag=True, help="Show the tensors of FILE, no more.")
    @click.option("--show-chain", is_flag=True, help="Show the layers as a chain, no more.")
    @functools.wraps(command)
    def with_weights(
        *args: Any,
        file: Path,
        layers: Layers,
        only_list: bool,
        show_chain: bool,
        output: Output,
        **kw: Any,
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
        if show_chain:
            _show_chain(source, layers, output)
            return None
        theta = read_weights(source, layers)
        return command(*args, file=source, theta=theta, output=output, **kw)

    return with_weights


def chosen_layers(file: "Source") -> list[str]:
    """Return the layers of the running command in FILE, as ``--layer`` takes them."""
    from linnet_exact.files import open_tensors
    from linnet_exact.files.chains.choice import layer_texts

    return layer_texts(open_tensors(file), click.get_current_context().meta[_CHOSEN])


def recorded_input(file: "Source") -> dict[str, Any]:
    """Return the record of FILE for a certificate, with the layers of the running command."""
    from linnet_exact.files import input_record

    chosen = click.get_current_context().meta[_CHOSEN]
    return input_record(file, chosen_layers(file) if chosen else ())


def _chosen(name: str, layers: tuple[str, ...], asked: dict[str, Any]) -> Layers:
    """Return the one choice that the options make."""
    context = click.get_current_context()
    chain, circuit = asked["chain"], asked["circuit"]
    given = [key for key, value in ((name, layers), ("--chain", chain), ("--circuit", circuit))
             if value]  # fmt: skip
    if len(given) > 1:
        raise click.UsageError(f"give one of {', '.join(given)}", context)
    if asked["let"] and chain is None:
        raise click.UsageError("--let goes with --chain", context)
    if circuit is None and any(asked[each] is not None for each in _OF_CIRCUITS):
        raise click.UsageError("--head, --heads, --layers, --stack go with --circuit", context)
    if chain is not None:
        from linnet_exact.files.chains.chain_file import read_chain
        from linnet_exact.files.chains.expansion import Chain

        if not chain.lower().endswith(".json"):
            return Chain.parse(chain, asked["let"])
        read_too(Path(chain))
        return read_chain(Path(chain), asked["let"])
    if circuit is not None:
        from linnet_exact.files.chains.circuits import Circuit

        first, last = _ends(asked["layer_range"])
        return Circuit(circuit, asked["head"] or 0, first, last, asked["heads"], asked["stack"])
    return layers


def _ends(text: str | None) -> tuple[int | None, int | None]:
    if text is None:
        return None, None
    match = re.fullmatch(r"([0-9]{1,6})(?:\.\.([0-9]{1,6}))?", text, re.ASCII)
    if match is None:
        raise click.UsageError(
            f"--layers: expected A..B, such as 0..11, not {text!r:.40}", click.get_current_context()
        )
    return int(match[1]), int(match[2] or match[1])


def _show_chain(source: "Source", layers: Layers, output: Output) -> None:
    from linnet_exact.files import open_tensors
    from linnet_exact.files.chains.choice import chain_of

    chain = chain_of(open_tensors(source), layers)
    if output.format == "table":
        output.text(str(chain))
    elif output.format == "json":
        output.value(chain.to_jsonable())
    else:
        output.rows([{"layer": layer} for layer in chain.layers()], ["layer"])
