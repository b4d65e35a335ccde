"""The search through cases one by one; fibers, strata and covers are searched in batches."""

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any, TypeVar

from linnet_exact.arguments import as_boolean, as_number
from linnet_exact.strata import Fiber

__all__ = ["search_case_by_case"]

Case = TypeVar("Case")
Failure = TypeVar("Failure")


def search_case_by_case(
    cases: Iterable[Case],
    failure: Callable[[Case], Failure | None],
    fiber_of: Callable[[Case], Fiber],
    max_seconds: float | None = None,
    count: bool = False,
    report: Callable[[int], None] | None = None,
) -> tuple[tuple[Case, Failure] | None, dict[str, Any]]:
    """Return the first case with a failure, and how far the search went.

    Parameters
    ----------
    failure : callable
        What is wrong in a case; None if nothing is.
    count : bool
        Go on after the first failure.

    Returns
    -------
    first : (case, failure) or None
    figures : dict
        ``checked``, ``violations``, ``reached``, ``counted`` and ``seconds`` of an `Outcome`.

    Examples
    --------
    >>> found, figures = search_case_by_case([1, -2, 3], lambda n: n if n < 0 else None, Fiber)
    >>> found, figures["checked"], figures["violations"]
    ((-2, -2), 2, 1)
    """
    started = perf_counter()
    count = as_boolean(count, "count")
    limit = None if max_seconds is None else as_number(max_seconds, "max_seconds")
    checked = violations = 0
    first: tuple[Case, Failure] | None = None
    reached = None
    for case in cases:
        checked += 1
        failed = failure(case)
        if failed is not None:
            violations += 1
            first = first or (case, failed)
            if not count:
                break
        if report is not None:
            report(checked)
        if limit is not None and perf_counter() - started > limit:
            reached = fiber_of(case)
            break
    return first, {
        "checked": checked,
        "violations": violations,
        "reached": reached,
        "counted": count,
        "seconds": perf_counter() - started,
    }
