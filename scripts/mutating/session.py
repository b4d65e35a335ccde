"""One session of pytest in which everything is imported and collected, and a fork for each mutant.

A fork gives the changed functions their changed code, in place, and runs the tests that run the
changed line, until one fails. A test may take five times the CPU seconds that it takes with the
code as it is, and some; the code as it is must pass it in a fork too, or its failure is no news.
"""

import contextlib
import gc
import os
import resource
import select
import signal
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from mutating.caches import clear, every_cache

PLUGINS = [f"-pno:{name}" for name in ("cacheprovider", "xdist", "cov")]
OPTIONS = ["-q", "--tb=no", "--assert=plain", *PLUGINS]
GRACE, TIMES, WALL = 5, 5, 900
MEMORY = 3 << 30
KILLED, SURVIVED, STALLED = "killed", "survived", "stalled"


def cpu_seconds() -> float:
    """Of this process and the children that it waited for."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)


def silent() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def forked(work: Callable[[int], None]) -> tuple[str, str]:
    """The verdict on what a fork does, and the last word it wrote: the test that was running."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            os.setsid()
            silent()
            work(writing)
            os._exit(0)
        os._exit(1)
    os.close(writing)
    handle = os.pidfd_open(child)
    ended = bool(select.select([handle], [], [], WALL)[0])
    with contextlib.suppress(ProcessLookupError):  # it, or what it started
        os.killpg(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    os.close(handle)
    with open(reading, "rb") as stream:
        words = stream.read(1 << 20).decode(errors="replace").split("\n")
    verdict = SURVIVED if status == 0 else KILLED
    return (verdict if ended else STALLED), (words[-2] if len(words) > 1 else "")


def bounded(seconds: float) -> None:
    """From now on this process may take so much more CPU time, and not all memory."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + GRACE + TIMES * seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    size = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (size, resource.RLIM_INFINITY))


class Judge:
    """A plugin of pytest: instead of running the tests it hands itself, ready, to what asks it."""

    def __init__(self, ask: Callable[["Judge"], None], seconds: dict[str, float]) -> None:
        self.ask, self.seconds = ask, seconds
        self.items: dict[str, pytest.Item] = {}
        self.sound: dict[str, bool] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self.functions: dict[tuple[str, str, int], list[FunctionType]] = {}
        for thing in gc.get_objects():
            if isinstance(thing, FunctionType):
                self.functions.setdefault(where(thing.__code__), []).append(thing)
        self.caches = every_cache()
        gc.collect()
        gc.freeze()
        self.ask(self)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os._exit(1)

    def knows(self, functions: Iterable[tuple[CodeType, CodeType]]) -> bool:
        """Whether functions are there whose code can be replaced."""
        return all(
            where(old) in self.functions and old.co_freevars == new.co_freevars
            for old, new in functions
        )

    def verdict(
        self,
        functions: list[tuple[CodeType, CodeType]],
        tests: list[str],
        prepare: Callable[[], None],
    ) -> tuple[str, str]:
        """Whether the tests notice that functions have other code, and which one does."""

        def work(out: int) -> None:
            prepare()
            self.run(functions, tests, out)

        while True:
            found, test = forked(work)
            if found != KILLED or self.passes(test):
                return found, test
            tests = [name for name in tests if name != test]

    def passes(self, test: str) -> bool:
        """Whether the code as it is passes a test, alone in a fork."""
        if test not in self.sound:
            self.sound[test] = forked(lambda out: self.run([], [test], out))[0] == SURVIVED
        return self.sound[test]

    def run(self, functions: list[tuple[CodeType, CodeType]], tests: list[str], out: int) -> None:
        for old, new in functions:
            for function in self.functions[where(old)]:
                function.__code__ = new
        clear(self.caches)
        items = [self.items[name] for name in tests]
        for item, following in zip(items, [*items[1:], None], strict=True):
            bounded(self.seconds[item.nodeid])
            os.write(out, f"{item.nodeid}\n".encode())
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def where(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def pytest_of(tests: Iterable[str], plugin: object, *options: str) -> int:
    """Run pytest on test files and modules with doctests, which are imported as others do it.

    Otherwise pytest makes a second module of one that is in use already.
    """
    files = sorted(set(tests))
    for file in files:
        if file.startswith("linnet_exact"):
            import_module(".".join(Path(file).with_suffix("").parts).removesuffix(".__init__"))
    return int(pytest.main([*OPTIONS, *options, *files], plugins=[plugin]))
