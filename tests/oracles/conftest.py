"""Systems that others wrote, asked the same questions; each has a marker and is skipped if missing.

`agree` counts the questions that were answered alike. A test ends with `told`, which looks the
number up in the table of the guide's page on trust. More is asked with --exhaustive, and larger
answers are kept in `stored/`, with the program that asked for them and the version that answered.
"""

import importlib
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

GUIDE = Path(__file__).parents[2] / "linnet_exact" / "guide" / "trust.md"


@pytest.fixture
def oracle() -> Callable[[str], ModuleType]:
    """The module of a system; the test is skipped where it is not installed."""

    def imported(name: str) -> ModuleType:
        try:
            return importlib.import_module(name)
        except ImportError:
            pytest.skip(f"needs {name}: pip install 'linnet-exact[oracles]'")

    return imported


@pytest.fixture
def agree(request: pytest.FixtureRequest):
    """`agree(statement, ours, theirs)`; in the end the table must have these numbers."""
    asked: Counter[str] = Counter()

    def compare(statement: str, ours: object, theirs: object) -> None:
        assert ours == theirs, statement
        asked[statement] += 1

    yield compare
    if not request.config.getoption("--exhaustive") and not request.session.testsfailed:
        system = request.node.get_closest_marker("oracle").args[0]
        told = {
            statement: int(number)
            for statement, name, number in re.findall(
                r"^\| (.+?) \| (.+?) \| (\d+) \|$", GUIDE.read_text(), re.MULTILINE
            )
            if name == system
        }
        assert {statement: told.get(statement) for statement in asked} == dict(asked)
