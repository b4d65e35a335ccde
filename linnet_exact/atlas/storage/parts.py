"""Reading the parts of a Parquet data set, which may be damaged in every way a file can."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from linnet_exact.atlas.contents.planning import PlannedFiber
from linnet_exact.atlas.contents.tables import COLUMNS_OF
from linnet_exact.atlas.storage.parquet import FIBERS, fiber_columns, require_pyarrow
from linnet_exact.errors import FileError

__all__ = [
    "columns_of_part",
    "number_of_rows",
    "require_fibers",
    "require_part",
    "rows_in_part",
    "rows_of_part",
    "state_of",
]

_NEVER_LEFT_OUT = ("id", "barcode", "dimension")


def columns_of_part(path: Path, names: Sequence[str], all_of_them: bool) -> list[list[Any]]:
    """Return columns of a part with strata; without `all_of_them`, those of invariants are None.

    Raises
    ------
    FileError
        If the part is missing, or cannot be read, or lacks a column.
    """
    table = _read(path)
    present = set(table.column_names)
    _require(path, present, names if all_of_them else _NEVER_LEFT_OUT)
    nothing: list[Any] = [None] * len(table)
    return [table[name].to_pylist() if name in present else nothing for name in names]


def rows_of_part(path: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a part of another table.

    Raises
    ------
    FileError
        If the part is missing, or cannot be read, or lacks a column.
    """
    return _rows_of_part(path, table, state_of(path))


def state_of(path: Path) -> tuple[int, int]:
    """Return what changes when a file does: what was read of it before is then forgotten."""
    if not path.is_file():
        raise FileError(f"{path}: missing; build the atlas anew, or take it from a copy")
    found = path.stat()
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=8)
def _rows_of_part(path: Path, table: str, _: tuple[int, int]) -> list[dict[str, Any]]:
    found = _read(path)
    _require(path, set(found.column_names), COLUMNS_OF[table])
    rows: list[dict[str, Any]] = found.to_pylist()
    return rows


def number_of_rows(folder: Path) -> int:
    """Return how many rows all parts below `folder` have, 0 if it is not there."""
    return sum(len(_read(path)) for path in sorted(folder.rglob("unit-*.parquet")))


def require_fibers(folder: Path, fibers: Sequence[PlannedFiber], version: int) -> None:
    """Check the list of fibers against the plan; files of version 1 have fewer columns.

    Raises
    ------
    FileError
        If it is missing, or not as planned.
    """
    import pyarrow as pa

    path = folder / FIBERS
    stored = _read(path)
    for name, column in fiber_columns(fibers).items():
        known = name in stored.column_names
        if version == 1 and name in ("multiplicity", "label"):
            continue
        expected = pa.array(column).to_pylist()
        if not known or stored[name].to_pylist() != expected:
            raise FileError(f"{path}: damaged: not the fibers of the box, see its column {name}")


def require_part(path: Path, derived: Any, version: int) -> None:
    """Check a part against the same one derived anew.

    Raises
    ------
    FileError
        If it is missing, or has other columns or rows.
    """
    stored = _read(path)
    for name in derived.column_names:
        if version == 1 and name == "multiplicity" and name not in stored.column_names:
            continue
        _require(path, set(stored.column_names), (name,))
        if not _says_the_same(stored[name], derived[name]):
            raise FileError(f"{path}: damaged: not what is derived anew, see its column {name}")


def _says_the_same(stored: Any, derived: Any) -> bool:
    if stored.type == derived.type:
        plain = stored, derived
        if hasattr(stored.type, "value_type"):  # a dictionary, whose order says nothing
            plain = stored.cast(stored.type.value_type), derived.cast(derived.type.value_type)
        if plain[0].equals(plain[1]):
            return True
    return repr(stored.to_pylist()) == repr(derived.to_pylist())


def rows_in_part(path: Path) -> int:
    """Return how many rows a part has, 0 if it is not there."""
    return len(_read(path)) if path.is_file() else 0


def _require(path: Path, present: set[str], wanted: Sequence[str]) -> None:
    if missing := [name for name in wanted if name not in present]:
        raise FileError(f"{path}: damaged: it has no column {', '.join(missing)}")


def _read(path: Path) -> Any:
    require_pyarrow()
    import pyarrow as pa
    from pyarrow import parquet

    state_of(path)
    try:
        table = parquet.ParquetFile(path).read()
        table.validate(full=True)
    except (OSError, ValueError, TypeError, MemoryError, OverflowError, pa.ArrowException) as error:
        reason = " ".join(str(error).split())[:200]
        raise FileError(f"{path}: damaged: {reason}") from error
    return table
