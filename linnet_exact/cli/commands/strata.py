"""`linnet-exact strata`: every stratum of a fiber."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from linnet_exact.cli.fiber_options import list_limit_option, requested_fiber
from linnet_exact.cli.options import output_options, rank_options, widths_argument
from linnet_exact.cli.output import Output
from linnet_exact.cli.writers import Row
from linnet_exact.strata import Barcode, Fiber, Network
from linnet_exact.strata.values.json_integers import integer_to_jsonable

__all__ = ["strata"]

# A rank list has (L+1)(L+2)/2 numbers, too many for a line of a table; the barcode says the same.
_IN_TABLE = (
    "barcode",
    "dimension",
    "codimension",
    "tangent_dimension_of_fiber",
    "local_fiber_dimension",
    "singular",
    "real_components",
    "maximal",
    "minimal",
)


@click.command()
@widths_argument
@rank_options
@list_limit_option()
@click.option(
    "--degrees", is_flag=True, help="Also the degree of the closure of each orbit in weight space."
)
@output_options("table", "json", "jsonl", "csv")
def strata(
    network: Network,
    rank: int,
    target: Path | None,
    list_limit: int,
    degrees: bool,
    output: Output,
) -> None:
    """Every stratum of a fiber, a stratum after all those in its closure.

    \b
    Examples:
      linnet-exact strata 2,3,2 --rank 1
      linnet-exact strata 3^5 --format jsonl -o strata.jsonl
      linnet-exact strata 2,2,2 --degrees
    """
    fiber = requested_fiber(network, rank, target)
    rows: Iterable[Row] = fiber.rows(list_limit)
    if not degrees:
        if output.format == "table":
            output.rows(_rows_of_table(fiber), _IN_TABLE)
        else:
            _write_texts(fiber, output)
        return
    rows = _with_degrees(rows)
    columns = (*_IN_TABLE, "degree")
    if output.format in ("json", "jsonl"):
        output.rows(rows)
        return
    typed = ({**row, "barcode": Barcode.from_jsonable(row["barcode"])} for row in rows)
    if output.format == "table":
        output.rows(({key: row[key] for key in columns} for row in typed), columns)
    else:
        output.rows(typed)


def _rows_of_table(fiber: Fiber) -> Iterator[Row]:
    from linnet_exact.strata.listing.listing import Listing
    from linnet_exact.strata.listing.table import number_rows, stratum_columns
    from linnet_exact.strata.listing.text import barcode_texts

    listing = Listing([fiber.excess])
    for columns in stratum_columns(listing):
        barcodes = barcode_texts(listing, columns.multiplicities, "csv")
        for barcode, numbers in zip(barcodes, number_rows(fiber.excess, columns), strict=True):
            yield dict(zip(_IN_TABLE, (barcode, *numbers), strict=True))


def _write_texts(fiber: Fiber, output: Output) -> None:
    """Write what `Output.rows` would, in blocks."""
    from linnet_exact.strata.listing.text import CSV_HEADING, stratum_texts

    before, between, after = {
        "json": ("[", ",\n ", "]\n"),
        "jsonl": ("", "\n", "\n"),
        "csv": (f"{CSV_HEADING}\n", "\n", "\n"),
    }[output.format]
    with output.stream() as stream:
        for texts in stratum_texts(fiber.excess, "csv" if output.format == "csv" else "json"):
            stream.write(before + between.join(texts))
            before = between
        stream.write(after)


def _with_degrees(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        barcode = Barcode.from_jsonable(row["barcode"])
        yield {**row, "degree": integer_to_jsonable(barcode.stratum.degree)}
