"""`linnet-exact atlas build` and `atlas resume`."""

import shlex
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from linnet_exact import atlas
from linnet_exact.cli.errors import say
from linnet_exact.cli.file_arguments import ATLAS_FILE, INPUT_FILE
from linnet_exact.cli.options import box_options, jobs_option
from linnet_exact.cli.output import Output
from linnet_exact.cli.progress import progress

__all__ = ["build", "resume"]


def workers_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` the options `--jobs` and `--dask`, as `jobs` (int) and `dask` (or None)."""
    dask = click.option(
        "--dask",
        metavar="ADDRESS",
        help="Work on the Dask cluster with this scheduler, such as tcp://10.0.0.1:8786.",
    )
    return jobs_option(dask(command))


@click.command()
@click.option(
    "-o",
    "--output",
    "path",
    type=ATLAS_FILE,
    metavar="FILE",
    help="The SQLite file to make.",
)
@click.option(
    "--parquet",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Make a folder of Parquet files instead of an SQLite file.",
)
@box_options(max_depth=3, max_width=3)
@click.option(
    "--include",
    default="strata,invariants",
    show_default=True,
    metavar="LIST",
    help=f"What to store: {','.join(atlas.CONTENTS)}.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=atlas.STRATA_LIMIT,
    show_default=True,
    metavar="N",
    help="Largest number of strata to store.",
)
@click.option("--plan", "only_plan", is_flag=True, help="Only say how much there would be.")
@workers_options
def build(
    path: Path | None,
    parquet: Path | None,
    max_depth: int,
    max_width: int,
    max_weight_dimension: int | None,
    include: str,
    limit: int,
    only_plan: bool,
    jobs: int,
    dask: str | None,
) -> int:
    """Enumerate every fiber of a box of networks into a file.

    First everything is counted; what does not fit the disk or --limit is refused. Networks whose
    widths are those of another one reversed are stored as such. The claims are those of
    linnet-exact verify; checking them takes a thousand times as long as listing strata.

    \b
    Examples:
      linnet-exact atlas build -o small.atlas --max-depth 4 --max-width 4 --jobs 2
      linnet-exact atlas build -o dags.atlas --max-depth 3 --max-width 3 \\
        --include strata,dag
      linnet-exact atlas build --parquet atlas/ --max-depth 5 --max-width 5 \\
        --jobs 2
    """
    box = atlas.Box(max_depth, max_width, max_weight_dimension, tuple(include.split(",")))
    if only_plan:
        planned = atlas.plan(box, limit)
        figures = _figures(planned, atlas.expected_bytes(planned, parquet is not None))
        Output("text").prose(figures)
        return 0
    if (path is None) == (parquet is None):
        raise click.UsageError(
            "give -o FILE for SQLite or --parquet DIR for Parquet", click.get_current_context()
        )
    target = path or parquet
    assert target is not None
    with _watched() as watch:
        built = atlas.build(target, box, parquet is not None, _workers(jobs, dask), limit, watch)
    return _end(target, built)


@click.command()
@click.argument("path", metavar="FILE", type=INPUT_FILE)
@workers_options
def resume(path: Path, jobs: int, dask: str | None) -> int:
    """Go on with an atlas that is not complete; FILE may be a folder of Parquet files.

    What is done stays as it is: the result is the same as that of a build without interruption.

    \b
    Examples:
      linnet-exact atlas resume small.atlas --jobs 2
    """
    with _watched() as watch:
        built = atlas.resume(path, _workers(jobs, dask), watch)
    return _end(path, built)


def _workers(jobs: int, dask: str | None) -> atlas.Workers:
    if dask is not None:
        return atlas.on_dask(dask)
    return atlas.here if jobs == 1 else atlas.in_processes(jobs)


@contextmanager
def _watched() -> Iterator[Callable[[atlas.Built], None]]:
    """Show progress on stderr while an atlas is being built."""
    started, before = time.monotonic(), None
    with progress("planning") as bar:

        def watch(built: atlas.Built) -> None:
            nonlocal before
            before = built.strata_done if before is None else before
            rate = (built.strata_done - before) / max(time.monotonic() - started, 0.001)
            bar.label = f"{built.strata_done:,} strata, {rate:,.0f} per second; unit"
            bar.length = built.units
            bar.update(built.units_done - bar.pos)

        yield watch


def _figures(planned: atlas.Plan, size: int) -> str:
    figures = planned.to_jsonable()
    edges = f", {figures['edges']} edges" if figures["edges"] else ""
    about = "" if planned.covers_exact or not edges else " or so"
    return (
        f"{figures['fibers']} fibers with {figures['strata']} strata; to store: "
        f"{figures['stored_fibers']} fibers, {figures['stored_strata']} strata{edges}{about}, "
        f"about {size / 1e6:.1f} MB, in {figures['units']} units"
    )


def _end(path: Path, built: atlas.Built) -> int:
    if built.complete:
        units = "1 unit" if built.units == 1 else f"{built.units} units"
        print(f"{path}: complete, {built.strata} strata in {units}")
        return 0
    say(
        f"{path}: interrupted after {built.units_done} of {built.units} units; "
        f"linnet-exact atlas resume {shlex.quote(str(path))} goes on"
    )
    return 130
