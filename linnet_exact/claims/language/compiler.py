"""What every rule of the language of expressions shares: parts, names, slots and limits."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from time import perf_counter
from typing import Any, NoReturn

from linnet_exact.claims.language.functions import FUNCTIONS
from linnet_exact.claims.language.kinds import Kind, Sequence, is_sequence
from linnet_exact.claims.language.syntax import source_of
from linnet_exact.errors import InputError

__all__ = [
    "MAX_SECONDS",
    "MAX_STEPS",
    "Closure",
    "Compiler",
    "Environment",
    "Part",
    "allowance",
    "dotted_name",
    "spend",
]

MAX_STEPS = 100_000
"""How many steps of comprehensions one case may take."""

MAX_SECONDS = 0.5
"""How long the comprehensions of one case may take."""

_FIRST_SLOT = 2

Environment = list[Any]
Closure = Callable[[Environment], Any]


@dataclass(frozen=True)
class Part:
    """A subexpression: its kind, how it is evaluated, and whether it is the same in every case."""

    kind: Kind
    evaluate: Closure
    constant: bool = False


@dataclass
class Compiler:
    """Turns syntax trees into parts by rules, while it collects the names that they use.

    Attributes
    ----------
    text : str
        The whole expression.
    kinds : mapping
        From the names of quantities to their kinds, None for those that are called with layers.
    rules : mapping
        From the kinds of syntax nodes that are understood to the rules for them.
    slots : dict
        From the quantities that are used to their places in an environment.
    calls : list
        The quantities that are called with fixed layers: the text, the name, k and i.
    scope : dict
        From the variables that are known here to their kinds and places, counted from the end.
    most_locals : int
        The largest number of variables that are known at one place.
    """

    text: str
    kinds: Mapping[str, Kind | None]
    rules: Mapping[type[ast.expr], Callable[["Compiler", Any], Part]]
    slots: dict[str, int] = field(default_factory=dict)
    calls: list[tuple[str, str, int, int]] = field(default_factory=list)
    scope: dict[str, tuple[Kind, int]] = field(default_factory=dict)
    most_locals: int = 0

    def part(self, node: ast.expr) -> Part:
        """Return the part of a node; what is the same in every case is evaluated here and now.

        What has no value then is left as it is: it may never be needed.

        Raises
        ------
        InputError
            If there is no rule for it, or it breaks one.
        """
        rule = self.rules.get(type(node))
        if rule is None:
            raise InputError(f"{source_of(node)} is not part of the language of expressions")
        part = rule(self, node)
        if not part.constant:
            return part
        try:
            value = part.evaluate(allowance())
        except InputError:
            return Part(part.kind, part.evaluate)
        return Part(part.kind, lambda environment: value, constant=True)

    def of_kind(self, node: ast.expr, kind: Kind) -> Part:
        """Return the part of a node that must be of one kind."""
        part = self.part(node)
        if part.kind != kind:
            raise InputError(f"{source_of(node)} is {part.kind}, but {kind} is needed here")
        return part

    def sequence(self, node: ast.expr) -> tuple[Sequence, Part]:
        """Return the part of a node that must be a sequence, and its kind as one."""
        part = self.part(node)
        kind = is_sequence(part.kind)
        if kind is None:
            raise InputError(f"{source_of(node)} is {part.kind}, but a sequence is needed here")
        return kind, part

    def quantity(self, name: str) -> Part:
        """Return the part that is a quantity by its name."""
        if name not in self.kinds:
            self.unknown(name)
        kind = self.kinds[name]
        if kind is None:
            raise InputError(f"{name} needs two layers: {name}(k, i)")
        slot = self.slot(name)
        return Part(kind, lambda environment: environment[slot])

    def slot(self, name: str) -> int:
        """Return the place of a quantity in an environment; variables are at its end."""
        return self.slots.setdefault(name, len(self.slots) + _FIRST_SLOT)

    def new_variable(self, name: str, kind: Kind) -> int:
        """Return the place of a new variable in an environment, counted from its end."""
        if name in self.kinds or name in FUNCTIONS or name in self.scope:
            raise InputError(f"{name} has a meaning already; choose another variable")
        slot = -1 - len(self.scope)
        self.scope = {**self.scope, name: (kind, slot)}
        self.most_locals = max(self.most_locals, len(self.scope))
        return slot

    def unknown(self, name: str) -> NoReturn:
        """Refuse a name, and say which names are near it."""
        known = [*self.kinds, *self.scope, *FUNCTIONS]
        near = get_close_matches(name, known, 3, 0.5) or [
            other for other in known if other.split(".")[-1] == name.split(".")[-1]
        ]
        hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(self.kinds)}"
        raise InputError(f"there is no {name[:40]!r} here; {hint}")


def allowance() -> Environment:
    """Return how an environment begins: with the steps and the time that one case may take."""
    return [MAX_STEPS, perf_counter() + MAX_SECONDS]


def spend(environment: Environment, steps: int) -> None:
    """Take steps from an environment.

    Raises
    ------
    InputError
        If none are left, or the time is over.
    """
    environment[0] -= steps
    if environment[0] < 0:
        raise InputError(f"the expression takes more than {MAX_STEPS} steps in one case")
    # To look at the clock takes longer than most steps do.
    if environment[0] % 128 < steps and perf_counter() > environment[1]:
        raise InputError(f"the expression takes more than {MAX_SECONDS} seconds in one case")


def dotted_name(node: ast.expr) -> str:
    """Return the name that a chain of attributes spells, such as fiber.sorted.strata.

    Examples
    --------
    >>> dotted_name(ast.parse("fiber.sorted.strata", mode="eval").body)
    'fiber.sorted.strata'
    """
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        raise InputError(f"{source_of(node)} has no attributes and cannot be called")
    return ".".join([node.id, *reversed(parts)])
