"""The functions that expressions may use: what they take, what kind of value they give, and how."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from linnet_exact.claims.language.arithmetic import (
    UndefinedError,
    binomial,
    exact_range,
    exact_sum,
)
from linnet_exact.claims.language.kinds import NUMBER, TRUTH, Kind, Sequence, Tuple, is_sequence

__all__ = ["FUNCTIONS", "Function"]

Kinds = list[Kind]
Environment = list[Any]
Closure = Callable[[Environment], Any]


@dataclass(frozen=True)
class Function:
    """A function of expressions.

    Attributes
    ----------
    usage : str
        How it is written.
    least, most : int
        The number of arguments.
    kind : callable
        From the kinds of the arguments to that of the value; None if they do not fit.
    closure : callable
        From the closures of the arguments to that of the value.
    """

    usage: str
    least: int
    most: int
    kind: Callable[[Kinds], Kind | None]
    closure: Callable[[list[Closure]], Closure]


def _plain(function: Callable[..., Any]) -> Callable[[list[Closure]], Closure]:
    """Return how a Python function of evaluated arguments becomes a closure."""

    def closure(arguments: list[Closure]) -> Closure:
        if len(arguments) == 1:
            (only,) = arguments
            return lambda environment: function(only(environment))
        return lambda environment: function(*[a(environment) for a in arguments])

    return closure


def _implies(arguments: list[Closure]) -> Closure:
    premise, conclusion = arguments
    return lambda environment: not premise(environment) or conclusion(environment)


def _numbers(kinds: Kinds) -> Kind | None:
    return NUMBER if all(kind == NUMBER for kind in kinds) else None


def _truths(kinds: Kinds) -> Kind | None:
    return TRUTH if all(kind == TRUTH for kind in kinds) else None


def _entry(kinds: Kinds) -> Kind | None:
    sequence = is_sequence(kinds[0])
    return None if sequence is None else sequence.entry


def _sum_kind(kinds: Kinds) -> Kind | None:
    return NUMBER if _is_empty(kinds[0]) or _entry(kinds) in (NUMBER, TRUTH) else None


def _all_kind(kinds: Kinds) -> Kind | None:
    return TRUTH if _entry(kinds) == TRUTH else None


def _extreme_kind(kinds: Kinds) -> Kind | None:
    if len(kinds) == 1:
        return NUMBER if _entry(kinds) == NUMBER else None
    return _numbers(kinds)


def _len_kind(kinds: Kinds) -> Kind | None:
    return NUMBER if isinstance(kinds[0], Sequence | Tuple) else None


def _sorted_kind(kinds: Kinds) -> Kind | None:
    entry = _entry(kinds)
    sortable = entry == NUMBER or (entry is not None and is_sequence(entry) == Sequence(NUMBER))
    return Sequence(entry) if entry is not None and sortable else None


def _zip_kind(kinds: Kinds) -> Kind | None:
    entries = [_entry([kind]) for kind in kinds]
    known = [entry for entry in entries if entry is not None]
    return Sequence(Tuple(*known)) if len(known) == len(kinds) else None


def _range_kind(kinds: Kinds) -> Kind | None:
    return Sequence(NUMBER) if _numbers(kinds) else None


def _is_empty(kind: Kind) -> bool:
    return isinstance(kind, Tuple) and not kind.entries


def _smallest(*values: Any) -> Any:
    return min(_nonempty(values, "min"))


def _largest(*values: Any) -> Any:
    return max(_nonempty(values, "max"))


def _nonempty(values: tuple[Any, ...], name: str) -> Any:
    entries = values[0] if len(values) == 1 else values
    if not entries:
        raise UndefinedError(f"{name} of an empty sequence")
    return entries


FUNCTIONS = {
    "abs": Function("abs(number)", 1, 1, _numbers, _plain(abs)),
    "all": Function("all(truth values)", 1, 1, _all_kind, _plain(all)),
    "any": Function("any(truth values)", 1, 1, _all_kind, _plain(any)),
    "binomial": Function("binomial(n, k)", 2, 2, _numbers, _plain(binomial)),
    "implies": Function("implies(premise, conclusion)", 2, 2, _truths, _implies),
    "len": Function("len(sequence)", 1, 1, _len_kind, _plain(len)),
    "max": Function("max(numbers) or max(a, b, ...)", 1, 100, _extreme_kind, _plain(_largest)),
    "min": Function("min(numbers) or min(a, b, ...)", 1, 100, _extreme_kind, _plain(_smallest)),
    "range": Function(
        "range(start, stop, step)",
        1,
        3,
        _range_kind,
        _plain(lambda *ends: tuple(exact_range(*ends))),
    ),
    "set": Function(
        "set(numbers)", 1, 1, _sorted_kind, _plain(lambda values: tuple(sorted(set(values))))
    ),
    "sorted": Function(
        "sorted(numbers)", 1, 1, _sorted_kind, _plain(lambda values: tuple(sorted(values)))
    ),
    "sum": Function("sum(numbers)", 1, 1, _sum_kind, _plain(exact_sum)),
    "zip": Function(
        "zip(sequence, sequence)",
        2,
        4,
        _zip_kind,
        _plain(lambda *each: tuple(zip(*each))),  # noqa: B905
    ),
}
