"""All strata of an atlas in one Parquet file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from linnet_exact.atlas.reading.rows import COLUMNS, barcode_text
from linnet_exact.atlas.storage.parquet import require_pyarrow

__all__ = ["export_parquet"]

_ROWS_OF_A_GROUP = 1 << 16
_TEXTS = ("widths", "barcode", "rank_list")
_TRUTHS = ("singular", "maximal", "minimal")


def export_parquet(rows: Iterable[dict[str, Any]], path: Path) -> None:
    """Write rows of `all_rows` to one Parquet file, which appears only when it is complete.

    Widths, barcodes and rank lists are texts, ``2,3,2``, ``0-0:2,0-2`` and ``0~0:2,1~0:1``.

    Raises
    ------
    MissingExtraError
        If pyarrow is not installed.
    """
    require_pyarrow()
    import pyarrow as pa
    from pyarrow import parquet

    def type_of(column: str) -> Any:
        if column in _TEXTS:
            return pa.string()
        return pa.bool_() if column in _TRUTHS else pa.int64()

    schema = pa.schema([(column, type_of(column)) for column in COLUMNS])
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        with parquet.ParquetWriter(unfinished, schema, compression="zstd") as writer:
            for group in _groups(map(_with_texts, rows)):
                writer.write_table(pa.Table.from_pylist(group, schema))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _groups(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while group := list(islice(rows, _ROWS_OF_A_GROUP)):
        yield group


def _with_texts(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "widths": ",".join(map(str, row["widths"])),
        "barcode": barcode_text(row),
        "rank_list": ",".join(f"{key}:{rank}" for key, rank in row["rank_list"].items()),
    }
