"""A fiber at a glance: what the command ``fiber`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linnet_exact.errors import TooLargeError
from linnet_exact.strata.values.json_integers import integer_to_jsonable

if TYPE_CHECKING:
    from linnet_exact.strata.fiber import Fiber

__all__ = ["fiber_polynomials", "fiber_to_jsonable"]


def fiber_to_jsonable(fiber: Fiber, list_limit: int) -> dict[str, Any]:
    """Return the answers of `fiber`; what needs a list of more than `list_limit` rows is None.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> fiber_to_jsonable(Network(2, 2, 2).fiber(), list_limit=2)["components"] is None
    True
    """
    try:
        count = fiber.count()
    except TooLargeError:
        count = None
    dimensions = fiber.component_dimensions(list_limit)
    return {
        "widths": list(fiber.network.widths),
        "rank": fiber.rank,
        "weight_dimension": integer_to_jsonable(fiber.network.weight_dimension),
        "strata": None if count is None else integer_to_jsonable(count),
        "dimension": integer_to_jsonable(fiber.dimension),
        "codimension": integer_to_jsonable(fiber.codimension),
        "components": None if dimensions is None else len(dimensions),
        "top_components": integer_to_jsonable(fiber.top_components),
        "component_dimensions": (
            None if dimensions is None else [integer_to_jsonable(d) for d in dimensions]
        ),
        "learning_coefficient": str(fiber.learning_coefficient),
        "multiplicity": integer_to_jsonable(fiber.multiplicity),
        "smooth": fiber.smooth,
        "real_components": integer_to_jsonable(fiber.real_components),
        "euler_characteristic": fiber.euler_characteristic,
        "minimal_stratum": fiber.minimal_stratum.to_jsonable(),
    }


def fiber_polynomials(fiber: Fiber) -> dict[str, list[int]]:
    """Return two polynomials of a fiber by their coefficients, the constant one first.

    `point_polynomial` counts the points over F_q in q; at q = u v it is the E-polynomial of the
    complex fiber, and at q = 1 its Euler characteristic with compact support (N. Katz, appendix to
    Hausel and Rodriguez-Villegas 2008). The coefficient of t^c in `codimension_polynomial` is the
    number of strata whose orbits have codimension c in weight space.

    Raises
    ------
    TooLargeError
        If one of them would take minutes.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> fiber_polynomials(Network(1, 1, 1).fiber())
    {'point_polynomial': [-1, 2], 'codimension_polynomial': [0, 2, 1]}
    """
    counts = fiber.count_by_codimension()
    return {
        "point_polynomial": fiber.point_polynomial(),
        "codimension_polynomial": [counts.get(c, 0) for c in range(max(counts) + 1)],
    }
