"""The multiplicity of a fiber at the points of a stratum, where a formula gives it.

Bars [0, L] have no extensions with others, so near a point of rank r the fiber is a smooth factor
times the fiber of 0 for widths d − r, near the point with the other bars. There

- a smooth point has multiplicity 1, and the tangent cone is null dμ(θ);
- at the minimal stratum the point is 0; the fiber of 0 is a cone and its own tangent cone, so the
  multiplicity is its degree (every component is generically reduced: no move rises from a maximal
  stratum, so there null dμ is as large as the stratum);
- with one input and one output there is one equation, whose lowest terms are the ways from the
  input to the output with the fewest steps from one bar to another.
"""

from typing import NamedTuple

from linnet_exact.strata.stratum import Stratum
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.network import Network

__all__ = ["Multiplicity", "fewest_steps", "multiplicity"]


class Multiplicity(NamedTuple):
    """A multiplicity, the formula that gives it, and the tangent cone in words."""

    value: int
    formula: str
    tangent_cone: str


def multiplicity(stratum: Stratum) -> Multiplicity | None:
    """Return the multiplicity of the fiber along a stratum; None where no formula gives it.

    Raises
    ------
    TooLargeError
        If the degree that is needed is out of reach.

    Examples
    --------
    >>> multiplicity(Barcode.parse("0-0,1-1,2-2").stratum).value  # x y = 0 at 0
    2
    >>> multiplicity(Barcode.parse("0-1,2-2").stratum).formula
    'smooth'
    """
    fiber, barcode = stratum.fiber, stratum.barcode
    if stratum.singular is False:
        dimension = stratum.tangent_dimension_of_fiber
        return Multiplicity(1, "smooth", f"null dmu, a linear space of dimension {dimension}")
    widths = [width - fiber.rank for width in fiber.network.widths]
    linear = stratum.dimension
    if stratum.minimal:
        degree = Network(*widths).fiber().degree
        if degree is None:
            return None
        shown = ",".join(map(str, widths))
        cone = f"the fiber of 0 for widths {shown}, times a linear space of dimension {linear}"
        return Multiplicity(degree, "degree of a cone", cone)
    if widths[0] == widths[-1] == 1:
        steps = fewest_steps(barcode)
        cone = f"a hypersurface of degree {steps} in null dmu"
        return Multiplicity(steps, "lowest terms of one equation", cone)
    return None


def fewest_steps(barcode: Barcode) -> int:
    """Return how many steps from bar to bar lead from layer 0 to layer L, without bars [0, L].

    A step from p to q changes one weight that is 0 at the canonical point: at some layer j, p is
    alive at j − 1 and q at j.

    Examples
    --------
    >>> fewest_steps(Barcode.parse("0-0,1-1,2-2")), fewest_steps(Barcode.parse("0-1,1-2"))
    (2, 1)
    """
    depth = barcode.depth
    bars = [bar for bar in barcode if bar != (0, depth)]
    steps = {bar: 0 for bar in bars if 0 in bar}
    for layer in range(1, depth + 1):
        jump = min(steps.values()) + 1
        steps = {bar: min(steps.get(bar, jump), jump) for bar in bars if layer in bar}
    return min(steps.values())
