"""`linnet-exact atlas export`: one row a stratum, for other programs."""

from pathlib import Path

import click

from linnet_exact import atlas
from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.progress import progress

__all__ = ["export"]


@click.command()
@click.argument("file", metavar="FILE", type=INPUT_FILE)
@output_options("csv", "jsonl", "parquet")
def export(file: Path, output: Output) -> None:
    """Write out an atlas, one row a stratum, with its widths, its rank and all its keys.

    Fibers of reversed networks, which are stored once, are written out.

    \b
    Examples:
      linnet-exact atlas export small.atlas --format csv -o strata.csv
      linnet-exact atlas export small.atlas --format jsonl | head
      linnet-exact atlas export small.atlas --format parquet -o strata.parquet
    """
    if output.format == "parquet" and output.path is None:
        raise click.UsageError("--format parquet needs -o FILE", click.get_current_context())
    with atlas.open_atlas(file) as opened:
        if output.format == "parquet":
            assert output.path is not None
            atlas.export_parquet(opened, output.path)
            return
        blocks = atlas.export_blocks(opened)
        count = atlas.status(opened).all_strata
        with output.stream() as stream, progress("strata", count) as bar:
            if output.format == "csv":
                stream.write(",".join(atlas.COLUMNS) + "\n")
            for block in blocks:
                lines = block.lines("csv" if output.format == "csv" else "json")
                stream.write("\n".join(lines) + "\n")
                bar.update(len(lines))
