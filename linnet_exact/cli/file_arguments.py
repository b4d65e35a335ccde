"""Files on the command line: what is read, what is written, and that these are not the same."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from linnet_exact.errors import FileError

__all__ = [
    "ATLAS_FILE",
    "INPUT_FILE",
    "JSON_FILE",
    "JSON_LINES_FILE",
    "OUTPUT_FILE",
    "PICTURES",
    "PLOT_FILE",
    "SAFETENSORS_FILE",
    "format_of_output",
    "names_a_file",
    "read_too",
]

PICTURES = ("svg", "pdf", "png")
"""The formats that `Output.picture` has."""

# The first ending is shown where a name is refused. `table` and `text` have none: any name may hold
# them but one that says otherwise.
_ENDINGS: dict[str, tuple[str, ...]] = {
    "json": (".json",),
    "jsonl": (".jsonl", ".ndjson"),
    "csv": (".csv",),
    "table": (".txt",),
    "text": (".txt",),
    "svg": (".svg",),
    "tikz": (".tikz", ".tex"),
    "latex": (".tex", ".latex"),
    "dot": (".dot", ".gv"),
    "graphml": (".graphml",),
    "html": (".html", ".htm"),
    "pdf": (".pdf",),
    "png": (".png",),
    "parquet": (".parquet",),
    "macaulay2": (".m2",),
    "singular": (".sing", ".sg"),
    "sage": (".sage", ".py"),
    "npz": (".npz",),
    "safetensors": (".safetensors",),
    "atlas": (".atlas", ".db", ".sqlite", ".sqlite3"),
}
_NEVER_WRITTEN = (
    *(".npy", ".pt", ".pth", ".bin", ".gguf", ".onnx", ".h5", ".pkl", ".tsv", ".xlsx", ".xml"),
    *(".gz", ".bz2", ".xz", ".zst", ".zip", ".jpg", ".jpeg", ".gif", ".webp", ".eps", ".ps"),
    *(".bmp", ".tif", ".tiff", ".svgz", ".avif"),
)
_SAID = {*_NEVER_WRITTEN, *(ending for endings in _ENDINGS.values() for ending in endings)}
_SAID -= {".txt"}  # JSON is text, too


class _FileType(click.Path):
    """A path that is compared with all others of the same command line."""

    def __init__(self, written: bool, holds: tuple[str, ...] = ()) -> None:
        super().__init__(path_type=Path)
        self._written = written
        self._holds = holds

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if self._written and str(path) != "-" and not path.parent.is_dir():
            self.fail(f"there is no folder {path.parent} to write {path} in", param, ctx)
        if ctx is not None:
            _register(ctx, path, self._written)
        if self._holds and str(path) != "-":
            format_of_output(path, None, self._holds)
        return path


INPUT_FILE = _FileType(written=False)
"""Type of a parameter whose file is read; ``-`` is stdin."""

OUTPUT_FILE = _FileType(written=True)
"""Type of a parameter whose file is written; ``-`` is stdout. It may not be any other one."""

JSON_FILE = _FileType(written=True, holds=("json",))
"""The same for what is written in JSON, whatever `--format` is."""

JSON_LINES_FILE = _FileType(written=True, holds=("jsonl",))
"""The same for what is kept as it is found."""

PLOT_FILE = _FileType(written=True, holds=PICTURES)
"""The same for a picture besides what is printed; its name says which format it has."""

ATLAS_FILE = _FileType(written=True, holds=("atlas",))
"""The same for an atlas in SQLite."""


SAFETENSORS_FILE = _FileType(written=True, holds=("safetensors",))
"""The same for a copy of a model."""


def read_too(path: Path) -> None:
    """Refuse to go on if a file that is read is also written, where no `INPUT_FILE` says so."""
    _register(click.get_current_context(), path, written=False)


def names_a_file(argument: str, otherwise: str) -> bool:
    """Whether an argument is a file and no other value: it exists, or no value is written so.

    Parameters
    ----------
    otherwise : str
        All characters of the other values that the argument may have, such as WIDTHS.

    Examples
    --------
    >>> names_a_file("2,3^2", "0123456789,^ "), names_a_file("theta.json", "0123456789,^ ")
    (False, True)
    """
    return argument == "-" or Path(argument).exists() or not set(argument) <= set(otherwise)


def format_of_output(path: Path, asked: str | None, choices: Sequence[str]) -> str | None:
    """Return the format that the ending of a file name asks for; None if it says nothing.

    Parameters
    ----------
    asked : str, optional
        The format that was asked for otherwise.
    choices : sequence of str
        The formats that the command has.

    Raises
    ------
    FileError
        If the ending contradicts the format asked for, or all that the command has.

    Examples
    --------
    >>> format_of_output(Path("ranks.CSV"), None, ["json", "csv"])
    'csv'
    >>> format_of_output(Path("ranks.svg"), "csv", ["json", "csv"])
    Traceback (most recent call last):
    ...
    linnet_exact.errors.FileError: ranks.svg: the ending .svg contradicts the format csv; ...
    """
    ending = path.suffix.lower()
    possible = [asked] if asked else list(choices)
    fitting = [choice for choice in possible if ending in _ENDINGS.get(choice, ())]
    if fitting:
        return fitting[0]
    only_pictures = not asked and set(choices) <= set(PICTURES)  # text may have any other name
    if ending not in _SAID and not (ending and only_pictures):
        return asked
    names = dict.fromkeys(_ENDINGS[choice][0] for choice in possible if choice in _ENDINGS)
    what = f"the format {asked}" if asked else f"what is written, {' or '.join(possible)}"
    raise FileError(
        f"{path}: the ending {path.suffix} contradicts {what}; give a name that ends in "
        f"{' or '.join(names)}"
    )


def _register(context: click.Context, path: Path, written: bool) -> None:
    known: list[tuple[Path, bool]] = context.meta.setdefault(__name__, [])
    for other, other_written in known:
        if str(path) == str(other) == "-" and not written and not other_written:
            raise FileError("-: stdin can be read only once")
        if (written or other_written) and _same(path, other):
            if written and other_written:
                raise FileError(f"{path}: it would be written twice; give two names")
            shown = path if written else other
            raise FileError(
                f"{shown}: it is read and would be written over; give another name for the output"
            )
    known.append((path, written))


def _same(path: Path, other: Path) -> bool:
    """Whether two names are of one file, also by links; devices may be read and written."""
    if "-" in (str(path), str(other)):
        return False
    try:
        one, two = path.stat(), other.stat()
    except OSError:  # one is yet to be written
        return os.path.normcase(os.path.realpath(path)) == os.path.normcase(os.path.realpath(other))
    return os.path.samestat(one, two) and not stat.S_ISCHR(one.st_mode)
