"""Which tests are asked about a mutant, and in which order."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from mutating.contexts import REPOSITORY, remembered
from mutating.mutants import Mutant, source_of

FLOORS = ["strata", "algebra", "files", "weights", "landscape", "claims", "numeric"]
EVERYWHERE = ["notebook_views", "borders", "wrong_types", "values"]  # tests of all floors
ALONE = "tests/files/certificates/test_stand_alone.py"  # runs the script as a process
PIECES = ("tests/files/certificates/test_checker", "tests/files/certificates/test_lattice")
FILES = 12  # that are imported anew for one mutant
DISTANT = 4  # so much faster must a test be that is not beside the file, to be asked before


def test_files() -> list[str]:
    """Those of the floors that use what is changed, and their modules with doctests."""
    found: list[Path] = []
    for floor in FLOORS:
        found += sorted((REPOSITORY / "tests" / floor).rglob("test_*.py"))
        modules = sorted((REPOSITORY / "linnet_exact" / floor).rglob("*.py"))
        found += [path for path in modules if ">>> " in path.read_text()]
    found += [REPOSITORY / "tests" / f"test_{name}.py" for name in EVERYWHERE]
    return [str(path.relative_to(REPOSITORY)) for path in found]


class Knowledge:
    def __init__(self, files: list[str]) -> None:
        self.seconds: dict[str, float] = {}
        self.runs: dict[tuple[str, int], list[str]] = {}
        self.imports: set[tuple[str, int]] = set()
        self.of_file: dict[str, set[str]] = {}
        for name in files:
            known = remembered(name) or {"seconds": {}, "lines": {}, "imports": {}}
            self.seconds |= known["seconds"]
            for test, ran in known["lines"].items():
                for file, lines in ran.items():
                    self.of_file.setdefault(file, set()).add(test)
                    for line in lines:
                        self.runs.setdefault((file, line), []).append(test)
            for file, lines in known["imports"].items():
                self.imports |= {(file, line) for line in lines}

    def tests_of(self, mutant: Mutant, budget: float) -> list[str]:
        """The tests that run the statement, and take no more than the budget in all."""
        first, last = statement(mutant)
        lines = [(mutant.file, line) for line in range(first, last + 1)]
        names = {name for line in lines for name in self.runs.get(line, [])}
        if mutant.file.startswith("scripts/"):
            names |= {name for name in self.seconds if name.startswith(ALONE)}
        return self.affordable(mutant.file, names, budget)

    def all_tests_of(self, file: str, budget: float) -> list[str]:
        """The same for what runs anything of a file; of not too many test files."""
        names = self.of_file.get(file, set())
        tests = self.affordable(file, names, budget)
        files = list(dict.fromkeys(name.split("::")[0] for name in tests))[:FILES]
        return [name for name in tests if name.split("::")[0] in files]

    def affordable(self, file: str, names: set[str], budget: float) -> list[str]:
        tests = []
        for name in sorted(names, key=lambda name: (self.cost(name, file), name)):
            budget -= self.seconds[name]
            if budget < 0:
                break
            tests.append(name)
        return tests

    def cost(self, name: str, file: str) -> float:
        test = name.split("::")[0]
        near = test == file or Path(test).name == f"test_{Path(file).name}"
        near |= file.startswith("scripts/checker") and test.startswith(PIECES)
        return self.seconds[name] * (1 if near else DISTANT)

    def in_function(self, mutant: Mutant) -> bool:
        first, last = statement(mutant)
        return any((mutant.file, line) in self.runs for line in range(first, last + 1))

    def at_import(self, mutant: Mutant) -> bool:
        first, last = statement(mutant)
        return any((mutant.file, line) in self.imports for line in range(first, last + 1))


def statement(mutant: Mutant) -> tuple[int, int]:
    """The first and last line of the innermost statement, or of its head if it has a body."""
    return min(
        ((a, b) for a, b in statements(mutant.file) if a <= mutant.line <= b),
        key=lambda lines: lines[1] - lines[0],
        default=(mutant.line, mutant.line),
    )


@cache
def statements(file: str) -> list[tuple[int, int]]:
    return list(spans(ast.parse(source_of(file))))


def spans(tree: ast.AST) -> Iterator[tuple[int, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt | ast.ExceptHandler):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if body else node.end_lineno
            yield node.lineno, max(node.lineno, last or 0)
