"""Heat maps: well formed, escaped, coloured by heat."""

from xml.etree import ElementTree

from linnet_exact.draw.heat_map import Cell, HeatMap, heat_maps_svg


def test_cells_and_escapes():
    cells = {
        (0, 0): Cell("3", 0.0, "a <b> & c"),
        (0, 1): Cell("4", 1.0, "hot"),
        (1, 0): Cell("–", None, "none"),
    }
    svg = heat_maps_svg("T & <t>", [HeatMap("m\x1b", ["<r>", "x" * 99], ["0", "1"], cells)], "l")
    root = ElementTree.fromstring(svg)
    texts = list(root.itertext())
    assert "a <b> & c" in texts
    assert "<r>" in texts
    assert "T & <t>" in texts
    rects = [each.get("fill") for each in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert rects == ["#ffffff", "#d6e8ef", "#c2571a", "#f1f3f5"]


def test_nothing_to_draw():
    assert ElementTree.fromstring(heat_maps_svg("none", [], "")).get("width") == "420"
