"""Strata and DAGs as text: byte for byte what the row-by-row writers make of them."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linnet_exact.cli.main import main
from linnet_exact.cli.writers import WRITERS
from linnet_exact.strata import Barcode, Fiber, Network
from linnet_exact.strata.dag import StratumDAG
from linnet_exact.strata.dag_formats import dag_to_dot, dag_to_json
from linnet_exact.strata.listing.text import CSV_HEADING, stratum_texts


def reference(fiber: Fiber, format: str) -> str:
    rows = fiber.rows()
    if format == "csv":
        rows = ({**row, "barcode": Barcode.from_jsonable(row["barcode"])} for row in rows)
    stream = io.StringIO()
    WRITERS[format](rows, None, stream)
    return stream.getvalue()


def check(fiber: Fiber) -> None:
    lines = [text for block in stratum_texts(fiber.excess, "json") for text in block]
    assert "".join(f"{line}\n" for line in lines) == reference(fiber, "jsonl")
    lines = [text for block in stratum_texts(fiber.excess, "csv") for text in block]
    assert "".join(f"{line}\n" for line in [CSV_HEADING, *lines]) == reference(fiber, "csv")
    dag = fiber.dag()
    assert dag_to_json(dag) == json.dumps(dag.to_jsonable())
    assert dag_to_dot(dag) == dot_by_hand(dag)


def dot_by_hand(dag: StratumDAG) -> str:
    """Nodes, then those of each dimension side by side, then edges."""
    network, rank, dimensions = dag.fiber.network, dag.fiber.rank, dag.dimension.tolist()
    lines = [f'digraph "widths {network}, rank {rank}" {{', "  rankdir=BT;", "  node [shape=box];"]
    for node, (barcode, dimension) in enumerate(zip(dag.barcodes(), dimensions, strict=True)):
        lines.append(f'  {node} [label="{barcode}\\ndimension {dimension}"];')
    for dimension in dict.fromkeys(dimensions):
        same = [str(node) for node, other in enumerate(dimensions) if other == dimension]
        lines.append(f"  {{ rank=same; {'; '.join(same)} }}")
    lines += [f'  {lower} -> {upper} [tooltip="{move}"];' for lower, upper, move in dag.edges()]
    return "\n".join([*lines, "}", ""])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=2, max_size=5), st.data())
def test_small_fibers(widths: list[int], data: st.DataObject) -> None:
    network = Network(*widths)
    check(network.fiber(data.draw(st.integers(0, network.min_width))))


@pytest.mark.parametrize(
    ("widths", "rank"),
    [
        ((1, 1), 1),
        ((2**27, 2**27), 0),  # dimensions beyond 2^53
        ((2**27, 2, 2**27), 1),
        ((300, 70, 300), 5),  # several bytes for a multiplicity, too many for one look-up
        ((1, 5000, 1), 0),
        ((1,) * 12, 1),
    ],
)
def test_huge_wide_and_deep(widths: tuple[int, ...], rank: int) -> None:
    check(Network(*widths).fiber(rank))


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_the_command_in_several_blocks(tmp_path: Path, format: str) -> None:
    file = tmp_path / f"strata.{format}"
    assert main(["strata", "6^5", "-o", str(file)]) == 0
    assert file.read_text(encoding="utf-8") == reference(Network(*[6] * 5).fiber(), format)
