"""Ways to work on tasks: in this process, in several ones, and in the order of the tasks."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any, TypeVar

__all__ = ["DEATHS", "Result", "Stop", "Task", "Workers", "here", "in_order", "in_processes"]

Task = TypeVar("Task")
Result = TypeVar("Result")
Stop = Callable[[], bool]
Workers = Callable[
    [Callable[[Any], Any], Iterator[Any], Stop], Generator[tuple[Any, Any], None, None]
]

DEATHS = 3
"""So many deaths of workers in a row are one too many."""


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
    if others < 1:
        return here
    from linnet_exact.workers.processes import Processes  # most work needs no others

    return Processes(others).run


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


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
