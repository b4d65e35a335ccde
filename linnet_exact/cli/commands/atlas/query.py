"""`linnet-exact atlas query`: ask an atlas a question, in SQL or as an expression."""

from math import isfinite
from pathlib import Path

import click

from linnet_exact import atlas
from linnet_exact.cli.errors import PROGRAM, say
from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output, warn
from linnet_exact.errors import TooLargeError

__all__ = ["query"]


@click.command()
@click.argument("file", metavar="FILE", type=INPUT_FILE)
@click.argument("sql", metavar="[SQL]", required=False)
@click.option(
    "--where",
    "expression",
    metavar="EXPR",
    help="Instead of SQL: the strata of which EXPR holds, in the language of linnet-exact refute.",
)
@click.option(
    "--max-seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    show_default=True,
    metavar="S",
)
@output_options()
def query(
    file: Path, sql: str | None, expression: str | None, max_seconds: float, output: Output
) -> int:
    """Ask an atlas a question, without any way to change it.

    SQL is one SELECT. The view `strata` has a row for each stored stratum: id, fiber, widths, rank,
    barcode, dimension, codimension, tangent_dimension_of_fiber, local_fiber_dimension, singular,
    real_components, maximal, minimal. Tables: fibers, invariants, edges, moves, claims. Networks
    whose widths are those of another one reversed have rows in `fibers` only; --where has them all.

    \b
    Examples:
      linnet-exact atlas query small.atlas \\
        "SELECT count(*) FROM strata WHERE singular"
      linnet-exact atlas query small.atlas --where \\
        "maximal and dim < fiber.dim and L == 2"
    """
    if not isfinite(max_seconds):
        raise click.UsageError("--max-seconds must be a finite number", click.get_current_context())
    if (sql is None) == (expression is None):
        raise click.UsageError(
            "give a SELECT or --where EXPR, one of them", click.get_current_context()
        )
    try:
        _answer(file, sql, expression, max_seconds, output)
    except TooLargeError as error:  # the time is over
        say(f"{PROGRAM}: {error}")
        return 3
    return 0


def _answer(
    file: Path, sql: str | None, expression: str | None, max_seconds: float, output: Output
) -> None:
    with atlas.open_atlas(file) as opened:
        state = atlas.status(opened)
        if state.units_done < state.units:
            warn(f"{file} is not complete: {state.units - state.units_done} units are left")
        if sql is not None:
            answer = atlas.ask(opened, sql, max_seconds)
            output.rows(answer.rows, answer.columns)
            return
        assert expression is not None
        rows = atlas.where(opened, expression, max_seconds)
        shown = ({**row, "barcode": atlas.barcode_text(row)} for row in rows)
        columns = [column for column in atlas.COLUMNS if column != "rank_list"]
        output.rows(({key: row[key] for key in columns} for row in shown), columns)
