"""Files that get their name only once they are complete."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["written_whole"]


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a file to write, which gets the name `path` only once it is complete.

    Raises
    ------
    OSError
        If it cannot be written; with the name `path`, which a failed write does not know.

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
    if path.exists() and not path.is_file():  # /dev/null, /dev/stdout, a pipe; a folder raises
        yield path
        return
    target = Path(os.path.realpath(path))  # what a symbolic link names, not the link
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        yield unfinished
        unfinished.replace(target)
    except OSError as error:
        if error.filename is None or str(error.filename) == str(unfinished):
            error.filename, error.filename2 = str(path), None
        raise
    finally:
        unfinished.unlink(missing_ok=True)
