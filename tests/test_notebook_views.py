"""What notebooks show: well-formed, escaped, short, without colours that a dark page would hide."""

from typing import Any
from xml.etree import ElementTree

import pytest

from linnet_exact import CLAIMS, Barcode, Fiber, Network, Weights, refute
from linnet_exact.notebook import html_table

THETA = Weights([[[1, 2], [2, 4], [0, 0]], [[1, 1, "1/2"], [0, 0, 1]]])
WIDE = Barcode({(j, j): 1 for j in range(900)})
VALUES: list[Any] = [
    THETA, THETA.flow(), THETA.barcode, THETA.rank_list, THETA.stratum, THETA.fiber, WIDE,
    WIDE.rank_list, THETA.fiber.strata(), THETA.fiber.dag(), THETA.crosscheck(),
    CLAIMS["dimension"], refute("maximal", max_depth=2, max_width=1),
    Network(9, 9, 9, 9).fiber().strata(), Weights([[[1] * 64] * 64]),
    Network(4, 4, 4, 4).fiber().dag(),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_html_is_well_formed_and_short(value: Any) -> None:
    html = value._repr_html_()
    ElementTree.fromstring(f"<div>{html}</div>")
    assert len(html) < 200_000
    assert len(str(value)) < 20_000


def test_everything_is_escaped() -> None:
    html = html_table("<script>", ["<b>"], [["<img onerror=x>", "\x1b[31m"]], more=2)
    assert "<script" not in html
    assert "<img" not in html
    assert "\x1b" not in html
    assert "2 more" in html


def test_representations_evaluate() -> None:
    names = {"Barcode": Barcode, "Network": Network, "Fiber": Fiber}
    for value in (THETA.barcode, THETA.fiber, THETA.stratum, THETA.network):
        assert eval(repr(value), names) == value
