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


def test_axes_have_titles_and_all_text_is_inside() -> None:
    series = {"float64": Series((1.0, 1e-5), 1e-16), "float32": Series((1.0, 1e-5), 1e-7)}
    root = drawn(*(Panel(f"W{k}~0", 2, 2, series) for k in range(1, 6)))
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert texts.count("singular value") == texts.count("number of the singular value") == 5
    width, height = float(root.get("width")), float(root.get("height"))
    for group in root.iter(f"{SVG}g"):
        x, y = map(float, group.get("transform").removeprefix("translate(").rstrip(")").split())
        assert 60 <= x <= width - 210
        assert 64 + 12 <= y <= height - 150 - 32


def test_the_range_ends_where_digits_end() -> None:
    """1e-300 beside 1 does not press all else together; an exact 0 lies as low."""
    panel = Panel("W1~0", 4, 2, {"float64": Series((1.0, 1e-8, 1e-300, 0.0), 1e-15)})
    root = drawn(panel)
    decades = [int(t.text) for t in root.iter(f"{SVG}tspan")]
    assert min(decades) == -17
    dots = next(p for p in root.iter(f"{SVG}path") if p.get("stroke-linecap") == "round").get("d")
    heights = [float(dot.split()[1].removesuffix("h0")) for dot in dots.split("M")[1:]]
    assert heights[2:] == [150.0, 150.0]
    assert 60 < heights[1] < 80


@pytest.mark.parametrize("size", [1.7e308, 1e308, 3e-324, 1e-310])
def test_the_largest_and_smallest_numbers(size: float) -> None:
    root = drawn(Panel("W1~0", 1, 1, {"float64": Series((size,), 0.0)}))
    assert "exact rank 1 of 1" in "".join(root.itertext())


def test_no_panel_at_all() -> None:
    assert drawn().tag == f"{SVG}svg"
