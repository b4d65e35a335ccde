"""`linnet-exact refute`: a conjecture tried on all networks of a box, smallest first."""

import json
import sys
from collections.abc import Mapping
from typing import Any

import click

from linnet_exact.algebra import Matrix
from linnet_exact.claims.language.syntax import is_statement
from linnet_exact.claims.refutation import (
    OVER,
    CriticalRefutation,
    Refutation,
    WeightsRefutation,
    functions_and_quantities,
    refute_critical,
    refute_weights,
)
from linnet_exact.claims.refutation import refute as search
from linnet_exact.cli.options import box_options, jobs_option, output_options, seed_option
from linnet_exact.cli.output import Output, warn
from linnet_exact.cli.progress import progress
from linnet_exact.cli.ranks import ranks_block
from linnet_exact.files import weights_to_jsonable
from linnet_exact.strata.values.json_integers import jsonable
from linnet_exact.weights import Weights

__all__ = ["refute"]


class _WithExpression(click.Command):
    """A command whose argument may begin with a minus sign: "-1 < dim" is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse options first, then statements."""
        if "--" not in args:
            statements = [text for text in args if text.startswith("-") and is_statement(text)]
            args = [text for text in args if text not in statements]
            args += ["--", *statements] if statements else []
        return super().parse_args(ctx, args)


@click.command(cls=_WithExpression)
@click.argument("expression", metavar="EXPR", required=False)
@click.option(
    "--over",
    type=click.Choice(OVER),
    default="strata",
    show_default=True,
    help="What EXPR is about.",
)
@box_options(max_depth=4, max_width=4)
@click.option("--rank", type=click.IntRange(min=0), help="Only fibers of this rank.")
@click.option(
    "--max-seconds",
    type=click.FloatRange(min=0),
    default=60,
    show_default=True,
    metavar="S",
    help="Stop the search after S seconds, with exit status 3 if nothing was found.",
)
@click.option("--count", is_flag=True, help="Count all violations instead of stopping at one.")
@click.option("--names", is_flag=True, help="List what EXPR may name.")
@seed_option
@jobs_option
@output_options("table", "json", in_file="json")
def refute(
    expression: str | None,
    over: str,
    max_depth: int,
    max_width: int,
    max_weight_dimension: int | None,
    rank: int | None,
    max_seconds: float,
    count: bool,
    names: bool,
    seed: int,
    jobs: int,
    output: Output,
) -> int:
    """Search for a smallest counterexample to a statement about networks.

    EXPR is a statement in Python's syntax about a fiber, a stratum, a covering pair of strata, a
    pair of strata of which one is in the closure of the other, or weights; --names lists the
    quantities and functions that it may use. Networks are tried by depth, then by number of
    weights, then by widths. The exit status is 1 if there is a counterexample, and 3 if the time
    was over before the whole box was searched.

    With --over weights, EXPR must hold for all layers k > i of seeded families of exact weights,
    and -o FILE takes the weights where it does not, as a weights file.

    With --over critical, EXPR is about critical points of 1/2 |W - M|^2 on every stratum: the
    inertia of the Hessian, the rank r, the set S of singular values of M, and the kind.

    \b
    Examples:
      linnet-exact refute "implies(not maximal, singular)"
      linnet-exact refute "upper.dim - lower.dim == 1" --over covers
      linnet-exact refute "fiber.strata == fiber.sorted.strata" --over fibers
      linnet-exact refute "float64_rank(k, i) == r(k, i)" --over weights \\
        -o theta.json
      linnet-exact refute "implies(kind == 'strict saddle', negative > 1)" \\
        --over critical
    """
    if names:
        output.rows(functions_and_quantities(over))
        return 0
    if expression is None:
        raise click.UsageError("missing argument 'EXPR'", click.get_current_context())
    if jobs > 1 and over in ("weights", "critical"):
        raise click.UsageError(
            f"a search over {over} is done in one process; leave out --jobs",
            click.get_current_context(),
        )
    box = (max_depth, max_width, max_weight_dimension)
    checked = 0
    found: Refutation | WeightsRefutation | CriticalRefutation
    try:
        with progress("cases") as bar:

            def report(cases: int) -> None:
                nonlocal checked
                bar.update(cases - checked)
                checked = cases

            if over == "weights":
                found = refute_weights(expression, *box, rank, seed, max_seconds, count, report)
            elif over == "critical":
                found = refute_critical(expression, *box, rank, seed, max_seconds, count, report)
            else:
                found = search(expression, over, *box, rank, max_seconds, count, report, jobs)
    except KeyboardInterrupt:
        warn(f"interrupted: held on {checked} cases so far")
        return 130
    if isinstance(found, WeightsRefutation) and found.weights is not None and output.path:
        output.text(json.dumps(weights_to_jsonable(found.weights)))
        output = Output(_format_of_report(output))
    if output.format == "table":
        output.value(_lines(found))
    else:
        output.value(found.to_jsonable())
    return 1 if found.found else 0 if found.complete else 3


def _format_of_report(output: Output) -> str:
    """Return the format that was asked for, or what is usual where the report goes: to stdout."""
    source = click.get_current_context().get_parameter_source("format")
    asked_for = source is not click.core.ParameterSource.DEFAULT
    return output.format if asked_for or not sys.stdout.isatty() else "table"


def _lines(found: Refutation | WeightsRefutation | CriticalRefutation) -> dict[str, Any]:
    """Return what a person wants to see of the answer, a line for each key."""
    report = found.to_jsonable()
    counterexample: Mapping[str, Any] | None = report["counterexample"]
    if counterexample is None:
        return {"no counterexample to": found.statement, "because": report["note"]}
    lines: dict[str, Any] = {"does not hold": found.statement}
    lines |= {key: counterexample[key] for key in ("widths", "rank")}
    if isinstance(found, CriticalRefutation):
        assert found.point is not None
        barcode, M = found.point.weights.barcode, found.point.data.gamma
        lines |= {"barcode": str(barcode), "M": _matrix_text(M)}
        strata = {"": found.point.weights}
    elif isinstance(found, WeightsRefutation):
        assert found.weights is not None
        lines |= {"family": counterexample["family"]}
        strata = {"": found.weights}
    else:
        assert found.counterexample is not None
        bars = {name: str(barcode) for name, barcode in found.counterexample.barcodes.items()}
        lines |= bars
        if found.counterexample.move is not None:
            lines["move"] = found.counterexample.move
        strata = found.counterexample.weights
    values = jsonable(counterexample["values"])
    lines["values"] = ", ".join(f"{name} = {_value_text(value)}" for name, value in values.items())
    for name, theta in strata.items():
        on = f" on {name}" if len(strata) > 1 else ""
        lines[f"weights{on}"] = _weights_text(theta)
        lines[f"ranks{on}"] = ranks_block(theta.rank_list)
    return {**lines, "note": report["note"]}


def _value_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _weights_text(theta: Weights) -> str:
    texts = [f"W{j} = {_matrix_text(matrix)}" for j, matrix in enumerate(theta.matrices, start=1)]
    text = "; ".join(texts)
    return text if len(text) <= 400 else f"{len(texts)} matrices; see --format json"


def _matrix_text(matrix: Matrix) -> str:
    rows = (", ".join(map(str, row)) for row in matrix.rows())
    return "[" + ", ".join(f"[{row}]" for row in rows) + "]"
