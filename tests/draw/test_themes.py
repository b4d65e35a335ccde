"""Themes: every colour has a dark one, and all of them can be told from the ground."""

import re
from xml.etree import ElementTree

import pytest

from linnet_exact.draw import diagram
from linnet_exact.draw.critical_values import Mark, critical_values_svg
from linnet_exact.draw.dag.theme import _COLORS
from linnet_exact.draw.singular_values import Panel, Series, singular_values_svg
from linnet_exact.draw.themes import DARK, themed
from linnet_exact.errors import InputError
from linnet_exact.strata import Network

KINDS = ["global minimum", "strict saddle", "non-strict saddle", "undecided"]
PICTURES = {
    "flow": diagram("0-0:2,0-1,0-2,1-1,1-2,2-2").svg(),
    "losses": critical_values_svg([Mark(k, k, "{1}", [KINDS[k]]) for k in range(4)], "1,1"),
    "spectra": singular_values_svg(
        [Panel("W1", 2, 1, {name: Series((1.0, 1e-9), 1e-8) for name in ("a", "b", "c")})]
    ),
}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours after the WCAG, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", PICTURES)
def test_every_colour_of_a_picture_has_a_dark_one(name: str) -> None:
    picture = PICTURES[name]
    ElementTree.fromstring(picture)
    body = picture.partition("</style>")[2]
    found = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', body))
    assert found
    assert found <= DARK.keys()
    for color in found:
        assert f'="{color}"]' in picture.partition("</style>")[0]


def test_colours_can_be_told_from_their_ground() -> None:
    for light, dark in DARK.items():
        if contrast(light, "#ffffff") > 3:  # lines of a grid are fainter, on purpose
            assert contrast(dark, DARK["#ffffff"]) > 4.5, light
    for number in (0, 1):
        colors = {name: pair[number] for name, pair in _COLORS.items()}
        grounds = [colors[name] for name in ("paper", "band", "box")]
        for ground in grounds:
            assert contrast(colors["text"], ground) > 7
            assert contrast(colors["quiet"], ground) > 4.5
            for name in colors.keys() - {"paper", "band", "box", "rule"}:
                assert contrast(colors[name], ground) > 3, name


def test_light_dark_and_auto() -> None:
    picture = diagram("0-1")
    assert "<style>" not in picture.svg("light")
    assert "@media" not in picture.svg("dark")
    assert "@media" in picture.svg()
    assert picture._repr_svg_() == picture.svg("light")
    with pytest.raises(InputError, match="theme is 'pink'"):
        themed("<svg></svg>", "pink")


def test_notebooks_are_white() -> None:
    barcode = Network(1, 1).fiber().minimal_stratum.barcode
    assert "@media" not in barcode._repr_svg_()
