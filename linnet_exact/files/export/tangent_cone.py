"""A script for Macaulay2 that computes the tangent cone of a fiber at a point."""

from linnet_exact.errors import InputError
from linnet_exact.files.export.equations import Equations
from linnet_exact.files.export.macaulay2 import equations_script
from linnet_exact.files.export.numbers import rows_text
from linnet_exact.weights import Weights

__all__ = ["tangent_cone_script"]


def tangent_cone_script(theta: Weights) -> str:
    """Return a script that prints the multiplicity of the fiber through θ at θ.

    The point is moved to 0; the degree of the tangent cone there is the multiplicity.

    Raises
    ------
    InputError
        If the weights are not rational.

    Examples
    --------
    >>> print(tangent_cone_script(Weights([[[0]], [[2]]])).splitlines()[-2])
    C = tangentCone sub(I, {w_(1,1,1) => w_(1,1,1) + (0), w_(2,1,1) => w_(2,1,1) + (2)})
    """
    if theta.field.degree > 1:
        raise InputError("tangent cones are computed by Macaulay2 at rational points only")
    equations = Equations.of(theta.fiber, theta.product())
    lines = [
        line for line in equations_script(equations).splitlines() if not line.startswith("print")
    ]
    moved = [
        f"w_({j},{r},{c}) => w_({j},{r},{c}) + ({entry})"
        for j, matrix in enumerate(theta.matrices, start=1)
        for r, row in enumerate(rows_text(matrix), start=1)
        for c, entry in enumerate(row, start=1)
    ]
    lines.append(f"C = tangentCone sub(I, {{{', '.join(moved)}}})")
    lines.append('print("multiplicity " | toString degree C)')
    return "\n".join(lines)
