"""Tables in any number of columns: no line is too long, nothing is lost, no word is broken."""

import io
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.cli import writers
from linnet_exact.cli.layout import layout
from linnet_exact.cli.terminal import broken, hanging, pieces, width_of
from linnet_exact.cli.writers import Block, write_pairs, write_table

WORDS = st.text(string.ascii_letters + string.digits + "層-:", min_size=1, max_size=9)
BARS = st.lists(st.sampled_from(["0-0", "0-12:3", "1-1", "2-2:10"]), min_size=1).map(",".join)
TEXTS = st.one_of(WORDS, BARS, st.lists(WORDS, max_size=6).map(" ".join))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def columns(monkeypatch):
    def narrow(number: int) -> None:
        monkeypatch.setenv("COLUMNS", str(number))
        monkeypatch.setenv("TERM", "dumb")

    return narrow


@given(TEXTS, st.integers(1, 30))
def test_broken_texts_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = broken(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    widest = max(map(width_of, pieces(text)), default=0)
    if widest <= width:
        assert max(map(width_of, lines)) <= width
        assert [piece for line in lines for piece in pieces(line)] == pieces(text)
    else:
        assert all(width_of(line) <= width or len(line) == 1 for line in lines)


def test_words_stay_whole_where_a_line_has_room_for_them():
    assert broken("the barcode 0-0,1-1,2-2 of it", 16) == ["the barcode", "0-0,1-1,2-2 of", "it"]


def test_the_rest_of_a_line_hangs():
    assert hanging("  a: " + "word " * 8 + "end", 30, 5) == [
        "  a: word word word word word",
        "       word word word end",
    ]
    assert hanging("short", 30, 2) == ["short"]


@given(st.lists(st.lists(TEXTS, min_size=4, max_size=4), max_size=5), st.integers(20, 90))
def test_tables_fit(rows: list[list[str]], width: int) -> None:
    headings = ["barcode", "tangent dimension of fiber", "n", "codimension"]
    shown = layout(headings, rows, [False, True, True, False], width)
    if shown is None:
        needed = [7, 7, 1, 5]  # of the headings
        for row in rows:
            longest = (max(map(width_of, pieces(text)), default=0) for text in row)
            needed = list(map(max, needed, longest))
        assert sum(needed) + 6 > width
        return
    lines = shown.heading() + [line for row in rows for line in shown.row(row)]
    assert max(map(width_of, lines)) <= width
    found = sorted(piece for line in lines[len(shown.heading()) :] for piece in pieces(line))
    assert found == sorted(piece for row in rows for text in row for piece in pieces(text))


def test_headings_give_way_before_cells():
    headings, rows = ["barcode", "tangent dimension of fiber"], [["0-0,0-2,1-1:2", "9"]]
    wide = layout(headings, rows, [False, True], 41)
    assert wide is not None
    assert (len(wide.heading()), wide.row(rows[0])) == (1, ["0-0,0-2,1-1:2" + " " * 27 + "9"])
    narrow = layout(headings, rows, [False, True], 24)
    assert narrow is not None
    assert narrow.heading() == ["                 tangent", "               dimension",
                                "barcode         of fiber"]  # fmt: skip
    narrower = layout(headings, rows, [False, True], 22)
    assert narrower is not None
    assert [line[15:].strip() for line in narrower.heading()] == ["tangent", "dim of", "fiber"]


def test_what_does_not_fit_is_shown_row_by_row(columns):
    columns(20)
    stream = Terminal()
    rows = [{"name": "a" * 12, "other": "b" * 12}, {"name": "c", "other": "d " * 10 + "e"}]
    write_table(rows, None, stream)
    assert stream.getvalue() == (
        f"name   {'a' * 12}\nother  {'b' * 12}\n\nname   c\nother  d d d d d d d\n       d d d e\n"
    )


def test_all_rows_are_shown_when_later_ones_do_not_fit(columns):
    columns(20)
    stream = Terminal()
    rows = ({"n": n, "text": "x" * (5 if n < 1200 else 15)} for n in range(1300))
    write_table(rows, ["n", "text"], stream)
    assert max(map(len, stream.getvalue().splitlines())) <= 20
    assert [int(n) for n in re.findall(r"^ *(?:n +)?(\d+)", stream.getvalue(), re.M)] == list(
        range(1300)
    )


def test_pairs_break_their_values_and_show_blocks(columns):
    columns(23)
    stream = Terminal()
    block = Block("k\\i  0\n0    2", "0~0:2")
    wide = Block("x" * 30, {"0~0": 2, "1~0": 1, "1~1": 3})
    value = {"rank": block, "list": wide, "claims": ["one, two", "three"], "widths": [2, 3]}
    write_pairs(value | {"because": "of what is long"}, stream)
    assert stream.getvalue() == (
        "rank     k\\i  0\n         0    2\nlist     0~0:2,1~0:1,\n         1~1:3\n"
        "claims   one, two\n         three\nwidths   2,3\nbecause  of what is\n         long\n"
    )


def test_names_longer_than_half_a_line_stand_above(columns):
    columns(20)
    stream = Terminal()
    write_pairs({"a name that is long": 1, "b": "two words"}, stream)
    assert stream.getvalue() == (
        "a name that is long\n            1\nb           two\n            words\n"
    )


def test_files_and_other_programs_get_whole_lines():
    stream = io.StringIO()
    write_table([{"text": "word " * 40 + "end"}], None, stream)
    write_pairs({"text": "word " * 40 + "end"}, stream)
    assert len(stream.getvalue().splitlines()) == 3
    assert "\x1b" not in stream.getvalue()


@pytest.mark.parametrize(
    ("term", "no_color", "bold"), [("xterm", "", True), ("xterm", "1", False), ("dumb", "", False)]
)
def test_headings_are_bold_where_a_terminal_has_that(monkeypatch, term, no_color, bold):
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("NO_COLOR", no_color)
    stream = Terminal()
    writers.write_table([{"n": 1}], None, stream)
    assert stream.getvalue() == ("\x1b[1mn\x1b[0m\n1\n" if bold else "n\n1\n")
