"""The rows of an export in blocks of thousands, as columns of numbers and as texts.

What is stored is compared with what is derived anew, as always; then the columns of the latter are
at hand, and no stored text needs to be read twice. Many small fibers of one depth share a block.
The texts are those of `all_rows`, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from linnet_exact.atlas.reading.reading import Atlas, StoredFiber
from linnet_exact.strata import Interval
from linnet_exact.strata.listing.listing import Listing
from linnet_exact.strata.listing.look_up import (
    Part,
    bar_parts,
    joined_texts,
    member_text,
    number_text,
)
from linnet_exact.strata.listing.table import Columns, stratum_columns
from linnet_exact.strata.listing.text import line_parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["TRUTHS", "ExportBlock", "export_blocks"]

_ROWS = 1 << 14


class ExportBlock(NamedTuple):
    """Strata of fibers of one depth, a row for each stratum.

    `fiber` is the place in `fibers` that each row belongs to. `multiplicities` and `ranks` have a
    column for each of `bars`, and for each r_k~i with its key in `rank_keys`. In `numbers` are the
    columns after the rank list; there −1 stands for what is not known.
    """

    fibers: Sequence[StoredFiber]
    fiber: NDArray[np.int64]
    bars: list[str]
    multiplicities: NDArray[np.int64]
    rank_keys: list[str]
    ranks: NDArray[np.int64]
    numbers: dict[str, NDArray[np.int64]]

    def barcodes(self) -> list[str]:
        """Return the barcodes, such as `0-0:2,0-1`.

        Examples
        --------
        >>> from linnet_exact.strata import Network
        >>> fiber = StoredFiber(5, Network(2, 1, 1).fiber(), 3, 0, stored_as=4)
        >>> (block,) = blocks_of([fiber], with_invariants=True)
        >>> block.barcodes()[1], block.rank_lists()[1]
        ('0-0,0-1,2-2', '0~0:2,1~0:1,1~1:1,2~0:0,2~1:0,2~2:1')
        """
        return joined_texts(bar_parts(self.bars, list(self.multiplicities.T), "csv"))

    def rank_lists(self) -> list[str]:
        """Return the rank lists, such as `0~0:2,1~0:1,1~1:1`."""
        return joined_texts(self._rank_parts("csv"))

    def lines(self, style: str) -> list[str]:
        """Return the rows as JSON objects, or as lines of CSV, by the style ``json`` or ``csv``."""
        heads = [_head(stored, style) for stored in self.fibers]
        counts = list(self.multiplicities.T)
        ranks, numbers = self._rank_parts(style), self._number_parts(style)
        lines = line_parts(self.bars, counts, ranks, numbers, style)
        return joined_texts([(self.fiber, heads.__getitem__), *lines])

    def _rank_parts(self, style: str) -> list[Part]:
        separator = ", " if style == "json" else ","
        parts: list[Part] = []
        for key, column in zip(self.rank_keys, self.ranks.T, strict=True):
            before = separator if parts else ""
            parts.append(before + member_text(key, None, style))
            parts.append((column, partial(number_text, style=style)))
        return parts

    def _number_parts(self, style: str) -> list[Part]:
        separator = ", " if style == "json" else ","
        parts: list[Part] = []
        for name, column in self.numbers.items():
            before = separator if parts else ""
            parts.append(before + (f'"{name}": ' if style == "json" else ""))
            parts.append((column + 1, partial(_value_text, name, style)))
        return parts


TRUTHS = ("singular", "maximal", "minimal")


def _head(stored: StoredFiber, style: str) -> str:
    network, rank = stored.fiber.network, stored.fiber.rank
    if style == "json":
        return f'{{"widths": {list(network.widths)}, "rank": {rank}, '
    return f'"{network}",{rank},'


def _value_text(name: str, style: str, one_more: int) -> str:
    if one_more == 0:
        return "null" if style == "json" else ""
    if name in TRUTHS:
        return "true" if one_more > 1 else "false"
    return number_text(one_more - 1, style)


def export_blocks(atlas: Atlas) -> Iterator[ExportBlock]:
    """Return all strata of all fibers of the box, in the order of `all_rows`.

    Raises
    ------
    FileError
        If the atlas is not complete; on the way, if it is damaged.
    """
    atlas.require_complete()
    with_invariants = "invariants" in atlas.contents
    return (block for fibers in _compared(atlas) for block in blocks_of(fibers, with_invariants))


def _compared(atlas: Atlas) -> Iterator[list[StoredFiber]]:
    """Yield the fibers in runs of one depth, each once what is stored of it has been compared."""
    run: list[StoredFiber] = []
    number = 0
    for fiber in atlas.fibers():
        atlas.derivation.require_strata(fiber.stored_as)
        another_depth = run and run[0].fiber.network.depth != fiber.fiber.network.depth
        if another_depth or number + fiber.strata > _ROWS:
            yield from [run] if run else []
            run, number = [], 0
        run.append(fiber)
        number += fiber.strata
    yield from [run] if run else []


def blocks_of(fibers: Sequence[StoredFiber], with_invariants: bool) -> Iterator[ExportBlock]:
    """Yield the strata of fibers of one depth, as an atlas with or without invariants has them."""
    listed = [
        fiber.fiber.network.reversed().fiber(fiber.fiber.rank) if fiber.mirrored else fiber.fiber
        for fiber in fibers
    ]
    listing = Listing([fiber.excess for fiber in listed])
    for columns in stratum_columns(listing):
        yield _block(fibers, listing, columns, with_invariants)


def _block(
    fibers: Sequence[StoredFiber], listing: Listing, columns: Columns, with_invariants: bool
) -> ExportBlock:
    depth = listing.depth
    bars = [Interval(i, k) for i in range(depth + 1) for k in range(i, depth + 1)]
    keys = [(k, i) for k in range(depth + 1) for i in range(k + 1)]
    place = {bar: at for at, bar in enumerate(bars)}
    multiplicities = np.zeros((len(columns.fiber), len(bars)), dtype=np.int64)
    multiplicities[:, [place[bar] for bar in listing.bars]] = columns.multiplicities
    ranks = np.array([stored.fiber.rank for stored in fibers], dtype=np.int64)
    multiplicities[:, place[Interval(0, depth)]] = ranks[columns.fiber]
    turned = [place[Interval(depth - bar.end, depth - bar.start)] for bar in bars]
    mirrored = np.array([stored.mirrored for stored in fibers])[columns.fiber]
    multiplicities[mirrored] = multiplicities[mirrored][:, turned]
    alive = [[bar.start <= i and bar.end >= k for k, i in keys] for bar in bars]
    return ExportBlock(
        fibers,
        columns.fiber,
        [str(bar) for bar in bars],
        multiplicities,
        [f"{k}~{i}" for k, i in keys],
        multiplicities @ np.array(alive, dtype=np.int64),
        _numbers(fibers, columns, with_invariants),
    )


def _numbers(
    fibers: Iterable[StoredFiber], columns: Columns, with_invariants: bool
) -> dict[str, NDArray[np.int64]]:
    weight_dimension = np.array([stored.fiber.network.weight_dimension for stored in fibers])
    unknown = np.full(len(columns.fiber), -1)

    def known(column: NDArray[np.integer] | NDArray[np.bool_]) -> NDArray[np.int64]:
        return column.astype(np.int64) if with_invariants else unknown

    return {
        "dimension": columns.dimension,
        "codimension": weight_dimension[columns.fiber] - columns.dimension,
        "tangent_dimension_of_fiber": known(columns.tangent_dimension),
        "local_fiber_dimension": known(columns.local_fiber_dimension),
        "singular": known(columns.singular),
        "real_components": known(np.left_shift(1, columns.real_component_exponent)),
        "maximal": known(columns.maximal),
        "minimal": columns.minimal.astype(np.int64),
    }
