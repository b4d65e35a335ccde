"""The search for a critical point of the square loss at which a statement fails."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

from linnet_exact.algebra import Matrix
from linnet_exact.arguments import as_integer, as_text
from linnet_exact.claims.language.arithmetic import UndefinedError
from linnet_exact.claims.language.expression import Expression
from linnet_exact.claims.refutation.case_by_case import search_case_by_case
from linnet_exact.claims.refutation.outcome import Outcome
from linnet_exact.claims.refutation.quantities import FIBER_QUANTITIES, fiber_value, kinds_over
from linnet_exact.errors import InputError
from linnet_exact.files import matrix_to_jsonable, weights_to_jsonable
from linnet_exact.landscape import Criticality, Data, critical_point, criticality
from linnet_exact.landscape.points.critical_strata import can_be_loose, can_be_tight
from linnet_exact.strata import Network
from linnet_exact.strata.box import networks_in_box

__all__ = ["CriticalRefutation", "refute_critical", "value_at"]


@dataclass(frozen=True, kw_only=True)
class CriticalRefutation(Outcome):
    """What a search among critical points has found.

    Attributes
    ----------
    point : Criticality or None
        The first critical point at which the statement fails.
    values : dict
        Every quantity that the expression names, with its value there.
    """

    point: Criticality | None
    values: dict[str, Any]

    def counterexample_to_jsonable(self) -> dict[str, Any] | None:
        """Return the counterexample as JSON: weights and target, for the command ``critical``."""
        if self.point is None:
            return None
        theta = self.point.weights
        return {
            "widths": list(theta.network.widths),
            "rank": self.point.rank,
            "barcode": theta.barcode.to_jsonable(),
            "values": self.values,
            "weights": weights_to_jsonable(theta),
            "target": matrix_to_jsonable(self.point.data.gamma),
        }


def refute_critical(
    statement: str,
    max_depth: int = 3,
    max_width: int = 3,
    max_weight_dimension: int | None = None,
    rank: int | None = None,
    seed: int = 0,
    max_seconds: float | None = None,
    count: bool = False,
    report: Callable[[int], None] | None = None,
) -> CriticalRefutation:
    """Search critical points of ½‖W − M‖² for one at which a statement fails.

    M is diagonal with entries ρ, ρ − 1, …, 1, for every ρ. On every stratum that carries critical
    points there is one for each set S, with tightened pivots and with one that is not, as far as
    there are such points.

    Parameters
    ----------
    statement : str
        An expression, see `Expression`, in ``positive``, ``zero``, ``negative``, ``r``, ``S``,
        ``rho``, ``kind``, ``tightened`` and the quantities of the fiber.

    Raises
    ------
    InputError
        If the expression is not such a statement.

    Examples
    --------
    >>> found = refute_critical("kind != 'non-strict saddle'")
    >>> found.point.weights.network, found.values
    (Network(1, 1, 1, 1), {'kind': 'non-strict saddle'})
    """
    statement = as_text(statement, "statement", "kind != 'non-strict saddle'")
    rank = None if rank is None else as_integer(rank, "rank", least=0)
    expression = Expression(statement, kinds_over("critical"))
    networks = networks_in_box(max_depth, max_width, max_weight_dimension)
    first, figures = search_case_by_case(
        _points(networks, rank, as_integer(seed, "seed")),
        partial(failure_at, expression),
        lambda point: point.weights.fiber,
        max_seconds,
        count,
        report,
    )
    point, values = first or (None, {})
    return CriticalRefutation(
        statement=statement, over="critical", point=point, values=values, **figures
    )


def failure_at(expression: Expression, point: Criticality) -> dict[str, Any] | None:
    """Return the values at a critical point at which the statement does not hold, else None.

    Examples
    --------
    >>> from linnet_exact.weights import Weights
    >>> point = criticality(Weights([[[2]]]), Data.from_target(Matrix([[2]])))
    >>> failure_at(Expression("r == 0", kinds_over("critical")), point)
    {'r': 1}
    """
    values = {name: value_at(name, point) for name in expression.names}
    try:
        holds = expression.holds(tuple(values[name] for name in expression.names))
    except UndefinedError as error:
        raise InputError(
            f"the expression has no value for widths {point.weights.network}: {error}; guard "
            f"it with implies(..., ...)"
        ) from None
    return None if holds else values


def _points(networks: Iterator[Network], rank: int | None, seed: int) -> Iterator[Criticality]:
    for network in networks:
        inputs, outputs = network.widths[0], network.widths[-1]
        for rho in range(min(inputs, outputs) + 1):
            M = [[(rho - i) * (i == j < rho) for j in range(inputs)] for i in range(outputs)]
            data = Data.from_target(Matrix(M))
            for r in range(min(network.min_width, rho) + 1):
                if rank in (None, r):
                    yield from _points_of_rank(network, r, rho, data, seed)


def _points_of_rank(
    network: Network, rank: int, rho: int, data: Data, seed: int
) -> Iterator[Criticality]:
    for stratum in network.fiber(rank).strata():
        barcode = stratum.barcode
        for S in combinations(range(1, rho + 1), rank):
            if can_be_tight(barcode, rho):
                yield criticality(critical_point(barcode, data, S, seed, "tight"), data)
            if can_be_loose(barcode, rho):
                yield criticality(critical_point(barcode, data, S, seed, "loose"), data)


def value_at(name: str, point: Criticality) -> Any:
    """Return a quantity of a critical point by the name that it has in expressions.

    Examples
    --------
    >>> from linnet_exact.weights import Weights
    >>> value_at("r", criticality(Weights([[[2]]]), Data.from_target(Matrix([[2]]))))
    1
    """
    if name in FIBER_QUANTITIES:
        return fiber_value(name, point.weights.fiber)
    if name == "r":
        return point.rank
    if name == "S":
        return point.selected
    if name == "rho":
        return point.hypotheses.gamma_rank
    if name == "tightened":
        return all(pivot.tightened for pivot in point.pivots)
    # kind, or positive, zero and negative
    return point.kind if name == "kind" else getattr(point.inertia, name)
