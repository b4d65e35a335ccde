"""`linnet-exact strata`: every stratum of a fiber."""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click

from linnet_exact.cli.fiber_options import list_limit_option, requested_fiber
from linnet_exact.cli.options import output_options, rank_options, widths_argument
from linnet_exact.cli.output import Output, warn
from linnet_exact.cli.writers import write_table_of_texts
from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Network
from linnet_exact.strata.strata_list import StrataList
from linnet_exact.strata.values.json_integers import decimal_text, integer_to_jsonable

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
_NUMBERS = [name not in ("barcode", "singular", "maximal", "minimal") for name in _IN_TABLE]


@click.command()
@widths_argument
@rank_options
@list_limit_option()
@click.option(
    "--degrees",
    is_flag=True,
    help="Also the degree of the closure of each orbit in weight space, unless it takes too long.",
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
    found = requested_fiber(network, rank, target).strata(list_limit)
    if output.format == "table":
        _write_table(found, output, degrees)
    else:
        _write_texts(found, output, degrees)


def _write_table(found: StrataList, output: Output, degrees: bool) -> None:
    """Write the table that `Output.rows` would, from columns."""
    from linnet_exact.strata.listing.listing import Listing
    from linnet_exact.strata.listing.table import stratum_columns
    from linnet_exact.strata.listing.text import barcode_texts, number_texts

    excess = found.fiber.excess
    listing = Listing([excess])

    def rows() -> Iterator[tuple[str, ...]]:
        for columns in stratum_columns(listing):
            barcodes = barcode_texts(listing, columns.multiplicities, "csv")
            yield from zip(barcodes, *number_texts(excess, columns), strict=True)

    with output.stream() as stream:
        if degrees:
            known = zip(rows(), _degrees(found), strict=True)
            numbered = ((*row, _degree_text(degree, "table")) for row, degree in known)
            write_table_of_texts(numbered, (*_NUMBERS, True), (*_IN_TABLE, "degree"), stream)
        else:
            write_table_of_texts(rows(), _NUMBERS, _IN_TABLE, stream)


def _write_texts(found: StrataList, output: Output, degrees: bool) -> None:
    """Write what `Output.rows` would, in blocks; with degrees, as soon as each is known."""
    from linnet_exact.strata.listing.text import CSV_HEADING, stratum_texts

    style = "csv" if output.format == "csv" else "json"
    heading = f"{CSV_HEADING},degree\n" if degrees else f"{CSV_HEADING}\n"
    before, between, after = {
        "json": ("[", ",\n ", "]\n"),
        "jsonl": ("", "\n", "\n"),
        "csv": (heading, "\n", "\n"),
    }[output.format]
    blocks = stratum_texts(found.fiber.excess, style)
    if degrees:
        lines = zip(chain.from_iterable(blocks), _degrees(found), strict=True)
        blocks = ([_with_degree(line, degree, style)] for line, degree in lines)
    with output.stream() as stream:
        for texts in blocks:
            stream.write(before + between.join(texts))
            before = between
        stream.write(after)


def _degrees(found: StrataList) -> Iterator[int | None]:
    """Yield the degrees, None where one is out of reach; in the end it is said how many are."""
    beyond, first = 0, None
    for stratum in found:
        degree = None
        try:
            degree = stratum.degree
        except TooLargeError as error:
            beyond, first = beyond + 1, first or error
        yield degree
    if first is not None:
        warn(f"{beyond} of {len(found)} degrees are out of reach; {first}")


def _with_degree(line: str, degree: int | None, style: str) -> str:
    text = _degree_text(degree, style)
    return f"{line},{text}" if style == "csv" else f'{line[:-1]}, "degree": {text}}}'


def _degree_text(degree: int | None, style: str) -> str:
    if degree is None:
        return {"csv": "", "json": "null", "table": "-"}[style]
    return json.dumps(integer_to_jsonable(degree)) if style == "json" else decimal_text(degree)
