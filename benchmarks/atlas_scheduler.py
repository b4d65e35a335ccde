"""The scheduling of an atlas of ten billion strata: 100,000 units that do nothing, on Dask.

    python benchmarks/atlas_scheduler.py [UNITS]

Everything but the work itself is real: the units come from the table of an atlas, go to two Dask
workers on this machine, and are marked as done one by one in a transaction each.
"""

import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from atlas_build import dask_cluster

from linnet_exact.atlas import Box, here, on_dask, plan
from linnet_exact.atlas.contents.planning import Plan
from linnet_exact.atlas.storage.location import Location, open_to_write
from linnet_exact.atlas.storage.own_file import own_file
from linnet_exact.atlas.storage.store import Run, create, units_left


def nothing(task: object) -> None:
    """Stand for a worker that writes Parquet parts and returns nothing."""


def never() -> bool:
    return False


def many_units(number: int) -> Plan:
    """A plan with so many units of a hundred thousand strata each."""
    small = plan(Box(2, 2))
    (first, *_) = small.units
    units = [
        first._replace(number=at, first_stratum=100_000 * at, strata=100_000)
        for at in range(number)
    ]
    return replace(small, units=units, stored_strata=100_000 * number)


def run(number: int, workers) -> float:  # type: ignore[no-untyped-def]
    with tempfile.TemporaryDirectory() as folder:
        location = Location(Path(folder) / "atlas")
        create(location, many_units(number))
        start = time.perf_counter()
        with open_to_write(location) as connection, own_file(location, connection) as own:
            store = Run(location, connection, own)
            for (unit, _), result in workers(nothing, units_left(connection), never):
                store.store(unit, result)
            (done,) = connection.execute("SELECT count(*) FROM units WHERE done").fetchone()
            assert done == number
            store.close()
        return time.perf_counter() - start


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for name, units, workers in (
        ("this process", number, lambda _: here),
        ("two Dask workers", number, on_dask),
    ):
        with dask_cluster(2) as address:
            seconds = run(units, workers(address))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{name:<18} {units} units {seconds:7.1f} s {units / seconds:8,.0f} per second, "
            f"{memory:.0f} MB at most"
        )


if __name__ == "__main__":
    main()
