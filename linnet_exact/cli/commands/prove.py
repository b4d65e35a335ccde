"""`linnet-exact prove`: the dimension theorem for all widths of one depth."""

from pathlib import Path

import click

from linnet_exact.claims.proof import (
    MAX_DEPTH,
    explain,
    explain_in_latex,
    proof_certificate,
)
from linnet_exact.claims.proof import prove as prove_theorem
from linnet_exact.cli.file_arguments import JSON_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output

__all__ = ["prove"]


@click.command()
@click.option(
    "--depth", type=click.IntRange(1, MAX_DEPTH), required=True, help="Number of matrices."
)
@click.option("--explain", "explained", is_flag=True, help="Show the proof step by step.")
@click.option(
    "--certificate",
    type=JSON_FILE,
    metavar="FILE",
    help="Also write a certificate, for linnet-exact check.",
)
@output_options("table", "json", "latex")
def prove(depth: int, explained: bool, certificate: Path | None, output: Output) -> int:
    """Prove the dimension theorem for every width vector of one depth.

    The tangent map at a canonical point splits into finitely many blocks; their exact ranks sum
    to quadratic forms in the multiplicities of the bars, which are compared with the formulas for
    the dimension of a stratum, for the rank of dμ, and for the number of moves, also of each kind
    by itself (see `decompose`). The exit status is 1 if a coefficient differs.

    \b
    Examples:
      linnet-exact prove --depth 3 --explain
      linnet-exact prove --depth 6 --certificate proof.json
      linnet-exact prove --depth 2 --format latex
    """
    proof = prove_theorem(depth)
    if certificate is not None:
        Output("json", certificate).value(proof_certificate(proof))
    if output.format == "latex":
        output.text(explain_in_latex(proof))
    elif explained and output.format == "table":
        output.prose(explain(proof), hang=4)
    else:
        explanation = {"explanation": explain(proof)} if explained else {}
        output.value({**proof.to_jsonable(), **explanation}, rows_key="identities")
    return int(not proof.holds)
