"""Opening an atlas for reading, after looking for all damage that can be found quickly."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from linnet_exact.arguments import as_path
from linnet_exact.atlas.reading.reading import Atlas
from linnet_exact.atlas.storage.completeness import require_planned
from linnet_exact.atlas.storage.location import Location, open_to_read
from linnet_exact.atlas.storage.structure import require_structure

__all__ = ["open_atlas"]


@contextmanager
def open_atlas(path: str | os.PathLike[str], thorough: bool = False) -> Iterator[Atlas]:
    """Open the atlas at `path` for reading, also while it is being built.

    Parameters
    ----------
    thorough : bool
        Check the integrity of the whole file first, however large it is. What is stored is not
        compared with anything; otherwise that is done in a small atlas.

    Raises
    ------
    FileError
        If there is no atlas, or one of a newer version, or a damaged one.
    """
    location = Location.find(as_path(path, "path"))
    with open_to_read(location, thorough) as connection:
        require_structure(location, connection)
        connection.execute("BEGIN")  # the state of one moment, though it is being built
        as_planned = require_planned(location, connection, only_if_quick=True)
        atlas = Atlas(location, connection, as_planned)
        if not thorough:
            atlas.derivation.require_if_quick()
        yield atlas
