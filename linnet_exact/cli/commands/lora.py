"""`linnet-exact lora`: what an adapter does to the ranks of a model."""

from pathlib import Path

import click

from linnet_exact.cli.file_arguments import INPUT_FILE, read_too
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.progress import progress
from linnet_exact.files import open_tensors
from linnet_exact.files.adapter import read_adapter
from linnet_exact.models.lora import adapter_rows

__all__ = ["lora"]

_IN_TABLE = ("module", "r", "scale", "shape", "exact", "float64", "float32", "distance")
_OF_BASE = ("rank_of_weight", "rank_merged")


@click.command()
@click.argument("folder", type=INPUT_FILE)
@click.option(
    "--base",
    type=INPUT_FILE,
    metavar="FILE",
    help="The model that is adapted: also the ranks of W and of W + s B A.",
)
@output_options("table", "json", "jsonl", "csv")
def lora(folder: Path, base: Path | None, output: Output) -> None:
    """Exact ranks of what a LoRA adapter adds to each module, B A, beside floating point.

    FOLDER is as peft saves it, with adapter_config.json and adapter_model.safetensors or .bin. The
    scale s is exact: alpha / r, or alpha / sqrt(r) with use_rslora; rank_pattern, alpha_pattern and
    fan_in_fan_out count. With --base there are also the ranks of the weight W and of W + s B A.

    \b
    Examples:
      linnet-exact lora adapter/
      linnet-exact lora adapter/ --base model.safetensors --format csv
    """
    read_too(folder / "adapter_config.json")
    adapter = read_adapter(folder)
    read_too(adapter.file.path)
    opened = None if base is None else open_tensors(base)
    with progress("modules", len(adapter.modules)) as bar:
        rows = adapter_rows(adapter, opened, bar.update)
    if output.format == "table":
        columns = _IN_TABLE + (_OF_BASE if base is not None else ())
        rows = [{key: row[key] for key in columns} for row in rows]
    output.rows(rows)
