"""Expressions about linear networks: checked as a whole, then evaluated case by case.

Python's own syntax, of which only what is listed here is understood. The syntax tree becomes nested
Python functions; no code is generated, and no attribute of any object is ever looked up. An
environment is a list: the steps and the time that are left, the values of the quantities that the
expression uses, then the variables of comprehensions.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from time import perf_counter
from typing import Any, NoReturn

from linnet_exact.claims.refutation.arithmetic import BINARY, COMPARISONS, UndefinedError
from linnet_exact.claims.refutation.functions import FUNCTIONS
from linnet_exact.claims.refutation.kinds import (
    NUMBER,
    TEXT,
    TRUTH,
    Kind,
    Sequence,
    Tuple,
    is_sequence,
    unified,
)
from linnet_exact.claims.refutation.syntax import expression_tree, source_of
from linnet_exact.errors import InputError

__all__ = ["MAX_SECONDS", "MAX_STEPS", "WORDS", "Expression"]

MAX_STEPS = 100_000
"""How many steps of comprehensions one case may take."""

MAX_SECONDS = 0.5
"""How long the comprehensions of one case may take."""

WORDS = ("connect", "swap")

_MAX_DIGITS = 40

_FIRST_SLOT = 2

Environment = list[Any]
Closure = Callable[[Environment], Any]


@dataclass(frozen=True)
class _Part:
    """A subexpression: its kind, how it is evaluated, and whether it is the same in every case."""

    kind: Kind
    evaluate: Closure
    constant: bool = False


class Expression:
    """A statement about one case, in the quantities that cases of its kind have.

    Parameters
    ----------
    text : str
        In Python's syntax: comparisons, arithmetic, and, or, not, if-else, comprehensions, the
        functions of `functions`, and names of quantities.
    kinds : mapping
        From the names of the quantities to their kinds; `None` for one that is called with two
        layers and gives a number.

    Attributes
    ----------
    names : tuple of str
        The quantities that it uses: `holds` takes their values in this order.
    calls : tuple of (str, str, int, int)
        The quantities that are called with fixed layers: the text, the name, k and i.

    Raises
    ------
    InputError
        If the text is not a statement in this language; it says what is not understood.

    Examples
    --------
    >>> kinds = {"dim": NUMBER, "widths": Sequence(NUMBER)}
    >>> statement = Expression("dim + 1 <= max(widths)", kinds)
    >>> statement.names, statement.holds((2, (1, 3))), statement.holds((2, (1, 2)))
    (('dim', 'widths'), True, False)
    """

    def __init__(self, text: str, kinds: Mapping[str, Kind | None]) -> None:
        tree = expression_tree(text)
        self.text = text
        compiler = _Compiler(text.strip(), kinds)
        part = compiler.part(tree)
        if part.kind != TRUTH:
            raise InputError(
                f"{source_of(tree)} is {part.kind}, not a statement, such as dim <= local_dim"
            )
        self.names = tuple(compiler.slots)
        self.calls = tuple(dict.fromkeys(compiler.calls))
        self._evaluate = part.evaluate
        self._locals = [None] * compiler.most_locals

    def holds(self, values: tuple[Any, ...]) -> bool:
        """Return whether the statement holds in the case with these values of `names`.

        Raises
        ------
        UndefinedError
            If it has no value in this case.
        InputError
            If it takes more than `MAX_STEPS` steps, or a number gets too long.
        """
        return bool(self._evaluate([*_allowance(), *values, *self._locals]))


def _allowance() -> Environment:
    return [MAX_STEPS, perf_counter() + MAX_SECONDS]


def _spend(environment: Environment, steps: int) -> None:
    environment[0] -= steps
    if environment[0] < 0:
        raise InputError(f"the expression takes more than {MAX_STEPS} steps in one case")
    # To look at the clock takes longer than most steps do.
    if environment[0] % 1024 < steps and perf_counter() > environment[1]:
        raise InputError(f"the expression takes more than {MAX_SECONDS} seconds in one case")


@dataclass
class _Compiler:
    """Turns syntax trees into parts, while it collects the names that they use."""

    text: str
    kinds: Mapping[str, Kind | None]
    slots: dict[str, int] = field(default_factory=dict)
    calls: list[tuple[str, str, int, int]] = field(default_factory=list)
    scope: dict[str, tuple[Kind, int]] = field(default_factory=dict)
    most_locals: int = 0

    def part(self, node: ast.expr) -> _Part:
        """Return the part of a node; what is the same in every case is evaluated here and now."""
        name = type(node).__name__
        method = getattr(self, f"_{name.lower()}", None) if name in _UNDERSTOOD else None
        if method is None:
            raise InputError(
                f"{source_of(node)} is {_WORDS_FOR.get(name, name)}, which "
                "is not part of the language of expressions"
            )
        part: _Part = method(node)
        if not part.constant:
            return part
        try:
            value = part.evaluate(_allowance())
        except UndefinedError as error:
            raise InputError(f"{source_of(node)}: {error}") from None
        return _Part(part.kind, lambda environment: value, constant=True)

    def of_kind(self, node: ast.expr, kind: Kind) -> _Part:
        part = self.part(node)
        if part.kind != kind:
            raise InputError(f"{source_of(node)} is {part.kind}, but {kind} is needed here")
        return part

    def sequence(self, node: ast.expr) -> tuple[Sequence, _Part]:
        part = self.part(node)
        kind = is_sequence(part.kind)
        if kind is None:
            raise InputError(f"{source_of(node)} is {part.kind}, but a sequence is needed here")
        return kind, part

    def _constant(self, node: ast.Constant) -> _Part:
        value = node.value
        if isinstance(value, bool):
            return _Part(TRUTH, lambda environment: value, constant=True)
        if isinstance(value, int):
            if value.bit_length() > 4 * _MAX_DIGITS:
                raise InputError(f"numbers may have at most {_MAX_DIGITS} digits")
            return _Part(NUMBER, lambda environment: value, constant=True)
        if isinstance(value, float):
            typed = ast.get_source_segment(self.text, node) or ""
            if not re.fullmatch(r"[0-9]{0,40}\.[0-9]{0,40}", typed):
                raise InputError(f"{source_of(node)}: write decimals without an exponent, or p/q")
            exact = Fraction(typed)  # the number that was typed, not the binary one nearest to it
            return _Part(NUMBER, lambda environment: exact, constant=True)
        if isinstance(value, str):
            if value not in WORDS:
                raise InputError(f"{value[:40]!r} is not one of the words {' and '.join(WORDS)}")
            return _Part(TEXT, lambda environment: value, constant=True)
        raise InputError(f"{source_of(node)} is not an exact number")

    def _name(self, node: ast.Name) -> _Part:
        if node.id in self.scope:
            kind, slot = self.scope[node.id]
            return _Part(kind, lambda environment: environment[slot])
        return self._quantity(node.id)

    def _attribute(self, node: ast.Attribute) -> _Part:
        return self._quantity(_dotted(node))

    def _quantity(self, name: str) -> _Part:
        if name not in self.kinds:
            self._unknown(name)
        kind = self.kinds[name]
        if kind is None:
            raise InputError(f"{name} needs two layers: {name}(k, i)")
        slot = self._slot(name)
        return _Part(kind, lambda environment: environment[slot])

    def _slot(self, name: str) -> int:
        # Variables are counted from the end of the environment, quantities from its beginning.
        return self.slots.setdefault(name, len(self.slots) + _FIRST_SLOT)

    def _unknown(self, name: str) -> NoReturn:
        known = [*self.kinds, *self.scope, *FUNCTIONS]
        near = get_close_matches(name, known, 3, 0.5) or [
            other for other in known if other.split(".")[-1] == name.split(".")[-1]
        ]
        hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(self.kinds)}"
        raise InputError(f"there is no {name[:40]!r} here; {hint}")

    def _binop(self, node: ast.BinOp) -> _Part:
        operator = BINARY.get(type(node.op).__name__)
        if operator is None:
            raise InputError(f"{source_of(node)}: this operator is not part of the language")
        left, right = self.of_kind(node.left, NUMBER), self.of_kind(node.right, NUMBER)
        a, b, apply = left.evaluate, right.evaluate, operator
        return _Part(
            NUMBER,
            lambda environment: apply(a(environment), b(environment)),
            left.constant and right.constant,
        )

    def _unaryop(self, node: ast.UnaryOp) -> _Part:
        if isinstance(node.op, ast.Not):
            truth = self.of_kind(node.operand, TRUTH)
            a = truth.evaluate
            return _Part(TRUTH, lambda environment: not a(environment), truth.constant)
        if isinstance(node.op, ast.Invert):
            raise InputError(f"{source_of(node)}: this operator is not part of the language")
        number = self.of_kind(node.operand, NUMBER)
        b = number.evaluate
        if isinstance(node.op, ast.UAdd):
            return number
        return _Part(NUMBER, lambda environment: -b(environment), number.constant)

    def _boolop(self, node: ast.BoolOp) -> _Part:
        parts = [self.of_kind(value, TRUTH) for value in node.values]
        closures = [part.evaluate for part in parts]
        constant = all(part.constant for part in parts)
        if isinstance(node.op, ast.And):
            return _Part(TRUTH, lambda env: all(a(env) for a in closures), constant)
        return _Part(TRUTH, lambda env: any(a(env) for a in closures), constant)

    def _compare(self, node: ast.Compare) -> _Part:
        nodes = [node.left, *node.comparators]
        parts = [self.part(entry) for entry in nodes]
        compared = []
        for at, operator in enumerate(node.ops):
            name = type(operator).__name__
            if name not in COMPARISONS:
                raise InputError(f"{source_of(node)}: use == and != instead of is")
            _check_comparison(name, parts[at], parts[at + 1], nodes[at], nodes[at + 1])
            compared.append(COMPARISONS[name])
        constant = all(part.constant for part in parts)
        if len(compared) == 1:
            a, b, compare = parts[0].evaluate, parts[1].evaluate, compared[0]
            return _Part(TRUTH, lambda env: compare(a(env), b(env)), constant)
        rest = list(zip(compared, (part.evaluate for part in parts[1:]), strict=True))
        first = parts[0].evaluate

        def chain(environment: Environment) -> bool:
            left = first(environment)
            for compare, closure in rest:
                right = closure(environment)
                if not compare(left, right):
                    return False
                left = right
            return True

        return _Part(TRUTH, chain, constant)

    def _ifexp(self, node: ast.IfExp) -> _Part:
        test = self.of_kind(node.test, TRUTH)
        body, other = self.part(node.body), self.part(node.orelse)
        kind = unified(body.kind, other.kind)
        if kind is None:
            raise InputError(
                f"{source_of(node)} is {body.kind} or {other.kind}; both must be alike"
            )
        a, b, c = test.evaluate, body.evaluate, other.evaluate
        constant = test.constant and body.constant and other.constant
        return _Part(kind, lambda env: b(env) if a(env) else c(env), constant)

    def _tuple(self, node: ast.Tuple | ast.List) -> _Part:
        parts = [self.part(entry) for entry in node.elts]
        closures = [part.evaluate for part in parts]
        return _Part(
            Tuple(*(part.kind for part in parts)),
            lambda env: tuple([closure(env) for closure in closures]),
            all(part.constant for part in parts),
        )

    _list = _tuple

    def _subscript(self, node: ast.Subscript) -> _Part:
        if isinstance(node.slice, ast.Slice):
            return self._slice(node, node.slice)
        part = self.part(node.value)
        index = self.of_kind(node.slice, NUMBER)
        a, b, text = part.evaluate, index.evaluate, source_of(node)
        if isinstance(part.kind, Tuple) and index.constant:
            at = index.evaluate(_allowance())
            if at not in range(-len(part.kind.entries), len(part.kind.entries)):
                raise InputError(f"{text}: there are only {len(part.kind.entries)} entries")
            return _Part(part.kind.entries[at], lambda env: a(env)[at], part.constant)
        kind, _ = self.sequence(node.value)

        def look_up(environment: Environment) -> Any:
            entries, at = a(environment), b(environment)
            if at != int(at) or not -len(entries) <= at < len(entries):
                raise UndefinedError(f"{text} with index {at}, but {len(entries)} entries")
            return entries[int(at)]

        return _Part(kind.entry, look_up, part.constant and index.constant)

    def _slice(self, node: ast.Subscript, ends: ast.Slice) -> _Part:
        kind, part = self.sequence(node.value)
        bounds = [
            None if end is None else self.of_kind(end, NUMBER).evaluate
            for end in (ends.lower, ends.upper, ends.step)
        ]
        a, text = part.evaluate, source_of(node)

        def cut(environment: Environment) -> Any:
            values = [None if bound is None else bound(environment) for bound in bounds]
            if any(value is not None and value != int(value) for value in values):
                raise UndefinedError(f"{text}: a slice needs integers")
            if values[2] == 0:
                raise UndefinedError(f"{text}: a slice with step 0")
            return a(environment)[slice(*values)]

        return _Part(kind, cut)

    def _listcomp(self, node: ast.ListComp | ast.GeneratorExp) -> _Part:
        entry, iterate = self._loop(node, 0, dict(self.scope))
        return _Part(Sequence(entry), lambda environment: tuple(iterate(environment)))

    _generatorexp = _listcomp

    def _loop(
        self, node: ast.ListComp | ast.GeneratorExp, at: int, outer: dict[str, tuple[Kind, int]]
    ) -> tuple[Kind, Callable[[Environment], Iterator[Any]]]:
        """Return what a comprehension yields from its generator number `at` on."""
        generator = node.generators[at]
        if generator.is_async:
            raise InputError("async is not part of the language of expressions")
        kind, source = self.sequence(generator.iter)
        assign = self._target(generator.target, kind.entry)
        tests = [self.of_kind(test, TRUTH).evaluate for test in generator.ifs]
        steps = 1 + sum(1 for _ in ast.walk(node.elt))
        values = source.evaluate

        def matches(environment: Environment) -> Iterator[None]:
            for value in values(environment):
                _spend(environment, steps)
                assign(environment, value)
                if not tests or all(test(environment) for test in tests):
                    yield

        if at == len(node.generators) - 1:
            entry = self.part(node.elt)
            closure = entry.evaluate
            self.scope = outer
            return entry.kind, lambda env: (closure(env) for _ in matches(env))
        entry_kind, inner = self._loop(node, at + 1, outer)
        return entry_kind, lambda env: (entry for _ in matches(env) for entry in inner(env))

    def _target(self, node: ast.expr, kind: Kind) -> Callable[[Environment, Any], None]:
        """Give a variable a slot; return how it is assigned."""
        if isinstance(node, ast.Name):
            if node.id in self.kinds or node.id in FUNCTIONS:
                raise InputError(f"{node.id} has a meaning already; choose another variable")
            slot = -1 - len(self.scope)
            self.scope = {**self.scope, node.id: (kind, slot)}
            self.most_locals = max(self.most_locals, len(self.scope))

            def assign(environment: Environment, value: Any) -> None:
                environment[slot] = value

            return assign
        if isinstance(node, ast.Tuple) and isinstance(kind, Tuple):
            if len(node.elts) != len(kind.entries):
                raise InputError(f"{source_of(node)}: each entry is {kind}")
            parts = [
                self._target(entry, entry_kind)
                for entry, entry_kind in zip(node.elts, kind.entries, strict=True)
            ]

            def assign_all(environment: Environment, value: Any) -> None:
                for part, entry in zip(parts, value, strict=True):
                    part(environment, entry)

            return assign_all
        raise InputError(f"{source_of(node)} cannot stand for {kind}")

    def _call(self, node: ast.Call) -> _Part:
        name = _dotted(node.func)
        if node.keywords or any(isinstance(entry, ast.Starred) for entry in node.args):
            raise InputError(f"{source_of(node)}: arguments are given by position only")
        if name in self.kinds and self.kinds[name] is None:
            return self._look_up(name, node)
        if name not in FUNCTIONS:
            if name in self.kinds or name in self.scope:
                raise InputError(f"{name} is not a function")
            self._unknown(name)
        function = FUNCTIONS[name]
        if not function.least <= len(node.args) <= function.most:
            raise InputError(f"{source_of(node)}: {name} is used as {function.usage}")
        parts = [self._argument(name, entry) for entry in node.args]
        kind = function.kind([part.kind for part in parts])
        if kind is None:
            given = ", ".join(str(part.kind) for part in parts)
            raise InputError(
                f"{source_of(node)}: {name} is used as {function.usage}, not with {given}"
            )
        make = function.closure([part.evaluate for part in parts])
        return _Part(kind, make, all(part.constant for part in parts))

    def _argument(self, function: str, node: ast.expr) -> _Part:
        if function in ("all", "any") and isinstance(node, ast.GeneratorExp):
            entry, iterate = self._loop(node, 0, dict(self.scope))
            return _Part(Sequence(entry), iterate)  # entries are made until the answer is known
        return self.part(node)

    def _look_up(self, name: str, node: ast.Call) -> _Part:
        """A number of a triangle, at row k and place i; outside it, 0."""
        if len(node.args) != 2:
            raise InputError(f"{source_of(node)}: {name} needs two layers: {name}(k, i)")
        parts = [self.of_kind(entry, NUMBER) for entry in node.args]
        slot = self._slot(name)
        if all(part.constant for part in parts):
            k, i = (part.evaluate(_allowance()) for part in parts)
            self.calls.append((source_of(node), name, k, i))
        a, b = parts[0].evaluate, parts[1].evaluate

        def look_up(environment: Environment) -> Any:
            k, i, triangle = a(environment), b(environment), environment[slot]
            place = k * (k + 1) // 2 + i
            return triangle[place] if 0 <= i <= k and place < len(triangle) else 0

        return _Part(NUMBER, look_up)


_UNDERSTOOD = {
    "Constant", "Name", "Attribute", "BinOp", "UnaryOp", "BoolOp", "Compare", "IfExp", "Tuple",
    "List", "Subscript", "ListComp", "GeneratorExp", "Call",
}  # fmt: skip

_WORDS_FOR = {
    "Lambda": "a lambda",
    "NamedExpr": "an assignment",
    "Dict": "a dictionary",
    "Set": "a set",
    "SetComp": "a set",
    "DictComp": "a dictionary",
    "JoinedStr": "a formatted text",
    "Await": "an await",
    "Yield": "a yield",
    "Starred": "a starred expression",
}


def _check_comparison(
    operator: str, left: _Part, right: _Part, left_node: ast.expr, right_node: ast.expr
) -> None:
    if operator in ("In", "NotIn"):
        within = is_sequence(right.kind)
        fits = within is not None and unified(left.kind, within.entry) is not None
    elif operator in ("Eq", "NotEq"):
        fits = unified(left.kind, right.kind) is not None
    else:
        fits = left.kind == right.kind == NUMBER
    if not fits:
        raise InputError(
            f"{source_of(left_node)} is {left.kind} and {source_of(right_node)} is {right.kind}: "
            f"they cannot be compared in this way"
        )


def _dotted(node: ast.expr) -> str:
    """Return the name that a chain of attributes spells, such as fiber.sorted.strata."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        raise InputError(f"{source_of(node)} has no attributes and cannot be called")
    return ".".join([node.id, *reversed(parts)])
