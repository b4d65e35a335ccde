"""Formats and files: what a command prints, and that files appear only when they are complete."""

import csv
import io
import itertools
import json
import os
import stat
from fractions import Fraction
from pathlib import Path

import click
import pytest

from linnet_exact.cli import errors, options
from linnet_exact.cli.output import Output
from linnet_exact.cli.writers import WRITERS
from linnet_exact.strata.values.json_integers import jsonable

ROWS = [
    {"name": "a", "widths": (2, 3, 2), "barcode": {"0-0": 2, "0-2": 1}, "points": 2**60},
    {"name": 'b,"c"', "widths": (1, 1), "barcode": {}, "points": 0},
]


def text_of(format: str, rows, columns=None) -> str:
    stream = io.StringIO()
    WRITERS[format](rows, columns, stream)
    return stream.getvalue()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_json_and_json_lines_read_back(count):
    expected = jsonable(ROWS[:count])
    assert json.loads(text_of("json", iter(ROWS[:count]))) == expected
    lines = text_of("jsonl", iter(ROWS[:count])).splitlines()
    assert [json.loads(line) for line in lines] == expected


def test_json_keeps_the_order_of_keys():
    assert text_of("jsonl", [{"b": 1, "a": 2}]) == '{"b": 1, "a": 2}\n'


def test_csv_reads_back():
    heading, first, second = csv.reader(io.StringIO(text_of("csv", ROWS)))
    assert heading == ["name", "widths", "barcode", "points"]
    assert first == ["a", "2,3,2", "0-0:2,0-2:1", str(2**60)]
    assert second == ['b,"c"', "1,1", "", "0"]


def test_table_aligns_numbers_to_the_right():
    rows = [{"claim": "x", "checked": 5, "ok": True}, {"claim": "long", "checked": 10, "ok": None}]
    assert text_of("table", rows) == (
        "claim  checked  ok\n"
        "x            5  true\n"
        "long        10  -\n"
    )  # fmt: skip


def test_long_table_widens_without_losing_rows():
    rows = ({"n": 10**200 if k > 1500 else k} for k in range(1600))
    lines = text_of("table", rows).splitlines()
    assert len(lines) == 1601
    assert [int(line) for line in lines[1:1502]] == list(range(1501))


@pytest.mark.parametrize(
    ("format", "expected"), [("table", "a  b\n"), ("csv", "a,b\n"), ("json", "[]\n"), ("jsonl", "")]
)
def test_no_rows(format, expected):
    assert text_of(format, [], ["a", "b"]) == expected
    assert text_of(format, []) == ("[]\n" if format == "json" else "")


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "table"])
def test_rows_are_written_as_they_come(format):
    """After some thousands of rows, something has been written, though the rows never end."""

    class Written(Exception):
        pass

    class Stream(io.StringIO):
        def write(self, text: str) -> int:
            if "123" in text:
                raise Written
            return len(text)

    with pytest.raises(Written):
        WRITERS[format](({"n": n} for n in itertools.count()), None, Stream())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2**53 - 1, 2**53 - 1),
        (2**53, str(2**53)),
        (-(2**53), str(-(2**53))),
        (True, True),
        (None, None),
        (0.5, 0.5),
        (Fraction(-3, 2), "-3/2"),
        ({(0, 1): [Fraction(1, 3)]}, {"(0, 1)": ["1/3"]}),
    ],
)
def test_numbers_that_json_readers_would_round_become_text(value, expected):
    assert jsonable(value) == expected
    assert type(jsonable(value)) is type(expected)


def test_one_value(capsys):
    value = {
        "valid": True,
        "claims": [{"name": "x", "seconds": 0.123456}, {"name": "y", "seconds": 2.0}],
    }
    Output("json").value(value, rows_key="claims")
    assert json.loads(capsys.readouterr().out) == value
    Output("table").value(value, rows_key="claims")
    assert capsys.readouterr().out == (
        "name  seconds\nx      0.1235\ny           2\n\nvalid  true\n"
    )
    Output("csv").value(value, rows_key="claims")
    assert capsys.readouterr().out == "name,seconds\nx,0.123456\ny,2.0\n"
    Output("csv").value({"dimension": 5, "bases": [[[1]]]})
    assert capsys.readouterr().out == "dimension,bases\n5,[[[1]]]\n"


def test_file_appears_complete(tmp_path):
    path = tmp_path / "rows.json"
    Output("json", path).rows([{"a": 1}])
    assert json.loads(path.read_text()) == [{"a": 1}]
    assert list(tmp_path.iterdir()) == [path]


def test_failure_leaves_the_old_file(tmp_path):
    path = tmp_path / "rows.json"
    path.write_text("old")

    def rows():
        yield {"a": 1}
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Output("json", path).rows(rows())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_symbolic_link_is_written_through(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    Output("json", link).text("x")
    assert link.is_symlink()
    assert target.read_text() == "x\n"


def test_device_is_not_replaced():
    Output("json", Path(os.devnull)).text("x")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@click.command("widths")
@options.widths_argument
def widths(network):
    click.echo(str(network))


def test_widths_are_read(capsys):
    assert errors.run(widths, ["2,3^2"]) == 0
    assert "2,3,3" in capsys.readouterr().out.replace(" ", "")


@pytest.mark.parametrize("text", ["", "2", "2,x", "2,,3", "2,0", "2,3.5", "2,3^0"])
def test_bad_widths_are_one_line(text, capsys):
    assert errors.run(widths, [text]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("linnet-exact: ")
    assert printed.err.count("\n") == 1


@click.command("do")
@options.rank_options
@options.output_options()
@options.seed_option
@options.jobs_option
def command(rank, target, output, seed, jobs):
    output.value({"rank": rank, "target": target and str(target), "seed": seed, "jobs": jobs})


def test_shared_options(tmp_path, capsys):
    path = tmp_path / "out.csv"
    arguments = ["--rank", "2", "--seed", "7", "--jobs", "2", "--format", "csv", "-o", str(path)]
    assert errors.run(command, arguments) == 0
    assert path.read_text() == "rank,target,seed,jobs\n2,,7,2\n"
    assert errors.run(command, ["--target", "w.json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "rank": 0,
        "target": "w.json",
        "seed": 0,
        "jobs": 1,
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "xml"], "'xml' is not one of 'table', 'json', 'jsonl', 'csv'"),
        (["--rank", "-1"], "-1 is not in the range x>=0"),
        (["--rank", "1/2"], "'1/2' is not a valid integer"),
        (["--jobs", "0"], "0 is not in the range x>=1"),
        (["--rank", "1", "--target", "w.json"], "give --rank or --target, not both"),
        (["-o", "/no/such/folder/x"], "/no/such/folder/"),
        (["-o", "/"], "/: Is a directory"),
        (["extra"], "unexpected extra argument"),
    ],
)
def test_bad_options_are_one_line(arguments, words, capsys):
    assert errors.run(command, arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize("pieces", [[], [""], ["", "a", "é"], ["a\n"], ["x"] * 40_000])
def test_pieces_are_what_their_text_is(tmp_path: Path, pieces: list[str]) -> None:
    whole, apart = tmp_path / "whole.dot", tmp_path / "apart.dot"
    Output("dot", whole).text("".join(pieces))
    Output("dot", apart).pieces(iter(pieces))
    assert apart.read_bytes() == whole.read_bytes()
