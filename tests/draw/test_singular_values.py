"""The plot of singular values as XML, whatever the values are."""

from xml.etree import ElementTree

import pytest

from linnet_exact.draw.singular_values import Panel, Series, singular_values_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*panels: Panel) -> ElementTree.Element:
    return ElementTree.fromstring(singular_values_svg(panels))


@pytest.mark.parametrize(
    "values",
    [(1.0, 1e-17), (0.0, 0.0), (5e-324, 0.0), (1.7e308, 1e-300), (1.0,), (1.0, 1.0)],
)
def test_a_dot_for_each_value_inside_the_panel(values: tuple[float, ...]) -> None:
    panel = Panel("W1~0", len(values), 1, {"float64": Series(values, 1e-16 * values[0])})
    dots = [
        path.get("d")
        for path in drawn(panel).iter(f"{SVG}path")
        if path.get("stroke-linecap") == "round"
    ]
    assert [text.count("h0") for text in dots] == [len(values)]
    heights = [float(dot.split()[1].removesuffix("h0")) for dot in dots[0].split("M")[1:]]
    assert all(0 <= height <= 150 for height in heights)


def test_what_is_marked_and_told() -> None:
    series = {"a<b": Series((2.0, 1.0, 0.5), 0.7), "float32": Series((), float("nan"))}
    root = drawn(Panel("W2~0", 3, 2, series), Panel("W1~0", 3, 0, series))
    text = " ".join(root.itertext())
    for words in ("exact rank 2 of 3", "exact rank 0 of 3", "a<b", "no SVD: too large", "W2~0"):
        assert words in text


def test_no_panel_at_all() -> None:
    assert drawn().tag == f"{SVG}svg"
