"""Hypothesis strategies for networks, fibers and barcodes, and boxes that tests exhaust."""

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from linnet_exact.strata import Barcode, Fiber, Interval, Network


@st.composite
def barcodes(draw: st.DrawFn, max_depth: int = 4, max_multiplicity: int = 2) -> Barcode:
    """Barcodes of networks: every layer gets a bar."""
    depth = draw(st.integers(1, max_depth))
    bars = {
        Interval(i, k): draw(st.integers(0, max_multiplicity))
        for i in range(depth + 1)
        for k in range(i, depth + 1)
    }
    for layer in range(depth + 1):
        if not any(count and bar.start <= layer <= bar.end for bar, count in bars.items()):
            bars[Interval(layer, layer)] = 1
    return Barcode(bars)


def networks(max_depth: int = 4, max_width: int = 4) -> st.SearchStrategy[Network]:
    """Networks inside a box."""
    widths = st.lists(st.integers(1, max_width), min_size=2, max_size=max_depth + 1)
    return widths.map(lambda widths: Network(*widths))


@st.composite
def fibers(draw: st.DrawFn, max_depth: int = 4, max_width: int = 4) -> Fiber:
    """Fibers of networks inside a box, of every rank."""
    network = draw(networks(max_depth, max_width))
    return network.fiber(draw(st.integers(0, network.min_width)))


def box_of_fibers(max_depth: int, max_width: int) -> Iterator[Fiber]:
    """Every fiber of every network in the box, smallest depth first."""
    for depth in range(1, max_depth + 1):
        for widths in product(range(1, max_width + 1), repeat=depth + 1):
            yield from Network(*widths).fibers()
