"""Texts from look-up tables against the same texts written one by one."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.strata.listing import look_up
from linnet_exact.strata.listing.look_up import bar_parts, interleaved, joined_texts

NUMBERS = st.one_of(st.integers(0, 3), st.integers(0, 2**40))


@pytest.mark.parametrize("largest", [1, 8, 1 << 12])
@given(rows=st.lists(st.tuples(NUMBERS, NUMBERS, st.booleans()), max_size=30))
def test_row_by_row(largest: int, rows: list[tuple[int, int, bool]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(look_up, "_LARGEST_TABLE", largest)
        patch.setattr(look_up, "_SMALLEST_TABLE", 1)
        columns = [np.array([row[at] for row in rows], dtype=np.int64) for at in range(2)]
        truths = np.array([row[2] for row in rows], dtype=bool)
        parts = ["<", (columns[0], str), "|", (columns[1], hex), "|", (truths, str), ">"]
        expected = [f"<{a}|{b:#x}|{c:d}>" for a, b, c in rows]
        assert joined_texts(parts) == expected
        assert "".join(interleaved(parts, "|>")) == "|>".join(expected)


def test_without_rows() -> None:
    nothing = np.array([], dtype=np.uint8)
    assert joined_texts(["a", (nothing, str), (nothing, str)]) == []
    assert "".join(interleaved([(nothing, str)], ", ")) == ""


@given(st.lists(st.lists(st.sampled_from([0, 0, 1, 2, 300]), min_size=6, max_size=6), max_size=20))
def test_barcodes_as_they_are_read(rows: list[list[int]]) -> None:
    names = ["0-0", "0-1", "0-2", "1-1", "1-2", "2-2"]
    rows = [row for row in rows if any(row)]
    columns = list(np.array(rows, dtype=np.uint16).reshape(len(rows), 6).T)
    texts = joined_texts(bar_parts(names, columns, "json"))
    for row, text in zip(rows, texts, strict=True):
        assert json.loads(f"{{{text}}}") == {bar: n for bar, n in zip(names, row, strict=True) if n}
    for row, text in zip(rows, joined_texts(bar_parts(names, columns, "csv")), strict=True):
        bars = [f"{name}:{n}," for name, n in zip(names, row, strict=True) if n]
        assert f"{text}," == "".join(bars).replace(":1,", ",")
