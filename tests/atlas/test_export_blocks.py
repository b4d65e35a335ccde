"""Exports in blocks against the same rows written one by one."""

import io

import pytest

from linnet_exact.atlas import (
    COLUMNS,
    Box,
    all_rows,
    barcode_text,
    build,
    export_blocks,
    open_atlas,
)
from linnet_exact.atlas.reading import export_blocks as module
from linnet_exact.cli.writers import write_csv, write_json_lines
from linnet_exact.errors import FileError


def written(opened):
    rows = list(all_rows(opened))
    lines, table = io.StringIO(), io.StringIO()
    write_json_lines(rows, COLUMNS, lines)
    write_csv([{**row, "barcode": barcode_text(row)} for row in rows], COLUMNS, table)
    return lines.getvalue(), table.getvalue()


@pytest.mark.parametrize("contents", [("strata",), ("strata", "invariants")])
@pytest.mark.parametrize(("rows", "parquet"), [(7, False), (1 << 14, True)])
def test_byte_for_byte(tmp_path, monkeypatch, contents, rows, parquet):
    monkeypatch.setattr(module, "_ROWS", rows)
    build(tmp_path / "x.atlas", Box(3, 2, contents=contents), parquet)
    with open_atlas(tmp_path / "x.atlas") as opened:
        blocks = list(export_blocks(opened))
        assert max(len(block.fiber) for block in blocks) < rows + 1000
        lines, table = written(opened)
    for style, expected in (("json", lines), ("csv", table.partition("\n")[2])):
        assert "".join(f"{line}\n" for block in blocks for line in block.lines(style)) == expected


def test_only_whole_atlases(tmp_path):
    build(tmp_path / "x.atlas", Box(2, 2), workers=lambda *_: (done for done in ()))
    with open_atlas(tmp_path / "x.atlas") as opened, pytest.raises(FileError, match="not complete"):
        export_blocks(opened)
