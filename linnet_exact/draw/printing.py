"""SVG pictures as PDF and PNG, by CairoSVG."""

from math import sqrt
from typing import Any
from xml.etree import ElementTree

from linnet_exact.errors import MissingExtraError, TooLargeError, missing_extra

__all__ = ["PRINTS", "svg_to_pdf", "svg_to_png"]

_SCALE = 2.0
_PIXELS, _SIDE = 40_000_000, 32_000  # cairo has no side above 32767
_LEAST_SCALE = 0.2
_PAGE = 19_200  # the longest side of a page of PDF, 200 inches, in pixels of which an inch has 96


def svg_to_pdf(svg: str) -> bytes:
    """Return a picture of our own as a PDF file of one page.

    Raises
    ------
    MissingExtraError
        If CairoSVG, or the library cairo, is not installed.

    Examples
    --------
    >>> from linnet_exact.draw import diagram
    >>> svg_to_pdf(diagram("0-1").svg())[:5]
    b'%PDF-'
    """
    scale = min(1.0, _PAGE / max(_size(svg)))
    data: bytes = _cairosvg().svg2pdf(bytestring=svg.encode(), scale=scale)
    return data


def svg_to_png(svg: str) -> bytes:
    """Return a picture of our own as a PNG file: two pixels for one, fewer if it is large.

    Raises
    ------
    MissingExtraError
        If CairoSVG, or the library cairo, is not installed.
    TooLargeError
        If nothing could be read on the largest picture that there can be.

    Examples
    --------
    >>> from linnet_exact.draw import diagram
    >>> svg_to_png(diagram("0-1").svg())[1:4]
    b'PNG'
    """
    width, height = _size(svg)
    scale = min(_SCALE, sqrt(_PIXELS / (width * height)), _SIDE / max(width, height))
    if scale < _LEAST_SCALE:
        raise TooLargeError(
            f"a PNG of {width}x{height} could not be read at {_PIXELS} pixels; SVG, PDF and HTML "
            "have no such limit"
        )
    data: bytes = _cairosvg().svg2png(bytestring=svg.encode(), scale=scale)
    return data


PRINTS = {"pdf": svg_to_pdf, "png": svg_to_png}
"""What makes a file of a format from an SVG picture."""


def _size(svg: str) -> tuple[int, int]:
    root = ElementTree.fromstring(svg)
    return int(root.attrib["width"]), int(root.attrib["height"])


def _cairosvg() -> Any:
    try:
        import cairosvg
    except ImportError:
        raise missing_extra("CairoSVG is not installed", "draw") from None
    except OSError:  # cairocffi found no libcairo
        raise MissingExtraError(
            "CairoSVG needs the library cairo: apt install libcairo2, or brew install cairo"
        ) from None
    return cairosvg
