#!/usr/bin/env python3
"""Change the code a little, again and again, and see whether a test notices.

    python scripts/mutate.py [FILE...] [--sample N] [--seed S] [-o RESULTS] [--again RESULTS]

Without files: strata/, algebra/, and certificates with the stand-alone checker, each for itself.
The changes are those of cosmic-ray (pip install 'linnet-exact[mutation]'). What only type checkers
read is left alone; what changes nothing that Python compiles, or cannot be imported, is no mutant.

Once, and again when a file changed, the tests are run to see which of them run which line, and how
many seconds each takes: that takes minutes, and is kept in ~/.cache/linnet-exact-mutation. Then
each mutant is a fork in which the changed function has its changed code; it runs the tests that run
the changed line, nearest and fastest first, until one fails. A test that takes more than five times
its CPU time, and five seconds, has failed. A line that no test runs is a survivor.

Of each survivor the line is printed; tests/mutation/survivors.md says why the known ones are
harmless. Exit status 1 if fewer than 90 % are killed somewhere.
"""

import argparse
import math
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from mutating import contexts
from mutating.knowledge import Knowledge, test_files
from mutating.mutants import REPOSITORY, Mutant, changed, mutants_of, stratified
from mutating.session import KILLED, STALLED, SURVIVED
from mutating.work import NO_MUTANT, Result, judge_all, read

AREAS = {
    "strata": ["linnet_exact/strata"],
    "algebra": ["linnet_exact/algebra"],
    "certificates": [
        "linnet_exact/files/certificates",
        "scripts/check_certificate.py",
        "scripts/checker",
    ],
}
ONCE = "flint numpy sympy hypothesis.strategies click rich pytest _pytest.doctest"


def interval(killed: int, all_of_them: int) -> tuple[float, float]:
    """Wilson's 95 % interval for the share of all mutants that would be killed."""
    z, n = 1.96, all_of_them
    share = killed / n
    middle = share + z * z / (2 * n)
    width = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (middle - width) / (1 + z * z / n), (middle + width) / (1 + z * z / n)


def files_of(names: list[str]) -> Iterator[str]:
    for name in names:
        path = (REPOSITORY / name).resolve()
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            yield str(file.relative_to(REPOSITORY))


def area_of(file: str) -> str:
    names = ((area, name) for area, places in AREAS.items() for name in places)
    return next((area for area, name in names if file.startswith(name)), "elsewhere")


def chosen_mutants(chosen: argparse.Namespace) -> list[tuple[Mutant, str]]:
    """Real mutants with their sources: those that survived before, or of each area so many."""
    if chosen.again:
        before = read(chosen.again)
        mutants = [result.mutant for result in before if result.found in (SURVIVED, STALLED)]
        return [(mutant, changed(mutant) or "") for mutant in mutants]
    found = []
    for names in [chosen.files] if chosen.files else AREAS.values():
        files = [file for file in files_of(names) if not file.startswith(tuple(chosen.without))]
        every = stratified((mutant for file in files for mutant in mutants_of(file)), chosen.seed)
        print(f"{len(every)} places for mutants in {' '.join(names)}", flush=True)
        own = ((mutant, source) for mutant in every if (source := changed(mutant)) is not None)
        found += [pair for pair, _ in zip(own, range(chosen.sample or len(every)), strict=False)]
    return found


def report(results: list[Result]) -> list[float]:
    """Print the survivors, and the share of each area that was killed; return the shares."""
    shares = [1.0]
    for result in results:
        if result.found in (SURVIVED, STALLED):
            print(f"{result.found} ({result.tests} tests) {result.shown}")
    for area in [*AREAS, "elsewhere"]:
        own = [r for r in results if area_of(r.mutant.file) == area and r.found != NO_MUTANT]
        if own:
            killed = sum(result.found == KILLED for result in own)
            low, high = interval(killed, len(own))
            print(
                f"{area}: {killed} of {len(own)} mutants killed: {killed / len(own):.1%}"
                f" (95 %: {low:.1%} to {high:.1%})"
            )
            shares.append(killed / len(own))
    return shares


def parser() -> argparse.ArgumentParser:
    it = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    it.add_argument("files", nargs="*", help="files and folders, instead of the three areas")
    it.add_argument("--sample", type=int, help="only so many mutants of each area, at random")
    it.add_argument("--seed", type=int, default=0)
    it.add_argument("--without", action="append", default=[], help="a file or folder to leave out")
    it.add_argument("--tests", action="append", help="a folder of tests, instead of all near ones")
    it.add_argument("--budget", type=float, default=30, help="CPU seconds of tests for a mutant")
    it.add_argument("--enough", type=float, default=0.9, help="the share that is to be killed")
    it.add_argument("--workers", type=int, default=2)
    it.add_argument("--again", type=Path, help="what survived in these results")
    it.add_argument(
        "-o",
        "--output",
        type=Path,
        help="results, a line of JSON for each mutant; what is there already is kept",
    )
    return it


def main() -> int:
    chosen = parser().parse_args()
    results = (chosen.output or Path(tempfile.mkdtemp(), "results")).resolve()
    os.chdir(REPOSITORY)
    sys.path.insert(0, str(REPOSITORY))
    for name in ONCE.split():
        __import__(name)  # once, not in every fork
    since = time.monotonic()
    tests = sorted(files_of(chosen.tests)) if chosen.tests else test_files()
    contexts.learn(tests)
    mutants = chosen_mutants(chosen)
    if results.exists() and not chosen.again:
        done = {result.mutant for result in read(results)}
        mutants = [pair for pair in mutants if pair[0] not in done]
    judge_all(mutants, Knowledge(tests), chosen.budget, results, chosen.workers)
    shares = report(read(results))
    print(f"{time.monotonic() - since:.0f} seconds")
    return int(min(shares) < chosen.enough)


if __name__ == "__main__":
    sys.exit(main())
