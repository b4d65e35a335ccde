"""The search for a smallest counterexample to a statement about fibers, strata or pairs of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from math import inf
from time import monotonic, perf_counter
from typing import Any

from linnet_exact.arguments import as_boolean, as_integer, as_number, as_text, shown, wrong_type
from linnet_exact.claims.language.arithmetic import UndefinedError
from linnet_exact.claims.language.expression import Expression
from linnet_exact.claims.refutation.batches import Batch, batches, groups, python_batches
from linnet_exact.claims.refutation.counterexample import Counterexample
from linnet_exact.claims.refutation.outcome import Outcome
from linnet_exact.claims.refutation.quantities import kinds_over
from linnet_exact.errors import InputError, LinnetError
from linnet_exact.strata import Fiber
from linnet_exact.strata.box import networks_in_box
from linnet_exact.workers import in_order

__all__ = ["Refutation", "refute"]

Statement = str | Callable[[Any], bool]


@dataclass(frozen=True, kw_only=True)
class Refutation(Outcome):
    """What a search among fibers, strata, covers or pairs has found.

    Attributes
    ----------
    counterexample : Counterexample or None
        The first violation.

    Examples
    --------
    >>> from linnet_exact import refute
    >>> found = refute("fiber.dim > 0", "fibers", 1, 1)
    >>> found.found, found.complete, found.cases
    (True, True, 'fibers')
    >>> found.note
    'found after 1 fibers, smallest networks first'
    """

    counterexample: Counterexample | None

    def counterexample_to_jsonable(self) -> dict[str, Any] | None:
        """Return the counterexample as JSON; None if there is none.

        Examples
        --------
        >>> refute("maximal", max_depth=2, max_width=1).counterexample_to_jsonable()["widths"]
        [1, 1, 1]
        """
        return None if self.counterexample is None else self.counterexample.to_jsonable()


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
    jobs: int = 1,
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
    jobs : int
        Number of processes, at most as many as there are cores. The answer is the same.

    Raises
    ------
    InputError
        If the expression is not a statement about such cases, or has no value in one of them, or
        other processes cannot find the Python function.

    Examples
    --------
    >>> found = refute("implies(not maximal, singular)")
    >>> found.checked, found.counterexample.widths, found.counterexample.barcodes
    (64, (1, 2, 1), {'barcode': Barcode.parse('0-0,1-1,1-2')})
    >>> refute("dim + codim == d_theta", max_depth=3, max_width=2).found
    False
    """
    if not (isinstance(statement, str) or callable(statement)):
        raise wrong_type(
            "statement", "an expression in a text, or a function of one case", statement
        )
    rank = None if rank is None else as_integer(rank, "rank", least=0)
    max_seconds = None if max_seconds is None else as_number(max_seconds, "max_seconds")
    count, jobs = as_boolean(count, "count"), as_integer(jobs, "jobs", least=1)
    if as_text(over, "over", "strata") not in ("fibers", "strata", "covers", "pairs"):
        raise InputError(f"cases are fibers, strata, covers or pairs, not {shown(over)}")
    started = perf_counter()
    networks = networks_in_box(max_depth, max_width, max_weight_dimension)
    fibers = (
        fiber
        for network in networks
        for fiber in (network.fibers() if rank is None else _of_rank(network, rank))
    )
    if isinstance(statement, str):
        _expression(statement, over)  # refused at once
    deadline = None if max_seconds is None else monotonic() + max_seconds
    work = partial(_search, statement, over, count, deadline)
    whole = _Tally(count)
    for tally in in_order(jobs, work, groups(over, fibers)):
        whole.add(tally)
        if whole.error is not None:
            raise whole.error
        if whole.is_over:
            break
        if report is not None:
            report(whole.checked)
    name = statement if isinstance(statement, str) else getattr(statement, "__name__", "function")
    return Refutation(
        statement=name,
        over=over,
        checked=whole.checked,
        violations=whole.violations,
        reached=whole.reached,
        counted=count,
        seconds=perf_counter() - started,
        counterexample=whole.first,
    )


@dataclass
class _Tally:
    """What a search has found so far; what stands in its way is kept until it is its turn."""

    count: bool
    checked: int = 0
    violations: int = 0
    first: Counterexample | None = None
    reached: Fiber | None = None
    error: LinnetError | None = None

    @property
    def is_over(self) -> bool:
        return self.reached is not None or (self.violations > 0 and not self.count)

    def add(self, later: "_Tally") -> None:
        """Add what was found among the cases that follow."""
        self.checked += later.checked
        self.violations += later.violations
        self.first = self.first or later.first
        self.reached, self.error = later.reached, later.error


def _search(
    statement: Statement, over: str, count: bool, deadline: float | None, fibers: list[Fiber]
) -> _Tally:
    """Try all cases of fibers of one depth, to the end or until the search is over."""
    tally = _Tally(count)
    all_batches: Iterator[Batch]
    holds: Callable[[tuple[Any, ...]], bool]
    expression = None
    try:
        if isinstance(statement, str):
            expression = _expression(statement, over)
            all_batches, holds = batches(over, fibers, expression.names), expression.holds
        else:
            all_batches, holds = python_batches(over, fibers), _applied(statement)
        for batch in all_batches:
            _try(tally, batch, holds, over, expression, inf if deadline is None else deadline)
            if tally.is_over:
                break
    except LinnetError as error:
        tally.error = error
    return tally


def _try(
    tally: _Tally,
    batch: Batch,
    holds: Callable[[tuple[Any, ...]], bool],
    over: str,
    expression: Expression | None,
    deadline: float,
) -> None:
    """Try the cases of a batch, to the end or until the search is over."""
    for number, values in enumerate(batch.values):
        tally.checked += 1
        try:
            verdict = holds(values)
        except UndefinedError as error:
            raise _undefined(error, batch.case(number)) from None
        if not verdict:
            tally.violations += 1
            if tally.first is None:
                tally.first = Counterexample.of(over, batch.case(number), expression, values)
            if not tally.count:
                return
        if monotonic() > deadline:
            tally.reached = _fiber(batch.case(number))
            return


@lru_cache(maxsize=16)
def _expression(text: str, over: str) -> Expression:
    return Expression(text, kinds_over(over))


def _of_rank(network: Any, rank: int) -> list[Fiber]:
    return [network.fiber(rank)] if rank <= network.min_width else []


def _applied(statement: Callable[[Any], bool]) -> Callable[[tuple[Any, ...]], bool]:
    return lambda values: bool(statement(values[0]))


def _fiber(case: Any) -> Fiber:
    return case if isinstance(case, Fiber) else getattr(case, "lower", case).fiber


def _undefined(error: UndefinedError, case: Any) -> InputError:
    fiber = _fiber(case)
    return InputError(
        f"the expression has no value for widths {fiber.network} and rank {fiber.rank}: {error}; "
        f"guard it with implies(..., ...)"
    )
