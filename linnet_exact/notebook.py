"""What notebooks show: HTML tables that follow the colours of the page, dark or light."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from linnet_exact.errors import MissingExtraError, printable

__all__ = ["ROWS", "data_frame", "html_table", "page_of"]

ROWS = 20
"""Rows of a table that a notebook shows before an ellipsis."""

_CELL = "padding:0.15em 0.7em;text-align:right;border:none;background:transparent;color:inherit"
_HEAD = f"{_CELL};border-bottom:1px solid currentColor;font-weight:600"
_TABLE = "border-collapse:collapse;color:inherit;background:transparent"


def html_table(
    caption: str, header: Sequence[str], rows: Iterable[Sequence[object]], more: int = 0
) -> str:
    """Return a table as HTML, everything in it escaped; its colours are those of the page.

    Parameters
    ----------
    more : int
        How many further rows there are; they are announced below.

    Examples
    --------
    >>> "&lt;b&gt;" in html_table("<b>", ["n"], [[1]], more=3)
    True
    """
    lines = [f'<table style="{_TABLE}">', f"<caption>{_text(caption)}</caption>"]
    if header:
        cells = "".join(f'<th style="{_HEAD}">{_text(name)}</th>' for name in header)
        lines.append(f"<thead><tr>{cells}</tr></thead>")
    lines.append("<tbody>")
    for row in rows:
        cells = "".join(f'<td style="{_CELL}">{_text(entry)}</td>' for entry in row)
        lines.append(f"<tr>{cells}</tr>")
    if more > 0:
        span = max(len(header), 1)
        lines.append(f'<tr><td style="{_CELL}" colspan="{span}">… {more} more</td></tr>')
    return "\n".join([*lines, "</tbody></table>"])


def data_frame(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Return a pandas data frame of these rows.

    Raises
    ------
    MissingExtraError
        If pandas is not installed.

    Examples
    --------
    >>> len(data_frame([{"n": 1}, {"n": 2}]))
    2
    """
    try:
        import pandas
    except ImportError:
        raise MissingExtraError("to_frame needs pandas: pip install pandas") from None
    return pandas.DataFrame(list(rows))


def page_of(picture: str) -> str:
    """Return an SVG picture as HTML on a sheet of paper, which stays readable on a dark page.

    Examples
    --------
    >>> page_of("<svg/>")
    '<div style="display:inline-block;background:#fff;color:#000;max-width:100%"><svg/></div>'
    """
    picture = picture[max(picture.find("<svg"), 0) :]  # HTML has no place for an XML declaration
    style = "display:inline-block;background:#fff;color:#000;max-width:100%"
    return f'<div style="{style}">{picture}</div>'


def _text(value: object) -> str:
    from html import escape  # here, because few processes are notebooks

    return escape(printable(str(value)))
