"""`strata` in every format."""

import csv
import io
import json

import pytest

from linnet_exact import Network
from linnet_exact.cli.main import main

KEYS = {
    "barcode",
    "rank_list",
    "dimension",
    "codimension",
    "tangent_dimension_of_fiber",
    "local_fiber_dimension",
    "singular",
    "real_components",
    "maximal",
    "minimal",
}


def test_json_and_jsonl_are_the_strata(capsys) -> None:
    expected = [stratum.to_jsonable() for stratum in Network(2, 3, 2).fiber(1).strata()]
    assert main(["strata", "2,3,2", "--rank", "1", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == expected
    assert main(["strata", "2,3,2", "--rank", "1", "--format", "jsonl"]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == expected
    assert all(set(row) >= KEYS for row in expected)


def test_csv(capsys) -> None:
    assert main(["strata", "1,1,1", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["barcode"] for row in rows] == ["0-0,1-1,2-2", "0-0,1-2", "0-1,2-2"]
    assert [row["dimension"] for row in rows] == ["0", "1", "1"]


def test_table_has_barcodes_as_they_are_typed(capsys) -> None:
    assert main(["strata", "2,2", "--rank", "1", "--format", "table"]) == 0
    heading, line = capsys.readouterr().out.splitlines()
    assert heading.startswith("barcode ")
    assert line.split()[0] == "0-0,0-1,1-1"


def test_above_the_list_limit(capsys) -> None:
    assert main(["strata", "2^4", "--list-limit", "26"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "27 strata" in err


def test_degrees(capsys) -> None:
    assert main(["strata", "2,2,2", "--degrees", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["degree"] for row in rows] == [1, 2, 1, 2, 4, 1]
    assert main(["strata", "2,2,2", "--degrees", "--format", "csv"]) == 0
    assert "degree" in capsys.readouterr().out.partition("\n")[0]


@pytest.mark.parametrize("style", ["json", "jsonl", "csv", "table"])
def test_degrees_out_of_reach_are_null(style: str, monkeypatch, capsys) -> None:
    monkeypatch.setattr("linnet_exact.strata.formulas.degree.WORK_LIMIT", 300)
    assert main(["strata", "2,2,2", "--degrees", "--format", style]) == 0
    out, err = capsys.readouterr()
    if style in ("json", "jsonl"):
        text = out if style == "json" else f"[{','.join(out.splitlines())}]"
        degrees = [row["degree"] for row in json.loads(text)]
        assert degrees == [1, None, 1, None, None, 1]
    else:
        separator, nothing = (",", "") if style == "csv" else (None, "-")
        cells = [line.split(separator)[-1] for line in out.splitlines()[1:]]
        assert cells == ["1", nothing, "1", nothing, nothing, "1"]
    assert err.count("\n") == 1
    assert "3 of 6 degrees are out of reach; the degree of the closure of 0-0:2,1-1,1-2,2-2" in err


@pytest.mark.parametrize("command", ["strata", "dag", "count"])
def test_strata_that_cannot_even_be_counted_are_refused_in_one_line(command: str, capsys) -> None:
    assert main([command, "30^12"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "counting these strata would need" in err
    assert ("even counting them" in err) == (command != "count")


@pytest.mark.parametrize("arguments", [("2,3,2", 1), ("1,1", 0), ("3^4", 0), ("70,70,70", 69)])
def test_tables_from_columns_are_those_of_rows(capsys, arguments):
    import io

    from linnet_exact.cli.commands.strata import _IN_TABLE
    from linnet_exact.cli.writers import write_table
    from linnet_exact.strata import Barcode

    widths, rank = arguments
    rows = Network.parse(widths).fiber(rank).rows()
    typed = ({**row, "barcode": Barcode.from_jsonable(row["barcode"])} for row in rows)
    expected = io.StringIO()
    write_table(({key: row[key] for key in _IN_TABLE} for row in typed), _IN_TABLE, expected)
    assert main(["strata", widths, "--rank", str(rank), "--format", "table"]) == 0
    assert capsys.readouterr().out == expected.getvalue()
