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


def written(opened):
    rows = list(all_rows(opened))
    lines, table = io.StringIO(), io.StringIO()
    write_json_lines(rows, COLUMNS, lines)
    write_csv([{**row, "barcode": barcode_text(row)} for row in rows], COLUMNS, table)
    return lines.getvalue(), table.getvalue()


@pytest.mark.parametrize("contents", [("strata",), ("strata", "invariants")])
@pytest.mark.parametrize("rows", [1, 7, 1 << 14])
def test_byte_for_byte(tmp_path, monkeypatch, contents, rows):
    monkeypatch.setattr(module, "_ROWS", rows)
    build(tmp_path / "x.atlas", Box(3, 2, contents=contents))
    with open_atlas(tmp_path / "x.atlas") as opened:
        blocks = list(export_blocks(opened))
        assert max(len(block.fiber) for block in blocks) < rows + 1000
        lines, table = written(opened)
    for style, expected in (("json", lines), ("csv", table.partition("\n")[2])):
        assert "".join(f"{line}\n" for block in blocks for line in block.lines(style)) == expected


@pytest.mark.parametrize("barcode", ["0-9", "0-0:x", "0-0:", "", "0-0:²", "0-0,,1-1"])
def test_barcodes_that_make_no_sense(barcode):
    from linnet_exact.atlas.reading.reading import StoredFiber, StoredStratum
    from linnet_exact.strata import Network

    fiber = StoredFiber(1, Network(1, 1).fiber(), 1, 0, 1)
    with pytest.raises(ValueError, match="where a bar should be"):
        module.block_of([(fiber, [StoredStratum(0, barcode, 0, 0, 0, 1, True)])])
