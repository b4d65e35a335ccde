"""Rules for numbers, names, operators, comparisons and conditions."""

import ast
import re
from fractions import Fraction

from linnet_exact.claims.language.arithmetic import BINARY, COMPARISONS
from linnet_exact.claims.language.compiler import Compiler, Environment, Part, dotted_name
from linnet_exact.claims.language.kinds import NUMBER, TEXT, TRUTH, is_sequence, unified
from linnet_exact.claims.language.syntax import source_of
from linnet_exact.errors import InputError

__all__ = [
    "attribute",
    "binary_operation",
    "comparison",
    "condition",
    "connection",
    "constant",
    "name",
    "unary_operation",
]

_WORDS = ("connect", "swap", "global minimum", "strict saddle", "non-strict saddle")
_MAX_DIGITS = 40


def constant(compiler: Compiler, node: ast.Constant) -> Part:
    """A number, exactly as it is typed, a truth value, or the word for a move or a kind."""
    value = node.value
    if isinstance(value, bool):
        return Part(TRUTH, lambda environment: value, constant=True)
    if isinstance(value, int):
        if value.bit_length() > 4 * _MAX_DIGITS:
            raise InputError(f"numbers may have at most {_MAX_DIGITS} digits")
        return Part(NUMBER, lambda environment: value, constant=True)
    if isinstance(value, float):
        typed = ast.get_source_segment(compiler.text, node) or ""
        if not re.fullmatch(r"[0-9]{0,40}\.[0-9]{0,40}", typed):
            raise InputError(f"{source_of(node)}: write decimals without an exponent, or p/q")
        exact = Fraction(typed)  # the number that was typed, not the binary one nearest to it
        return Part(NUMBER, lambda environment: exact, constant=True)
    if isinstance(value, str):
        if value not in _WORDS:
            raise InputError(f"{value[:40]!r} is not one of the words {', '.join(_WORDS)}")
        return Part(TEXT, lambda environment: value, constant=True)
    raise InputError(f"{source_of(node)} is not an exact number")


def name(compiler: Compiler, node: ast.Name) -> Part:
    """A variable of a comprehension, or a quantity."""
    if node.id in compiler.scope:
        kind, slot = compiler.scope[node.id]
        return Part(kind, lambda environment: environment[slot])
    return compiler.quantity(node.id)


def attribute(compiler: Compiler, node: ast.Attribute) -> Part:
    """A quantity with dots in its name; nothing else has attributes."""
    return compiler.quantity(dotted_name(node))


def binary_operation(compiler: Compiler, node: ast.BinOp) -> Part:
    """Arithmetic of two numbers."""
    operator = BINARY.get(type(node.op).__name__)
    if operator is None:
        raise InputError(f"{source_of(node)}: this operator is not part of the language")
    left, right = compiler.of_kind(node.left, NUMBER), compiler.of_kind(node.right, NUMBER)
    a, b, apply = left.evaluate, right.evaluate, operator
    return Part(
        NUMBER,
        lambda environment: apply(a(environment), b(environment)),
        left.constant and right.constant,
    )


def unary_operation(compiler: Compiler, node: ast.UnaryOp) -> Part:
    """A sign, or not."""
    if isinstance(node.op, ast.Not):
        truth = compiler.of_kind(node.operand, TRUTH)
        a = truth.evaluate
        return Part(TRUTH, lambda environment: not a(environment), truth.constant)
    if isinstance(node.op, ast.Invert):
        raise InputError(f"{source_of(node)}: this operator is not part of the language")
    number = compiler.of_kind(node.operand, NUMBER)
    b = number.evaluate
    if isinstance(node.op, ast.UAdd):
        return number
    return Part(NUMBER, lambda environment: -b(environment), number.constant)


def connection(compiler: Compiler, node: ast.BoolOp) -> Part:
    """Statements joined by and, or by or; later ones are evaluated only when needed."""
    parts = [compiler.of_kind(value, TRUTH) for value in node.values]
    closures = [part.evaluate for part in parts]
    constant = all(part.constant for part in parts)
    if isinstance(node.op, ast.And):
        return Part(TRUTH, lambda env: all(a(env) for a in closures), constant)
    return Part(TRUTH, lambda env: any(a(env) for a in closures), constant)


def comparison(compiler: Compiler, node: ast.Compare) -> Part:
    """A comparison, or a chain of them; later ones are evaluated only when needed."""
    nodes = [node.left, *node.comparators]
    parts = [compiler.part(entry) for entry in nodes]
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
        return Part(TRUTH, lambda env: compare(a(env), b(env)), constant)
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

    return Part(TRUTH, chain, constant)


def condition(compiler: Compiler, node: ast.IfExp) -> Part:
    """a if test else b."""
    test = compiler.of_kind(node.test, TRUTH)
    body, other = compiler.part(node.body), compiler.part(node.orelse)
    kind = unified(body.kind, other.kind)
    if kind is None:
        raise InputError(f"{source_of(node)} is {body.kind} or {other.kind}; both must be alike")
    a, b, c = test.evaluate, body.evaluate, other.evaluate
    constant = test.constant and body.constant and other.constant
    return Part(kind, lambda env: b(env) if a(env) else c(env), constant)


def _check_comparison(
    operator: str, left: Part, right: Part, left_node: ast.expr, right_node: ast.expr
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
