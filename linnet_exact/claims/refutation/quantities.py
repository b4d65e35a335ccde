"""The quantities that expressions may name: their kinds, meanings, and where they come from."""

from collections.abc import Callable, Iterator
from collections.abc import Sequence as Several
from dataclasses import dataclass
from typing import Any

from linnet_exact.claims.language.functions import FUNCTIONS
from linnet_exact.claims.language.kinds import NUMBER, TEXT, TRUTH, Kind, Sequence, Tuple
from linnet_exact.claims.refutation.component_dimensions import component_dimensions
from linnet_exact.claims.refutation.strata_table import StrataTable
from linnet_exact.strata import Fiber, Network

__all__ = [
    "FIBER_QUANTITIES",
    "OVER",
    "STRATUM_QUANTITIES",
    "fiber_value",
    "functions_and_quantities",
    "kinds_over",
]

NUMBERS = Sequence(NUMBER)
BARS = Sequence(Tuple(NUMBER, NUMBER))

OVER = ("fibers", "strata", "covers", "pairs", "weights", "critical")


@dataclass(frozen=True)
class FiberQuantity:
    """A quantity of a fiber; `values` takes fibers of one depth, and finds each as it is asked."""

    kind: Kind
    meaning: str
    values: Callable[[Several[Fiber]], Iterator[Any]]

    def value(self, fiber: Fiber) -> Any:
        """Return it for one fiber."""
        return next(self.values([fiber]))


@dataclass(frozen=True)
class StratumQuantity:
    """A quantity of a stratum; `kind` is None if it is called with two layers."""

    kind: Kind | None
    meaning: str
    column: Callable[[StrataTable], list[Any]]


def _each(value: Callable[[Fiber], Any]) -> Callable[[Several[Fiber]], Iterator[Any]]:
    return lambda fibers: map(value, fibers)


_NETWORK = {
    "L": FiberQuantity(NUMBER, "the depth", _each(lambda f: f.network.depth)),
    "widths": FiberQuantity(NUMBERS, "d_0, ..., d_L", _each(lambda f: f.network.widths)),
    "layers": FiberQuantity(
        NUMBERS, "0, ..., L", _each(lambda f: tuple(range(f.network.depth + 1)))
    ),
    "rank": FiberQuantity(NUMBER, "the rank r of W", _each(lambda f: f.rank)),
    "d_theta": FiberQuantity(
        NUMBER, "the dimension of weight space", _each(lambda f: f.network.weight_dimension)
    ),
}

_FIBER = {
    "dim": FiberQuantity(NUMBER, "its dimension", _each(lambda f: f.dimension)),
    "codim": FiberQuantity(
        NUMBER, "its codimension in weight space", _each(lambda f: f.codimension)
    ),
    "strata": FiberQuantity(NUMBER, "how many strata it has", _each(Fiber.count)),
    "components": FiberQuantity(
        NUMBER, "how many components it has", lambda fs: map(len, component_dimensions(fs))
    ),
    "component_dimensions": FiberQuantity(
        NUMBERS, "the dimensions of its components, sorted", component_dimensions
    ),
    "top_components": FiberQuantity(
        NUMBER, "how many components have its dimension", _each(lambda f: f.top_components)
    ),
    "smooth": FiberQuantity(TRUTH, "whether it has no singular point", _each(lambda f: f.smooth)),
    "real_components": FiberQuantity(
        NUMBER, "how many connected parts it has over the reals", _each(lambda f: f.real_components)
    ),
    "euler_characteristic": FiberQuantity(
        NUMBER,
        "its Euler characteristic with compact support",
        _each(lambda f: f.euler_characteristic),
    ),
    "learning_coefficient": FiberQuantity(
        NUMBER, "the learning coefficient", _each(lambda f: f.learning_coefficient)
    ),
    "multiplicity": FiberQuantity(
        NUMBER, "the multiplicity of the learning coefficient", _each(lambda f: f.multiplicity)
    ),
}


def _of(
    other: Callable[[Fiber], Fiber], quantity: FiberQuantity
) -> Callable[[Several[Fiber]], Iterator[Any]]:
    return lambda fibers: quantity.values([other(fiber) for fiber in fibers])


def _sorted(fiber: Fiber) -> Fiber:
    return Network(*sorted(fiber.network.widths)).fiber(fiber.rank)


def _reversed(fiber: Fiber) -> Fiber:
    return fiber.network.reversed().fiber(fiber.rank)


FIBER_QUANTITIES: dict[str, FiberQuantity] = {
    **_NETWORK,
    **{f"fiber.{name}": quantity for name, quantity in _FIBER.items()},
    **{
        f"fiber.{word}.{name}": FiberQuantity(
            quantity.kind,
            f"the same for the widths {word}: {quantity.meaning}",
            _of(other, quantity),
        )
        for word, other in (("sorted", _sorted), ("reversed", _reversed))
        for name, quantity in _FIBER.items()
    },
}

STRATUM_QUANTITIES: dict[str, StratumQuantity] = {
    "dim": StratumQuantity(NUMBER, "its dimension", lambda t: t.columns.dimension.tolist()),
    "codim": StratumQuantity(
        NUMBER,
        "its codimension in weight space",
        lambda t: (t.weight_dimension - t.columns.dimension).tolist(),
    ),
    "orbit_codim": StratumQuantity(
        NUMBER,
        "the codimension of all weights with its barcode",
        lambda t: t.orbit_codimension.tolist(),
    ),
    "tangent_dim": StratumQuantity(
        NUMBER,
        "dim null dμ: the dimension of the tangent space of the fiber",
        lambda t: t.columns.tangent_dimension.tolist(),
    ),
    "local_dim": StratumQuantity(
        NUMBER,
        "the dimension of the fiber at its points",
        lambda t: t.columns.local_fiber_dimension.tolist(),
    ),
    "singular": StratumQuantity(
        TRUTH,
        "whether the fiber is singular there: tangent_dim > local_dim",
        lambda t: t.columns.singular.tolist(),
    ),
    "maximal": StratumQuantity(
        TRUTH, "whether it is in the closure of no other", lambda t: t.columns.maximal.tolist()
    ),
    "minimal": StratumQuantity(
        TRUTH, "whether it is in the closure of all others", lambda t: t.columns.minimal.tolist()
    ),
    "real_components": StratumQuantity(
        NUMBER,
        "how many connected components it has over R",
        lambda t: [1 << e for e in t.columns.real_component_exponent.tolist()],
    ),
    "bars": StratumQuantity(
        BARS, "its bars (from, to), repeated by multiplicity", StrataTable.bars_of_rows
    ),
    "omega": StratumQuantity(None, "omega(k, i): how many bars [i, k]", lambda t: t.omega.tolist()),
    "r": StratumQuantity(None, "r(k, i): the rank of W_k~i", lambda t: t.ranks.tolist()),
}


def fiber_value(name: str, fiber: Fiber) -> Any:
    """Return a quantity of a fiber.

    Examples
    --------
    >>> fiber_value("fiber.component_dimensions", Network(2, 1, 2).fiber())
    (2, 2)
    """
    return FIBER_QUANTITIES[name].value(fiber)


def kinds_over(over: str) -> dict[str, Kind | None]:
    """Return the names that expressions over fibers, strata, … may use, with their kinds.

    Examples
    --------
    >>> "lower.dim" in kinds_over("covers"), "dim" in kinds_over("covers")
    (True, False)
    """
    kinds: dict[str, Kind | None] = {}
    of_stratum = {name: quantity.kind for name, quantity in STRATUM_QUANTITIES.items()}
    if over == "strata":
        kinds |= of_stratum
    elif over in ("covers", "pairs"):
        for end in ("lower", "upper"):
            kinds |= {f"{end}.{name}": kind for name, kind in of_stratum.items()}
    elif over == "weights":
        kinds |= {"k": NUMBER, "i": NUMBER, "omega": None, "r": None}
        kinds |= {"float64_rank": None, "float32_rank": None}
    elif over == "critical":
        kinds |= dict.fromkeys(("positive", "zero", "negative", "r", "rho"), NUMBER)
        kinds |= {"S": NUMBERS, "kind": TEXT, "tightened": TRUTH}
    if over == "covers":
        kinds["move"] = TEXT
    return kinds | {name: quantity.kind for name, quantity in FIBER_QUANTITIES.items()}


def functions_and_quantities(over: str) -> list[dict[str, str]]:
    """Return what expressions over fibers, strata, … may name: rows of name, kind and meaning.

    Examples
    --------
    >>> functions_and_quantities("strata")[0]
    {'name': 'dim', 'kind': 'a number', 'meaning': 'its dimension'}
    """
    rows = []
    for name, kind in kinds_over(over).items():
        words = str(kind) if kind is not None else "a number for layers (k, i)"
        meaning = _CRITICAL_MEANINGS.get(name) if over == "critical" else None
        rows.append({"name": name, "kind": words, "meaning": meaning or _meaning(name)})
    rows += [
        {"name": name, "kind": "a function", "meaning": function.usage}
        for name, function in FUNCTIONS.items()
    ]
    return rows


def _meaning(name: str) -> str:
    if name in FIBER_QUANTITIES:
        return FIBER_QUANTITIES[name].meaning
    last = name.removeprefix("lower.").removeprefix("upper.")
    if last in STRATUM_QUANTITIES:
        return STRATUM_QUANTITIES[last].meaning
    return _OTHER_MEANINGS[name]


_CRITICAL_MEANINGS = {
    "positive": "how many eigenvalues of the Hessian are positive",
    "zero": "how many are zero",
    "negative": "how many are negative",
    "r": "the rank of W",
    "rho": "the rank of M, whose singular values are rho, ..., 2, 1",
    "S": "the numbers of the singular values that W has, 1 for the largest",
    "kind": "'global minimum', 'strict saddle' or 'non-strict saddle'",
    "tightened": "whether all pivots are tightened",
}

_OTHER_MEANINGS = {
    "move": "the move from lower to upper: 'connect' or 'swap'",
    "k": "a layer above i",
    "i": "a layer below k",
    "float64_rank": "float64_rank(k, i): NumPy's rank of W_k~i in double precision",
    "float32_rank": "float32_rank(k, i): NumPy's rank of W_k~i in single precision",
}
