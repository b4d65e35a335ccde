"""A counterexample with all that is needed to see that it is one."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from linnet_exact.claims.domain import Cover, Pair
from linnet_exact.claims.language.arithmetic import UndefinedError
from linnet_exact.claims.language.expression import Expression
from linnet_exact.claims.language.triangles import entry_of_triangle
from linnet_exact.files import rank_list_certificate, weights_to_jsonable
from linnet_exact.strata import Barcode, Fiber, Stratum
from linnet_exact.weights import Weights, canonical_weights

__all__ = ["Counterexample"]

_MOST_WEIGHTS = 10_000


@dataclass(frozen=True)
class Counterexample:
    """A case in which a statement does not hold.

    Attributes
    ----------
    fiber : Fiber
    barcodes : dict
        The strata concerned: ``barcode``, or ``lower`` and ``upper``; for a fiber, a maximal
        stratum of each dimension, ``component of dimension n``.
    move : str or None
        The move, if the case is a cover.
    values : dict
        Every quantity that the expression names, with its value.
    """

    fiber: Fiber
    barcodes: dict[str, Barcode]
    move: str | None
    values: dict[str, Any]

    @classmethod
    def of(
        cls, over: str, case: Any, expression: Expression | None, values: tuple[Any, ...]
    ) -> "Counterexample":
        """Return the counterexample that a case is, given the values that were looked at."""
        named = {} if expression is None else _values(expression, values)
        if isinstance(case, Fiber):
            return cls(case, _components(case), None, named)
        if isinstance(case, Stratum):
            return cls(case.fiber, {"barcode": case.barcode}, None, named)
        assert isinstance(case, Pair | Cover)
        ends = {"lower": case.lower.barcode, "upper": case.upper.barcode}
        move = str(case.move) if isinstance(case, Cover) else None
        return cls(case.lower.fiber, ends, move, named)

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of the network."""
        return self.fiber.network.widths

    @property
    def rank(self) -> int:
        """The rank of the fiber."""
        return self.fiber.rank

    @cached_property
    def weights(self) -> dict[str, Weights]:
        """Exact weights on each of the strata concerned: the canonical ones."""
        return {name: canonical_weights(barcode) for name, barcode in self.barcodes.items()}

    def to_jsonable(self) -> dict[str, Any]:
        """Return everything as JSON, with a certificate of the rank lists of the weights.

        Weights and certificates are left out, as null, for networks with more than 10,000 weights.
        """
        small = self.fiber.network.weight_dimension <= _MOST_WEIGHTS
        weights = (
            {name: weights_to_jsonable(t) for name, t in self.weights.items()} if small else {}
        )
        proofs = (
            {name: rank_list_certificate(t) for name, t in self.weights.items()} if small else {}
        )
        single = list(self.barcodes) == ["barcode"]
        barcodes = {name: barcode.to_jsonable() for name, barcode in self.barcodes.items()}
        over_fibers = not single and "lower" not in barcodes
        return {
            "widths": list(self.widths),
            "rank": self.rank,
            **({"components": barcodes} if over_fibers else barcodes),
            **({} if self.move is None else {"move": self.move}),
            "values": self.values,
            "weights": (weights.get("barcode") if single else weights) or None,
            "certificate": (proofs.get("barcode") if single else proofs) or None,
        }


def _values(expression: Expression, values: tuple[Any, ...]) -> dict[str, Any]:
    """Name the values; of a triangle, those entries that are asked for by fixed numbers."""
    by_name = dict(zip(expression.names, values, strict=True))
    named: dict[str, Any] = {}
    for text, name, k, i in expression.calls:
        with suppress(UndefinedError):  # it was not needed
            named[text] = entry_of_triangle(by_name[name], k, i, text)
    triangles = {"omega", "r", "float64_rank", "float32_rank"}
    plain = {name: value for name, value in by_name.items() if name.split(".")[-1] not in triangles}
    return {**plain, **named}


def _components(fiber: Fiber) -> dict[str, Barcode]:
    """Return one maximal stratum of each dimension, largest first; none if they are too many."""
    found: dict[str, Barcode] = {}
    for stratum in fiber.components() or ():
        found.setdefault(f"component of dimension {stratum.dimension}", stratum.barcode)
    return found
