"""`linnet-exact verify`: theorems checked on every network in a box."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random
from typing import Any

import click

from linnet_exact.claims import Claim, Tally, claims_named, networks_in_box, random_networks
from linnet_exact.claims import verify as verify_claims
from linnet_exact.claims.domain import FIBERS
from linnet_exact.cli.completion import complete_claim
from linnet_exact.cli.options import box_options, jobs_option, output_options, seed_option
from linnet_exact.cli.output import Output, warn
from linnet_exact.cli.progress import progress
from linnet_exact.strata import Network
from linnet_exact.strata.box import number_of_networks, require_strata_in_reach

__all__ = ["verify"]


@click.command()
@click.argument("names", metavar="[CLAIM]...", nargs=-1, shell_complete=complete_claim)
@box_options(max_depth=2, max_width=2)
@click.option("--rank", type=click.IntRange(min=0), help="Only fibers of this rank.")
@click.option(
    "--random",
    "draws",
    type=click.IntRange(min=1),
    metavar="N",
    help="Instead of the whole box, N networks of it, and one case of each for every claim.",
)
@click.option("--list", "listing", is_flag=True, help="List the claims.")
@click.option("--explain", is_flag=True, help="Say what the claims are and how they are checked.")
@seed_option
@jobs_option
@output_options()
def verify(
    names: tuple[str, ...],
    max_depth: int,
    max_width: int,
    max_weight_dimension: int | None,
    rank: int | None,
    draws: int | None,
    listing: bool,
    explain: bool,
    seed: int,
    jobs: int,
    output: Output,
) -> int:
    """Check claims on every case of every fiber of every network in a box.

    A case is a fiber, a stratum, a covering pair, a pair of strata or a pair of points, as the
    claim has it. Without CLAIM, all claims are checked; --list names them. The exit status is 1
    if one of them fails; the smallest case where it does is then shown. A box of more than
    5,000,000 networks, or with fibers of more than 1,000,000 strata, is refused; --random tries
    some of its networks.

    \b
    Examples:
      linnet-exact verify --max-depth 3 --max-width 3 --jobs 2
      linnet-exact verify dimension --max-depth 4 --max-width 2
      linnet-exact verify dimension --random 100 --max-depth 8 --max-width 12
      linnet-exact verify dimension --explain
    """
    claims = claims_named(names)
    if listing or explain:
        _describe(claims, explain, output)
        return 0
    box = (max_depth, max_width)
    networks: Iterator[Network]
    total: int | None = None
    if draws is None:
        if any(claim.domain is not FIBERS for claim in claims):
            require_strata_in_reach(*box, max_weight_dimension, rank or 0)
        networks = networks_in_box(*box, max_weight_dimension)
        if max_weight_dimension is None:
            total = number_of_networks(*box)
    else:
        endless = random_networks(*box, Random(seed), max_weight_dimension)
        networks, total = islice(endless, draws), draws
    totals = {claim.name: Tally() for claim in claims}
    done, interrupted = 0, False
    try:
        with progress("networks", total) as bar:
            for _, tallies in verify_claims(
                claims, networks, seed, jobs, rank=rank, draw=draws is not None
            ):
                totals = {name: sofar + tallies[name] for name, sofar in totals.items()}
                done += 1
                bar.update(1)
    except KeyboardInterrupt:
        interrupted = True
        of_all = "" if total is None else f" of {total}"
        warn(f"interrupted after {done}{of_all} networks; what was checked:")
    report = {
        "claims": _rows(claims, totals, output),
        "max_depth": max_depth,
        "max_width": max_width,
        "networks": done,
    }
    output.value(report, rows_key="claims")
    return 130 if interrupted else int(any(tally.failed for tally in totals.values()))


def _rows(
    claims: Sequence[Claim], totals: dict[str, Tally], output: Output
) -> list[dict[str, Any]]:
    rows = []
    for claim in claims:
        tally = totals[claim.name]
        row: dict[str, Any] = {
            "name": claim.name,
            "checked": tally.checked,
            "failed": tally.failed,
            "seconds": round(tally.seconds, 3),
        }
        if output.format == "table":
            row = {"name": claim.name, "domain": claim.domain.name, **row}
            if tally.witness:
                warn(f"{claim.name} fails: {json.dumps(tally.witness)}")
        else:
            row |= {"domain": claim.domain.name, "statement": claim.statement}
            row |= {"source": claim.source, "witness": tally.witness}
        rows.append(row)
    return rows


def _describe(claims: Sequence[Claim], explain: bool, output: Output) -> None:
    if output.format == "table" and explain:
        output.prose("\n\n".join(map(_explanation, claims)), hang=11)
        return
    columns = ["name", "domain", "statement"]
    if output.format != "table":
        columns += ["latex", "method", "source"]
    rows = [{"domain": claim.domain.name, **_texts(claim)} for claim in claims]
    output.rows([{column: row[column] for column in columns} for row in rows], columns)


def _texts(claim: Claim) -> dict[str, str]:
    return {
        name: getattr(claim, name) for name in ("name", "statement", "latex", "method", "source")
    }


def _explanation(claim: Claim) -> str:
    lines = {"for all": claim.domain.name, **_texts(claim)}
    del lines["name"]
    return "\n".join(
        [claim.name, *(f"  {name:<9}  {text}" for name, text in lines.items() if text)]
    )
