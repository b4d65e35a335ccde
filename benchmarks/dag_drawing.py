"""Drawings of the stratum DAG: crossings and time, side by side with `dot`.

`dot` gets the same rows and the same pieces of edges from row to row, and crossings are counted
from the orders that it finds; its own drawing of the DAG does not keep rows by dimension.

    python benchmarks/dag_drawing.py [WIDTHS …]
"""

import resource
import shutil
import subprocess
import sys
import time

from linnet_exact.draw.dag.crossings import count_crossings
from linnet_exact.draw.dag.layers import Layers, cut_edges
from linnet_exact.draw.dag.ordering import order_rows
from linnet_exact.strata import Network
from linnet_exact.strata.dag import StratumDAG

CASES = ["2,2,2", "2,2,2,2", "3,3,3,3", "2^5", "1^8", "30,30,30", "2^6", "3^5"]


def layers_of(dag: StratumDAG) -> Layers:
    rows = sorted(set(dag.dimension.tolist()), reverse=True)
    row_of = [rows.index(dimension) for dimension in dag.dimension.tolist()]
    return cut_edges(row_of, list(zip(dag.upper.tolist(), dag.lower.tolist(), strict=True)))


def order_by_dot(layers: Layers) -> list[list[int]]:
    lines = ['digraph { node [shape=box, label="", width=0.1, height=0.1];']
    lines += [f"{{ rank=same; {'; '.join(map(str, row))} }}" for row in layers.rows]
    lines += [f"{a} -> {b};" for a, below in enumerate(layers.below) for b in below]
    text = "\n".join([*lines, "}"])
    laid_out = subprocess.run(
        ["dot", "-Tplain"], input=text, text=True, capture_output=True, check=True
    ).stdout
    x = {
        int(line.split()[1]): float(line.split()[2])
        for line in laid_out.splitlines()
        if line.startswith("node ")
    }
    return [sorted(row, key=x.__getitem__) for row in layers.rows]


def children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    has_dot = shutil.which("dot") is not None
    print("crossings, and seconds of processor time for the orders; dot also places what it orders")
    print(f"{'widths':10} {'listed':>8} {'ours':>8} {'dot':>8}   ours s  dot s  whole SVG s")
    for widths in sys.argv[1:] or CASES:
        dag = Network.parse(widths).fiber().dag()
        layers = layers_of(dag)
        start = time.process_time()
        ours = count_crossings(layers, order_rows(layers))
        seconds = time.process_time() - start
        by_dot, dot_seconds = "-", 0.0
        if has_dot:
            before = children_seconds()
            by_dot = str(count_crossings(layers, order_by_dot(layers)))
            dot_seconds = children_seconds() - before
        start = time.process_time()
        dag.svg()
        whole = time.process_time() - start
        listed = count_crossings(layers, layers.rows)
        print(
            f"{widths:10} {listed:8} {ours:8} {by_dot:>8} {seconds:8.2f} {dot_seconds:6.2f} "
            f"{whole:12.2f}"
        )


if __name__ == "__main__":
    main()
