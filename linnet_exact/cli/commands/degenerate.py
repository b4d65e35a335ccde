"""`linnet-exact degenerate`: a family with a given limit, or through a given point."""

import json
from pathlib import Path

import click

from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_options import Layers, layer_option
from linnet_exact.files import read_weights, weights_to_jsonable
from linnet_exact.files.json_family import family_to_jsonable
from linnet_exact.strata import Barcode
from linnet_exact.weights.moves.family import family_to

__all__ = ["degenerate"]

_SHOWN = 60  # weights whose coefficients a table still shows


@click.command()
@click.argument("file", type=INPUT_FILE)
@click.option("--to", "goal", required=True, metavar="BARCODE", help="The other stratum.")
@click.option("--eps", metavar="E", help="The weights file of this one member, not the family.")
@layer_option()
@output_options("table", "json")
def degenerate(file: Path, goal: str, eps: str | None, layers: Layers, output: Output) -> None:
    """A family theta(eps) in one fiber: on one stratum for all eps but 0, on a lower one at 0.

    If the stratum of FILE is in the closure of BARCODE, FILE is the limit theta(0), and all other
    members have BARCODE. If BARCODE is in the closure of the stratum of FILE, FILE is the general
    member theta(1), and the limit has BARCODE. The entries are polynomials in eps; the family may
    pass over many covers at once. Its limit, its product and its barcode for all eps other than 0
    are proved by identities of polynomials before it is printed; in JSON the proof is there, too. A
    table shows the coefficients of small networks only.

    \b
    Examples:
      linnet-exact degenerate theta.json --to 0-1,0-2,1-2
      linnet-exact degenerate theta.json --to 0-1,0-2,1-2 --format json \\
        -o family.json
      linnet-exact degenerate theta.json --to 0-1,0-2,1-2 --eps 1/1000 \\
        -o near.json
    """
    family = family_to(read_weights(file, layers), Barcode.parse(goal))
    family.check()
    if eps is not None:
        if output.format == "json":
            output.text(json.dumps(weights_to_jsonable(family.at(eps))))
        else:
            output.value({"epsilon": eps, "barcode": family.at(eps).barcode})
        return
    found = family_to_jsonable(family)
    if output.format == "json":
        output.text(json.dumps(found))
        return
    terms = [
        {"power": power, **{f"W_{j}": rows for j, rows in enumerate(coefficient, start=1)}}
        for power, coefficient in enumerate(found["coefficients"])
    ]
    told = {
        "given": found["given"],
        "limit_barcode": family.lower,
        "general_barcode": family.upper,
        "covers": sum(step.times for step in family.chain),
        "degree": family.degree,
        "checked": True,
    }
    if family.given.network.weight_dimension > _SHOWN:
        terms = []  # in JSON
    output.value({"terms": terms, **told}, rows_key="terms")
