"""Rank lists and barcodes as text, LaTeX and HTML, read back."""

import re

import pytest

from linnet_exact import Barcode, Network, RankList
from linnet_exact.strata.values.shown import triangle_html, triangle_latex, triangle_text

LAYERS = [2, 3, 11, 12, 13, 30]


def ranks_of(layers: int) -> RankList:
    """With ranks of one, two and three digits."""
    widths = [1 + 7 * j * (layers + 1 - j) for j in range(layers)]
    barcode = Network(*widths).fiber(1).minimal_stratum.barcode
    return RankList(barcode.rank_list)


@pytest.mark.parametrize("layers", LAYERS)
@pytest.mark.parametrize("most", [None, 1, 5, 40])
def test_the_triangle_as_text(layers: int, most: int | None) -> None:
    ranks = ranks_of(layers)
    head, *lines = triangle_text(ranks.triangle, most).splitlines()
    cut = min(layers, 12 if most is None else most)
    if cut < layers:
        assert lines.pop() == f"… ({layers} layers)"
    assert head.split() == ["r_k~i", "i=0", *map(str, range(1, cut))]
    for k, line in enumerate(lines):
        assert line.split() == [f"k={k}", *map(str, ranks.triangle[k])]
    assert len(lines) == cut
    ends = [match.end() for match in re.finditer(r"\S+", head)]
    for line in lines:  # columns are flush right
        own = [match.end() for match in re.finditer(r"\S+", line)]
        assert own[1:] == ends[1 : len(own)]


@pytest.mark.parametrize("layers", LAYERS)
def test_the_triangle_as_latex_and_html(layers: int) -> None:
    ranks, cut = ranks_of(layers), min(layers, 12)
    body = re.fullmatch(r"\$\\begin\{array\}\{(r+)\}(.*)\\end\{array\}\$", ranks._repr_latex_())
    assert body is not None
    assert len(body[1]) == cut
    rows = [[int(x) for x in row.split("&")] for row in body[2].split(r"\\") if row != r"\vdots"]
    assert rows == [list(row) for row in ranks.triangle[:cut]]
    assert body[2].endswith(r"\vdots") == (layers > 12)
    assert triangle_latex(ranks.triangle) == ranks._repr_latex_()
    html = triangle_html(ranks.triangle)
    cells = [re.findall(r"<t[dh][^>]*>([^<]*)<", row) for row in html.split("<tr")]
    of_rows = [row for row in cells if row and row[0].startswith("k = ")]
    assert of_rows == [
        [f"k = {k}", *map(str, ranks.triangle[k]), *[""] * (cut - k - 1)] for k in range(cut)
    ]
    assert ("more" in html) == (layers > 12)
    assert layers <= 12 or f"{layers - 12} more" in html


@pytest.mark.parametrize("depth", [1, 199, 200, 201])
def test_large_barcodes_are_not_drawn(depth: int) -> None:
    deep = Barcode(f"0-{depth}:2")
    assert deep._repr_latex_() == f"$[0,{depth}]^{{2}}$"
    wide = Barcode({(j, j): 1 for j in range(depth + 1)})
    terms = wide._repr_latex_().strip("$").split(r" \oplus ")
    assert terms == [f"[{j},{j}]" for j in range(min(depth + 1, 200))] + [r"\cdots"] * (depth > 199)
    assert (wide._repr_svg_() is None) == (depth >= 200)
    assert (deep._repr_svg_() is None) == (depth > 200)
    assert ("<svg" in wide._repr_html_()) == (depth < 200)
