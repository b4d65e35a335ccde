"""An atlas as a data set of Parquet files: a part for each unit and table, written by the workers.

``strata/depth=4/unit-00000012.parquet`` has the strata of unit 12, whose networks have depth 4, and
likewise ``edges``; ``invariants`` and ``claims`` are not partitioned. A part appears under its name
only when it is complete, and a unit that is done again writes the same parts.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from linnet_exact.atlas.contents.planning import PlannedFiber
from linnet_exact.atlas.contents.tables import COLUMNS_OF, UnitTables
from linnet_exact.atlas.contents.units import Unit
from linnet_exact.errors import missing_extra
from linnet_exact.strata.values.label import Label
from linnet_exact.unfinished import written_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "FIBERS",
    "fiber_columns",
    "part_path",
    "part_tables",
    "require_pyarrow",
    "write_fibers",
    "write_parts",
]

FIBERS = Path("fibers", "fibers.parquet")


def require_pyarrow() -> None:
    """Raise `MissingExtraError` if there is no pyarrow."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise missing_extra("Parquet needs pyarrow", "files") from error


def part_path(folder: Path, table: str, unit: int, depth: int) -> Path:
    """Return where the part of a unit is.

    Examples
    --------
    >>> part_path(Path("atlas"), "strata", 12, 2).as_posix()
    'atlas/strata/depth=2/unit-00000012.parquet'
    """
    place = folder / table
    if table in ("strata", "edges"):
        place /= f"depth={depth}"
    return place / f"unit-{unit:08}.parquet"


def write_parts(folder: Path, unit: Unit, tables: UnitTables) -> None:
    """Write what a unit found, each table to a part of its own."""
    depth = tables.fibers[0].network.depth
    for name, part in part_tables(tables).items():
        _write(part, part_path(folder, name, unit.number, depth))


def part_tables(tables: UnitTables) -> dict[str, Any]:
    """Return what a unit found as a table of pyarrow for each part."""
    import pyarrow as pa

    parts: dict[str, Any] = {}
    if tables.strata is not None:
        parts["strata"] = _strata(tables)
    if tables.edges is not None:
        parts["edges"] = pa.table(dict(zip(COLUMNS_OF["edges"], tables.edges, strict=True)))
    for name, rows in (("invariants", tables.invariants), ("claims", tables.claims)):
        if rows:
            found = zip(COLUMNS_OF[name], zip(*rows, strict=True), strict=True)
            types = {"witness": pa.string()}
            parts[name] = pa.table({key: pa.array(each, types.get(key)) for key, each in found})
    return parts


def write_fibers(folder: Path, fibers: Iterable[PlannedFiber]) -> None:
    """Write the list of all fibers of the box."""
    import pyarrow as pa

    _write(pa.table(fiber_columns(fibers)), folder / FIBERS)


def fiber_columns(fibers: Iterable[PlannedFiber]) -> dict[str, Any]:
    """Return the columns of the list of all fibers."""
    import pyarrow as pa

    rows = list(fibers)
    return {
        "fiber": [fiber.number for fiber in rows],
        "widths": [str(fiber.network) for fiber in rows],
        "rank": [fiber.rank for fiber in rows],
        "strata": [fiber.strata for fiber in rows],
        "same_as": pa.array([fiber.same_as for fiber in rows], pa.int64()),
        "first_stratum": pa.array([fiber.first_stratum for fiber in rows], pa.int64()),
        "multiplicity": pa.array([fiber.multiplicity for fiber in rows], pa.int8()),
        "label": [str(Label(fiber.network, fiber.rank)) for fiber in rows],
    }


def _strata(tables: UnitTables) -> Any:
    import numpy as np
    import pyarrow as pa

    strata = tables.strata
    assert strata is not None

    def of_fibers(values: Sequence[int]) -> Any:
        return np.array(values, dtype=np.int64)[strata.fiber]

    networks = [fiber.network for fiber in tables.fibers]
    last = strata.first + len(strata.barcode)
    number = np.arange(strata.first, last)
    columns = {
        "id": number,
        "fiber": of_fibers([work.number for work in tables.work]),
        "widths": pa.DictionaryArray.from_arrays(
            strata.fiber.astype(np.int32), pa.array(list(map(str, networks)))
        ),
        "rank": of_fibers([fiber.rank for fiber in tables.fibers]),
        "barcode": pa.array(strata.barcode, pa.string()),
        "dimension": strata.dimension,
        "codimension": of_fibers([network.weight_dimension for network in networks])
        - strata.dimension,
        "multiplicity": of_fibers(
            [1 if network == network.reversed() else 2 for network in networks]
        ).astype(np.int8),
    }
    if (known := strata.invariants) is not None:
        columns |= {
            "tangent_dimension_of_fiber": known.tangent_dimension,
            "local_fiber_dimension": known.local_dimension,
            "singular": known.tangent_dimension > known.local_dimension,
            "real_components": known.real_components,
            "maximal": known.maximal,
            "minimal": number == of_fibers([work.first_stratum for work in tables.work]),
        }
    return pa.table(columns)


def _write(table: Any, path: Path) -> None:
    from pyarrow import parquet

    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as unfinished:
        parquet.write_table(table, unfinished, compression="zstd")
