"""How a table fits a terminal: which columns get how much, and what is broken into lines.

Headings give way first, then cells, which are broken between words and between bars. A table whose
words are too wide even so is shown row by row, a line for each column.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from linnet_exact.cli.terminal import broken, pieces, width_of

__all__ = ["SHORT", "Layout", "layout"]

GAP = 2
"""Blanks between two columns."""

SHORT = {
    "dimension": "dim",
    "dimensions": "dims",
    "codimension": "codim",
    "components": "parts",
    "maximal": "max",
    "minimal": "min",
    "direction": "way",
}
"""Words of headings that may take less room."""


@dataclass(frozen=True)
class Layout:
    """A heading, a width and a side for each column.

    Attributes
    ----------
    headings : sequence of str
    widths : list of int
    to_right : sequence of bool
        Which columns are numbers.
    """

    headings: Sequence[str]
    widths: list[int]
    to_right: Sequence[bool]

    def heading(self) -> list[str]:
        """Return the lines of the heading, which ends where the rows begin."""
        cells = [
            broken(name, width) for name, width in zip(self.headings, self.widths, strict=True)
        ]
        height = max(map(len, cells), default=0)
        return self._lines([[""] * (height - len(cell)) + cell for cell in cells])

    def row(self, texts: Sequence[str]) -> list[str]:
        """Return the lines of a row."""
        if all(map(_fits, texts, self.widths)):  # nearly all rows
            return self._lines([[text] for text in texts])
        return self._lines(
            [broken(text, width) for text, width in zip(texts, self.widths, strict=True)]
        )

    def rows_of_one_line(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """Return the rows of a table that was laid out without a limit: all cells fit.

        Examples
        --------
        >>> Layout(["a", "b"], [2, 3], [False, True]).rows_of_one_line([["x", "12"], ["yy", ""]])
        ['x    12', 'yy']
        """
        padded = []
        for column, width, right in zip(
            zip(*rows, strict=True), self.widths, self.to_right, strict=True
        ):
            if "".join(column).isascii():
                pad = str.rjust if right else str.ljust
                padded.append([pad(text, width) for text in column])
            else:
                padded.append([_padded(text, width, right) for text in column])
        return [(" " * GAP).join(line).rstrip() for line in zip(*padded, strict=True)]

    def _lines(self, cells: list[list[str]]) -> list[str]:
        height = max(map(len, cells), default=0)
        filled = [cell + [""] * (height - len(cell)) for cell in cells]
        return [
            (" " * GAP).join(map(_padded, line, self.widths, self.to_right)).rstrip()
            for line in zip(*filled, strict=True)
        ]


def layout(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    to_right: Sequence[bool],
    columns: int | None,
    at_least: Sequence[int] = (),
) -> Layout | None:
    """Return how a table is shown in so many columns of a terminal, or without a limit.

    Parameters
    ----------
    at_least : sequence of int, optional
        Without a limit: widths that the columns have already.

    Returns
    -------
    Layout or None
        None if it does not fit.

    Examples
    --------
    >>> shown = layout(["bars", "tangent dimension"], [["0-0,0-2:3,1-1", "5"]], [False, True], 20)
    >>> print("\\n".join(shown.heading() + shown.row(["0-0,0-2:3,1-1", "5"])))
                 tangent
    bars             dim
    0-0,0-2:3,         5
    1-1
    """
    cells = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in headings]
    natural = list(map(_widest, cells))
    wide = [max(own, width_of(name)) for own, name in zip(natural, headings, strict=True)]
    if columns is None:
        before = at_least or [0] * len(wide)
        return Layout(headings, list(map(max, wide, before)), to_right)
    if _total(wide) <= columns:
        return Layout(headings, wide, to_right)
    short = [_abbreviated(name) for name in headings]
    for names, most in ((headings, wide), (short, natural)):
        words = [_longest_piece([name]) for name in names]
        whole = [max(own, word) for own, word in zip(natural, words, strict=True)]
        if _total(whole) <= columns:
            return Layout(names, _grown(whole, most, columns), to_right)
    least = [max(_longest_piece(column), word) for column, word in zip(cells, words, strict=True)]
    if _total(least) <= columns:
        return Layout(short, _grown(least, whole, columns), to_right)
    return None


def _widest(texts: Sequence[str]) -> int:
    return max(map(len if "".join(texts).isascii() else width_of, texts), default=0)


def _fits(text: str, width: int) -> bool:
    return width_of(text) <= width


def _abbreviated(name: str) -> str:
    return " ".join(SHORT.get(word, word) for word in name.split())


def _longest_piece(texts: Sequence[str]) -> int:
    return max((width_of(piece) for text in texts for piece in pieces(text)), default=0)


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _grown(least: list[int], most: list[int], columns: int) -> list[int]:
    """Share out what is left, to the narrowest of the columns that want more first."""
    widths = list(least)
    left = columns - _total(widths)
    while left > 0:
        wanting = [at for at, width in enumerate(widths) if width < most[at]]
        if not wanting:
            break
        widths[min(wanting, key=lambda at: widths[at])] += 1
        left -= 1
    return widths


def _padded(text: str, width: int, right: bool) -> str:
    blanks = " " * (width - width_of(text))
    return blanks + text if right else text + blanks
