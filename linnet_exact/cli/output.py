"""Where a command prints and in which format; warnings on stderr."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from linnet_exact.cli.errors import PROGRAM, say
from linnet_exact.cli.file_arguments import PICTURES, format_of_output
from linnet_exact.cli.progress import hide_progress
from linnet_exact.cli.streams import HANDLER
from linnet_exact.cli.terminal import columns_of, hanging, shown
from linnet_exact.cli.writers import WRITERS, Row, write_pairs
from linnet_exact.errors import InputError, printable
from linnet_exact.strata.values.json_integers import jsonable
from linnet_exact.unfinished import written_whole

__all__ = ["Output", "plot_in", "warn"]

_SPELLED = ("table", "text", "json", "jsonl", "csv")
_XML = ("svg", "html", "graphml")
_PIECES_AT_ONCE = 1 << 14


@dataclass(frozen=True)
class Output:
    """What `options.output_options` hands to a command: the format, and a file or stdout.

    Parameters
    ----------
    format : str
        `"table"`, `"json"`, `"jsonl"`, `"csv"`, or a format of the command's own, for which it
        makes the text itself.
    path : Path, optional
        The file to write; without it, stdout.
    in_ascii : bool
        Whether a file may have characters of ASCII only, if its format is one that can do without.

    Examples
    --------
    >>> Output("json").value({"dimension": 5, "rank_list": {"0~0": 2}})
    {"dimension": 5, "rank_list": {"0~0": 2}}
    >>> rows = [{"bars": {"0-0": 2, "1-1": 1}, "dimension": 5}, {"bars": {}, "dimension": 12}]
    >>> Output("json").rows(rows)
    [{"bars": {"0-0": 2, "1-1": 1}, "dimension": 5},
     {"bars": {}, "dimension": 12}]
    >>> Output("table").rows(rows)
    bars         dimension
    0-0:2,1-1:1          5
    -                   12
    """

    format: str
    path: Path | None = None
    in_ascii: bool = False

    def value(self, value: Row, rows_key: str | None = None) -> None:
        """Print one value: in JSON as it is, in a table a line for each key, in CSV one row.

        Parameters
        ----------
        value : mapping
            From names to numbers, texts, and lists and mappings of them.
        rows_key : str, optional
            A key of `value` under which there is a list of rows. Then tables, CSV and JSON lines
            show these rows, and a table shows the other keys below them.

        Examples
        --------
        >>> Output("table").value({"claims": [{"name": "dimension", "checked": 7}], "failed": 0},
        ...                       rows_key="claims")
        name       checked
        dimension        7
        <BLANKLINE>
        failed  0
        """
        if self.format == "json":
            import json  # here, because a table needs none

            self.text(json.dumps(jsonable(value)))
        elif rows_key is None:
            self._table_and_pairs([], value) if self.format == "table" else self.rows([value])
        elif self.format == "table":
            rest = {name: entry for name, entry in value.items() if name != rows_key}
            self._table_and_pairs(value[rows_key], rest)
        else:
            self.rows(value[rows_key])

    def rows(self, rows: Iterable[Row], columns: Sequence[str] | None = None) -> None:
        """Print rows as they come: in JSON one list, in a table and in CSV under a heading.

        Parameters
        ----------
        rows : iterable of mappings
            All with the same keys.
        columns : sequence of str, optional
            These keys, for a heading even when there are no rows.
        """
        with self.stream() as stream:
            WRITERS[self.format](rows, columns, stream)

    def text(self, text: str) -> None:
        """Print a text, ending in one newline."""
        if not text.endswith("\n") or text.endswith("\n\n"):  # a large one need not be copied
            text = text.rstrip("\n") + "\n"
        with self.stream() as stream:
            stream.write(text)

    def pieces(self, pieces: Iterator[str]) -> None:
        """Print a text that comes in pieces and is too large to be put together.

        Examples
        --------
        >>> Output("text").pieces(iter(["strata", ": ", "3"]))
        strata: 3
        """
        last = ""
        with self.stream() as stream:
            while together := list(islice(pieces, _PIECES_AT_ONCE)):
                text = "".join(together)
                stream.write(text)
                last = text or last
            if not last.endswith("\n"):
                stream.write("\n")

    def prose(self, text: str, hang: int = 2) -> None:
        """Print text for people, whose lines are broken where a terminal is too narrow.

        Parameters
        ----------
        hang : int
            How much further in the rest of a broken line begins.
        """
        columns = self.columns
        lines = text.splitlines()
        if columns is not None:
            lines = [
                part for line in lines for part in hanging(shown(line, sys.stdout), columns, hang)
            ]
        self.text("\n".join(lines))

    def picture(self, svg: str) -> None:
        """Print one of our own pictures, as SVG, or as PDF or PNG by way of CairoSVG.

        Raises
        ------
        InputError
            If there is no CairoSVG, or a terminal would get PDF or PNG.
        """
        if self.format == "svg":
            self.text(svg)
            return
        from linnet_exact.draw.printing import PRINTS

        self.data(PRINTS[self.format](svg))

    def data(self, data: bytes) -> None:
        """Write a binary file, or to stdout if that is no terminal.

        Raises
        ------
        InputError
            If stdout is a terminal.
        """
        if self.path is not None and str(self.path) != "-":
            with written_whole(self.path) as file:
                file.write_bytes(data)
            return
        if sys.stdout.isatty():
            raise InputError(
                f"a terminal cannot show {self.format}; -o FILE.{self.format} writes it"
            )
        sys.stdout.flush()
        sys.stdout.buffer.write(data)

    @contextmanager
    def stream(self) -> Iterator[TextIO]:
        """Open what is printed to: stdout, or a file that appears only once it is complete."""
        if self.path is None or str(self.path) == "-":
            if not _is_file(sys.stdout):  # but a terminal, or a program that may show it on one
                hide_progress()
            yield sys.stdout
            return
        encoding, errors = self._encoding()
        with (
            written_whole(self.path) as file,
            file.open("w", encoding=encoding, errors=errors, newline="\n") as stream,
        ):
            yield stream

    @property
    def columns(self) -> int | None:
        """How many characters a line has; None if no terminal is printed to."""
        return columns_of(sys.stdout) if self.path is None else None

    def shows(self, text: str) -> bool:
        """Whether what is printed to has all characters of a text."""
        try:
            text.encode(self._encoding()[0] if self.path else sys.stdout.encoding or "ascii")
        except UnicodeEncodeError:
            return False
        return True

    def _encoding(self) -> tuple[str, str]:
        """Return the encoding of a file, and what to do with characters that it lacks."""
        if self.in_ascii and self.format in _SPELLED:
            return "ascii", HANDLER
        if self.in_ascii and self.format in _XML:
            return "ascii", "xmlcharrefreplace"
        return "utf-8", "backslashreplace"

    def _table_and_pairs(self, rows: Sequence[Row], pairs: Row) -> None:
        with self.stream() as stream:
            WRITERS["table"](rows, None, stream)
            if rows and pairs:
                stream.write("\n")
            write_pairs(pairs, stream)


def plot_in(path: Path) -> Output:
    """Return where a picture goes that is written besides what is printed.

    Examples
    --------
    >>> plot_in(Path("ranks.png")).format, plot_in(Path("ranks")).format
    ('png', 'svg')
    """
    return Output(format_of_output(path, None, PICTURES) or "svg", path)


def _is_file(stream: TextIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):  # it is closed, or no descriptor stands behind it
        return False


def warn(message: str) -> None:
    """Print one line of warning on stderr."""
    say(f"{PROGRAM}: warning: {printable(message)}")
