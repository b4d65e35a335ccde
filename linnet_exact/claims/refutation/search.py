"""The search for a smallest counterexample to a statement about fibers, strata or pairs of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf
from time import perf_counter
from typing import Any

from linnet_exact.claims.box import networks_in_box
from linnet_exact.claims.refutation.arithmetic import UndefinedError
from linnet_exact.claims.refutation.batches import Batch, batches, python_batches
from linnet_exact.claims.refutation.counterexample import Counterexample
from linnet_exact.claims.refutation.expression import Expression
from linnet_exact.claims.refutation.quantities import kinds_over
from linnet_exact.errors import InputError
from linnet_exact.strata import Fiber

__all__ = ["Refutation", "refute"]

Statement = str | Callable[[Any], bool]


@dataclass(frozen=True)
class Refutation:
    """What a search has found.

    Attributes
    ----------
    statement : str
        The expression, or the name of the function.
    over : str
        What the cases are: ``"fibers"``, ``"strata"``, ``"covers"`` or ``"pairs"``.
    checked : int
        How many cases were tried, the counterexample among them.
    violations : int
        In how many of them the statement does not hold; 1 at most unless all were counted.
    counterexample : Counterexample or None
        The first violation.
    complete : bool
        Whether the search went through the whole box, or up to the first violation, in time.
    counted : bool
        Whether the search went on after the first violation.
    seconds : float
    """

    statement: str
    over: str
    checked: int
    violations: int
    counterexample: Counterexample | None
    complete: bool
    counted: bool
    seconds: float

    @property
    def found(self) -> bool:
        """Whether there is a counterexample."""
        return self.counterexample is not None

    @property
    def note(self) -> str:
        """What the search says, in words."""
        time = "" if self.complete else ", when the time was over"
        if not self.found:
            return f"it held on {self.checked} {self.over}{time}; this proves nothing beyond them"
        if self.counted:
            return f"{self.violations} of {self.checked} {self.over} violate it{time}"
        return f"found after {self.checked} {self.over}, smallest networks first"

    def to_jsonable(self) -> dict[str, Any]:
        """Return everything as JSON."""
        counterexample = self.counterexample
        return {
            "statement": self.statement,
            "over": self.over,
            "found": self.found,
            "counterexample": None if counterexample is None else counterexample.to_jsonable(),
            "checked": self.checked,
            "violations": self.violations,
            "complete": self.complete,
            "seconds": round(self.seconds, 3),
            "note": self.note,
        }


def refute(
    statement: Statement,
    over: str = "strata",
    max_depth: int = 4,
    max_width: int = 4,
    max_weight_dimension: int | None = None,
    rank: int | None = None,
    max_seconds: float | None = None,
    count: bool = False,
    report: Callable[[int], None] | None = None,
) -> Refutation:
    """Search a box of networks for a counterexample, smallest networks first.

    They are tried by depth, then by the dimension of weight space, then by widths, so the first
    counterexample is a smallest one in that order.

    Parameters
    ----------
    statement : str or callable
        An expression, see `Expression`, or a Python function of one case: a `Fiber`, a `Stratum`,
        a `Cover` or a `Pair`, that returns whether the statement holds.
    rank : int, optional
        Only fibers of this rank.
    max_seconds : float, optional
        The search ends after this time.
    count : bool
        Go on after the first violation, and count them all.
    report : callable, optional
        Is called with the number of cases tried so far, now and then.

    Raises
    ------
    InputError
        If the expression is not a statement about such cases, or has no value in one of them.

    Examples
    --------
    >>> found = refute("implies(not maximal, singular)")
    >>> found.checked, found.counterexample.widths, found.counterexample.barcodes
    (64, (1, 2, 1), {'barcode': Barcode.parse('0-0,1-1,1-2')})
    >>> refute("dim + codim == d_theta", max_depth=3, max_width=2).found
    False
    """
    if over not in ("fibers", "strata", "covers", "pairs"):
        raise InputError(f"cases are fibers, strata, covers or pairs, not {over!r}")
    started = perf_counter()
    networks = networks_in_box(max_depth, max_width, max_weight_dimension)
    fibers = (
        fiber
        for network in networks
        for fiber in (network.fibers() if rank is None else _of_rank(network, rank))
    )
    tally = _Tally(over, count, started + (inf if max_seconds is None else max_seconds))
    all_batches: Iterator[Batch]
    holds: Callable[[tuple[Any, ...]], bool]
    if isinstance(statement, str):
        name = statement
        tally.expression = expression = Expression(statement, kinds_over(over))
        all_batches, holds = batches(over, fibers, expression.names), expression.holds
    else:
        name = getattr(statement, "__name__", "function")
        all_batches, holds = python_batches(over, fibers), _applied(statement)
    for batch in all_batches:
        tally.add(batch, holds)
        if tally.is_over:
            break
        if report is not None:
            report(tally.checked)
    return Refutation(
        name,
        over,
        tally.checked,
        tally.violations,
        tally.first,
        not tally.out_of_time,
        count,
        perf_counter() - started,
    )


@dataclass
class _Tally:
    """What a search has found so far."""

    over: str
    count: bool
    deadline: float
    expression: Expression | None = None
    checked: int = 0
    violations: int = 0
    first: Counterexample | None = None
    out_of_time: bool = False

    @property
    def is_over(self) -> bool:
        return self.out_of_time or (self.violations > 0 and not self.count)

    def add(self, batch: Batch, holds: Callable[[tuple[Any, ...]], bool]) -> None:
        """Try the cases of a batch, to the end or until the search is over."""
        for number, values in enumerate(batch.values):
            self.checked += 1
            try:
                verdict = holds(values)
            except UndefinedError as error:
                raise _undefined(error, batch.case(number)) from None
            if not verdict:
                self.violations += 1
                if self.first is None:
                    case = batch.case(number)
                    self.first = Counterexample.of(self.over, case, self.expression, values)
                if not self.count:
                    return
            if perf_counter() > self.deadline:
                self.out_of_time = True
                return


def _of_rank(network: Any, rank: int) -> list[Fiber]:
    return [network.fiber(rank)] if rank <= network.min_width else []


def _applied(statement: Callable[[Any], bool]) -> Callable[[tuple[Any, ...]], bool]:
    return lambda values: bool(statement(values[0]))


def _undefined(error: UndefinedError, case: Any) -> InputError:
    fiber = case if isinstance(case, Fiber) else getattr(case, "lower", case).fiber
    return InputError(
        f"the expression has no value for widths {fiber.network} and rank {fiber.rank}: {error}; "
        f"guard it with implies(..., ...)"
    )
