"""Rules for tuples, entries, slices, comprehensions and calls."""

import ast
from collections.abc import Callable, Iterator
from typing import Any

from linnet_exact.claims.language.arithmetic import UndefinedError, integer
from linnet_exact.claims.language.compiler import (
    Closure,
    Compiler,
    Environment,
    Part,
    allowance,
    dotted_name,
    spend,
)
from linnet_exact.claims.language.functions import FUNCTIONS
from linnet_exact.claims.language.kinds import NUMBER, TRUTH, Kind, Sequence, Tuple
from linnet_exact.claims.language.syntax import source_of
from linnet_exact.claims.language.triangles import entry_of_triangle
from linnet_exact.errors import InputError

__all__ = ["call", "comprehension", "display", "subscript"]


def display(compiler: Compiler, node: ast.Tuple | ast.List) -> Part:
    """A tuple or a list of given values."""
    parts = [compiler.part(entry) for entry in node.elts]
    closures = [part.evaluate for part in parts]
    return Part(
        Tuple(*(part.kind for part in parts)),
        lambda env: tuple([closure(env) for closure in closures]),
        all(part.constant for part in parts),
    )


def subscript(compiler: Compiler, node: ast.Subscript) -> Part:
    """An entry of a sequence, or a slice of it."""
    if isinstance(node.slice, ast.Slice):
        return _slice(compiler, node, node.slice)
    part = compiler.part(node.value)
    index = compiler.of_kind(node.slice, NUMBER)
    a, b, text = part.evaluate, index.evaluate, source_of(node)
    if isinstance(part.kind, Tuple) and index.constant:
        at, count = index.evaluate(allowance()), len(part.kind.entries)
        if isinstance(at, int) and -count <= at < count:
            return Part(part.kind.entries[at], lambda env: a(env)[at], part.constant)
    kind, _ = compiler.sequence(node.value)

    def look_up(environment: Environment) -> Any:
        entries, at = a(environment), integer(b(environment), f"{text}: an index")
        if not -len(entries) <= at < len(entries):
            raise UndefinedError(f"{text} with index {at}, but {len(entries)} entries")
        return entries[at]

    return Part(kind.entry, look_up, part.constant and index.constant)


def _slice(compiler: Compiler, node: ast.Subscript, ends: ast.Slice) -> Part:
    kind, part = compiler.sequence(node.value)
    bounds = [
        None if end is None else compiler.of_kind(end, NUMBER).evaluate
        for end in (ends.lower, ends.upper, ends.step)
    ]
    a, text = part.evaluate, source_of(node)

    def cut(environment: Environment) -> Any:
        entries = a(environment)
        values = [
            None if bound is None else integer(bound(environment), f"{text}: a slice")
            for bound in bounds
        ]
        if values[2] == 0:
            raise UndefinedError(f"{text}: a slice with step 0")
        cut_out = entries[slice(*values)]
        spend(environment, len(cut_out))
        return cut_out

    return Part(kind, cut)


def comprehension(compiler: Compiler, node: ast.ListComp | ast.GeneratorExp) -> Part:
    """What a comprehension yields, all of it."""
    entry, iterate = _loop(compiler, node, 0, dict(compiler.scope))
    return Part(Sequence(entry), lambda environment: tuple(iterate(environment)))


def _loop(
    compiler: Compiler,
    node: ast.ListComp | ast.GeneratorExp,
    at: int,
    outer: dict[str, tuple[Kind, int]],
) -> tuple[Kind, Callable[[Environment], Iterator[Any]]]:
    """Return what a comprehension yields from its generator number `at` on."""
    generator = node.generators[at]
    if generator.is_async:
        raise InputError("async is not part of the language of expressions")
    kind, source = compiler.sequence(generator.iter)
    assign = _target(compiler, generator.target, kind.entry)
    tests = [compiler.of_kind(test, TRUTH).evaluate for test in generator.ifs]
    steps = 1 + sum(1 for _ in ast.walk(node.elt))
    values = source.evaluate

    def matches(environment: Environment) -> Iterator[None]:
        for value in values(environment):
            spend(environment, steps)
            assign(environment, value)
            if not tests or all(test(environment) for test in tests):
                yield

    if at == len(node.generators) - 1:
        entry = compiler.part(node.elt)
        closure = entry.evaluate
        compiler.scope = outer
        return entry.kind, lambda env: (closure(env) for _ in matches(env))
    entry_kind, inner = _loop(compiler, node, at + 1, outer)
    return entry_kind, lambda env: (entry for _ in matches(env) for entry in inner(env))


def _target(compiler: Compiler, node: ast.expr, kind: Kind) -> Callable[[Environment, Any], None]:
    """Give a variable a slot; return how it is assigned."""
    if isinstance(node, ast.Name):
        slot = compiler.new_variable(node.id, kind)

        def assign(environment: Environment, value: Any) -> None:
            environment[slot] = value

        return assign
    if isinstance(node, ast.Tuple) and isinstance(kind, Tuple):
        if len(node.elts) != len(kind.entries):
            raise InputError(f"{source_of(node)}: each entry is {kind}")
        parts = [
            _target(compiler, entry, entry_kind)
            for entry, entry_kind in zip(node.elts, kind.entries, strict=True)
        ]

        def assign_all(environment: Environment, value: Any) -> None:
            for part, entry in zip(parts, value, strict=True):
                part(environment, entry)

        return assign_all
    raise InputError(f"{source_of(node)} cannot stand for {kind}")


def call(compiler: Compiler, node: ast.Call) -> Part:
    """A function, or a quantity that is called with layers."""
    name = dotted_name(node.func)
    if node.keywords or any(isinstance(entry, ast.Starred) for entry in node.args):
        raise InputError(f"{source_of(node)}: arguments are given by position only")
    if name in compiler.kinds and compiler.kinds[name] is None:
        return _look_up(compiler, name, node)
    if name not in FUNCTIONS:
        if name in compiler.kinds or name in compiler.scope:
            raise InputError(f"{name} is not a function")
        compiler.unknown(name)
    function = FUNCTIONS[name]
    if not function.least <= len(node.args) <= function.most:
        raise InputError(f"{source_of(node)}: {name} is used as {function.usage}")
    parts = [_argument(compiler, name, entry) for entry in node.args]
    kind = function.kind([part.kind for part in parts])
    if kind is None:
        given = ", ".join(str(part.kind) for part in parts)
        raise InputError(f"{source_of(node)}: {name} is used as {function.usage}, not with {given}")
    make = function.closure([part.evaluate for part in parts])
    if isinstance(kind, Sequence):
        make = _paid_by_entry(make)
    return Part(kind, make, all(part.constant for part in parts))


def _paid_by_entry(make: Closure) -> Closure:
    """Let each entry of a sequence that is made cost a step, so that memory is bounded, too."""

    def paid(environment: Environment) -> Any:
        entries = make(environment)
        spend(environment, len(entries))
        return entries

    return paid


def _argument(compiler: Compiler, function: str, node: ast.expr) -> Part:
    if function in ("all", "any") and isinstance(node, ast.GeneratorExp):
        entry, iterate = _loop(compiler, node, 0, dict(compiler.scope))
        return Part(Sequence(entry), iterate)  # entries are made until the answer is known
    return compiler.part(node)


def _look_up(compiler: Compiler, name: str, node: ast.Call) -> Part:
    """A number of a triangle, at row k and place i."""
    if len(node.args) != 2:
        raise InputError(f"{source_of(node)}: {name} needs two layers: {name}(k, i)")
    parts = [compiler.of_kind(entry, NUMBER) for entry in node.args]
    slot = compiler.slot(name)
    if all(part.constant for part in parts):
        k, i = (part.evaluate(allowance()) for part in parts)
        compiler.calls.append((source_of(node), name, k, i))
    a, b, text = parts[0].evaluate, parts[1].evaluate, source_of(node)

    def look_up(environment: Environment) -> Any:
        return entry_of_triangle(environment[slot], a(environment), b(environment), text)

    return Part(NUMBER, look_up)
