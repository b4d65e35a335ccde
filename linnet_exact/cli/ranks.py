"""Ranks as triangles in what is printed for people: row k, column i."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from linnet_exact.cli.writers import Block
from linnet_exact.strata import RankList

__all__ = ["ranks_beside", "ranks_block"]

Triangle = Sequence[Sequence[int | None]]


def ranks_block(ranks: RankList) -> Block:
    """Return a rank list as a triangle, of all its layers.

    Examples
    --------
    >>> print(ranks_block(RankList.from_triangle([[2], [1, 3]])).text)
    r_k~i  i=0  1
    k=0      2
    k=1      1  3
    """
    return Block(ranks.text(ranks.depth + 1), ranks.to_jsonable())


def ranks_beside(exact: Triangle, others: Mapping[str, Triangle]) -> Block:
    """Return triangles side by side, with a ! at each rank that is not the exact one.

    Parameters
    ----------
    exact : triangle
        Row k has the ranks r_k~0, …, r_k~k.
    others : mapping
        From names to such triangles; None where there is no rank.

    Examples
    --------
    >>> print(ranks_beside([[2], [1, 3]], {"float32": [[2], [0, 3]]}).text)
    exact       float32
    k\\i  0  1   k\\i 0  1
    0    2      0   2
    1    1  3   1   0! 3
    """
    columns = [_titled("exact", exact, exact)]
    columns += [_titled(name, ranks, exact) for name, ranks in others.items()]
    widths = [max(map(len, column)) for column in columns]
    beside = [
        "   ".join(line.ljust(width) for line, width in zip(lines, widths, strict=True)).rstrip()
        for lines in zip_longest(*columns, fillvalue="")
    ]
    below = "\n\n".join("\n".join(column) for column in columns)
    return Block("\n".join(beside), Block(below, "see the rows above"))


def _titled(name: str, ranks: Triangle, exact: Triangle) -> list[str]:
    """Return a triangle with its name above it."""
    marks = any(tuple(row) != tuple(right) for row, right in zip(ranks, exact, strict=True))
    cells = [
        [_cell(rank, right, marks) for rank, right in zip(row, row_of_exact, strict=True)]
        for row, row_of_exact in zip(ranks, exact, strict=True)
    ]
    layers = [f"{layer}{' ' * marks}" for layer in range(len(cells))]
    sizes = [max(map(len, [layers[i], *(row[i] for row in cells[i:])])) for i in range(len(cells))]
    lines = [
        (" " if marks else "  ").join(
            [left.ljust(3), *(cell.rjust(size) for cell, size in zip(row, sizes, strict=False))]
        )
        for left, row in zip(["k\\i", *layers], [layers, *cells], strict=True)
    ]
    return [name, *(line.rstrip() for line in lines)]


def _cell(rank: int | None, exact: int | None, marks: bool) -> str:
    return f"{'-' if rank is None else rank}{'!' if rank != exact else ' ' * marks}"
