"""Exact arrays for people: aligned text, HTML and LaTeX, cut where they are large."""

from collections.abc import Callable, Sequence
from html import escape
from typing import TypeVar

__all__ = ["aligned", "html_table", "latex_table", "shown"]

MAX_ROWS = 20
MAX_COLUMNS = 12
"""Sizes above which rows and columns are left out, unless others are asked for."""

MAX_WIDTH = 40
"""Characters of an entry above which its middle is left out."""

T = TypeVar("T")

Entries = Callable[[list[int], list[int]], list[list[str]]]
"""The texts of the entries in some rows and columns."""


def shown(size: int, limit: int) -> list[int]:
    """Return which of `size` rows are shown, -1 standing for those left out.

    Examples
    --------
    >>> shown(3, 5), shown(9, 5)
    ([0, 1, 2], [0, 1, -1, 7, 8])
    """
    if size <= limit:
        return list(range(size))
    tail = max(limit - 1, 1) // 2
    head = max(limit - 1, 1) - tail
    return [*range(head), -1, *range(size - tail, size)]


def aligned(shape: tuple[int, int], entries: Entries, rows: int, columns: int) -> str:
    """Return aligned rows of text; ``...`` stands for rows and columns that are left out.

    Examples
    --------
    >>> print(aligned((2, 2), lambda rows, columns: [["1", "-1/2"], ["10", "0"]], 20, 12))
    [  1  -1/2 ]
    [ 10     0 ]
    """
    if 0 in shape:
        return f"[] ({shape[0]}x{shape[1]})"
    table = _cut(shape, entries, rows, columns, "...")
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = (
        "  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True))
        for row in table
    )
    return "\n".join(f"[ {line} ]" for line in lines)


def html_table(shape: tuple[int, int], entries: Entries) -> str:
    """Return an HTML table, in the colours of the page.

    Examples
    --------
    >>> html_table((1, 1), lambda rows, columns: [["a<b"]])[-52:]
    '">a&lt;b</td></tr></tbody></table><small>1x1</small>'
    """
    table = _cut(shape, entries, MAX_ROWS, MAX_COLUMNS, "\u2026") if 0 not in shape else []
    lines = (
        "".join(f'<td style="text-align:right">{escape(text)}</td>' for text in row)
        for row in table
    )
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><tbody>{body}</tbody></table><small>{shape[0]}x{shape[1]}</small>"


def latex_table(shape: tuple[int, int], entries: Entries) -> str:
    r"""Return a LaTeX matrix, between dollar signs, of entries that are LaTeX.

    Examples
    --------
    >>> print(latex_table((1, 2), lambda rows, columns: [["1", r"\frac{1}{2}"]]))
    $\begin{pmatrix} 1 & \frac{1}{2} \end{pmatrix}$
    """
    table = _cut(shape, entries, MAX_ROWS, MAX_COLUMNS, r"\cdots", clip=False)
    body = r" \\ ".join(" & ".join(row) for row in table)
    return rf"$\begin{{pmatrix}} {body} \end{{pmatrix}}$"


def _cut(
    shape: tuple[int, int],
    entries: Entries,
    rows: int,
    columns: int,
    gap: str,
    clip: bool = True,
) -> list[list[str]]:
    picked, chosen = shown(shape[0], rows), shown(shape[1], columns)
    texts = entries([i for i in picked if i >= 0], [j for j in chosen if j >= 0])
    table = []
    for row in texts:
        line = [_clipped(text) if clip else text for text in row]
        table.append(_with_gap(line, chosen, gap))
    return _with_gap(table, picked, [gap] * len(chosen)) if table else table


def _with_gap(items: Sequence[T], places: list[int], gap: T) -> list[T]:
    found = list(items)
    if -1 in places:
        found.insert(places.index(-1), gap)
    return found


def _clipped(text: str) -> str:
    half = MAX_WIDTH // 2 - 2
    return text if len(text) <= MAX_WIDTH else f"{text[:half]}...{text[-half:]}"
