"""`linnet-exact landscape`: every critical value of the square loss, with its strata."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from linnet_exact.cli.data_options import data_options
from linnet_exact.cli.fiber_options import list_limit_option
from linnet_exact.cli.file_arguments import PLOT_FILE
from linnet_exact.cli.options import output_options, widths_argument
from linnet_exact.cli.output import Output, plot_in
from linnet_exact.draw.critical_values import Mark, critical_values_svg
from linnet_exact.files.criticality import eigenvalue_to_jsonable, scalar_to_jsonable
from linnet_exact.files.json_weights import entry_to_jsonable
from linnet_exact.landscape import CriticalValue, Data, Landscape
from linnet_exact.landscape import landscape as landscape_of
from linnet_exact.landscape.inertia.eigenvalues import decimal_enclosure
from linnet_exact.strata import Network

__all__ = ["landscape"]

_LONG = 40
"""Number of characters up to which exact losses are shown in a table."""


@click.command()
@widths_argument
@data_options
@list_limit_option()
@click.option("--no-strata", is_flag=True, help="Only the values, without their strata.")
@click.option(
    "--plot",
    type=PLOT_FILE,
    metavar="FILE",
    help="Also draw the losses against the rank: svg, pdf or png, as FILE is named.",
)
@output_options("table", "json", "csv")
def landscape(
    network: Network,
    data_of: Callable[[Network], Data],
    list_limit: int,
    no_strata: bool,
    plot: Path | None,
    output: Output,
) -> None:
    """Every critical value of the square loss of a network, and the strata that carry it.

    A critical value belongs to a set S of eigenvalues of Gamma Sigma^-1 Gamma^T, numbered from 1
    for the largest. The values are counted before they are listed.

    \b
    Examples:
      linnet-exact landscape 2,2,2 --target M.json
      linnet-exact landscape 4,3,4 --data samples.npz --format json
      linnet-exact landscape 4,3,4 --data samples.npz --plot losses.svg
      linnet-exact landscape 64,16,16,10 --data samples.npz --no-strata
    """
    found = landscape_of(network, data_of(network))
    values = list(found.values(list_limit, not no_strata))
    if plot is not None:
        marks = [
            Mark(value.rank, float(value.enclosure()), _set(value), value.kinds) for value in values
        ]
        plot_in(plot).picture(critical_values_svg(marks, str(network)))
    if output.format == "json":
        output.value(_jsonable(found, values))
    else:
        output.value(
            {
                "critical_values": list(_rows(values, output.format == "table")),
                **_eigenvalue_lines(found),
            },
            rows_key="critical_values",
        )


def _jsonable(found: Landscape, values: list[CriticalValue]) -> dict[str, Any]:
    return {
        "widths": list(found.network.widths),
        "gamma_rank": len(found.eigenvalues),
        "field": found.data.field.to_jsonable(),
        "energy": scalar_to_jsonable(found.data.energy),
        "distinct_eigenvalues": found.is_distinct,
        "eigenvalues": [eigenvalue_to_jsonable(value) for value in found.eigenvalues],
        "count": len(values),
        "critical_values": [
            {
                "rank": value.rank,
                "selected": list(value.selected),
                "loss": entry_to_jsonable(value.exact),
                "loss_enclosure": list(decimal_enclosure(value.enclosure())),
                "kinds": list(value.kinds),
                "strata": [
                    {
                        "barcode": carried.stratum.barcode.to_jsonable(),
                        "dimension": carried.stratum.dimension,
                        "kinds": list(carried.kinds),
                    }
                    for carried in value.strata
                ],
            }
            for value in values
        ],
    }


def _rows(values: list[CriticalValue], for_people: bool) -> Iterator[dict[str, Any]]:
    """Yield a row for each critical value; in CSV one for each of its strata."""
    for value in values:
        lower, upper = decimal_enclosure(value.enclosure(), 6 if for_people else 12)
        enclosed = {"loss_at_least": lower, "loss_at_most": upper}
        row = {"rank": value.rank, "selected": _set(value), "loss": value.exact}
        dimensions = sorted({carried.stratum.dimension for carried in value.strata})
        if for_people:
            decimals = lower if lower == upper else f"{lower}..{upper}"
            if len(value.exact) > _LONG:
                row["loss"] = "see decimals"
            yield {
                **row,
                "decimals": decimals,
                "kinds": ", ".join(value.kinds),
                **(
                    {"strata": len(value.strata), "dimensions": _range(dimensions)}
                    if dimensions
                    else {}
                ),
            }
            continue
        if not value.strata:
            yield {**row, **enclosed, "kinds": "; ".join(value.kinds)}
        for carried in value.strata:
            yield {
                **row,
                **enclosed,
                "kinds": "; ".join(carried.kinds),
                "barcode": str(carried.stratum.barcode),
                "dimension": carried.stratum.dimension,
            }


def _eigenvalue_lines(found: Landscape) -> dict[str, str]:
    lines = {}
    for s, value in enumerate(found.eigenvalues, start=1):
        lower, upper = decimal_enclosure(value.enclosure(128), 6)
        rational = value.to_fraction()
        lines[f"lambda_{s}"] = f"{lower}..{upper}" if rational is None else str(rational)
    if not found.is_distinct:
        lines["note"] = "an eigenvalue is repeated: kinds other than minima are not decided"
    return lines


def _set(value: CriticalValue) -> str:
    return "{" + ",".join(map(str, value.selected)) + "}"


def _range(numbers: list[int]) -> str:
    return f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]}..{numbers[-1]}"
