"""The mutants, shared out over processes: in a session what it can judge, afresh what it cannot."""

import json
import os
import sys
import traceback
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from mutating import fresh
from mutating.knowledge import Knowledge
from mutating.mutants import REPOSITORY, Mutant, changed_functions, shown, source_of
from mutating.processes import let_processes_run
from mutating.session import KILLED, SURVIVED, Judge, cpu_seconds, pytest_of

NO_MUTANT = "no mutant"


@dataclass
class Result:
    """What became of a mutant: which test noticed it, of how many, after how many CPU seconds."""

    mutant: Mutant
    found: str
    by: str
    tests: int
    seconds: float
    shown: str


class Work:
    """The part of the mutants that one process judges, into a file of results."""

    def __init__(
        self, mutants: list[tuple[Mutant, str]], known: Knowledge, budget: float, results: Path
    ) -> None:
        self.mutants, self.known, self.budget = mutants, known, budget
        self.results = results
        self.kills: Counter[tuple[str, str]] = Counter()  # by the mutated file and the test

    def note(self, mutant: Mutant, source: str, found: tuple[str, str], tests: int, since: float):
        seconds = round(cpu_seconds() - since, 2)
        result = Result(mutant, *found, tests, seconds, shown(mutant, source))
        with self.results.open("a") as stream:
            stream.write(json.dumps(asdict(result)) + "\n")

    def __call__(self) -> None:
        later = self.results.with_suffix(f".{os.getpid()}")
        child = os.fork()
        if not child:
            self.in_session(later)
        if os.waitpid(child, 0)[1]:
            raise ChildProcessError("the session ended before all its mutants were judged")
        for line in later.read_text().splitlines():
            mutant, source = self.mutants[int(line)]
            self.afresh(mutant, source)
        later.unlink()

    def in_session(self, later: Path) -> None:
        """Never returns; the numbers of the mutants that are to be judged afresh go to a file."""
        files = {name.split("::")[0] for m, _ in self.mutants for name in self.tests_of(m)}
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)

        def ask(judge: Judge) -> None:
            try:
                for number, (mutant, source) in enumerate(self.mutants):
                    if not self.judged(judge, mutant, source):
                        with later.open("a") as stream:
                            stream.write(f"{number}\n")
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)

        later.touch()
        pytest_of(files, Judge(ask, self.known.seconds))
        os._exit(1)

    def tests_of(self, mutant: Mutant) -> list[str]:
        return self.known.tests_of(mutant, self.budget)

    def judged(self, judge: Judge, mutant: Mutant, source: str) -> bool:
        """Whether the session could say what becomes of a mutant."""
        since = cpu_seconds()
        path = str(REPOSITORY / mutant.file)
        functions = changed_functions(path, source_of(mutant.file), source)
        if functions is None or not judge.knows(functions):
            return False
        tests = [name for name in self.tests_of(mutant) if name in judge.items]
        tests.sort(key=lambda name: -self.kills[mutant.file, name])  # what killed its neighbours

        def prepare() -> None:
            if mutant.file.startswith("scripts/"):
                let_processes_run(mutant.file, source)

        found = judge.verdict(functions, tests, prepare) if tests else (SURVIVED, "")
        if found[0] == SURVIVED and self.known.at_import(mutant):
            return False
        self.kills[mutant.file, found[1]] += found[0] == KILLED
        self.note(mutant, source, found, len(tests), since)
        return True

    def afresh(self, mutant: Mutant, source: str) -> None:
        since = cpu_seconds()
        tests = tuple(
            self.tests_of(mutant)
            if self.known.in_function(mutant)
            else self.known.all_tests_of(mutant.file, self.budget)
        )
        found = (NO_MUTANT, "")
        if fresh.can_be_imported(mutant.file, source):
            seconds = sum(self.known.seconds[name] for name in tests)
            found = fresh.verdict(mutant.file, source, tests, seconds)
        self.note(mutant, source, found, len(tests), since)


def judge_all(
    mutants: list[tuple[Mutant, str]], known: Knowledge, budget: float, results: Path, workers: int
) -> None:
    """Every mutant's result goes to a file, in the order in which they were ready."""
    children = []
    for number in range(workers):
        child = os.fork()
        if not child:
            try:
                Work(mutants[number::workers], known, budget, results)()
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        children.append(child)
    if any(os.waitpid(child, 0)[1] for child in children):
        sys.exit("a process that judged mutants failed")


def read(results: Path) -> list[Result]:
    found = [Result(**json.loads(line)) for line in results.read_text().splitlines()]
    for result in found:
        result.mutant = Mutant(*result.mutant)
    return found
