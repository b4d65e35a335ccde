"""Work on a Dask cluster, whose workers may come and go."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from itertools import islice
from typing import Any

from linnet_exact.errors import InputError, LinnetError, missing_extra
from linnet_exact.workers.ways import DEATHS, Result, Stop, Task, Workers

__all__ = ["on_dask"]

_UNDER_WAY = 8  # tasks for each thread of a worker: messages take long
_RESULTS_BETWEEN_COUNTS_OF_WORKERS = 200  # workers may come and go


def on_dask(address: str) -> Workers:
    """Return a way to work on the Dask cluster whose scheduler is at `address`.

    Raises
    ------
    MissingExtraError
        If Dask is not installed.
    InputError
        If no scheduler answers there.
    """
    try:
        import distributed
    except ImportError as error:
        raise missing_extra("--dask needs Dask on this machine and its workers", "dask") from error

    def run(
        work: Callable[[Task], Result], tasks: Iterator[Task], stop: Stop
    ) -> Generator[tuple[Task, Result], None, None]:
        try:
            client: Any = distributed.Client(address, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TypeError) as error:
            raise InputError(f"no Dask scheduler answers at {address}") from error
        with client:
            yield from _through(client, work, tasks, stop)

    return run


def _through(
    client: Any, work: Callable[[Task], Result], tasks: Iterator[Task], stop: Stop
) -> Iterator[tuple[Task, Result]]:
    import distributed

    client.wait_for_workers(1)
    under_way: dict[str, tuple[Task, int]] = {}  # with the number of deaths that it has caused
    results: Any = distributed.as_completed(loop=client.loop)  # type: ignore[no-untyped-call]

    def begin(begun: list[tuple[Task, int]]) -> None:
        # Impure: a result is used once, and kept nowhere after that.
        futures = client.map(work, [task for task, _ in begun], pure=False)
        under_way.update(zip((future.key for future in futures), begun, strict=True))
        results.update(futures)

    def fill(most: int) -> None:
        room = 0 if stop() else most - len(under_way)
        if begun := [(task, 0) for task in islice(tasks, max(0, room))]:
            begin(begun)

    most, done = _most_on_dask(client), 0
    fill(most)
    # Messages to the scheduler cost more than small tasks do, so they go in batches, too.
    for batch in results.batches():
        finished = [future for future in batch if future.status == "finished"]
        failed = [future for future in batch if future.status == "error"]
        for future, result in zip(finished, client.gather(finished), strict=True):
            yield under_way.pop(future.key)[0], result
        for future in failed:
            task, deaths = under_way.pop(future.key)
            error = future.exception()
            if not isinstance(error, distributed.KilledWorker):
                raise error
            if deaths + 1 >= DEATHS:
                raise LinnetError(f"a task killed its Dask workers: {error}") from error
            begin([(task, deaths + 1)])
        # The result of any other one was lost with its worker; the scheduler does it again.
        results.update({*batch} - {*finished, *failed})
        done += len(batch)
        if done >= _RESULTS_BETWEEN_COUNTS_OF_WORKERS:
            most, done = _most_on_dask(client), 0
        fill(most)


def _most_on_dask(client: Any) -> int:
    """Return how many tasks may be under way on the workers that there are now."""
    threads = client.nthreads().values()
    return int(_UNDER_WAY * max(1, sum(threads)))
