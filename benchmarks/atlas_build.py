"""Building an atlas: strata per second and core, two processes beside one, memory, and Dask.

    python benchmarks/atlas_build.py

On a machine that does other things too, seconds of a core say more than the clock: two processes
are as fast as the busier one of them, whose seconds are compared with those of one process.

The first box is depth <= 4, widths <= 4, with strata and invariants, planning included, into
SQLite and into Parquet, in one process that has its libraries loaded. The second box, depth <= 5,
is for ratios: one process, two, and two workers of a Dask cluster on this machine.
"""

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from _measure import compiled

from linnet_exact.atlas import Box, build, here, in_processes, on_dask

SMALL, LARGE = Box(4, 4), Box(5, 4)


class Times(NamedTuple):
    """Seconds on the clock, and of processors in this process and in those it started."""

    seconds: float
    own: float
    of_others: float
    strata: int

    @property
    def processor(self) -> float:
        return self.own + self.of_others


def times_to_build(box: Box, parquet: bool, workers=here) -> Times:  # type: ignore[no-untyped-def]
    with tempfile.TemporaryDirectory() as folder:
        start, (own, others) = time.perf_counter(), processor_seconds()
        built = build(Path(folder) / "atlas", box, parquet, workers)
        assert built.complete
        seconds = time.perf_counter() - start
        own_after, others_after = processor_seconds()
        return Times(seconds, own_after - own, others_after - others, built.strata)


def processor_seconds() -> tuple[float, float]:
    user, system, *of_children = os.times()[:4]
    return user + system, sum(of_children)


def report(name: str, box: Box, runs: int, workers=here) -> dict[bool, Times]:  # type: ignore[no-untyped-def]
    best = {}
    for parquet in (False, True):
        times = best[parquet] = min(times_to_build(box, parquet, workers) for _ in range(runs))
        kind = "Parquet" if parquet else "SQLite"
        print(
            f"{name:<22} {kind:<8} {times.strata:>9} strata {times.seconds:7.2f} s "
            f"{times.strata / times.seconds:10,.0f} per second "
            f"{times.strata / times.processor:10,.0f} per second of a core, "
            f"{times.own:.2f} + {times.of_others:.2f} s of cores"
        )
    return best


def show_memory(name: str) -> None:
    for who, which in (
        ("main", resource.RUSAGE_SELF),
        ("largest worker", resource.RUSAGE_CHILDREN),
    ):
        print(f"{name}: {resource.getrusage(which).ru_maxrss / 1024:.0f} MB at most, {who}")


@contextmanager
def dask_cluster(workers: int) -> Iterator[str]:
    python = [sys.executable, "-m"]
    scheduler = subprocess.Popen(
        [*python, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
    )
    processes = [scheduler]
    try:
        assert scheduler.stderr is not None
        lines = (re.search(r"tcp://[\d.]+:\d+", line) for line in scheduler.stderr)
        address = next(found[0] for found in lines if found)
        worker = [*python, "distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1"]
        processes += [subprocess.Popen(worker, stderr=subprocess.DEVNULL) for _ in range(workers)]
        yield address
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def warm_up(workers) -> None:  # type: ignore[no-untyped-def]
    """Have the workers import what they need."""
    times_to_build(Box(3, 3), True, workers)


def compare(text: str, some: dict[bool, Times], others: dict[bool, Times]) -> None:
    for parquet, kind in ((False, "SQLite"), (True, "Parquet")):
        print(f"{kind}: " + text.format(some[parquet].seconds / others[parquet].seconds))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        # Other processes begin as an installation does, with modules compiled before.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ.update(compiled(folder))
        warm_up(here)
        warm_up(in_processes(2))
        compare_all()


def compare_all() -> None:
    report("one process, 4 x 4", SMALL, 5)
    one = report("one process, 5 x 4", LARGE, 1)
    two = report("two processes, 5 x 4", LARGE, 1, in_processes(2))
    show_memory("5 x 4")
    compare("one process takes {:.2f} times two", one, two)
    for parquet, kind in ((False, "SQLite"), (True, "Parquet")):
        busier = max(two[parquet].own, two[parquet].of_others)
        print(f"{kind}: one process works {one[parquet].own / busier:.2f} times the busier of two")
    try:
        with dask_cluster(2) as address:
            warm_up(on_dask(address))
            dask = report("two Dask workers", LARGE, 1, on_dask(address))
    except ImportError:
        print("Dask is not installed: pip install 'linnet-exact[dask]'")
    else:
        compare("Dask takes {:.2f} times two processes", dask, two)


if __name__ == "__main__":
    main()
