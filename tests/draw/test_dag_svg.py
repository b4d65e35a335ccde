"""Drawings of the stratum DAG: well-formed, complete, and in rows by dimension."""

import shutil
from importlib.util import find_spec
from xml.etree import ElementTree

import pytest

from linnet_exact.draw.dag_svg import dag_to_svg
from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Network

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("widths", ["1,1", "2,3,2", "2^4"])
def test_plain_drawing(widths: str) -> None:
    dag = Network.parse(widths).fiber().dag()
    root = ElementTree.fromstring(dag_to_svg(dag, use_graphviz=False))
    boxes = root.findall(f"{SVG}rect")
    assert len(boxes) == len(dag)
    assert len(root.findall(f"{SVG}line")) == len(dag.lower)
    heights = [float(box.get("y", "nan")) for box in boxes]
    for a, b, _ in dag.edges():
        assert heights[a] > heights[b]  # y grows downwards
    by_dimension = {(d, y) for d, y in zip(dag.dimension.tolist(), heights, strict=True)}
    assert len(by_dimension) == len(set(heights)) == len(set(dag.dimension.tolist()))
    corners = {(box.get("x"), box.get("y")) for box in boxes}
    assert len(corners) == len(dag)  # no box hides another
    texts = {text.text for text in root.findall(f"{SVG}text")}
    assert {str(barcode) for barcode in dag.barcodes()} <= texts


@pytest.mark.skipif(
    find_spec("graphviz") is None or shutil.which("dot") is None, reason="Graphviz not installed"
)
def test_graphviz_drawing() -> None:
    dag = Network(2, 3, 2).fiber().dag()
    root = ElementTree.fromstring(dag_to_svg(dag))
    nodes = [group for group in root.iter(f"{SVG}g") if group.get("class") == "node"]
    assert len(nodes) == len(dag)


def test_drawings_that_could_not_be_read_are_refused() -> None:
    dag = Network.parse("4^5").fiber().dag()
    with pytest.raises(TooLargeError, match="2035 strata could not be read; the limit is 2000"):
        dag_to_svg(dag)
