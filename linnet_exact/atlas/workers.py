"""Where units are worked on: in this process, in others, or on a Dask cluster.

Each way takes a function and an iterator of tasks, keeps a bounded number of tasks under way, and
yields (task, result) as they come. When `stop` says so, no further task is begun, and those that
are under way are finished. A worker that dies costs only the tasks that it had.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from linnet_exact.errors import InputError, LinnetError, MissingExtraError

__all__ = ["Workers", "here", "in_processes", "on_dask"]

Task = TypeVar("Task")
Result = TypeVar("Result")
Stop = Callable[[], bool]
Workers = Callable[[Callable[[Any], Any], Iterator[Any], Stop], Iterator[tuple[Any, Any]]]

_UNDER_WAY = 2  # tasks for each worker: one to work on, one that waits for it
_UNDER_WAY_ON_DASK = 8  # messages take longer there
_DEATHS = 3
_RESULTS_BETWEEN_COUNTS_OF_WORKERS = 200  # workers may come and go


def here(
    work: Callable[[Task], Result], tasks: Iterator[Task], stop: Stop
) -> Iterator[tuple[Task, Result]]:
    """Work in this process.

    Examples
    --------
    >>> list(here(abs, iter([-1, 2]), lambda: False))
    [(-1, 1), (2, 2)]
    """
    while not stop():
        for task in islice(tasks, 1):
            yield task, work(task)
            break
        else:
            return


def in_processes(jobs: int) -> Workers:
    """Return a way to work in `jobs` processes of this machine, two or more; this is one of them.

    A task that is under way when another process dies is begun again.
    """

    def run(
        work: Callable[[Task], Result], tasks: Iterator[Task], stop: Stop
    ) -> Iterator[tuple[Task, Result]]:
        deaths = 0
        while True:
            pool = ProcessPoolExecutor(jobs - 1, get_context("spawn"), _begin_worker)
            under_way: dict[Future[Result], Task] = {}
            try:
                for done in _share(pool, _UNDER_WAY * (jobs - 1), under_way, work, tasks, stop):
                    deaths = 0
                    yield done
                return
            except BrokenProcessPool as error:
                deaths += 1
                if deaths == _DEATHS:
                    raise LinnetError(
                        f"{_DEATHS} processes died one after the other: out of memory?"
                    ) from error
                tasks = chain(list(under_way.values()), tasks)
            finally:
                pool.shutdown(cancel_futures=True)

    return run


def _share(
    pool: ProcessPoolExecutor,
    most: int,
    under_way: dict[Future[Result], Task],
    work: Callable[[Task], Result],
    tasks: Iterator[Task],
    stop: Stop,
) -> Iterator[tuple[Task, Result]]:
    """Keep `most` tasks under way in `pool`, and work here while all of them are."""
    while True:
        for task in islice(tasks, 0 if stop() else most - len(under_way)):
            future: Future[Result] = Future()
            under_way[future] = task  # until it is handed over: the pool may be broken by now
            under_way[pool.submit(work, task)] = under_way.pop(future)
        done = wait(under_way, timeout=0).done
        if not done:
            for task in islice(tasks, 0 if stop() else 1):
                yield task, work(task)
                break
            else:
                if not under_way:
                    return
                done = wait(under_way, return_when=FIRST_COMPLETED).done
        for future in done:
            result = future.result()
            yield under_way.pop(future), result


def _begin_worker() -> None:
    """Leave Ctrl-C to the main process, which stops handing out tasks; and end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


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
        raise MissingExtraError(
            "--dask needs Dask on this machine and its workers: pip install 'linnet-exact[dask]'"
        ) from error

    def run(
        work: Callable[[Task], Result], tasks: Iterator[Task], stop: Stop
    ) -> Iterator[tuple[Task, Result]]:
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
            if deaths + 1 >= _DEATHS:
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
    return int(_UNDER_WAY_ON_DASK * max(1, sum(threads)))
