"""How Sphinx builds the site: the guide's Markdown, and the reference from the docstrings."""

from typing import Any

import linnet_exact

project = "linnet-exact"
author = "The linnet-exact developers"
version = release = linnet_exact.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_member_order = "groupwise"
default_role = "code"
html_theme = "furo"
html_title = f"linnet-exact {version}"
html_show_copyright = False


def setup(app: Any) -> None:
    """Read the docstrings of properties as sentences before napoleon sees types in them."""

    def no_type(_: object, what: str, __: str, ___: object, ____: object, lines: list[str]) -> None:
        if what == "property" and lines:
            lines[0] = ": " + lines[0]  # an empty type; else all before a colon is taken for one

    app.connect("autodoc-process-docstring", no_type, priority=100)
