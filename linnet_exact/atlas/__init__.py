"""Batch enumeration of small networks into a file that survives anything.

`plan` counts what there will be, `build` and `resume` do it unit by unit, and `open_atlas` reads.

In the order in which one would read it: `schema` and `units`, what there is to store; `planning`
and `tables`, which count it and find it; `location`, `lock` and `own_file`, the file; `store` and
`parts`, which read and write it; `building`; then `reading`, and what asks: `sql` and `query`,
`rows` and `exporting`, `completeness` and `checking`.
"""

from linnet_exact.atlas.building import Built, build, expected_bytes, resume
from linnet_exact.atlas.checking import EXHAUSTIVE, Check, check_atlas
from linnet_exact.atlas.exporting import export_parquet
from linnet_exact.atlas.planning import CONTENTS, STRATA_LIMIT, Box, Plan, plan
from linnet_exact.atlas.query import where
from linnet_exact.atlas.reading import Atlas, open_atlas
from linnet_exact.atlas.rows import COLUMNS, all_rows, barcode_text
from linnet_exact.atlas.sql import ask
from linnet_exact.atlas.summary import Status, status
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
