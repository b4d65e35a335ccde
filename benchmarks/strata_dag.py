"""The stratum DAG: side by side with a bitset transitive reduction of the order of rank lists.

The reduction gets the rank lists for nothing; the DAG starts from the widths. The strata come in an
order that extends the closure order, so the lowest stratum left in an up-set is always a cover.

    python benchmarks/strata_dag.py [WIDTHS …]
"""

import multiprocessing
import resource
import sys
import time

import numpy as np
from _measure import best_side_by_side, print_ratios

from linnet_exact.strata import Network
from linnet_exact.strata.listing.ranks import rank_rows


def edges_by_moves(network: Network) -> int:
    return sum(len(fiber.dag().lower) for fiber in network.fibers())


def rank_lists(network: Network) -> list[np.ndarray]:
    """One array for each rank of the product: a row of ranks for each pair of layers."""
    tables = []
    for fiber in network.fibers():
        listing = fiber.listing()
        blocks = [rank_rows(listing, block.multiplicities) for block in listing.blocks()]
        tables.append(np.concatenate(blocks, axis=1))
    return tables


def edges_by_reduction(ranks: np.ndarray) -> int:
    """Count the covers of the componentwise order; up-sets are bits of Python integers."""
    columns = ranks.T.tolist()
    at_least = [[_bits(row >= value) for value in range(int(row.max()) + 1)] for row in ranks]
    above = []
    for node, column in enumerate(columns):
        up_set = (1 << len(columns)) - 1
        for thresholds, value in zip(at_least, column, strict=True):
            up_set &= thresholds[value]
        above.append(up_set ^ (1 << node))
    edges = 0
    for up_set in above:
        while up_set:
            cover = (up_set & -up_set).bit_length() - 1
            up_set &= ~(above[cover] | 1 << cover)
            edges += 1
    return edges


def _bits(flags: np.ndarray) -> int:
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def large_dag(widths: str) -> None:
    start = time.perf_counter()
    dag = Network.parse(widths).fiber().dag()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"widths {widths}, rank 0: {len(dag)} strata, {len(dag.lower)} edges in {seconds:.2f} s, "
        f"{peak:.0f} MB at most"
    )


def main() -> None:
    # A process of its own, and first: a new process starts with the peak of the old one.
    process = multiprocessing.get_context("spawn").Process(target=large_dag, args=("8^5",))
    process.start()
    process.join()
    for widths in sys.argv[1:] or ["4^5", "6^5"]:
        network = Network.parse(widths)
        tables = rank_lists(network)
        edges = edges_by_moves(network)
        assert edges == sum(map(edges_by_reduction, tables))
        nodes = sum(table.shape[1] for table in tables)
        print(f"widths {widths}, every rank: {nodes} strata, {edges} edges")
        print_ratios(
            best_side_by_side(
                3 if nodes < 10**4 else 1,
                {
                    "linnet-exact": lambda network=network: edges_by_moves(network),
                    "bitset transitive reduction": lambda tables=tables: [
                        edges_by_reduction(table) for table in tables
                    ],
                },
            )
        )


if __name__ == "__main__":
    main()
