"""The drawing of the DAG as a page for a browser, in one file, to zoom into."""

from html import escape
from importlib.resources import files

from linnet_exact.draw.dag.svg import dag_to_svg, title_of
from linnet_exact.strata.dag import StratumDAG

__all__ = ["dag_to_html"]


def dag_to_html(dag: StratumDAG, theme: str = "auto") -> str:
    """Return an HTML page that shows the DAG; it needs no other file and no network.

    Parameters
    ----------
    theme : str
        That of `dag_to_svg`.

    Raises
    ------
    InputError, TooLargeError
        As `dag_to_svg`.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> page = dag_to_html(Network(1, 1, 1).fiber().dag())
    >>> page.count("<svg"), "http-equiv" in page
    (1, True)
    """
    parts = {
        "@TITLE@": escape(title_of(dag)),
        "@PICTURE@": dag_to_svg(dag, theme),
        "@SCRIPT@": _text("page.js"),
    }
    page = _text("page.html")
    for place, part in parts.items():
        page = page.replace(place, part, 1)
    return page


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
