#!/usr/bin/env python3
"""Change the code a little, again and again, and see whether a test notices.

    python scripts/mutate.py [FILE...] [--sample N] [--seed S] [-o RESULTS]

Without files: strata/, algebra/, files/certificates and the stand-alone checker. The changes are
those of cosmic-ray (pip install 'linnet-exact[mutation]'). Each runs in a fork of this process,
with the test file beside the module first, then the tests of its room, then those of its floor;
files are not touched. What changes nothing that Python compiles, or cannot be imported, is no
mutant. Of each survivor the line is printed; tests/mutation/survivors.md says why the known ones
are harmless. Exit status 1 if fewer than 90 % are killed.
"""

import argparse
import ast
import contextlib
import importlib.machinery
import json
import os
import random
import resource
import sys
import time
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
AREAS = ["linnet_exact/strata", "linnet_exact/algebra", "linnet_exact/files/certificates"]
CHECKER = ["scripts/check_certificate.py", "scripts/checker"]
OF_CERTIFICATES = "golden refusals spelling stand_alone probable rank_list critical mutations"
ENOUGH = 0.9


def places_of(path):
    """(file, line, operator, number) for all places that an operator of cosmic-ray changes."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    nodes = list(ast_nodes(get_ast(path.read_text())))
    for name in sorted(operator_names()):
        with contextlib.suppress(TypeError):  # an operator that needs arguments
            operator = get_operator(name)()
            places = [place for node in nodes for place in operator.mutation_positions(node)]
            for number, place in enumerate(places):
                yield path, place[0][0], name, number


def changed(path, name, number):
    """The changed source; None if that is no other program, or none at all."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    source = path.read_text()
    other = mutate_code(source, get_operator(name)(), number)
    with contextlib.suppress(SyntaxError):
        if other and ast.dump(ast.parse(other)) != ast.dump(ast.parse(source)):
            return other
    return None


def stages_of(path):
    """The tests that look at a file, those that are nearest first."""
    name = path.relative_to(REPOSITORY)
    if name.parts[0] == "scripts" or "certificates" in name.parts:
        own = [] if name.parts[0] == "scripts" else [str(name)]
        tests = [f"tests/files/certificates/test_{part}.py" for part in OF_CERTIFICATES.split()]
        return [own + tests[:1], tests[1:3], tests[3:]]
    below = Path("tests", *name.parts[1:])
    nearest = below.with_name(f"test_{below.name}")
    first = [str(name)] + [str(nearest)] * (REPOSITORY / nearest).exists()
    folders = [folder for folder in below.parents if (REPOSITORY / folder).is_dir()]
    return [first, *([str(folder)] for folder in folders[:-2] if len(folder.parts) > 1)]


def run(path, source, tests, seconds):
    """The exit status of pytest in a fork in which a file has another source; None: out of time."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    try:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        replace(path, source)
        import pytest

        options = [
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            "--tb=no",
            "--assert=plain",
        ]
        os._exit(int(pytest.main([*options, *tests])))
    finally:
        os._exit(70)


def replace(path, source):
    """Let every later import of a file find another source."""
    original = importlib.machinery.SourceFileLoader.get_code

    def get_code(self, name):
        if os.path.realpath(self.path) == str(path):
            return compile(source, self.path, "exec", dont_inherit=True)
        return original(self, name)

    importlib.machinery.SourceFileLoader.get_code = get_code


def imports(path, source):
    """Whether the changed file can be imported at all."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        replace(path, source)
        name = ".".join(path.relative_to(REPOSITORY).with_suffix("").parts)
        __import__(name.removeprefix("scripts.").removesuffix(".__init__"))
        os._exit(0)
    finally:
        os._exit(1)


def verdict(path, source):
    """killed, survived, or no mutant; after which stage."""
    stage = 0
    if not imports(path, source):
        return "no mutant", 0
    for stage, tests in enumerate(stages_of(path), start=1):
        if run(path, source, tests, limit_of(tuple(tests))) not in (0, 5):
            return "killed", stage
    return "survived", stage


@cache
def limit_of(tests):
    """Ten times the seconds that tests take, and some; they must pass as the code is."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run(None, "", tests, 600) not in (0, 5):
        sys.exit(f"the tests fail as the code is: {' '.join(tests)}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 20 + int(10 * (after.ru_utime - before.ru_utime))


def files_of(arguments):
    for name in arguments or AREAS + CHECKER:
        path = (REPOSITORY / name).resolve()
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--sample", type=int, help="only so many mutants, chosen at random")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, help="stop after this time")
    parser.add_argument("-o", "--output", type=Path, help="a line of JSON for each mutant")
    chosen = parser.parse_args()
    os.chdir(REPOSITORY)
    sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "scripts")]
    for name in ("flint", "numpy", "sympy", "hypothesis.strategies", "click", "rich", "pytest"):
        __import__(name)  # once, not in every fork
    files = list(files_of(chosen.files))
    if all("linnet_exact" not in path.parts for path in files):
        __import__("linnet_exact.claims.checking")  # the same for every mutant of the checker
    mutants = [place for path in files for place in places_of(path)]
    if chosen.sample is not None:
        random.Random(chosen.seed).shuffle(mutants)
        mutants = mutants[: chosen.sample]
    tally, end = {}, time.monotonic() + (chosen.seconds or 1e9)
    for path, line, operator, number in mutants:
        if time.monotonic() > end:
            break
        source = changed(path, operator, number)
        if source is None:
            continue
        found, stage = verdict(path, source)
        tally[found] = tally.get(found, 0) + 1
        name = str(path.relative_to(REPOSITORY))
        if found == "survived":
            text = source.splitlines()[line - 1].strip()
            print(f"{name}:{line}: {operator}: {text}", flush=True)
        if chosen.output:
            entry = {"file": name, "line": line, "operator": operator, "found": found}
            with chosen.output.open("a") as stream:
                stream.write(json.dumps({**entry, "stage": stage}) + "\n")
    killed, survived = tally.get("killed", 0), tally.get("survived", 0)
    share = killed / (killed + survived) if killed + survived else 1
    print(f"{killed} of {killed + survived} mutants killed: {share:.1%}")
    return int(share < ENOUGH)


if __name__ == "__main__":
    sys.exit(main())
