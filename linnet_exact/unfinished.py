"""Files that get their name only once they are complete."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["written_whole"]


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a file to write, which gets the name `path` only once it is complete.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "x.json")
    >>> with written_whole(path) as unfinished:
    ...     unfinished.write_text("{}"), path.exists()
    (2, False)
    >>> path.read_text()
    '{}'
    """
    target = Path(os.path.realpath(path))  # what a symbolic link names, not the link
    if target.exists() and not target.is_file():  # /dev/null, a named pipe; a folder raises
        yield target
        return
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        yield unfinished
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
