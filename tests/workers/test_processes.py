"""Ways of working: bounded, in any order, and a death costs only what was under way."""

import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import count
from multiprocessing import parent_process
from pathlib import Path

import pytest

from linnet_exact.claims import networks_in_box
from linnet_exact.errors import InputError, LinnetError
from linnet_exact.workers import here, in_order, in_processes


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


@pytest.mark.parametrize("broken", [0, 1])
def test_no_task_is_lost_that_is_handed_to_a_broken_pool(
    monkeypatch: pytest.MonkeyPatch, broken: int
) -> None:
    submit, calls = ProcessPoolExecutor.submit, count()

    def submit_or_break(*arguments):
        if next(calls) == broken:
            raise BrokenProcessPool("a worker died a moment ago")
        return submit(*arguments)

    monkeypatch.setattr(ProcessPoolExecutor, "submit", submit_or_break)
    assert list(in_order(2, square, range(60))) == [number * number for number in range(60)]
    assert next(calls) > broken


def test_a_task_that_always_kills_is_given_up() -> None:
    with pytest.raises(LinnetError, match="3 processes died"):
        list(in_processes(2)(always_dies, iter([1]), never))


def test_faults_of_tasks_are_passed_on() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_processes(2)(inverse, iter([0]), never))


def inverse(number: int) -> float:
    return 1 / number


def test_more_processes_than_cores_are_as_many_as_cores() -> None:
    tasks = iter(range(200))
    found = list(in_processes(1000)(who_works, tasks, never))
    assert len({result for _, result in found}) <= max(2, os.cpu_count() or 1)


def who_works(_: int) -> int:
    return os.getpid()


def test_what_cannot_be_handed_over_is_refused_in_one_line() -> None:
    with pytest.raises(InputError, match="top level of a module") as refusal:
        list(in_processes(2)(lambda number: number, iter([1]), never))
    assert "\n" not in str(refusal.value)


GUARDLESS = """
from linnet_exact.claims import CLAIMS, networks_in_box, verify
checked = 0
for _, tallies in verify([CLAIMS["dimension"]], networks_in_box(2, 2), jobs=2):
    checked += tallies["dimension"].checked
print(checked)
"""

ATLAS = """
from pathlib import Path
from linnet_exact import atlas
built = atlas.build(Path("small.atlas"), atlas.Box(2, 2), workers=atlas.in_processes(2))
print(built.complete, built.strata)
"""

OF_ITS_OWN = """
from linnet_exact.workers import in_processes
def square(number):
    return number * number
def run():
    try:
        print(sorted(result for _, result in in_processes(2)(square, iter(range(9)), bool)))
    except ValueError as error:
        print(error)
"""


def run_python(path: Path, text: str, on_stdin: bool) -> list[str]:
    (path / "script.py").write_text(text)
    command = [sys.executable, "-" if on_stdin else "script.py"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))}
    done = subprocess.run(
        command,
        input=text if on_stdin else "",
        cwd=path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize("on_stdin", [False, True])
def test_a_script_without_a_guard_and_standard_input(tmp_path: Path, on_stdin: bool) -> None:
    expected = sum(len(f.strata()) for n in networks_in_box(2, 2) for f in n.fibers())
    assert run_python(tmp_path, GUARDLESS, on_stdin) == [str(expected)]
    assert run_python(tmp_path, ATLAS, on_stdin) == ["True 41"]


def test_another_start_method_of_the_program_is_none_of_ours(tmp_path: Path) -> None:
    chosen = "import multiprocessing\nmultiprocessing.set_start_method('forkserver')\n"
    assert run_python(tmp_path, chosen + ATLAS, on_stdin=False) == ["True 41"]


def test_work_that_a_script_defines_itself(tmp_path: Path) -> None:
    guarded = OF_ITS_OWN + 'if __name__ == "__main__":\n    run()\n'
    assert run_python(tmp_path, guarded, on_stdin=False) == [
        str([number * number for number in range(9)])
    ]
    (line,) = run_python(tmp_path, OF_ITS_OWN + "run()\n", on_stdin=False)
    assert 'under if __name__ == "__main__":' in line
    (line,) = run_python(tmp_path, OF_ITS_OWN + "run()\n", on_stdin=True)
    assert "standard input" in line
