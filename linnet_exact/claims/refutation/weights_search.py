"""The search for exact weights on which a numerical statement fails, smallest network first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from linnet_exact.arguments import as_integer, as_text
from linnet_exact.claims.language.arithmetic import UndefinedError
from linnet_exact.claims.language.expression import Expression
from linnet_exact.claims.refutation.case_by_case import search_case_by_case
from linnet_exact.claims.refutation.families import FAMILIES
from linnet_exact.claims.refutation.outcome import Outcome
from linnet_exact.claims.refutation.quantities import fiber_value, kinds_over
from linnet_exact.claims.refutation.strata_table import place, triangle
from linnet_exact.errors import InputError
from linnet_exact.files import rank_list_certificate, weights_to_jsonable
from linnet_exact.strata import Network
from linnet_exact.strata.box import networks_in_box
from linnet_exact.weights import Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["WeightsRefutation", "failure_at", "numerical_ranks", "refute_weights"]

_TRIES = 3  # of each family on each network


@dataclass(frozen=True, kw_only=True)
class WeightsRefutation(Outcome):
    """What a search among weights has found; a violation is a failure for some layers k > i.

    Attributes
    ----------
    weights : Weights or None
        The first weights on which the statement fails, of the named `family`.
    layers : tuple of int
        The layers (k, i) where it does not hold.
    values : dict
        Every quantity that the expression names, with its value there.
    """

    weights: Weights | None
    family: str
    layers: tuple[int, int]
    values: dict[str, Any]

    def counterexample_to_jsonable(self) -> dict[str, Any] | None:
        """Return the counterexample as JSON, with a certificate of the exact ranks."""
        if self.weights is None:
            return None
        k, i = self.layers
        return {
            "widths": list(self.weights.network.widths),
            "rank": self.weights.rank_list.rank,
            "barcode": self.weights.barcode.to_jsonable(),
            "family": self.family,
            "layers": {"k": k, "i": i},
            "values": self.values,
            "weights": weights_to_jsonable(self.weights),
            "certificate": rank_list_certificate(self.weights),
        }


def refute_weights(
    statement: str,
    max_depth: int = 4,
    max_width: int = 4,
    max_weight_dimension: int | None = None,
    rank: int | None = None,
    seed: int = 0,
    max_seconds: float | None = None,
    count: bool = False,
    report: Callable[[int], None] | None = None,
) -> WeightsRefutation:
    """Search seeded families of exact weights for some on which a statement fails.

    Parameters
    ----------
    statement : str
        An expression, see `Expression`, in ``float64_rank(k, i)``, ``float32_rank(k, i)``, the
        exact ``r(k, i)`` and the quantities of the fiber; it should hold for all layers k > i.

    Raises
    ------
    InputError
        If the expression is not such a statement.

    Examples
    --------
    >>> found = refute_weights("float64_rank(k, i) == r(k, i)")
    >>> found.weights.network, found.family, found.values
    (Network(2, 2), 'nearly parallel', {'k': 1, 'i': 0, 'float64_rank(k, i)': 1, 'r(k, i)': 2})
    """
    statement = as_text(statement, "statement", "float64_rank(k, i) == r(k, i)")
    rank = None if rank is None else as_integer(rank, "rank", least=0)
    expression = Expression(statement, kinds_over("weights"))
    networks = networks_in_box(max_depth, max_width, max_weight_dimension)
    first, figures = search_case_by_case(
        _weights(networks, rank, as_integer(seed, "seed")),
        lambda case: failure_at(expression, case[1]),
        lambda case: case[1].fiber,
        max_seconds,
        count,
        report,
    )
    (family, weights), (layers, values) = first or (("", None), ((0, 0), {}))
    return WeightsRefutation(
        statement=statement,
        over="weights",
        weights=weights,
        family=family,
        layers=layers,
        values=values,
        **figures,
    )


def _weights(
    networks: Iterator[Network], rank: int | None, seed: int
) -> Iterator[tuple[str, Weights]]:
    for network in networks:
        for name, family in FAMILIES.items():
            for attempt in range(_TRIES):
                theta = family(network, Random(f"{seed}:{attempt}:{name}:{network}"))
                if rank in (None, theta.rank_list.rank):
                    yield name, theta


def failure_at(
    expression: Expression, theta: Weights
) -> tuple[tuple[int, int], dict[str, Any]] | None:
    """Return the first layers at which the statement does not hold, with the values there.

    Examples
    --------
    >>> failure_at(Expression("r(k, i) > 0", kinds_over("weights")), Weights([[[1]], [[0]]]))
    ((2, 0), {'k': 2, 'i': 0, 'r(k, i)': 0})
    """
    import numpy as np

    known: dict[str, Any] = {}
    bars = triangle(theta.depth)
    for name in expression.names:
        if name == "r":
            known[name] = [theta.rank_list.r(k, i) for i, k in bars]
        elif name == "omega":
            known[name] = [theta.barcode.omega(k, i) for i, k in bars]
        elif name in ("float64_rank", "float32_rank"):
            precision = np.float64 if name == "float64_rank" else np.float32
            known[name] = numerical_ranks(theta, precision)
        elif name not in ("k", "i"):
            known[name] = fiber_value(name, theta.fiber)
    for i, k in bars:
        if i == k:
            continue
        known |= {"k": k, "i": i}
        try:
            holds = expression.holds(tuple(known[name] for name in expression.names))
        except UndefinedError as error:
            raise InputError(
                f"the expression has no value for k={k}, i={i} and widths {theta.network}: {error}"
            ) from None
        if not holds:
            values: dict[str, Any] = {"k": k, "i": i}
            for name in expression.names:
                value = known[name]
                values |= (
                    {f"{name}(k, i)": value[place(k, i)]}
                    if isinstance(value, list)
                    else {name: value}
                )
            return (k, i), values
    return None


def numerical_ranks(theta: Weights, precision: Any) -> list[int]:
    """Return what ``numpy.linalg.matrix_rank`` says of every W_k~i, multiplied in a precision.

    Examples
    --------
    >>> import numpy as np
    >>> numerical_ranks(Weights([[[1, 1], [1, "1.000000000000001"]]]), np.float32)
    [2, 1, 2]
    """
    import numpy as np

    matrices: list[NDArray[Any]] = [
        np.array([[float(x) for x in row] for row in matrix.rows()], dtype=precision)
        for matrix in theta.matrices
    ]
    ranks = []
    for i, k in triangle(theta.depth):
        product = np.eye(theta.network.widths[i], dtype=precision)
        for matrix in matrices[i:k]:
            product = matrix @ product
        ranks.append(int(np.linalg.matrix_rank(product)))
    return ranks
