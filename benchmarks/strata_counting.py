"""Counting strata without listing them: side by side with PyNormaliz, and what Normaliz cannot do.

Every count starts from nothing: what an earlier one left in caches is thrown away.

python benchmarks/strata_counting.py [WIDTHS]
"""

import sys
import time

from _measure import best_side_by_side, print_ratios
from strata_listing import normaliz_polytope

from linnet_exact.strata import Network
from linnet_exact.strata.counting.counts import count_strata

LONG = [
    "60^5",
    "20^8",
    "15^10",
    "30^7",
    "12^14",
    "4,4,4,5,5,5,5,5,5,6,6,6",
    "3^100",
    "1000,300,1000",
]
FIBERS = [("8,8,11,11,11,13,13,13,15", 0), ("4,4,4,5,5,5,5,5,5,6,6,6", 0), ("1000,300,1000", 100)]


def count_all_ranks(network: Network) -> int:
    count_strata.cache_clear()
    return sum(fiber.count() for fiber in network.fibers())


def main() -> None:
    network = Network.parse(sys.argv[1] if len(sys.argv) > 1 else "6^6")
    print(f"widths {network}, every rank: {count_all_ranks(network)} strata")
    actions = {"linnet-exact": lambda: count_all_ranks(network)}
    try:
        import PyNormaliz  # noqa: F401
    except ImportError:
        print("PyNormaliz is not installed: pip install PyNormaliz")
    else:
        actions["PyNormaliz"] = lambda: normaliz_polytope(network).NumberLatticePoints()
    print_ratios(best_side_by_side(3, actions))
    for widths in LONG:
        count_strata.cache_clear()
        start = time.perf_counter()
        count = Network.parse(widths).fiber().count()
        print(f"{widths:<24} {len(str(count)):3} digits {time.perf_counter() - start:7.3f} s")
    for widths, rank in FIBERS:
        count_strata.cache_clear()
        start = time.perf_counter()
        answer = Network.parse(widths).fiber(rank).to_jsonable()
        seconds = time.perf_counter() - start
        print(f"fiber {widths} --rank {rank}: {answer['strata']} strata {seconds:7.3f} s")


if __name__ == "__main__":
    main()
