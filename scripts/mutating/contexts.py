"""Which test runs which line, and how many seconds each test takes: asked once, and remembered.

The answer of a test file lies in a file of its own, outside the repository. It is asked again when
the test file changed, or one of the files that it ran.
"""

import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import coverage
import pytest
from mutating.caches import clear, every_cache
from mutating.mutants import MEMORY, REPOSITORY
from mutating.session import cpu_seconds, pytest_of

MEASURED = ["linnet_exact/strata", "linnet_exact/algebra", "linnet_exact/files/certificates"]
MEASURED += ["scripts/checker", "scripts/check_certificate.py"]
AT_ONCE = 20  # test files in one session, so that not all is lost that is interrupted
IMPORTS = ""  # the context of what runs while tests are collected


@cache
def digest(name: str) -> str:
    path = REPOSITORY / name
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def remembered(test: str) -> dict[str, Any] | None:
    """What is known of a test file, unless something changed since."""
    place = MEMORY / (test.replace("/", "+") + ".json")
    try:
        known: dict[str, Any] = json.loads(place.read_text())
    except (OSError, ValueError):
        return None
    same = known["digest"] == digest(test)
    return (
        known if same and all(digest(name) == was for name, was in known["ran"].items()) else None
    )


class Observer:
    """A plugin of pytest that runs all tests and notes, for each, its lines and its seconds."""

    def __init__(self) -> None:
        include = [str(REPOSITORY / name) + "/*" * (not name.endswith(".py")) for name in MEASURED]
        self.coverage = coverage.Coverage(data_file=None, config_file=False, include=include)
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()
        self.coverage.start()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        caches = every_cache()
        for item, following in zip(session.items, [*session.items[1:], None], strict=False):
            clear(caches)
            self.coverage.switch_context(item.nodeid)
            before = cpu_seconds()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self.seconds[item.nodeid] = cpu_seconds() - before
            self.coverage.switch_context(IMPORTS)
        self.coverage.stop()
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.failed.add(report.nodeid)

    def lines(self) -> dict[str, dict[str, list[int]]]:
        """{test: {file: lines}}, of every test that passed and of the imports."""
        data, lines = self.coverage.get_data(), {}
        for path in data.measured_files():
            name = str(Path(path).relative_to(REPOSITORY))
            for line, contexts in sorted(data.contexts_by_lineno(path).items()):
                for test in contexts:
                    if test not in self.failed:
                        lines.setdefault(test, {}).setdefault(name, []).append(line)
        return lines


def observe(tests: list[str]) -> None:
    """Run test files (and modules with doctests) and remember what they ran."""
    observer = Observer()
    pytest_of(tests, observer)
    lines = observer.lines()
    MEMORY.mkdir(parents=True, exist_ok=True)
    for test in tests:
        own = {name: ran for name, ran in lines.items() if name.split("::")[0] == test}
        known = {
            "digest": digest(test),
            "ran": {
                name: digest(name) for name in sorted({n for ran in own.values() for n in ran})
            },
            "seconds": {name: round(observer.seconds[name], 3) for name in own},
            "lines": own,
            "imports": lines.get(IMPORTS, {}),
        }
        (MEMORY / (test.replace("/", "+") + ".json")).write_text(json.dumps(known))


def learn(tests: list[str]) -> None:
    """Ask, in forks, what is not known yet, of some files at a time."""
    unknown = [test for test in tests if remembered(test) is None]
    if unknown:
        print(f"asking {len(unknown)} test files which lines they run", flush=True)
    for start in range(0, len(unknown), AT_ONCE):
        child = os.fork()
        if not child:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            observe(unknown[start : start + AT_ONCE])
            os._exit(0)
        os.waitpid(child, 0)
