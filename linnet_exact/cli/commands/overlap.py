"""`linnet-exact overlap`: what heads, or other matrices, share."""

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.progress import progress
from linnet_exact.cli.weights_options import Layers, layer_option
from linnet_exact.errors import InputError
from linnet_exact.files import open_tensors
from linnet_exact.files.chains.circuits import Circuit, chosen_stack, heads_chain, layers_of
from linnet_exact.files.chains.heads import heads_of
from linnet_exact.files.reading import read_factors
from linnet_exact.numeric.overlap import overlap as overlap_of

if TYPE_CHECKING:
    from linnet_exact.files.tensors.tensors import TensorFile

__all__ = ["overlap"]

_MOST_PAIRS = 20_000
_MATRICES = {
    ("ov", "columns"): "o",
    ("ov", "rows"): "v",
    ("qk", "rows"): "kq",
}


@click.command()
@click.argument("file", type=INPUT_FILE)
@layer_option()
@click.option(
    "--space",
    type=click.Choice(["columns", "rows"]),
    default="columns",
    show_default=True,
    help="Spans of the columns (what is written) or of the rows (what is read).",
)
@click.option("--angles", is_flag=True, help="Also enclose all principal angles, in radians.")
@click.option(
    "--exact", is_flag=True, help="Also the characteristic polynomial of their squared cosines."
)
@output_options("table", "json", "jsonl", "csv")
def overlap(
    file: Path, layers: Layers, space: str, angles: bool, exact: bool, output: Output
) -> None:
    """What the column or row spaces of chosen matrices share, for all pairs, exactly.

    The matrices are those of --layer or --chain, which need not fit together here. With --circuit
    they are those of all heads of --layers: of ov what heads write (columns of O) or read (rows of
    V), of qk the rows of K and Q. The intersection and the number of right angles are exact
    dimensions; each bound of an angle holds, however close to 0 the angle is.

    \b
    Examples:
      linnet-exact overlap model.safetensors --circuit ov --layers 3
      linnet-exact overlap model.npz \\
        --chain 'for h in 0..7: "o"[:, 32*h:32*(h+1)]' --angles
      linnet-exact overlap model.npz --layer 'encoder.*.weight' --space rows \\
        --exact
    """
    opened = open_tensors(file)
    if isinstance(layers, Circuit):
        layers = _of_all_heads(opened, layers, space)
    if not layers:
        raise click.UsageError("give --layer, --chain or --circuit", click.get_current_context())
    factors = read_factors(opened, layers)
    pairs = list(combinations(factors, 2))
    if not 0 < len(pairs) <= _MOST_PAIRS:
        raise InputError(f"{len(factors)} matrices have {len(pairs)} pairs; 1 to {_MOST_PAIRS} do")
    rows: list[dict[str, Any]] = []
    with progress("overlap", len(pairs)) as bar:
        for (first, one), (second, two) in pairs:
            if space == "rows":
                one, two = one.T, two.T
            try:
                found = overlap_of(one, two, angles, exact)
            except InputError as error:
                raise InputError(f"{first} and {second}: {error}") from None
            rows.append({"first": first, "second": second, **found.to_jsonable()})
            bar.update(1)
    output.rows(rows)


def _of_all_heads(opened: "TensorFile", circuit: Circuit, space: str) -> Any:
    if click.get_current_context().params["head"] is not None:
        raise InputError("--head chooses one head; overlap compares all heads of --layers")
    if (circuit.kind, space) not in _MATRICES:
        known = ", ".join(f"--circuit {kind} --space {way}" for kind, way in _MATRICES)
        raise InputError(f"for all heads there are {known}")
    letters = _MATRICES[circuit.kind, space]
    stack = chosen_stack(opened, circuit.stack)
    heads = heads_of(opened, stack, circuit.heads)
    if stack.scheme.shared and circuit.last is None:
        return heads_chain(stack, heads, letters, 0, 0)
    first, last = layers_of(opened, stack, circuit.first, circuit.last)
    return heads_chain(stack, heads, letters, first, last)
