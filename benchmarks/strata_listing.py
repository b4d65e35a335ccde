"""Listing strata: side by side with PyNormaliz, and the memory that a long listing takes.

The barcodes of given widths are the lattice points of a polytope, which Normaliz lists. Here each
stratum comes with its codimension, its dimension and the dimension of the tangent space besides.

    python benchmarks/strata_listing.py [WIDTHS] [WIDTHS of the long listing]
"""

import multiprocessing
import resource
import sys

from _measure import best_side_by_side, print_ratios

from linnet_exact.strata import Network


def list_all_ranks(network: Network) -> int:
    return sum(len(block.dimension) for f in network.fibers() for block in f.listing().blocks())


def normaliz_polytope(network: Network):  # type: ignore[no-untyped-def]
    """The polytope of all multiplicities ≥ 0 with the right sum at every layer."""
    from PyNormaliz import Cone

    depth = network.depth
    bars = [(i, k) for i in range(depth + 1) for k in range(i, depth + 1)]
    sums = [
        [int(i <= layer <= k) for i, k in bars] + [-width]
        for layer, width in enumerate(network.widths)
    ]
    unit = [[int(a == b) for a in range(len(bars))] for b in range(len(bars))]
    return Cone(inhom_equations=sums, inequalities=unit)


def long_listing(widths: str) -> None:
    fiber = Network.parse(widths).fiber()
    count = sum(len(block.dimension) for block in fiber.listing().blocks())
    assert count == fiber.count()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"widths {widths}, rank 0: {count} strata streamed, {peak:.0f} MB at most")


def main() -> None:
    network = Network.parse(sys.argv[1] if len(sys.argv) > 1 else "10^5")
    long_widths = sys.argv[2] if len(sys.argv) > 2 else "12^6"
    # A process of its own, and first: a new process starts with the peak of the old one.
    process = multiprocessing.get_context("spawn").Process(target=long_listing, args=(long_widths,))
    process.start()
    process.join()
    print(f"widths {network}, every rank: {list_all_ranks(network)} strata")
    actions = {"linnet-exact": lambda: list_all_ranks(network)}
    try:
        import PyNormaliz  # noqa: F401
    except ImportError:
        print("PyNormaliz is not installed: pip install PyNormaliz")
    else:
        actions["PyNormaliz"] = lambda: normaliz_polytope(network).LatticePoints()
    print_ratios(best_side_by_side(3, actions))


if __name__ == "__main__":
    main()
