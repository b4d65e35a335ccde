"""Where text is cut, exactly."""

import re

import pytest

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.algebra.arrays.display import MAX_WIDTH, shown
from linnet_exact.errors import LinnetError


def test_which_rows_are_shown() -> None:
    table = {1: "0-", 2: "0-", 3: "0-9", 4: "01-9", 5: "01-89", 6: "012-89", 9: "0123-6789"}
    for limit, text in table.items():
        assert shown(10, limit) == [-1 if c == "-" else int(c) for c in text]
    for size in range(12):
        assert shown(size, size) == shown(size, size + 3) == list(range(size))
        if size:
            assert shown(size + 1, size)[0] == 0
            assert -1 in shown(size + 1, size)


def test_gaps_in_rows_and_columns() -> None:
    matrix = Matrix([[10 * i + j for j in range(7)] for i in range(6)])
    assert matrix.to_text(rows=3, columns=4) == (
        "[   0    1  ...    6 ]\n[ ...  ...  ...  ... ]\n[  50   51  ...   56 ]"
    )
    assert matrix.to_text(rows=1, columns=1) == "[   0  ... ]\n[ ...  ... ]"
    assert "..." not in matrix.to_text(rows=6, columns=7)
    for wrong in ({"rows": 0}, {"columns": 0}):
        with pytest.raises(LinnetError, match="must be at least 1, not 0"):
            matrix.to_text(**wrong)
    assert str(Matrix.zero(0, 3)) == "[] (0x3)"
    assert str(Matrix.zero(3, 0)) == "[] (3x0)"


def test_twenty_rows_and_twelve_columns_are_shown() -> None:
    for m, n, cut in ((20, 12, False), (21, 12, True), (20, 13, True)):
        matrix = Matrix.zero(m, n)
        assert ("..." in str(matrix)) == ("…" in matrix._repr_html_()) == cut
        assert (r"\cdots" in matrix._repr_latex_()) == cut
        assert matrix._repr_html_().count("<tr>") == min(m, 20)
        assert matrix._repr_html_().endswith(f"<small>{m}x{n}</small>")


def test_long_entries_lose_their_middle() -> None:
    for digits in (MAX_WIDTH - 1, MAX_WIDTH, MAX_WIDTH + 1, 99):
        number = str(10 ** (digits - 1) + 7)
        text = str(Matrix([[int(number)]]))
        whole = digits <= MAX_WIDTH
        assert text == (f"[ {number} ]" if whole else f"[ {number[:18]}...{number[-18:]} ]")
        assert number in Matrix([[int(number)]])._repr_latex_()


@pytest.mark.parametrize("digits", [1, 2, 17, 19, 400])
@pytest.mark.parametrize("field", [None, NumberField("sqrt(2)")], ids=repr)
def test_as_an_expression_up_to_so_many_characters(digits: int, field: NumberField | None) -> None:
    """1500, whatever the entries are: the first guess at the length never cuts too early."""

    def written(first: str, count: int) -> str:
        entries = [first] + ["9" * digits] * count
        texts = [x if len(x) <= 18 else repr(x) for x in entries]
        tail = "" if field is None else f", field={field!r}"
        return f"Matrix([[{', '.join(texts)}]]{tail})"

    count = 1
    while len(written("1", count + 1)) <= 1500:
        count += 1
    spare = 1500 - len(written("1", count))
    for more in (0, 1):
        first = "1" + "0" * (spare + more)
        if len(first) > 18:
            first = first[:-2]  # it is in quotes then
        numbers = [int(first)] + [10**digits - 1] * count
        text, expected = repr(Matrix([numbers], field=field)), written(first, count)
        assert len(expected) == 1500 + more
        assert text == expected or (more and re.match(rf"<Matrix 1x{count + 1} over ", text))
        assert more == text.startswith("<")
