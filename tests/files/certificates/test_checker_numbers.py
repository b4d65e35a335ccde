"""Numbers of the stand-alone checker with signs, and how they are written, against our fields."""

import operator
import sys
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linnet_exact import Matrix, NumberField
from linnet_exact.files.certificates import document, entries
from linnet_exact.landscape.inertia.inertia import inertia
from tests.files.certificates.both import script

fields, numbers, forms = map(script, ("checker.field", "checker.numbers", "checker.document"))
matrices = script("checker.matrices")
DESCRIBED = [
    (["-2", "0", "1"], "-1.4"),
    (["-1", "-1", "0", "3"], None),
    (["1", "0", "-10", "0", "1"], "0.3"),
    (["-2", "0", "0", "5"], "0.7"),
]
ENDS = {"generator": "a"}


def pair(at: int) -> tuple[Any, NumberField]:
    polynomial, near = DESCRIBED[at]
    chosen = {} if near is None else {"near": near}
    mine = fields.Field({**ENDS, "minimal_polynomial": polynomial, **chosen})
    return mine, NumberField(list(map(int, polynomial)), near=near)


PAIRS = [pair(at) for at in range(len(DESCRIBED))]
SMALL = st.fractions(-9, 9, max_denominator=6)


@st.composite
def elements(draw: st.DrawFn, count: int) -> tuple[Any, NumberField, list[tuple[Any, Any]]]:
    """Pairs of one number, theirs and ours, of one of the fields."""
    mine, K = draw(st.sampled_from(PAIRS))
    found = []
    for _ in range(count):
        listed = draw(st.lists(SMALL, min_size=mine.degree, max_size=mine.degree))
        common = lcm(*(c.denominator for c in listed))
        ours = K.element([int(c * common) for c in listed], common)
        found.append((numbers.Element(listed, mine), ours))
    return mine, K, found


def same(theirs: Any, ours: Any) -> bool:
    return [str(c) for c in theirs.coordinates] == [str(c) for c in ours.coordinates]


@given(elements(2), SMALL)
def test_arithmetic_and_order(drawn: Any, q: Fraction) -> None:
    _, K, ((x, ours_x), (y, ours_y)) = drawn
    for op in (operator.add, operator.sub, operator.mul):
        assert same(op(x, y), op(ours_x, ours_y))
        assert same(op(x, q), op(ours_x, K(q)))
        assert same(op(q, x), op(K(q), ours_x))
    if y:
        assert same(x / y, ours_x / ours_y)
        assert same(q / y, K(q) / ours_y)
        assert same(y / 3, ours_y / K(3))
    assert same(-x, -ours_x)
    assert (bool(x), x == y, x == x + 0) == (bool(ours_x), ours_x == ours_y, True)
    assert (x > y, x < y, x > x) == (ours_x > ours_y, ours_x < ours_y, False)
    assert (x > 0, x < 0) == (ours_x > K(0), ours_x < K(0))
    assert x.field.sign(x.coordinates) == (ours_x > K(0)) - (ours_x < K(0))


@given(elements(1))
def test_they_are_written_and_read_as_ours(drawn: Any) -> None:
    mine, K, ((x, ours),) = drawn
    assert str(x) == str(ours)
    found = mine.read(int(str(x)) if str(x).lstrip("-").isdigit() else str(x), "here")
    assert found == x.coordinates
    assert [mine.write(row) for row in mine.powers_of(x.coordinates)] == [
        str(ours * K.gen**k) for k in range(mine.degree)
    ]


@settings(max_examples=12)
@given(elements(6))
def test_signs_of_symmetric_matrices(drawn: Any) -> None:
    """Also where all of the diagonal is 0."""
    mine, K, found = drawn
    (a, A), (b, B), (c, C), (d, D), (e, E), (f, F) = found
    zero = (numbers.Element([Fraction(0)] * mine.degree, mine), K(0))
    for x, y, z in [((a, A), (d, D), (f, F)), (zero, zero, zero), (zero, zero, (f, F))]:
        theirs = [[x[0], b, c], [b, y[0], e], [c, e, z[0]]]
        ours = Matrix([[x[1], B, C], [B, y[1], E], [C, E, z[1]]], K)
        assert numbers.positive_eigenvalues(theirs) == inertia(ours).positive
        rows, pivots = numbers.echelon(theirs)
        assert len(pivots) == ours.rank() == len(rows)
        for at, (row, pivot) in enumerate(zip(rows, pivots, strict=True)):
            assert not any(row[:pivot])
            assert row[pivot] == 1
            assert not any(other[pivot] for other in rows[:at] + rows[at + 1 :])


def accepted(read: Any, value: Any) -> Any:
    try:
        return read(value, "here")
    except (forms.Malformed, document.InputError):
        return None


@pytest.mark.parametrize("near", [0, 10**15, -(10**15), 2**53, -(2**53), 10**16])
def test_each_integer_is_written_one_way(near: int) -> None:
    for n in range(near - 2, near + 3):
        both = [accepted(forms.number, form) for form in (n, str(n))]
        assert both == [accepted(document.number, form) for form in (n, str(n))]
        assert sorted(both, key=str) == [Fraction(n), None]
        assert [accepted(forms.natural, n)] == [n if 0 <= n < 2**53 else None]


@pytest.mark.parametrize(
    ("limit", "text", "inside"),
    [("MOST_COMMAS", b"[1,2,3]", 2), ("MOST_BRACKETS", b'[[], {"a": {}}]', 4)],
)
def test_values_are_counted_before_they_are_read(
    limit: str, text: bytes, inside: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, limit, inside)
    assert forms.read_json(text) is not None
    monkeypatch.setattr(forms, limit, inside - 1)
    with pytest.raises(forms.Malformed, match="too many values"):
        forms.read_json(text)


def test_bytes_are_counted_while_they_are_read(tmp_path: Path) -> None:
    file, size = tmp_path / "file", 2**20 + 1
    file.write_bytes(b"0" * size)
    assert len(forms.read_bytes(str(file), size)) == size
    with pytest.raises(forms.Malformed, match=f"more than the {size - 1} bytes"):
        forms.read_bytes(str(file), size - 1)


def test_entries_are_measured_over_their_common_denominator() -> None:
    rows = [[3, "-1/2"], ["7/3", "1/6"]]
    numerators, below = [3, -1, 7, 1], 6
    bits = sum(n.bit_length() for n in numerators) + 4 * below.bit_length()
    field = fields.Field("QQ")
    expected = 6, [[[18, -3], [14, 1]]]
    assert matrices.read_matrix(rows, "W", field, bits) == expected
    with pytest.raises(forms.Malformed, match="W: the entries take too many bits"):
        matrices.read_matrix(rows, "W", field, bits - 1)


@pytest.mark.parametrize("length", [38, 39, 100])
def test_long_values_are_shown_in_part(length: int) -> None:
    shown = forms.shown("x" * length)
    whole = f"'{'x' * length}'"
    assert shown == (whole if length <= 38 else f"{whole[:37]}...")
    assert shown == document.shown("x" * length)


@pytest.mark.parametrize("read", [fields.Field, entries.field_of])
def test_fields_up_to_degree_64(read: Any) -> None:
    described = {**ENDS, "minimal_polynomial": ["-2", *["0"] * 63, "1"]}
    assert read(described) is not None
    described["minimal_polynomial"].insert(1, "0")
    with pytest.raises((forms.Malformed, document.InputError), match="degree at most 64"):
        read(described)


def test_fields_are_measured_by_bits_times_degree() -> None:
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    for bits in (200_000, 200_001):
        described = {**ENDS, "minimal_polynomial": [str(2 ** (bits - 1) + 1), "0", "1"]}
        if bits * 2 <= 400_000:
            assert fields.Field(described).degree == 2
        else:
            with pytest.raises(forms.Malformed, match="is too large"):
                fields.Field(described)
    sys.set_int_max_str_digits(before)
