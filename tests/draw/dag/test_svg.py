"""The drawing of the DAG: well-formed, complete, in rows by dimension, the same every time."""

import re
from functools import cache
from html import escape
from xml.etree import ElementTree

import pytest

from linnet_exact.draw.dag import svg
from linnet_exact.draw.dag.facts import facts_of
from linnet_exact.draw.dag.svg import dag_to_svg
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata import Network
from linnet_exact.strata.dag import StratumDAG
from linnet_exact.strata.sub_dag import SubDAG

SVG = "{http://www.w3.org/2000/svg}"
FIBERS = [
    ("1,1", 0),
    ("2,3,2", 2),
    ("4,1,3", 1),
    ("2,3,2", 0),
    ("2^4", 0),
    ("2,3,3,2", 1),
    ("5,5", 0),
]


@cache
def drawn(widths: str, rank: int) -> tuple[StratumDAG, str]:
    dag = Network.parse(widths).fiber(rank).dag()
    return dag, dag_to_svg(dag)


def nodes_of(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [group for group in root.iter(f"{SVG}g") if group.get("class") == "node"]


def texts_of(root: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize(("widths", "rank"), FIBERS)
def test_strata_stand_in_rows_by_dimension_with_their_barcodes(widths: str, rank: int) -> None:
    dag, text = drawn(widths, rank)
    root = ElementTree.fromstring(text)
    nodes = nodes_of(root)
    heights = [int(node.get("transform", "").split()[1][:-1]) for node in nodes]
    pairs = sorted(set(zip(dag.dimension.tolist(), heights, strict=True)), reverse=True)
    assert len(pairs) == len(set(heights)) == len(set(dag.dimension.tolist()))
    assert [y for _, y in pairs] == sorted(set(heights))
    for node, barcode in zip(nodes, dag.barcodes(), strict=True):
        assert "".join(texts_of(node)) == str(barcode)
    texts = texts_of(root)
    size = dag.fiber.network.weight_dimension
    for dimension, _ in pairs:
        assert texts.count(str(dimension)) >= 2  # on both sides
        assert str(size - dimension) in texts


@pytest.mark.parametrize(("widths", "rank"), FIBERS)
def test_edges_are_solid_or_dashed_and_named(widths: str, rank: int) -> None:
    dag, text = drawn(widths, rank)
    edges = [
        path
        for path in ElementTree.fromstring(text).iter(f"{SVG}path")
        if path.get("class", "").startswith("edge") and len(path)
    ]
    expected = [(f"edge {move.kind}", str(move)) for _, _, move in dag.edges()]
    assert [(path.get("class"), path[0].text) for path in edges] == expected
    assert "stroke-dasharray" in text


def test_kinds_of_strata_have_shapes_of_their_own() -> None:
    dag, text = drawn("2^4", 0)
    for node, facts in zip(nodes_of(ElementTree.fromstring(text)), facts_of(dag), strict=True):
        rectangles = node.findall(f"{SVG}rect")
        assert (len(rectangles) == 2) == facts.maximal
        assert ("minimal" in rectangles[0].get("class", "").split()) == facts.minimal
        corners = [path for path in node.findall(f"{SVG}path") if path.get("class") == "singular"]
        assert len(corners) == facts.singular
        assert node.findtext(f"{SVG}title") == facts.in_words()


@pytest.mark.parametrize(("widths", "rank"), [("2,3,2", 2), ("2^4", 0), ("2,3,3,2", 1)])
def test_facts_are_those_of_the_strata(widths: str, rank: int) -> None:
    dag, _ = drawn(widths, rank)
    for facts in facts_of(dag):
        stratum = facts.barcode.stratum
        assert (facts.dimension, facts.codimension) == (stratum.dimension, stratum.codimension)
        assert (facts.singular, facts.maximal) == (stratum.singular, stratum.maximal)
        assert facts.minimal == stratum.minimal


def test_the_legend_explains_what_occurs() -> None:
    texts = texts_of(ElementTree.fromstring(drawn("2^4", 0)[1]))
    for word in ("maximal stratum", "minimal stratum", "singular in the fiber", "connect move"):
        assert word in texts
    assert "swap move" in texts
    assert "strands from input to output" not in texts
    alone = texts_of(ElementTree.fromstring(drawn("2,3,2", 2)[1]))
    assert "strands from input to output" in alone
    assert not [word for word in alone if "move" in word or "singular" in word]


def test_a_part_says_that_it_is_one() -> None:
    dag, _ = drawn("2^4", 0)
    part = SubDAG(dag, dag.up_set(9))
    title = ElementTree.fromstring(dag_to_svg(part)).findtext(f"{SVG}title", "")
    assert f"{len(part)} of the 27 strata" in title


def test_themes() -> None:
    dag, auto = drawn("1,1", 0)
    light, dark = dag.svg("light"), dag.svg("dark")
    assert "@media" in auto
    assert "@media" not in light + dark
    assert ".paper{fill:#ffffff}" in light
    assert ".paper{fill:#ffffff}" not in dark
    with pytest.raises(InputError, match="theme is 'grey'; expected one of light, dark, auto"):
        dag.svg("grey")


def test_the_same_every_time() -> None:
    dag, text = drawn("2,3,3,2", 1)
    assert dag_to_svg(dag.fiber.dag()) == text
    assert text.isascii()


def test_notebooks_show_this_drawing() -> None:
    dag, _ = drawn("2^4", 0)
    assert dag._repr_svg_() == dag_to_svg(dag, "light")
    assert "</svg>" in dag._repr_html_()


def test_many_strata_are_dots_and_only_some_covers_are_drawn(monkeypatch) -> None:
    dag, _ = drawn("2^4", 0)
    monkeypatch.setattr(svg, "BOX_LIMIT", 26)
    text = dag_to_svg(dag)
    root = ElementTree.fromstring(text)
    assert not nodes_of(root)
    for barcode in dag.barcodes():
        assert f"<title>{escape(str(barcode))}: dimension" in text
    edges = [path for path in root.iter(f"{SVG}path") if path.get("class", "").startswith("edge ")]
    drawn_edges = [path for path in edges if len(path)]
    assert 26 <= len(drawn_edges) < 49
    note = next(text for text in texts_of(root) if text.startswith("Of "))
    assert note.startswith(f"Of 49 covers {len(drawn_edges)} are drawn")
    assert "Strata are dots; their barcodes show on hovering." in texts_of(root)
    assert "smooth" in texts_of(root)


def test_drawings_that_could_not_be_read_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(svg, "NODE_LIMIT", 26)
    with pytest.raises(TooLargeError, match="more than 26 strata could not be read"):
        dag_to_svg(drawn("2^4", 0)[0])


def points_of(way: str) -> list[tuple[float, float]]:
    """Points close to each other on a path of M, C and V, all absolute."""
    parts = re.findall(r"([MCV])([-0-9. ]+)", way)
    assert "".join(name + numbers for name, numbers in parts) == way
    found: list[tuple[float, float]] = []
    for name, numbers in parts:
        ends = [float(number) for number in numbers.split()]
        if name == "M":
            found.append((ends[0], ends[1]))
        elif name == "V":
            (x, y) = found[-1]
            found += [(x, y + (ends[0] - y) * at / 8) for at in range(1, 9)]
        else:
            corners = [found[-1], *zip(ends[::2], ends[1::2], strict=True)]
            assert len(corners) == 4
            for at in range(1, 17):
                t = at / 16
                weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
                found.append(
                    (
                        sum(w * x for w, (x, _) in zip(weights, corners, strict=True)),
                        sum(w * y for w, (_, y) in zip(weights, corners, strict=True)),
                    )
                )
    return found


@pytest.mark.parametrize(("widths", "rank"), [*FIBERS, ("3,3,3,3", 0), ("1^6", 0)])
def test_no_edge_runs_through_a_box_and_each_joins_its_strata(widths: str, rank: int) -> None:
    dag, text = drawn(widths, rank)
    root = ElementTree.fromstring(text)
    corners, boxes = [], []
    for node in nodes_of(root):
        x, y = node.get("transform", "").removeprefix("translate(").removesuffix(")").split()
        box = node.find(f"{SVG}rect")
        assert box is not None
        corners.append((int(x), int(y)))
        boxes.append((int(box.get("width", "0")), int(box.get("height", "0"))))
    paths = [
        path for path in root.iter(f"{SVG}path") if "edge" in path.get("class", "") and len(path)
    ]
    for (lower, upper, _), path in zip(dag.edges(), paths, strict=True):
        points = points_of(path.get("d", ""))
        for node, (x, y), side in ((upper, points[0], 1), (lower, points[-1], 0)):
            assert corners[node][0] < x < corners[node][0] + boxes[node][0]
            assert y == corners[node][1] + side * boxes[node][1]
        for (left, top), (width, height) in zip(corners, boxes, strict=True):
            assert not any(left < x < left + width and top < y < top + height for x, y in points)
