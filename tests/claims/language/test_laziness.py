"""What is needed is evaluated, and nothing else: against Python; and a fuzz of the language."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linnet_exact.claims.language.arithmetic import UndefinedError
from linnet_exact.claims.language.expression import Expression
from linnet_exact.claims.language.kinds import NUMBER, TRUTH, Sequence, Tuple
from linnet_exact.errors import InputError

KINDS = {
    "dim": NUMBER,
    "widths": Sequence(NUMBER),
    "bars": Sequence(Tuple(NUMBER, NUMBER)),
    "r": None,
    "singular": TRUTH,
}
VALUES = {
    "dim": 3,
    "widths": (2, 0, 1),
    "bars": ((0, 0), (1, 2)),
    "r": (2, 0, 0, 0, 0, 1),
    "singular": True,
}


def value(text: str) -> bool | None:
    """The value, None if there is none."""
    expression = Expression(text, KINDS)
    try:
        return expression.holds(tuple(VALUES[name] for name in expression.names))
    except UndefinedError:
        return None


def value_by_python(text: str) -> bool | None:
    try:
        return bool(eval(text, {name: VALUES[name] for name in ("dim", "widths", "singular")}))
    except (ZeroDivisionError, IndexError):
        return None


def _joined(parts: tuple[str, ...]) -> str:
    return f"({' '.join(parts)})"


numbers = st.recursive(
    st.integers(-3, 3).map(lambda n: f"({n})") | st.sampled_from(["dim", "w"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["+", "-", "*", "//", "%"]), inner).map(_joined)
        | inner.map(lambda index: f"widths[{index}]")
        | inner.map(lambda index: f"(5, 7)[{index}]")
        | inner.map(lambda end: f"len(widths[:{end}])")
    ),
    max_leaves=4,
)
statements = st.recursive(
    st.tuples(numbers, st.sampled_from(["<", "==", ">="]), numbers).map(_joined)
    | st.tuples(numbers, numbers, numbers).map(lambda three: f"({' < '.join(three)})")
    | st.sampled_from(["singular", "True", "False"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(_joined)
        | inner.map(lambda text: f"(not {text})")
        | st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} if {t[1]} else {t[2]})")
    ),
    max_leaves=5,
)
over_widths = st.tuples(st.sampled_from(["any", "all"]), statements, statements).map(
    lambda t: f"{t[0]}({t[1]} for w in widths if {t[2]})"
)


@settings(max_examples=60)
@given(over_widths)
def test_values_and_their_absence_are_those_of_python(text: str) -> None:
    assert value(text) == value_by_python(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("False and 1/0 == 1", False),
        ("True or 1/0 == 1", True),
        ("implies(dim > 9, 1/0 == 1)", True),
        ("implies(dim > 9, r(9, 0) == 1)", True),
        ("(1/0 if False else 2) == 2", True),
        ("any(1/w == 1/2 for w in widths)", True),
        ("all(1/w == 1 for w in widths)", False),
        ("3 < 2 < 1/0", False),
        ("False and 2**99999 == 1", False),
        ("False and (1, 2)[5] == 1", False),
        ("1/0 == 1 or True", None),
        ("any([1/w == 1/2 for w in widths])", None),
        ("(1/0, 2)[1] == 2", None),
    ],
)
def test_laziness(text: str, expected: bool | None) -> None:
    assert value(text) is expected


@pytest.mark.parametrize("k", range(-3, 6))
@pytest.mark.parametrize("i", range(-3, 6))
def test_only_the_border_counts_as_zero(k: int, i: int) -> None:
    ranks = {(0, 0): 2, (1, 0): 0, (1, 1): 0, (2, 0): 0, (2, 1): 0, (2, 2): 1}
    if (k, i) in ranks:
        assert value(f"r({k}, {i}) == {ranks[k, i]}") is True
    elif (i == -1 and 0 <= k <= 3) or (k == 3 and -1 <= i <= 2):
        assert value(f"r({k}, {i}) == 0") is True
    else:
        assert value(f"r({k}, {i}) == 0") is None


@pytest.mark.parametrize(
    "text",
    [
        "(1, 2)[1.0] == 2",
        "widths[1/2] == 1",
        "widths[0.5:] == widths",
        "widths[:3/2] == widths",
        "widths[::1.0] == widths",
        "widths[::0] == widths",
        "widths[10**40] == 1",
        "(1, 2)[-10**40] == 1",
        "r(1.0, 0) == 1",
        "r(10**40, 10**40) == 0",
        "range(1.0) == widths",
        "binomial(2.0, 1) == 2",
    ],
)
def test_no_value(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize("index", ["True", "singular", "widths", "()", "1:True", "'swap'", "None"])
def test_what_is_no_number_is_no_index(index: str) -> None:
    with pytest.raises(InputError):
        value(f"widths[{index}] == 1")


WORDS = """
dim widths bars r singular w ( ) [ ] , : + - * / // % ** < == != >= and or not if else for in is
lambda any( all( sum( len( max( min( sorted( set( zip( range( binomial( implies( abs( 0 1 2 3 9999
2**4000 1.5 .5 1e9 True False None 'swap' () (1,2) {} * @ ~ := . r(1,0) widths[0] bars[0] == 1
"""
OPERATORS = ("+", "-", "*", "/", "//", "%", "**", "<", "==", "in", "and", "or")
FUNCTIONS = ("sum", "len", "max", "sorted", "range", "any", "zip")
LEAVES = ("dim", "widths", "bars", "singular", "w", "9999", "2**4000", "1/3", "()")


def value_or_refusal(text: str) -> None:
    started = process_time()
    try:
        assert value(text) in (True, False, None)
    except InputError as error:
        refusal = str(error)
    else:
        refusal = ""
    assert "\n" not in refusal
    assert process_time() - started < 3


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join))
def test_anything_is_a_value_or_refused_in_one_line(text: str) -> None:
    value_or_refusal(text)


anything = st.deferred(
    lambda: (
        st.sampled_from(LEAVES)
        | st.tuples(anything, st.sampled_from(OPERATORS), anything).map(_joined)
        | st.tuples(anything, anything).map(lambda t: f"{t[0]}[{t[1]}]")
        | st.tuples(anything, anything).map(lambda t: f"{t[0]}[{t[1]}:]")
        | st.tuples(anything, anything).map(lambda t: f"({t[0]}, {t[1]})")
        | st.tuples(anything, anything).map(lambda t: f"[{t[0]} for w in {t[1]}]")
        | st.tuples(anything, anything).map(lambda t: f"r({t[0]}, {t[1]})")
        | st.tuples(st.sampled_from(FUNCTIONS), anything).map(lambda t: f"{t[0]}({t[1]})")
    )
)


@settings(max_examples=20)
@given(anything)
def test_any_nesting_is_a_value_or_refused_in_one_line(text: str) -> None:
    for statement in (text, f"{text} == {text}", f"len({text}) == 1"):
        value_or_refusal(statement)


@pytest.mark.parametrize(
    "text",
    [
        "len([range(a * 0 + 9999) for a in range(9999)]) == 1",
        "len([sorted(s) for s in [range(9999)] for a in range(9999)]) == 1",
        "len([s[1:] for s in [range(9999)] for a in range(9999)]) == 1",
        "sum(1/(2**4000 + a) for a in range(9999)) == 1",
        "all(sum(s) > 0 for s in [[1/(2**2000 + b) for b in range(999)]] for a in range(9999))",
        "+".join(f"1/(2**4000+{a})" for a in range(90)) + " == 1",
    ],
)
def test_time_and_memory_are_bounded(text: str) -> None:
    started = process_time()
    with pytest.raises(InputError):
        value(text)
    assert process_time() - started < 3
