"""The plot of critical values: well-formed, with every mark inside the frame."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact import InputError
from linnet_exact.draw.critical_values import Mark, critical_values_svg

SVG = "{http://www.w3.org/2000/svg}"
MARKS = st.builds(
    Mark,
    st.integers(0, 9),
    st.floats(-1e30, 1e30, allow_subnormal=False),
    st.sampled_from(["{}", "{1,2}", "<&"]),
    st.sampled_from([["strict saddle"], ["strict saddle", "non-strict saddle"], ["undecided"]]),
)


def plotted(marks: list[Mark]) -> tuple[list[ElementTree.Element], list[float]]:
    root = ElementTree.fromstring(critical_values_svg(marks, "2,<2>"))
    texts = [text for text in root.iter(f"{SVG}text") if text.get("text-anchor") == "end"]
    return list(root.iter(f"{SVG}circle")), [float(text.text or "nan") for text in texts]


@given(marks=st.lists(MARKS, max_size=5))
def test_every_mark_lies_between_the_lowest_and_the_highest_line(marks: list[Mark]) -> None:
    circles, lines = plotted(marks)
    kinds = {kind for mark in marks for kind in mark.kinds}
    heights = [float(circle.get("cy") or "nan") for circle in circles[len(kinds) :]]
    assert len(heights) == len(marks)
    assert all(64 <= height <= 384 for height in heights)
    assert lines == sorted(lines)
    assert 1 <= len(lines) <= 24


@pytest.mark.parametrize(
    ("losses", "lines"),
    [
        ([], [0, 1]),
        ([0.0], [0, 1]),
        ([1.453e6], [2e5 * at for at in range(9)]),
        ([7.0, 3.0], [0, 1, 2, 3, 4, 5, 6, 7]),
        ([-3.0, 1.0], [-3, -2, -1, 0, 1]),
        ([-5.0], [-5, -4, -3, -2, -1, 0]),
    ],
)
def test_lines_are_at_round_numbers(losses: list[float], lines: list[float]) -> None:
    assert plotted([Mark(1, loss, "{}", ["strict saddle"]) for loss in losses])[1] == lines


def test_labels_of_close_values_do_not_overlap() -> None:
    marks = [Mark(1, loss, f"S{at}", ["undecided"]) for at, loss in enumerate([0.0, 0.1, 0.1, 9.0])]
    root = ElementTree.fromstring(critical_values_svg(marks, "1,1"))
    labels = {text.text: text for text in root.iter(f"{SVG}text") if text.get("font-size") == "10"}
    assert sorted(labels) == ["S0", "S1", "S2", "S3"]
    heights = sorted(float(text.get("y") or "nan") for text in labels.values())
    assert all(below - above >= 10.9 for above, below in pairwise(heights))
    assert float(labels["S3"].get("y") or "nan") == heights[0]


@pytest.mark.parametrize("loss", [float("inf"), -float("inf")])
def test_what_floats_cannot_hold_is_refused(loss: float) -> None:
    with pytest.raises(InputError, match="scale the data"):
        critical_values_svg([Mark(1, loss, "{}", ["strict saddle"])], "1")
