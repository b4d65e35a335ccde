"""All strata of an atlas in one Parquet file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from linnet_exact.arguments import as_path
from linnet_exact.atlas.reading.export_blocks import TRUTHS, ExportBlock, export_blocks
from linnet_exact.atlas.reading.reading import Atlas
from linnet_exact.atlas.reading.rows import COLUMNS
from linnet_exact.atlas.storage.parquet import require_pyarrow
from linnet_exact.unfinished import written_whole

if TYPE_CHECKING:
    import os

    from numpy.typing import NDArray

__all__ = ["export_parquet"]

_TEXTS = ("widths", "barcode", "rank_list")


def export_parquet(atlas: Atlas, path: str | os.PathLike[str]) -> None:
    """Write all strata of an atlas to one Parquet file, which appears only when it is complete.

    Widths, barcodes and rank lists are texts, ``2,3,2``, ``0-0:2,0-2`` and ``0~0:2,1~0:1``.

    Raises
    ------
    MissingExtraError
        If pyarrow is not installed.
    """
    path = as_path(path, "path")
    require_pyarrow()
    import pyarrow as pa
    from pyarrow import parquet

    def type_of(column: str) -> Any:
        if column in _TEXTS:
            return pa.string()
        return pa.bool_() if column in TRUTHS else pa.int64()

    schema = pa.schema([(column, type_of(column)) for column in COLUMNS])
    with (
        written_whole(path) as unfinished,
        parquet.ParquetWriter(unfinished, schema, compression="zstd") as writer,
    ):
        for block in export_blocks(atlas):
            table = pa.table(_columns(block), schema)
            writer.write_table(table)


def _columns(block: ExportBlock) -> dict[str, Any]:
    widths = [str(stored.fiber.network) for stored in block.fibers]
    ranks = np.array([stored.fiber.rank for stored in block.fibers])
    return {
        "widths": [widths[at] for at in block.fiber.tolist()],
        "rank": ranks[block.fiber],
        "barcode": block.barcodes(),
        "rank_list": block.rank_lists(),
        **{name: _known(name, column) for name, column in block.numbers.items()},
    }


def _known(name: str, column: NDArray[np.int64]) -> Any:
    import pyarrow as pa

    values = column.astype(bool) if name in TRUTHS else column
    return pa.array(values, mask=column < 0)
