"""`linnet-exact atlas schema`: the tables, views and columns of an atlas."""

import click

from linnet_exact.atlas.storage.structure import expected_columns
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output

__all__ = ["schema"]


@click.command()
@output_options()
def schema(output: Output) -> None:
    """The tables and views that SQL may ask, with their columns.

    `strata` has the stored strata, with the multiplicity, 1 or 2, of fibers they stand for;
    `strata_all` has those of reversed networks, too. Labels are 2.3.2 for a network, 2.3.2-1 for
    its fiber of rank 1, and 2.3.2-1-0_0.0_2.1_1x2.2_2 for the stratum 0-0,0-2,1-1:2,2-2.

    \b
    Examples:
      linnet-exact atlas schema
    """
    rows = [
        {"table": table, "column": column}
        for table, columns in expected_columns().items()
        for column in columns
    ]
    output.rows(rows, ("table", "column"))
