"""`linnet-exact atlas status`: how far an atlas is."""

from pathlib import Path

import click

from linnet_exact import atlas
from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output

__all__ = ["status"]


@click.command()
@click.argument("file", metavar="FILE", type=INPUT_FILE)
@output_options("table", "json", "csv")
def status(file: Path, output: Output) -> None:
    """How far an atlas is: done, left, the rate of the last run, and the time that is left.

    FILE may be a folder of Parquet files, and it may be being built.

    \b
    Examples:
      linnet-exact atlas status small.atlas
    """
    with atlas.open_atlas(file) as opened:
        output.value(atlas.status(opened).to_jsonable())
