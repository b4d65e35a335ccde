"""`linnet-exact verify`: theorems checked on every network in a box."""

import json
from typing import Any

import click

from linnet_exact.claims import Tally, claims_named, networks_in_box
from linnet_exact.claims import verify as verify_claims
from linnet_exact.cli.options import jobs_option, output_options, seed_option
from linnet_exact.cli.output import Output, progress, warn

__all__ = ["verify"]


@click.command()
@click.argument("names", metavar="[CLAIM]...", nargs=-1)
@click.option("--max-depth", type=click.IntRange(min=1), default=2, show_default=True, metavar="L")
@click.option("--max-width", type=click.IntRange(min=1), default=2, show_default=True, metavar="W")
@seed_option
@jobs_option
@output_options()
def verify(
    names: tuple[str, ...], max_depth: int, max_width: int, seed: int, jobs: int, output: Output
) -> int:
    """Check claims on every stratum of every fiber of every network in a box.

    Without CLAIM, all claims are checked: dimension, rank-differential. The exit status is 1 if
    one of them fails; the smallest network where it does is then shown.

    \b
    Examples:
      linnet-exact verify --max-depth 3 --max-width 3 --jobs 2
      linnet-exact verify dimension --max-depth 4 --max-width 2
    """
    claims = claims_named(names)
    totals = {claim.name: Tally() for claim in claims}
    networks = sum(max_width ** (depth + 1) for depth in range(1, max_depth + 1))
    done = 0
    try:
        with progress("networks", networks) as bar:
            for _, tallies in verify_claims(
                claims, networks_in_box(max_depth, max_width), seed, jobs
            ):
                totals = {name: total + tallies[name] for name, total in totals.items()}
                done += 1
                bar.update(1)
    except KeyboardInterrupt:
        warn(f"interrupted after {done} of {networks} networks; what was checked:")
    rows = []
    for claim in claims:
        tally = totals[claim.name]
        row: dict[str, Any] = {
            "name": claim.name,
            "checked": tally.checked,
            "failed": tally.failed,
            "seconds": round(tally.seconds, 3),
        }
        if output.format != "table":
            row |= {"statement": claim.statement, "source": claim.source}
            row["witness"] = tally.witness
        rows.append(row)
        if tally.witness and output.format == "table":
            warn(f"{claim.name} fails: {json.dumps(tally.witness)}")
    report = {"claims": rows, "max_depth": max_depth, "max_width": max_width, "networks": done}
    output.value(report, rows_key="claims")
    if done < networks:
        return 130
    return int(any(tally.failed for tally in totals.values()))
