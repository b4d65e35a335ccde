"""Work in this process, or in several processes of this machine.

Other processes are started by `spawn`, which first runs the main script again. Here they do so
only if what they shall work on is defined in it: a script without ``if __name__ == "__main__"``,
standard input and an interactive session can have work done in parallel, too.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from multiprocessing import connection, current_process, parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from threading import Thread, current_thread, main_thread
from types import ModuleType
from typing import Any, NoReturn, TypeVar

from linnet_exact.errors import InputError, LinnetError
from linnet_exact.handlers import replace_handler, signals_held_back

__all__ = ["DEATHS", "Result", "Stop", "Task", "Workers", "here", "in_order", "in_processes"]

Task = TypeVar("Task")
Result = TypeVar("Result")
Stop = Callable[[], bool]
Workers = Callable[
    [Callable[[Any], Any], Iterator[Any], Stop], Generator[tuple[Any, Any], None, None]
]

DEATHS = 3
"""So many deaths of workers in a row are one too many."""

_UNDER_WAY = 2  # tasks for each worker: one to work on, one that waits for it
_UNGUARDED = 86  # the exit status of a process that finds itself in a script without a guard


def here(
    work: Callable[[Task], Result], tasks: Iterator[Task], stop: Stop
) -> Generator[tuple[Task, Result], None, None]:
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
    """Return a way to work in `jobs` processes of this machine, of which this is one.

    More of them than the machine has cores, if more than two, are as many as it has. A task that
    is under way when another process dies is begun again. When the work is broken off, by Ctrl-C
    or by closing the iterator, the other processes are ended at once.

    Raises
    ------
    InputError
        While it works: if the work is defined where other processes cannot find it.
    LinnetError
        While it works: if other processes die again and again.
    """
    others = min(jobs, max(2, _cores())) - 1
    return here if others < 1 else _Processes(others).run


def in_order(jobs: int, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
    """Yield the results of tasks in the order of the tasks, worked on in `jobs` processes.

    When Ctrl-C comes, what is done already is yielded before it is passed on.

    Examples
    --------
    >>> list(in_order(1, abs, [-1, 2]))
    [1, 2]
    """
    waiting: dict[int, Result] = {}  # what is done before a task that comes earlier
    following = 0
    try:
        for (number, _), result in in_processes(jobs)(
            partial(_keep_number, work), enumerate(tasks), _never
        ):
            waiting[number] = result
            while following in waiting:
                yield waiting.pop(following)
                following += 1
        assert not waiting, "a task was lost"
    except KeyboardInterrupt:
        yield from [waiting[number] for number in sorted(waiting)]
        raise


def _keep_number(work: Callable[[Task], Result], numbered: tuple[int, Task]) -> Result:
    return work(numbered[1])


def _never() -> bool:
    return False


class _Processes:
    """So many other processes, started anew when one of them has died."""

    def __init__(self, others: int) -> None:
        self._others = others

    def run(
        self, work: Callable[[Task], Result], tasks: Iterator[Task], stop: Stop
    ) -> Generator[tuple[Task, Result], None, None]:
        """Yield each task with its result, as they come."""
        if getattr(current_process(), "_inheriting", False):
            os._exit(_UNGUARDED)  # this process was started to run the main script up to here
        with _exit_on_signals():
            yield from self._run(work, tasks, stop)

    def _run(
        self, work: Callable[[Task], Result], tasks: Iterator[Task], stop: Stop
    ) -> Iterator[tuple[Task, Result]]:
        needs_main = _needs_main(work)
        deaths = 0
        while True:
            context = _Context(needs_main)
            with _undisturbed():  # starts the process that tracks resources
                pool = ProcessPoolExecutor(self._others, context, _begin_worker)
            under_way: dict[Future[Result], Task] = {}
            try:
                most = _UNDER_WAY * self._others
                for done in _share(pool, most, under_way, work, tasks, stop):
                    deaths = 0
                    yield done
                return
            except BrokenProcessPool as error:
                deaths += 1
                if deaths == DEATHS:
                    raise LinnetError(
                        f"{DEATHS} processes died one after the other: out of memory?"
                    ) from error
                tasks = chain(list(under_way.values()), tasks)
            finally:
                context.end()
                pool.shutdown(cancel_futures=True)


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
            with _undisturbed():  # may start processes and threads
                submitted = pool.submit(work, task)
            under_way[submitted] = under_way.pop(future)
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


class _Context(SpawnContext):
    """Starts processes that know the main script only if they need it, and can end them all."""

    def __init__(self, needs_main: bool) -> None:
        self._needs_main = needs_main
        self._started: list[SpawnProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> SpawnProcess:  # type: ignore[override]
        process = _Process(*args, **kwargs)
        process.needs_main = self._needs_main
        self._started.append(process)
        return process

    def end(self) -> None:
        """End all processes, whatever they are doing."""
        for process in self._started:
            if process.pid is not None:
                process.terminate()


class _Process(SpawnProcess):
    """A process that knows the main script only if it needs it."""

    needs_main = False

    def start(self) -> None:
        """Start it."""
        with _main_module(self.needs_main):
            super().start()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold signals that end this process back until the end.

    What is started meanwhile never hears Ctrl-C and SIGHUP: this process ends it.
    """
    if not hasattr(signal, "pthread_sigmask") or current_thread() is not main_thread():
        yield
        return
    numbers = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    heeded = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    with signals_held_back(*heeded):
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


@contextmanager
def _exit_on_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end this process as exceptions do: it ends the others before."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    numbers = [getattr(signal, name) for name in names]
    changed = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    if current_thread() is not main_thread():
        changed = []
    put_back = [replace_handler(number, _exit) for number in changed]
    try:
        yield
    finally:
        for put in put_back:
            put()


def _exit(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)


@contextmanager
def _main_module(needed: bool) -> Iterator[None]:
    """Unless it is needed, hide the main module: one without a file is not run in a process."""
    if needed:
        yield
        return
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _needs_main(work: Callable[..., Any]) -> bool:
    """Return whether the main script must be run again for `work`, once it is known to be safe."""
    try:
        if b"__main__" not in pickle.dumps(work):
            return False
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise InputError(
            f"other processes cannot be handed this work ({error}); "
            f"define it at the top level of a module, or use one process, jobs=1"
        ) from error
    main = sys.modules["__main__"]
    if getattr(main, "__spec__", None) is None and not os.path.isfile(
        getattr(main, "__file__", None) or ""
    ):
        raise InputError(
            "other processes cannot see what is defined on standard input or interactively: "
            "put it into a module and import that, or use one process, jobs=1"
        )
    trial = _Process(target=_nothing)
    trial.needs_main = True
    with _undisturbed():
        trial.start()
    trial.join()
    if trial.exitcode == _UNGUARDED:
        raise InputError(
            "other processes must run this script to see what it defines: put what starts the "
            'work under if __name__ == "__main__":, or use one process, jobs=1'
        )
    return True


def _nothing() -> None:
    pass


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin_worker() -> None:
    """Leave Ctrl-C to the main process, which stops handing out tasks; and end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
