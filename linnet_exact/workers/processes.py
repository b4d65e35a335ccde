"""Work in several processes of this machine.

Other processes are started by `spawn`, which first runs the main script again. Here they do so
only if what they shall work on is defined in it: a script without ``if __name__ == "__main__"``,
standard input and an interactive session can have work done in parallel, too.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import connection, current_process, parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from threading import Thread, current_thread, main_thread
from types import ModuleType
from typing import Any, NoReturn

from linnet_exact.errors import InputError, LinnetError
from linnet_exact.handlers import replace_handler, signals_held_back
from linnet_exact.workers.ways import DEATHS, Result, Stop, Task

__all__ = ["Processes"]

_UNDER_WAY = 2  # tasks for each worker: one to work on, one that waits for it
_UNGUARDED = 86  # the exit status of a process that finds itself in a script without a guard


class Processes:
    """So many other processes, started anew when one of them has died.

    Examples
    --------
    >>> list(Processes(1).run(abs, iter([-1]), stop=lambda: True))
    []
    """

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


def _begin_worker() -> None:
    """Leave Ctrl-C to the main process, which stops handing out tasks; and end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
