"""Ways of working: bounded, in any order, and a death costs only what was under way."""

import os
from itertools import count
from multiprocessing import parent_process
from pathlib import Path

import pytest

from linnet_exact.atlas import here, in_processes
from linnet_exact.errors import LinnetError


def never() -> bool:
    return False


def square(number: int) -> int:
    return number * number


def dies_once(task: tuple[str, int]) -> int:
    """End the first other process that gets a task, at once and without a word."""
    mark, number = Path(task[0]), task[1]
    if parent_process() is not None and not mark.exists():
        mark.touch()
        os._exit(1)
    return number


def always_dies(_: int) -> int:
    os._exit(1)


@pytest.mark.parametrize("workers", [here, in_processes(2)])
def test_every_task_once(workers) -> None:
    found = dict(workers(square, iter(range(50)), never))
    assert found == {number: number * number for number in range(50)}
    assert list(workers(square, iter(()), never)) == []


@pytest.mark.parametrize("workers", [here, in_processes(2)])
def test_few_tasks_are_under_way_and_stop_finishes_them(workers) -> None:
    taken = []

    def endless():
        for number in count():
            taken.append(number)
            yield number

    done = []
    for number, _ in workers(square, endless(), lambda: len(done) >= 10):
        done.append(number)
        assert len(taken) - len(done) <= 3
    assert sorted(done) == taken


def test_a_death_costs_only_what_was_under_way(tmp_path: Path) -> None:
    tasks = [(str(tmp_path / "died"), number) for number in range(20)]
    found = [result for _, result in in_processes(2)(dies_once, iter(tasks), never)]
    assert sorted(found) == list(range(20))
    assert (tmp_path / "died").exists()


def test_a_task_that_always_kills_is_given_up() -> None:
    with pytest.raises(LinnetError, match="3 processes died"):
        list(in_processes(2)(always_dies, iter([1]), never))


def test_faults_of_tasks_are_passed_on() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_processes(2)(inverse, iter([0]), never))


def inverse(number: int) -> float:
    return 1 / number
