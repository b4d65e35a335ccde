"""What a survey has found so far, a line of JSON for each task, so that it can go on later."""

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any, Self

from linnet_exact.errors import FileError

__all__ = ["ProgressFile"]

_FORMAT = "linnet-exact/survey"


class ProgressFile:
    """A file whose first line says what is surveyed, and the others what was found.

    A last line that is not whole, as a crash leaves it, is taken away. Used in a ``with``.

    Parameters
    ----------
    path : Path
        A new file, or one of the same survey.
    subject : mapping
        What is surveyed, and how, as JSON has it.

    Raises
    ------
    FileError
        If the file is of something else, is damaged, cannot be written, or another survey is
        writing it.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "progress.jsonl")
    >>> with ProgressFile(path, {"input": "a"}) as file:
    ...     file.add("tensor w", [{"exact": 2}])
    >>> with ProgressFile(path, {"input": "a"}) as file:
    ...     file.found
    {'tensor w': [{'exact': 2}]}
    """

    def __init__(self, path: Path, subject: dict[str, Any]) -> None:
        self.path = path
        self.found: dict[str, list[dict[str, Any]]] = {}
        header = {"format": _FORMAT, "version": 1, **subject}
        try:
            self._stream = path.open("a+b")
        except OSError as error:
            raise FileError(f"{path}: {error.strerror or error}") from None
        try:
            self._require_alone()
            self._read(header)
        except BaseException:
            self._stream.close()
            raise

    def _require_alone(self) -> None:
        """Lock the file until it is closed, where there are locks of this kind."""
        if sys.platform == "win32":
            return
        import fcntl

        try:
            fcntl.flock(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FileError(f"{self.path}: another survey is writing it") from None
        except OSError:  # a file system without locks
            return

    def _read(self, header: dict[str, Any]) -> None:
        self._stream.seek(0)
        lines = self._stream.read().split(b"\n")
        whole = lines[:-1]  # what follows the last end of a line was cut off
        if not whole:
            if not _line(header).startswith(lines[-1]):
                raise FileError(f"{self.path}: it is not that of a survey; give another name")
            self._stream.truncate(0)
            self._write(header)
            return
        if self._value(whole[0], 1) != json.loads(json.dumps(header)):
            raise FileError(f"{self.path}: it is of another survey; give another name")
        for number, line in enumerate(whole[1:], start=2):
            value = self._value(line, number)
            rows: Any = value.get("rows")
            listed = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
            if not isinstance(value.get("task"), str) or not listed:
                raise FileError(f"{self.path}: line {number} is damaged")
            self.found[value["task"]] = rows
        self._stream.seek(-len(lines[-1]), os.SEEK_END)
        self._stream.truncate()

    def _value(self, line: bytes, number: int) -> dict[str, Any]:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise FileError(f"{self.path}: line {number} is not that of a survey")
        return value

    def add(self, task: str, rows: list[dict[str, Any]]) -> None:
        """Keep the rows of a task."""
        self.found[task] = rows
        self._write({"task": task, "rows": rows})

    def _write(self, value: dict[str, Any]) -> None:
        try:
            self._stream.write(_line(value))
            self._stream.flush()
        except OSError as error:
            raise FileError(
                f"{self.path}: {error.strerror or error}; what was found before is kept, and the "
                f"same command goes on from there"
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):  # what a full disk refused is refused again
            self._stream.close()


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode("ascii") + b"\n"
