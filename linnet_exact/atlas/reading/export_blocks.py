"""The rows of an export in blocks of thousands, as columns of numbers and as texts.

Many small fibers of one depth share a block. The texts are those of `all_rows`, byte for byte, but
each combination of a few numbers is written only once for a block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from linnet_exact.atlas.reading.reading import Atlas, StoredFiber, StoredStratum
from linnet_exact.strata import Interval
from linnet_exact.strata.listing.text import joined_texts, member_text, number_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["TRUTHS", "ExportBlock", "block_of", "export_blocks"]

_ROWS = 1 << 14

Stored = tuple[StoredFiber, list[StoredStratum]]


class ExportBlock(NamedTuple):
    """Strata of fibers of one depth, a row for each stratum.

    `fiber` is the place in `fibers` that each row belongs to. `multiplicities` and `ranks` have a
    column for each of `bars`, and for each r_k~i with its key in `rank_keys`. In `numbers` are the
    columns after the rank list; there −1 stands for what is not known.
    """

    fibers: list[StoredFiber]
    fiber: NDArray[np.int64]
    bars: list[str]
    multiplicities: NDArray[np.int64]
    rank_keys: list[str]
    ranks: NDArray[np.int64]
    numbers: dict[str, NDArray[np.int64]]

    def barcodes(self, style: str) -> list[str]:
        """Return the barcodes: ``"json"`` for the members of an object, ``"csv"`` for `0-0:2,0-1`.

        Examples
        --------
        >>> from linnet_exact.strata import Network
        >>> fiber = StoredFiber(5, Network(2, 1, 1).fiber(), 3, 0, stored_as=4)
        >>> block = block_of([(fiber, [StoredStratum(1, "0-0,1-2,2-2", 2, 2, 2, 2, True)])])
        >>> block.barcodes("csv"), block.rank_lists("csv")
        (['0-0,0-1,2-2'], ['0~0:2,1~0:1,1~1:1,2~0:0,2~1:0,2~2:1'])
        """
        separator = _separator(style)

        def entry(column: int, number: int) -> str:
            if number == 0:
                return ""
            if style == "csv" and number == 1:
                return separator + self.bars[column]
            return separator + member_text(self.bars[column], number, style)

        texts = joined_texts(list(self.multiplicities.T), entry)
        return [text[len(separator) :] for text in texts]

    def rank_lists(self, style: str) -> list[str]:
        """Return the rank lists in the same styles."""
        separator = _separator(style)

        def entry(column: int, number: int) -> str:
            before = separator if column else ""
            return before + member_text(self.rank_keys[column], number, style)

        return joined_texts(list(self.ranks.T), entry)

    def lines(self, style: str) -> list[str]:
        """Return the rows as JSON objects, or as lines of CSV."""
        rows = zip(
            self.fiber.tolist(),
            self.barcodes(style),
            self.rank_lists(style),
            self._number_texts(style),
            strict=True,
        )
        if style == "json":
            heads = [
                f'{{"widths": {list(fiber.network.widths)}, "rank": {fiber.rank}, "barcode": {{'
                for fiber in (stored.fiber for stored in self.fibers)
            ]
            return [
                f'{heads[at]}{bars}}}, "rank_list": {{{ranks}}}, {numbers}}}'
                for at, bars, ranks, numbers in rows
            ]
        heads = [f'"{stored.fiber.network}",{stored.fiber.rank},' for stored in self.fibers]
        return [
            f'{heads[at]}"{bars}","{ranks}",{numbers}'
            if "," in bars
            else f'{heads[at]}{bars},"{ranks}",{numbers}'
            for at, bars, ranks, numbers in rows
        ]

    def _number_texts(self, style: str) -> list[str]:
        names, separator = list(self.numbers), _separator(style)

        def entry(column: int, number: int) -> str:
            text = _value_text(names[column], number - 1, style)
            if style == "json":
                text = f'"{names[column]}": {text}'
            return (separator if column else "") + text

        return joined_texts([column + 1 for column in self.numbers.values()], entry)


TRUTHS = ("singular", "maximal", "minimal")


def export_blocks(atlas: Atlas) -> Iterator[ExportBlock]:
    """Yield all strata of all fibers of the box, in the order of `all_rows`."""
    waiting: list[Stored] = []
    number, depth = 0, 0
    for fiber in atlas.fibers():
        atlas.derivation.require_strata(fiber.stored_as)
        here = fiber.fiber.network.depth
        if waiting and here != depth:
            yield _read(atlas, waiting)
            waiting, number = [], 0
        depth = here
        for first in range(0, fiber.strata, _ROWS):
            count = min(_ROWS, fiber.strata - first)
            waiting.append((fiber, list(atlas.strata(fiber.first_stratum + first, count))))
            number += count
            if number >= _ROWS:
                yield _read(atlas, waiting)
                waiting, number = [], 0
    if waiting:
        yield _read(atlas, waiting)


def _read(atlas: Atlas, stored: Sequence[Stored]) -> ExportBlock:
    with atlas.damage():
        return block_of(stored)


def block_of(stored: Sequence[Stored]) -> ExportBlock:
    """Return a block with stored strata of fibers of one depth.

    Raises
    ------
    ValueError
        If a barcode makes no sense.
    """
    depth = stored[0][0].fiber.network.depth
    bars = [Interval(i, k) for i in range(depth + 1) for k in range(i, depth + 1)]
    keys = [(k, i) for k in range(depth + 1) for i in range(k + 1)]
    lengths = [len(strata) for _, strata in stored]
    fiber = np.repeat(np.arange(len(stored)), lengths)
    strata = [stratum for _, part in stored for stratum in part]
    multiplicities = _multiplicities([stratum.barcode for stratum in strata], bars)
    turned = [bars.index(Interval(depth - bar.end, depth - bar.start)) for bar in bars]
    mirrored = np.repeat([one.mirrored for one, _ in stored], lengths)
    multiplicities[mirrored] = multiplicities[mirrored][:, turned]
    alive = [[bar.start <= i and bar.end >= k for k, i in keys] for bar in bars]
    return ExportBlock(
        [one for one, _ in stored],
        fiber,
        [str(bar) for bar in bars],
        multiplicities,
        [f"{k}~{i}" for k, i in keys],
        multiplicities @ np.array(alive, dtype=np.int64),
        _numbers(stored, lengths, strata),
    )


def _multiplicities(barcodes: Sequence[str], bars: Sequence[Interval]) -> NDArray[np.int64]:
    places = {str(bar): at for at, bar in enumerate(bars)}
    texts = ",".join(barcodes).split(",")
    different = {text: code for code, text in enumerate(dict.fromkeys(texts))}
    pairs = np.array([_place_and_count(text, places) for text in different], dtype=np.int64)
    codes = np.fromiter(map(different.__getitem__, texts), dtype=np.int64, count=len(texts))
    lengths = [barcode.count(",") + 1 for barcode in barcodes]
    table = np.zeros((len(barcodes), len(bars)), dtype=np.int64)
    table[np.repeat(np.arange(len(barcodes)), lengths), pairs[codes, 0]] = pairs[codes, 1]
    return table


def _place_and_count(text: str, places: dict[str, int]) -> tuple[int, int]:
    bar, colon, count = text.partition(":")
    if bar not in places or (colon and not (count.isascii() and count.isdecimal())):
        raise ValueError(f"{text[:40]!r} where a bar should be")
    return places[bar], int(count) if colon else 1


def _numbers(
    stored: Sequence[Stored], lengths: Sequence[int], strata: Sequence[StoredStratum]
) -> dict[str, NDArray[np.int64]]:
    columns = list(zip(*strata, strict=True))
    number, dimension, tangent, local, real, maximal = (
        _column(columns[at]) for at in (0, 2, 3, 4, 5, 6)
    )
    weight_dimension = [fiber.fiber.network.weight_dimension for fiber, _ in stored]
    first = [fiber.first_stratum for fiber, _ in stored]
    unknown = (tangent < 0) | (local < 0)
    return {
        "dimension": dimension,
        "codimension": np.repeat(np.array(weight_dimension, dtype=np.int64), lengths) - dimension,
        "tangent_dimension_of_fiber": tangent,
        "local_fiber_dimension": local,
        "singular": np.where(unknown, -1, tangent > local),
        "real_components": real,
        "maximal": np.minimum(maximal, 1),
        "minimal": (number == np.repeat(np.array(first, dtype=np.int64), lengths)).astype(np.int64),
    }


def _column(values: Sequence[Any]) -> NDArray[np.int64]:
    return np.array([-1 if value is None else value for value in values], dtype=np.int64)


def _value_text(name: str, number: int, style: str) -> str:
    if number < 0:
        return "null" if style == "json" else ""
    if name in TRUTHS:
        return "true" if number else "false"
    return number_text(number, style)


def _separator(style: str) -> str:
    return ", " if style == "json" else ","
