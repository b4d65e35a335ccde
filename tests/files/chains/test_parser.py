"""The notation of chains: what is read, what is refused and where, and that it has one spelling."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.errors import InputError
from linnet_exact.files.chains.expansion import Chain
from linnet_exact.files.chains.integers import Operation, integer_text, value_of
from linnet_exact.files.chains.notation import (
    Assignment,
    Call,
    Definition,
    Factor,
    Loop,
    SliceOf,
    Template,
)
from linnet_exact.files.chains.parser import MAX_TEXT, parse_statements

names = st.sampled_from(["h", "d", "l", "v", "o", "_x1"])
integers = st.recursive(
    st.integers(-20, 20) | names,
    lambda inner: st.builds(Operation, st.sampled_from(["+", "-", "*", "//", "%"]), inner, inner),
    max_leaves=6,
)
bounds = st.none() | integers
parts = st.tuples(integers) | st.builds(SliceOf, bounds, bounds, bounds)
indices = st.lists(parts, max_size=2).map(tuple)
plain = st.text("ab.{}' T[]/", min_size=1, max_size=5)


@st.composite
def templates(draw):
    found = []
    for part in draw(st.lists(plain | st.tuples(integers), min_size=1, max_size=3)):
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return Template(tuple(found))


factors = st.builds(Factor, templates() | names.map(Call), indices, st.booleans())
statements = st.recursive(
    factors | st.builds(Assignment, names, integers),
    lambda inner: st.builds(
        lambda v, a, b, first, rest: Loop(v, a, b, (first, *rest)),
        *(names, integers, integers, factors, st.lists(inner, max_size=3)),
    ),
    max_leaves=6,
)


@given(st.lists(statements, min_size=1, max_size=4).map(tuple))
def test_what_is_written_is_read_back(chain):
    lines = Chain(chain).lines()
    assert parse_statements("\n".join(lines)) == chain
    assert parse_statements(" \n; ".join(lines)) == chain


@given(integers, st.dictionaries(names, st.integers(-50, 50)))
def test_integers_are_those_of_python(integer, values):
    text = integer_text(integer)
    try:
        expected = eval(text, {}, dict(values))  # of a text made here
    except (NameError, ZeroDivisionError):
        with pytest.raises(InputError, match=r"has no value|divides by 0"):
            value_of(integer, values)
    else:
        assert value_of(integer, values) == expected


def test_definitions_and_calls():
    assert parse_statements('v[l, m] = "a.{l+m}"[0, :].T; v[1, 2]') == (
        Definition(
            "v",
            ("l", "m"),
            Factor(Template(("a.", (Operation("+", "l", "m"),))), ((0,), SliceOf()), True),
        ),
        Factor(Call("v", (1, 2))),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("W[", "character 3: expected an integer or a slice"[:20]),
        ("W[0:1", "expected ']'"),
        ("W[x", "expected ']'"),
        ("W[1.5]", "expected a name, a number or a sign, not '.5]'"),
        ("W.U", "expected a name, a number or a sign, not '.U'"),
        ('"a', "character 1: expected a name, a number or a sign"),
        ('""', "expected the name of a tensor"),
        ('"a{l"', "expected {integer}, or {{ for a brace, not '{l"),
        ('"a{}"', "expected an integer"),
        ('"a{l;}"', "expected '}'"),
        ("for l in 0..3:", "expected what is repeated, in the same line"),
        ("for l in 0..3: d = 2", "expected what is repeated"),
        ("for l in 0..3:\nW", "expected what is repeated"),
        ("for l of 0..3: W", "expected 'in'"),
        ("for l in 0.3: W", "expected"),
        ("for for in 0..3: W", "a name that is not a word of the notation"),
        ("(W", "or the end of the line"),
        ("W)", "expected ';' or the end of the line"),
        ("W V", "expected ';' or the end of the line"),
        ("v[l][0]", r"expected a definition, such as v\[l\]"),
        ('v[l] = "a"; v', r"expected '\['"),
        ('v[l] = "a"; v[1, 2]', "as many integers as it has parameters, 1"),
        ('v[l, l] = "a"', "expected different parameters"),
        ('v[l] = "a"; v[m] = "a"', "expected the parameters that v has elsewhere"),
        ("v[l] = 3", "expected the name of a tensor in quotes"),
        ("W[99999999999999999999]", "expected an integer of at most"),
        ("W[" + "(" * 50 + "1" + ")" * 50 + "]", "nested more than 40 deep"),
        ("(" * 50 + "W" + ")" * 50, "nested more than 40 deep"),
        ("W[" + "+".join("1" * 60) + "]", "at most 40 operations in a row"),
        ("W;" * MAX_TEXT, f"at most {MAX_TEXT} are read"),
        ("W\x1b", "expected"),
        ("__import__('os')", "expected ';' or the end of the line"),
    ],
)
def test_other_texts_are_refused(text: str, said: str):
    with pytest.raises(InputError, match=said):
        parse_statements(text)


@given(st.text('forin l0.:;[](){}"=\n+*-,T', max_size=30))
def test_any_text_is_read_or_refused(text: str):
    with suppress(InputError):
        Chain.parse(text).layers()
