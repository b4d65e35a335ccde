"""The language of expressions against Python itself, and what it refuses."""

from fractions import Fraction
from math import comb
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.claims.language.arithmetic import UndefinedError
from linnet_exact.claims.language.kinds import NUMBER, TEXT, TRUTH, Sequence, Tuple
from linnet_exact.claims.refutation import Expression
from linnet_exact.errors import InputError

KINDS = {
    "dim": NUMBER,
    "codim": NUMBER,
    "widths": Sequence(NUMBER),
    "bars": Sequence(Tuple(NUMBER, NUMBER)),
    "omega": None,
    "singular": TRUTH,
    "lower.dim": NUMBER,
    "move": TEXT,
}
TRIANGLE = (1, 0, 2, 0, 1, 3)  # omega(0,0); omega(1,0), omega(1,1); omega(2,0), ...
VALUES = {
    "dim": 3,
    "codim": -4,
    "widths": (1, 2, 1),
    "bars": ((0, 0), (1, 2)),
    "omega": TRIANGLE,
    "singular": True,
    "lower.dim": 5,
    "move": "swap",
}


def holds(text: str) -> bool:
    expression = Expression(text, KINDS)
    return expression.holds(tuple(VALUES[name] for name in expression.names))


def by_python(text: str) -> bool:
    """The same expression by Python's own evaluation, in tests only."""

    def omega(k: int, i: int) -> int:
        return TRIANGLE[k * (k + 1) // 2 + i] if 0 <= i <= k <= 2 else 0

    names = {name: value for name, value in VALUES.items() if "." not in name}
    names |= {"omega": omega, "implies": lambda a, b: not a or b, "binomial": comb}
    names |= {"sorted": lambda values: tuple(sorted(values))}
    return bool(eval(text, names))


EXPRESSIONS = [
    "dim + codim == -1",
    "dim - codim * 2 == 11",
    "1 < dim < 4 < 5",
    "1 < dim > 4",
    "dim // 2 == 1 and codim // 3 == -2 and codim % 3 == 2",
    "2 ** dim == 8",
    "-dim < +dim",
    "not singular or dim > 2",
    "(1 if singular else 2) == 1",
    "implies(dim > 3, codim > 3)",
    "implies(dim < 4, codim > 3)",
    "max(widths) == 2 and min(3, dim, 9) == 3 and max(dim, codim) == 3",
    "sum(widths) == 4 and len(widths) == 3 and abs(codim) == 4",
    "sum(w > 1 for w in widths) == 1",
    "all(k - i < 2 for i, k in bars)",
    "any(k == 0 for i, k in bars if i == 0)",
    "sorted(widths) == (1, 1, 2)",
    "widths[0] == widths[-1]",
    "widths[1:] == (2, 1)",
    "widths[::-1] == widths",
    "(1, 2) in bars and (0, 1) not in bars",
    "omega(2, 1) + omega(1, 1) == 3",
    "omega(3, 0) + omega(1, -1) + omega(3, -1) == 0",
    "sum(omega(k, i) for k in range(3) for i in range(k + 1)) == 7",
    "sum(a * b for a in widths for b in widths if a < b) == 4",
    "[x * y for x in widths for y in range(x)] == [0, 0, 2, 0]",
    "all(all(x >= y for y in range(1, 2)) for x in widths)",
    "binomial(5, 2) == 10",
    "move == 'swap' and move != 'connect'",
    "len(set(widths)) == 2",
    "all(a != b for a, b in zip(widths, widths[1:]))",
    "bars[1][1] - bars[0][0] == 2",
    "True and not False",
    "singular == (dim == 3)",
    "[x for x in widths if x > 0 if x < 2] == [1, 1]",
]


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_the_language_means_what_python_means(text: str) -> None:
    assert holds(text) == by_python(text)


numbers = st.integers(-9, 9).map(lambda n: f"({n})") | st.sampled_from(["dim", "codim"])
arithmetic = st.recursive(
    numbers,
    lambda inner: st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(
        lambda parts: f"({' '.join(parts)})"
    ),
    max_leaves=6,
)
comparisons = st.tuples(
    arithmetic, st.sampled_from(["<", "<=", "==", "!=", ">", ">="]), arithmetic
).map(" ".join)
statements = st.recursive(
    comparisons,
    lambda inner: (
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda parts: f"({' '.join(parts)})"
        )
        | inner.map(lambda text: f"(not {text})")
        | st.tuples(inner, inner).map(lambda pair: f"implies({pair[0]}, {pair[1]})")
    ),
    max_leaves=5,
)


@given(statements)
def test_random_statements_mean_what_python_means(text: str) -> None:
    assert holds(text) == by_python(text)


@given(st.fractions(), st.fractions())
def test_division_is_exact(a: Fraction, b: Fraction) -> None:
    numerators = [f"({x.numerator % 10**20})" for x in (a, b)]
    text = f"{numerators[0]} / 7 + {numerators[1]} / 3 == dim"
    exact = Fraction(a.numerator % 10**20, 7) + Fraction(b.numerator % 10**20, 3)
    assert holds(text) == (exact == 3)


def test_decimals_are_the_numbers_that_are_typed() -> None:
    assert holds("0.1 + 0.2 == 0.3")
    assert holds("0.1 * 10 == 1 and 1 / 10 == 0.1")


def test_sequences_are_equal_when_their_entries_are() -> None:
    assert holds("range(3) == (0, 1, 2) and [1, 2, 1] == widths")
    assert not holds("range(2) == (0, 1, 2)")


@pytest.mark.parametrize("call", ["omega(1 / 2, 0)", "omega(1, 1 / 2)", "omega(dim / 2, dim / 6)"])
def test_layers_are_integers(call: str) -> None:
    with pytest.raises(UndefinedError, match="with k = "):
        holds(f"{call} == 1")


def test_only_what_is_needed_is_evaluated() -> None:
    assert holds("implies(not singular, dim / 0 == 1)")
    assert holds("singular or widths[9] == 1")
    assert holds("any(dim / (w - 2) == -3 for w in widths)")


HOSTILE = [
    "__import__('os')",
    "__import__('os').system('true')",
    "().__class__",
    "dim.__class__ == 1",
    "widths.__class__.__bases__[0]",
    "[].append(1)",
    "9**9**9 == 1",
    "2**4097 == 1",
    "(9**1000) ** 1000 == 1",
    "((((9**99)*(9**99))*((9**99)*(9**99)))*(((9**99)*(9**99))*((9**99)*(9**99))))*9**999 > dim",
    "(" * 10_000 + ")" * 10_000,
    "[" * 900 + "]" * 900,
    "-" * 1900 + "1 == 1",
    "not " * 400 + "singular",
    "x" * 10**6,
    "1 == " * 390 + "1 and " + "(" * 41 + "dim" + ")" * 41 + " == 1" + " + 1" * 60,
    "'a' * 10**9 == 'a'",
    "widths * 10**9 == widths",
    "sorted(range(10**9)) == widths",
    "len(range(10**40)) == 1",
    "sum(1 for a in range(9999) for b in range(9999)) == dim",
    "all(all(all(a + b + c >= 0 for a in range(999)) for b in range(999)) for c in range(999))",
    "max([max([b for b in range(9999)]) for a in range(9999)]) == dim",
    "binomial(10**9, 10**8) == 1",
    "9" * 1500 + " == dim",
    "1e999999999 == dim",
    "1.0e5 == dim",
    "0x" + "f" * 500 + " == dim",
    "lambda: 0",
    "(x := 3) == 3",
    "f'{dim}' == '3'",
    "{1: 2} == {}",
    "{w for w in widths} == widths",
    "[*widths] == widths",
    "print(1)",
    "eval('1')",
    "open('/etc/passwd')",
    "exec",
    "dim if singular else widths",
    "1j == dim",
    "dim is codim",
    "dim @ codim == 1",
    "dim << 10**9 == 1",
    "~dim == 1",
    "None == dim",
    "... == dim",
    "b'x' == dim",
    "'drop' == move",
    "dim",
    "widths",
    "",
    "   ",
    "dim = 3",
    "dim; dim",
    "import os",
    "dim ==",
    "\x00",
    "dim\x00== 1",
    "all(dim for dim in widths)",
    "all(len == 1 for len in widths)",
    "max(key=widths) == 1",
    "max(*widths) == 1",
    "min(()) == 1",
    "omega == 1",
    "omega(1) == 1",
    "dim(1) == 1",
    "widths < widths",
    "singular + 1 == 2",
    "all(a == 1 for a, b in widths)",
    "all(a == 1 for a, b, c in bars)",
    "all(a == 1 for a in dim)",
    "bars[2.5] == 1",
    "await dim",
    "all(a == 1 for a in widths for a in widths)",
    "all(all(a == 1 for a in widths) for a in widths)",
    "all(a == 1 for a, a in bars)",
    "\ud800 == 1",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:30]))
def test_hostile_expressions_are_refused_at_once(text: str) -> None:
    started = process_time()
    with pytest.raises(InputError) as refusal:
        holds(text)
    assert process_time() - started < 1
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("dimm == 3", "did you mean dim"),
        ("lower.dmi == 3", "did you mean lower.dim"),
        ("Singular", "did you mean singular"),
        ("sumn(widths) == 3", "did you mean sum"),
        ("xyzzy == 3", "known: dim, codim, widths"),
        ("upper.dim == 3", "did you mean lower.dim"),
    ],
)
def test_unknown_names_are_answered_with_the_nearest(text: str, hint: str) -> None:
    with pytest.raises(InputError, match=hint):
        Expression(text, KINDS)


def test_calls_with_fixed_layers_are_remembered() -> None:
    expression = Expression("omega(1, 0) + omega(2, dim) == omega(1, 0)", KINDS)
    assert expression.calls == (("omega(1, 0)", "omega", 1, 0),)


def test_variables_do_not_leak_out_of_their_comprehension() -> None:
    with pytest.raises(InputError, match="there is no 'w'"):
        Expression("all(w > 0 for w in widths) and w == 1", KINDS)
    assert holds("sum(w for w in widths) == sum(v for v in widths)")
    assert holds("sum(sum(v * w for v in widths) for w in widths) == 16")
