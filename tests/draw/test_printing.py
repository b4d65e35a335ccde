"""PDF and PNG of our own pictures, and what is said where they cannot be made."""

import io
import sys

import pytest

from linnet_exact.draw import printing
from linnet_exact.draw.printing import svg_to_pdf, svg_to_png
from linnet_exact.errors import MissingExtraError, TooLargeError
from linnet_exact.strata import Network

SVG = Network(2, 2, 2).fiber().dag().svg("light")


def test_pdf() -> None:
    pytest.importorskip("cairosvg")
    assert svg_to_pdf(SVG).startswith(b"%PDF-")


def test_png_has_two_pixels_for_one_and_our_colours(monkeypatch) -> None:
    pytest.importorskip("cairosvg")
    image = pytest.importorskip("PIL.Image")
    found = image.open(io.BytesIO(svg_to_png(SVG)))
    width, height = printing._size(SVG)
    assert found.size == (2 * width, 2 * height)
    colours = {colour for _, colour in found.convert("RGB").getcolors(1 << 24)}
    assert {(0xFF, 0xFF, 0xFF), (0x00, 0x60, 0xA0), (0xD0, 0x5A, 0x00)} <= colours
    monkeypatch.setattr(printing, "_PIXELS", width * height // 4)
    assert image.open(io.BytesIO(svg_to_png(SVG))).size[0] <= width // 2 + 1
    monkeypatch.setattr(printing, "_PIXELS", width * height // 400)
    with pytest.raises(TooLargeError, match=r"a PNG of .* could not be read at"):
        svg_to_png(SVG)


def test_without_cairosvg_one_line_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    with pytest.raises(MissingExtraError, match=r"CairoSVG is not installed: .*\[draw\]"):
        svg_to_png(SVG)
    with pytest.raises(MissingExtraError, match="CairoSVG is not installed"):
        svg_to_pdf(SVG)


def test_without_the_library_cairo_one_line_says_so(monkeypatch, tmp_path) -> None:
    """What cairocffi does where it finds no libcairo."""
    (tmp_path / "cairosvg.py").write_text('raise OSError("no library called cairo was found")\n')
    monkeypatch.delitem(sys.modules, "cairosvg", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(MissingExtraError, match="CairoSVG needs the library cairo: apt install"):
        svg_to_pdf(SVG)
