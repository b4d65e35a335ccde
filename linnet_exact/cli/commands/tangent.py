"""`linnet-exact tangent`: tangent and normal bases at a point."""

from collections import Counter
from typing import Any

import click

from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_options import weights_file
from linnet_exact.files import Source
from linnet_exact.files.json_weights import rows_to_jsonable
from linnet_exact.weights import Weights
from linnet_exact.weights.spaces.slots import BLOCKED, Space
from linnet_exact.weights.spaces.tangent import TangentBasis, tangent_basis

__all__ = ["tangent"]


@click.command()
@click.option(
    "--space",
    type=click.Choice(list(BLOCKED)),
    default="stratum",
    show_default=True,
    help="Tangent to the stratum, to the orbit in weight space, or to the fiber (null dmu).",
)
@output_options("table", "json")
@weights_file
def tangent(file: Source, theta: Weights, space: Space, output: Output) -> int:
    """Tangent and normal bases at the weights in FILE, checked against Jacobians.

    A table counts the vectors of each kind. In JSON, `tangent` and `normal` are lists of vectors,
    each the entries of X_1, then X_2, ..., by rows, and the labels say of each vector which kind of
    move it is, in which matrices, and from which strand (a bar and the number of its copy) to
    which.

    \b
    Examples:
      linnet-exact tangent theta.json
      linnet-exact tangent theta.json --format json -o tangent.json
      linnet-exact tangent theta.json --space fiber
    """
    basis = tangent_basis(theta, space)
    report: dict[str, Any] = {
        "space": space,
        "dimension": basis.dimension,
        "normal_dimension": basis.normal_dimension,
    }
    if output.format == "json":
        report |= {
            "tangent": rows_to_jsonable(basis.tangent),
            "tangent_labels": [label.to_jsonable() for label in basis.tangent_labels],
            "normal": rows_to_jsonable(basis.normal),
            "normal_labels": [label.to_jsonable() for label in basis.normal_labels],
        }
    else:
        report["vectors"] = _counted(basis)
    checked = basis.check()
    output.value(report | {"checked": checked}, rows_key="vectors")
    return int(not checked)


def _counted(basis: TangentBasis) -> list[dict[str, Any]]:
    """One row for all vectors that differ in the copies of their strands only."""
    labels = basis.tangent_labels + basis.normal_labels
    kinds = Counter((v.kind, v.layers, v.source, v.target) for v in labels)
    return [
        {
            "kind": kind,
            "matrices": ",".join(f"W{j}" for j in layers),
            "from": str(source),
            "to": str(target),
            "vectors": count,
        }
        for (kind, layers, source, target), count in kinds.items()
    ]
