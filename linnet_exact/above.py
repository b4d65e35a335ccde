"""The one way from a lower floor to a higher one: by a name that the face lists.

`theta.crosscheck()` is a method of `Weights`, where people look for it, and the work is done two
floors above. No floor imports a higher one: the face of the package, `linnet_exact/__init__.py`,
is on top of all and lists, before anything else is imported, in which module each name lives. A
method below asks for its function here by that name, when it is called and not before.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

__all__ = ["above", "list_names"]

_MODULE_OF_NAME: dict[str, str] = {}


def list_names(modules: Mapping[str, str]) -> None:
    """Say in which module each name lives; only the face does this.

    Examples
    --------
    >>> list_names({"Interval": "linnet_exact.strata"})
    """
    _MODULE_OF_NAME.update(modules)


def above(name: str) -> Any:
    """Return what the face has under this name; its module is imported now, if it was not.

    Raises
    ------
    KeyError
        If the face lists no such name.

    Examples
    --------
    >>> above("diagram").__module__
    'linnet_exact.draw.diagram'
    """
    return getattr(import_module(_MODULE_OF_NAME[name]), name)
