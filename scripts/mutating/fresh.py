"""What is not inside a function: a fork imports all anew, one file with other source."""

import importlib.machinery
import os
import resource
from functools import cache
from pathlib import Path

import pytest
from mutating.mutants import REPOSITORY, compiled
from mutating.session import KILLED, SURVIVED, bounded, forked, pytest_of

COLLECTING = 30  # seconds of CPU time, for which a module that never ends is not yet given up


def replace(file: str, source: str) -> None:
    """Let every later import of a file find another source."""
    path = str(REPOSITORY / file)
    original = importlib.machinery.SourceFileLoader.get_code

    def get_code(self: importlib.machinery.SourceFileLoader, name: str) -> object:
        if os.path.realpath(self.path) == path:
            return compiled(source, self.path)
        return original(self, name)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[assignment]


def can_be_imported(file: str, source: str) -> bool:
    name = ".".join(Path(file).with_suffix("").parts)

    def work(_: int) -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (COLLECTING, resource.RLIM_INFINITY))
        replace(file, source)
        __import__(name.removeprefix("scripts.").removesuffix(".__init__"))

    return forked(work)[0] == SURVIVED


class Only:
    """A plugin of pytest: only these tests, in this order, each said before it runs."""

    def __init__(self, tests: tuple[str, ...], out: int) -> None:
        self.places = {name: place for place, name in enumerate(tests)}
        self.out = out

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        own = [item for item in items if item.nodeid in self.places]
        items[:] = sorted(own, key=lambda item: self.places[item.nodeid])

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
            session.exitstatus = pytest.ExitCode.OK

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        os.write(self.out, f"{nodeid}\n".encode())


def judged(
    file: str, source: str | None, files: tuple[str, ...], tests: tuple[str, ...], seconds: float
) -> tuple[str, str]:
    """Whether tests notice that a file has another source (None: its own), and which one does."""

    def work(out: int) -> None:
        bounded(seconds + COLLECTING)
        if source is not None:
            replace(file, source)
        os._exit(int(pytest_of(files, Only(tests, out), "-x") != 0))

    return forked(work)


@cache
def sound(files: tuple[str, ...], test: str) -> bool:
    """Whether the code as it is passes a test, or "": lets test files be imported."""
    tests = (test,) if test else ()
    return judged("", None, files, tests, 60)[0] == SURVIVED


def verdict(file: str, source: str, tests: tuple[str, ...], seconds: float) -> tuple[str, str]:
    """The same, where failures of tests that fail as the code is are no news."""
    while True:
        files = tuple(sorted({name.split("::")[0] for name in tests}))
        found, test = judged(file, source, files, tests, seconds)
        if found != KILLED or sound((test.split("::")[0],) if test else files, test):
            return found, test
        if not test:
            raise SystemExit(f"these cannot be imported as the code is: {' '.join(files)}")
        tests = tuple(name for name in tests if name != test)
