"""Basis flow diagrams: nothing is lost, nothing overlaps, and the pictures are well-formed."""

import re
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.draw import diagram
from linnet_exact.draw.layout import layout
from linnet_exact.strata import Barcode
from tests.strategies_strata import barcodes

SVG = "{http://www.w3.org/2000/svg}"
LARGE = Barcode.parse("0-0:200,0-1:40,0-2:30,0-4:210,1-1:14,1-3:3,2-2:24,2-3:12,3-3,2-4:8,3-4:33")


@given(barcodes(max_depth=12, max_multiplicity=3))
def test_every_bar_has_its_place(barcode: Barcode) -> None:
    picture = layout(barcode)
    drawn = [strand for row in picture.rows for strand in row]
    assert sorted([*picture.through, *drawn]) == sorted(barcode.items())
    assert all(bar == (0, barcode.depth) for bar, _ in picture.through)
    assert (0, barcode.depth) not in [bar for bar, _ in drawn]
    for row in picture.rows:
        assert all(a.end < b.start for (a, _), (b, _) in pairwise(row))


def bars_in(lines: list[str]) -> list[tuple[int, int]]:
    """Read bars back from the dots and counts of a diagram, once for each copy."""
    layers = {match.start(): int(match.group()) for match in re.finditer(r"\d+", lines[0])}
    first, last = min(layers.values()), max(layers.values())
    assert re.findall(r"W\d+", lines[2]) == [f"W{j}" for j in range(first + 1, last + 1)]
    bars = []
    for line in lines[3:]:
        for strand in re.finditer(r"●(?:[─━×\d]*●)*(×\d+)?", line):
            at = [match.start() for match in re.finditer("●", line)]
            dots = [layers[dot] for dot in at if strand.start() <= dot < strand.end()]
            assert dots == list(range(dots[0], dots[-1] + 1))
            count = re.search(r"×(\d+)", strand.group())
            bars += [(dots[0], dots[-1])] * (int(count[1]) if count else 1)
    return bars


@given(barcodes(max_depth=12, max_multiplicity=500))
def test_text_says_the_whole_barcode(barcode: Barcode) -> None:
    lines = diagram(barcode).text().splitlines()
    assert [int(width) for width in lines[1].split()[1:]] == list(barcode.widths)
    found = Counter(bars_in(lines))
    assert found == Counter({(bar.start, bar.end): count for bar, count in barcode.items()})


@given(barcodes(max_depth=12, max_multiplicity=3), st.integers(1, 60))
def test_parts_fit_and_say_the_whole_barcode(barcode: Barcode, columns: int) -> None:
    """Where a part ends, the dots stand in the order in which the next part goes on."""
    whole = diagram(barcode).text()
    text = diagram(barcode).text(columns=columns)
    parts = [part.splitlines() for part in re.split(r"\n\n(?=layer)", text)]
    if max(map(len, whole.splitlines())) <= columns:
        assert text == whole
        return
    bars, starts = Counter(), [0] * barcode.widths[0]
    for lines in parts:
        layers = [int(layer) for layer in lines[0].split()[1:]]
        assert max(map(len, lines)) <= columns or len(layers) == 2
        assert lines[1].split()[1:] == [str(barcode.widths[layer]) for layer in layers]
        begun = iter(starts)
        found = [(next(begun) if a == layers[0] else a, b) for a, b in bars_in(lines)]
        assert next(begun, None) is None
        starts = [a for a, b in found if b == layers[-1]]
        bars.update((a, b) for a, b in found if b < layers[-1] or b == barcode.depth)
    assert bars == Counter({(bar.start, bar.end): count for bar, count in barcode.items()})


def test_what_reaches_from_input_to_output_is_set_apart() -> None:
    lines = diagram(Barcode.parse("0-0:2,0-2:3,1-2")).text().splitlines()
    assert lines[3].count("●") == 3
    assert "━" in lines[3]
    assert (lines[4], "━" in "".join(lines[5:])) == ("", False)
    assert "━" not in diagram(Barcode.parse("0-0,1-2")).text()


def test_wide_and_deep_networks_fit() -> None:
    deep = Barcode([((i, k), 1 + (7 * i + k) % 40) for i in range(13) for k in range(i, 13)])
    for barcode in (LARGE, deep, Barcode.parse("0-12:500")):
        lines = diagram(barcode).text().splitlines()
        assert max(map(len, lines)) <= 100
        assert len(lines) <= 60


@given(barcodes(max_depth=12, max_multiplicity=3))
def test_svg_is_well_formed_and_stays_inside(barcode: Barcode) -> None:
    root = ElementTree.fromstring(diagram(barcode).svg())
    width, height = float(root.get("width")), float(root.get("height"))
    circles = root.findall(f"{SVG}circle")
    texts = [element.text for element in root.findall(f"{SVG}text")]
    dots = sum(bar.end - bar.start + 1 for bar in barcode)
    legend = sum("only" in text or text == "input to output" for text in texts)
    assert len(circles) == dots + legend
    matrices = [a + b for a, b in pairwise(texts) if a == "W"]
    assert matrices == [f"W{j}" for j in range(1, barcode.depth + 1)]
    counts = [int(text[1:]) for text in texts if text.startswith("×")]
    assert sorted(counts) == sorted(count for count in barcode.values() if count > 1)
    for circle in circles:
        radius = float(circle.get("r"))
        assert radius < float(circle.get("cx")) < width - radius
        assert radius < float(circle.get("cy")) < height - radius


@given(barcodes(max_depth=12, max_multiplicity=3))
def test_tikz_is_one_picture_with_every_dot(barcode: Barcode) -> None:
    text = diagram(barcode).tikz()
    assert text.startswith(r"\begin{tikzpicture}")
    assert text.count("{") == text.count("}")
    assert text.count(r"\fill") == sum(bar.end - bar.start + 1 for bar in barcode)
    assert text.count(r"\times") == sum(count > 1 for count in barcode.values())
    statements = [line for line in text.splitlines()[1:-1] if not line.startswith("%")]
    assert all(line.endswith(";") for line in statements)


def test_notebooks_show_the_picture() -> None:
    picture = diagram(LARGE)
    assert picture._repr_svg_() == picture.svg("light")
    assert str(picture) == picture.text()
    assert repr(picture) == f"diagram({LARGE!r})"
