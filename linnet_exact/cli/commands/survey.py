"""`linnet-exact survey`: every matrix and every head of a model."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from linnet_exact.cli.file_arguments import INPUT_FILE, JSON_LINES_FILE, PLOT_FILE
from linnet_exact.cli.options import jobs_option, output_options
from linnet_exact.cli.output import Output, plot_in, warn
from linnet_exact.cli.progress import progress
from linnet_exact.draw.heat_map import Cell, HeatMap, heat_maps_svg
from linnet_exact.errors import InputError
from linnet_exact.files import open_tensors
from linnet_exact.models.plan import Plan, plan_of
from linnet_exact.models.survey import survey as survey_model

__all__ = ["survey"]

_TABLE = ("shape", "exact", "float64", "float32", "distance")
_MOST_NAME = 32  # characters of a name in a table


@click.command()
@click.argument("file", type=INPUT_FILE)
@click.option(
    "--heads",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many heads there are, if neither shapes nor config.json tell.",
)
@click.option(
    "--last-layer",
    type=click.IntRange(min=0),
    metavar="L",
    help="Where chains end, for layers that share their tensors.",
)
@click.option("--stack", metavar="TEXT", help="Heads only of layers with TEXT in their name.")
@click.option(
    "--max-memory",
    type=click.IntRange(min=1),
    metavar="MB",
    help="Leave out, with a note, what may need more in one process.",
)
@click.option(
    "--state",
    type=JSON_LINES_FILE,
    metavar="FILE.jsonl",
    help="Keep what is found in FILE, and go on from there if it is there.",
)
@click.option(
    "--plot", type=PLOT_FILE, metavar="FILE", help="Also draw heat maps: svg, pdf or png."
)
@click.option("--plan", "only_plan", is_flag=True, help="Show what would be done, no more.")
@jobs_option
@output_options("table", "json", "jsonl", "csv")
def survey(
    file: Path,
    heads: int | None,
    last_layer: int | None,
    stack: str | None,
    max_memory: int | None,
    state: Path | None,
    plot: Path | None,
    only_plan: bool,
    jobs: int,
    output: Output,
) -> int:
    """Exact ranks of every matrix and every attention head of a model, beside floating point.

    Every two-dimensional tensor of FILE is a row, and where the names are those of a common model
    so are, for every head, its OV and its QK circuit in each layer, and its OV circuits in all
    layers up to each one, one after the other (chain). The columns float64 and float32 hold what
    numpy.linalg.matrix_rank says; distance is that to the next lower rank, the smallest singular
    value of exact rank, enclosed by distance_bounds in JSON. What cannot be read has a note.

    A bound on the memory of each process is told beforehand. With --state what is found is kept
    as it comes, and the same command goes on after an interruption.

    Exit status: 0 if all ranks agree, 1 if some do not.

    \b
    Examples:
      linnet-exact survey model.safetensors --jobs 2 --plot ranks.svg
      linnet-exact survey pytorch_model.bin --heads 8 --last-layer 11 \\
        --state found.jsonl -o all.csv
    """
    if str(file) == "-":
        raise InputError("survey reads its file again and again; name a file instead of -")
    most = None if max_memory is None else max_memory << 20
    plan = plan_of(open_tensors(file), heads, last_layer, stack, most)
    _tell(plan, jobs)
    if only_plan:
        output.rows(_planned(plan), ["kind", "name", "layer", "head", "factors", "megabytes"])
        return 0
    with progress("survey", len(plan.tasks)) as bar:
        found = survey_model(file, plan, jobs, state, bar.update)
    if plot is not None:
        legend = "Exact rank; the colour is the part of it that float32 does not find."
        drawn = heat_maps_svg(f"Exact ranks of {file.name}", _maps(found.rows), legend)
        plot_in(plot).picture(drawn)
    value = found.to_jsonable()
    if output.format == "table":
        value["rows"] = _table(found.rows)
        del value["left_out"]
    output.value(value, rows_key="rows")
    return 0 if found.agree else 1


def _tell(plan: Plan, jobs: int) -> None:
    for reason in plan.left_out:
        warn(f"heads left out: {reason}")
    click.echo(
        f"survey: {len(plan.tasks)} tasks, at most {plan.memory >> 20} MB in each of {jobs} "
        f"process{'es' if jobs > 1 else ''}",
        err=True,
    )


def _planned(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "kind": task.kind,
            "name": task.name,
            "layer": task.layer,
            "head": task.head,
            "factors": len(task.layers),
            "megabytes": task.memory >> 20,
        }
        for task in plan.tasks
    ]


def _table(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows that fit a terminal: what they are about in one column, names cut on the left."""
    stacks = {row["name"] for row in rows if row["kind"] != "tensor"}
    noted = {"note"} if any(row["note"] for row in rows) else set()
    return [
        {"matrix": _about(row, len(stacks) > 1)} | {key: row[key] for key in (*_TABLE, *noted)}
        for row in rows
    ]


def _about(row: dict[str, Any], with_stack: bool) -> str:
    if row["kind"] == "tensor":
        name: str = row["name"]
        return name if len(name) <= _MOST_NAME else f"…{name[1 - _MOST_NAME :]}"
    layers = f"layer {row['layer']}"
    if row["kind"] == "chain" and row["factors"]:
        layers = f"layers {row['layer'] + 1 - row['factors'] // 2}..{row['layer']}"
    stack = f" of {row['name']}" if with_stack else ""
    return f"{row['kind']} {layers} head {row['head']}{stack}"


_TITLES = {
    "tensor": "Matrices",
    "ov": "OV circuits, layers × heads",
    "qk": "QK circuits, layers × heads",
    "chain": "OV circuits up to a layer, one after the other, layers × heads",
}


def _maps(rows: Sequence[dict[str, Any]]) -> list[HeatMap]:
    """A table for the matrices, and one for each kind of circuit of each stack of layers."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["kind"], "" if row["kind"] == "tensor" else row["name"]), []).append(
            row
        )
    return [_map(kind, name, group) for (kind, name), group in groups.items()]


def _map(kind: str, name: str, rows: Sequence[dict[str, Any]]) -> HeatMap:
    if kind == "tensor":
        cells = {(at, 0): _cell(row, row["name"]) for at, row in enumerate(rows)}
        return HeatMap(_TITLES[kind], [row["name"] for row in rows], ["rank"], cells)
    layers = sorted({row["layer"] for row in rows})
    heads = sorted({row["head"] for row in rows})
    cells = {
        (layers.index(row["layer"]), heads.index(row["head"])): _cell(
            row, f"layer {row['layer']}, head {row['head']}"
        )
        for row in rows
    }
    title = f"{_TITLES[kind]}: {name}"
    return HeatMap(title, list(map(str, layers)), list(map(str, heads)), cells)


def _cell(row: dict[str, Any], where: str) -> Cell:
    if row["exact"] is None:
        return Cell("–", None, f"{where}: {row['note']}")
    found = row["float32"]
    lost = 1.0 if found is None else abs(row["exact"] - found) / max(row["exact"], 1)
    told = f"{where}: exact {row['exact']}, float64 {row['float64']}, float32 {found}"
    return Cell(str(row["exact"]), lost, told)
