"""Batch enumeration of small networks into a file that survives anything.

`plan` counts what there will be, `build` and `resume` do it unit by unit, and `open_atlas` reads.

In the order in which one would read it: the rooms `contents`, `storage` and `reading`; then `done`
and `building`.
"""

from linnet_exact.atlas.building import Built, build, expected_bytes, resume
from linnet_exact.atlas.contents.planning import CONTENTS, STRATA_LIMIT, Box, Plan, plan
from linnet_exact.atlas.reading.checking import EXHAUSTIVE, Check, check_atlas
from linnet_exact.atlas.reading.export_blocks import export_blocks
from linnet_exact.atlas.reading.exporting import export_parquet
from linnet_exact.atlas.reading.opening import open_atlas
from linnet_exact.atlas.reading.query import where
from linnet_exact.atlas.reading.reading import Atlas
from linnet_exact.atlas.reading.rows import COLUMNS, all_rows, barcode_text
from linnet_exact.atlas.reading.sql import ask
from linnet_exact.atlas.reading.summary import Status, status
from linnet_exact.workers import Workers, here, in_processes, on_dask

__all__ = [
    "COLUMNS",
    "CONTENTS",
    "EXHAUSTIVE",
    "STRATA_LIMIT",
    "Atlas",
    "Box",
    "Built",
    "Check",
    "Plan",
    "Status",
    "Workers",
    "all_rows",
    "ask",
    "barcode_text",
    "build",
    "check_atlas",
    "expected_bytes",
    "export_blocks",
    "export_parquet",
    "here",
    "in_processes",
    "on_dask",
    "open_atlas",
    "plan",
    "resume",
    "status",
    "where",
]
