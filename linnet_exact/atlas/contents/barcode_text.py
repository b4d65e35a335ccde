"""Barcodes of many strata as text, such as ``0-0:2,0-2,1-1``.

A row of multiplicities is cut into pieces of a few bars; the text of each different piece is made
once, and a barcode is the texts of its pieces put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from linnet_exact.strata.values.interval import Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["barcode_texts"]

_PIECE_BYTES = 8


def barcode_texts(
    bars: Sequence[Interval],
    multiplicities: NDArray[np.unsignedinteger],
    ranks: NDArray[np.int64],
    depth: int,
) -> list[str]:
    """Return the text of each row of `multiplicities`.

    Parameters
    ----------
    bars
        The bars of the columns: all but [0, L], sorted.
    ranks
        The multiplicity of [0, L] in each row.

    Examples
    --------
    >>> import numpy as np
    >>> bars = [Interval(0, 0), Interval(1, 1)]
    >>> barcode_texts(bars, np.array([[2, 1], [0, 0]], dtype=np.uint8), np.array([0, 3]), 1)
    ['0-0:2,1-1', '0-1:3']
    """
    import numpy as np

    through = Interval(0, depth)
    place = sum(bar < through for bar in bars)
    cell = np.result_type(multiplicities.dtype, np.min_scalar_type(ranks.max()))
    rows = np.insert(multiplicities.astype(cell, copy=False), place, ranks, axis=1)
    names = tuple(map(str, (*bars[:place], through, *bars[place:])))
    per_piece = _PIECE_BYTES // cell.itemsize
    pieces = []
    for first in range(0, len(names), per_piece):
        codes = np.zeros((len(rows), per_piece), dtype=cell)
        piece = rows[:, first : first + per_piece]
        codes[:, : piece.shape[1]] = piece
        different, at = np.unique(codes.view(np.uint64)[:, 0], return_inverse=True)
        piece_names = names[first : first + per_piece]
        texts = [
            _piece_text(piece_names, tuple(counts))
            for counts in different[:, None].view(cell).tolist()
        ]
        pieces.append(np.array(texts, dtype=object)[at].tolist())
    return ["".join(row)[:-1] for row in zip(*pieces, strict=True)]


@lru_cache(maxsize=1 << 16)
def _piece_text(names: tuple[str, ...], counts: tuple[Any, ...]) -> str:
    """Return a piece of a barcode, with a comma after each bar."""
    return "".join(
        f"{name}," if count == 1 else f"{name}:{count},"
        for name, count in zip(names, counts, strict=False)
        if count
    )
