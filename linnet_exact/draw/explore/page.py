"""The page to explore a fiber: frame, style, program and data in one HTML text."""

import json
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from linnet_exact import __version__
from linnet_exact.algebra import Matrix
from linnet_exact.draw.explore.data import page_data
from linnet_exact.errors import TooLargeError, printable
from linnet_exact.strata import Fiber
from linnet_exact.weights import Weights

__all__ = ["STRATA_LIMIT", "explore_page", "program", "require_room_for_page"]

STRATA_LIMIT = 2000
"""Largest number of strata on a page."""

DEPTH_LIMIT = 30
"""Largest depth of a network on a page."""

_STYLES = ("frame", "picture", "stratum", "media")
_PROGRAM = ("data", "flow", "texts", "picture", "view", "copy", "panel", "list", "start")


def explore_page(
    fiber: Fiber,
    *,
    target: Matrix | None = None,
    target_name: str | None = None,
    weights: Weights | None = None,
    weights_name: str | None = None,
    tick: Callable[[], None] = lambda: None,
) -> str:
    """Return the text of an HTML file that shows the strata of a fiber, to look at and click.

    It is in ASCII, so that no mail, terminal or server can damage it.

    Parameters
    ----------
    target : Matrix, optional
        The matrix W; the sample points on the page have it as their product.
    target_name : str, optional
        The file that W is from.
    weights : Weights, optional
        A point of the fiber. Its stratum is marked and shown first, and the other points have the
        same product.
    weights_name : str, optional
        The file that they are from.
    tick : function
        It is called once for each stratum.

    Raises
    ------
    TooLargeError
        If there are more than `STRATA_LIMIT` strata or `DEPTH_LIMIT` layers.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> page = explore_page(Network(2, 2, 2).fiber())
    >>> page.startswith("<!doctype html>"), "src=" in page
    (True, False)
    """
    require_room_for_page(fiber)
    dag = fiber.dag(STRATA_LIMIT)
    data = {
        **page_data(dag, target, weights, tick),
        "version": __version__,
        "target_name": target_name and printable(target_name),
        "marked_name": weights_name and printable(weights_name),
    }
    title = f"Strata of {fiber.network}, rank {fiber.rank}"
    style, script = "\n".join(_asset(f"{name}.css") for name in _STYLES), program()
    frame = _asset("explore.html").encode("ascii", "xmlcharrefreplace").decode()
    return _filled(
        frame,
        {
            "title": escape(printable(title)),
            "style_hash": _hash(style),
            "script_hash": _hash(script),
            "style": style,
            "data": _script_json(data),
            "script": script,
        },
    )


def require_room_for_page(fiber: Fiber) -> None:
    """Refuse fibers that are too large for a page, and say what there is instead.

    Raises
    ------
    TooLargeError
        If there are more than `STRATA_LIMIT` strata or `DEPTH_LIMIT` layers.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> require_room_for_page(Network(4, 4, 4, 4, 4).fiber())
    Traceback (most recent call last):
    ...
    linnet_exact.errors.TooLargeError: the fiber has 2035 strata and a page shows at most 2000; ...
    """
    if fiber.network.depth > DEPTH_LIMIT:
        raise TooLargeError(
            f"the network has {fiber.network.depth} layers of weights and a page shows at most "
            f"{DEPTH_LIMIT}; the commands strata and dag have no such limit"
        )
    try:
        count: int | None = fiber.count()
    except TooLargeError:
        count = None
    if count is None or count > STRATA_LIMIT:
        raise TooLargeError(
            f"the fiber has {count or 'too many'} strata and a page shows at most {STRATA_LIMIT}; "
            "a higher rank or smaller widths leave fewer, strata lists them all, and dag --above, "
            "--below or --between draws a part"
        )


def program() -> str:
    """Return the program of the page: its files one after the other, in ASCII.

    Examples
    --------
    >>> program().startswith('"use strict";')
    True
    """
    text = '"use strict";\n' + "\n".join(_asset(f"{name}.js") for name in _PROGRAM)
    return text.encode("ascii", "backslashreplace").decode()  # in strings and comments only


def _asset(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return what a Content-Security-Policy calls an inline script or style by."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _script_json(value: Any) -> str:
    """Write JSON that may stand in a script element: in it, nothing ends or opens one."""
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _filled(template: str, values: dict[str, str]) -> str:
    """Put values in the places ``{{name}}`` of a template; what is put in is not looked at."""
    return re.sub(r"\{\{(\w+)\}\}", lambda found: values[found[1]], template)
