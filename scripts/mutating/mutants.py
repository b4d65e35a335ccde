"""The mutants of a file: cosmic-ray's small changes, without those that only type checkers read."""

import ast
import contextlib
import hashlib
import json
import os
import random
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parents[2]
MEMORY = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"), "linnet-exact-mutation")


class Mutant(NamedTuple):
    """The number-th place in a file (relative to the repository) that an operator changes."""

    file: str
    line: int
    operator: str
    number: int


@cache
def source_of(file: str) -> str:
    return (REPOSITORY / file).read_text()


def unread(tree: ast.Module) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where the annotations are, and what is imported for type checkers only."""
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.arg | ast.AnnAssign):
            parts = [node.annotation]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            parts = [node.returns]
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            parts = [node]
        for part in filter(None, parts):
            yield (part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)


def mutants_of(file: str) -> list[Mutant]:
    """The mutants of a file, remembered as long as it is the same."""
    kept = MEMORY / f"mutants {file.replace('/', '+')} {text_digest(source_of(file))}.json"
    if kept.exists():
        return [Mutant(*each) for each in json.loads(kept.read_text())]
    found = list(places_of(file))
    MEMORY.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(found))
    return found


def text_digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def places_of(file: str) -> Iterator[Mutant]:
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    source = source_of(file)
    ranges = list(unread(ast.parse(source)))
    nodes = list(ast_nodes(get_ast(source)))
    for name in sorted(operator_names()):
        with contextlib.suppress(TypeError):  # an operator that needs arguments
            operator = get_operator(name)()
            places = [place for node in nodes for place in operator.mutation_positions(node)]
            for number, (start, end) in enumerate(places):
                if not any(first <= start and end <= last for first, last in ranges):
                    yield Mutant(file, start[0], name, number)


def changed(mutant: Mutant) -> str | None:
    """The changed source; None if that is no other program, or none at all."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    source = source_of(mutant.file)
    other = mutate_code(source, get_operator(mutant.operator)(), mutant.number)
    with contextlib.suppress(SyntaxError):
        if other and ast.dump(ast.parse(other)) != ast.dump(ast.parse(source)):
            compiled(other, mutant.file)
            return str(other)
    return None


def shown(mutant: Mutant, other: str) -> str:
    """The line that differs, as it was and as it is."""
    pairs = zip(source_of(mutant.file).splitlines(), other.splitlines(), strict=False)
    for number, (before, after) in enumerate(pairs, start=1):
        if before != after:
            return f"{mutant.file}:{number}: {before.strip()}  ->  {after.strip()}"
    return f"{mutant.file}:{mutant.line}: {mutant.operator}"


def stratified(mutants: Iterable[Mutant], seed: int) -> list[Mutant]:
    """All mutants in random order, such that each beginning has its share of each file."""
    files: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        files.setdefault(mutant.file, []).append(mutant)
    places = []
    for file, own in files.items():
        chance = random.Random(f"{seed} {file}")
        chance.shuffle(own)
        places += [((k + chance.random()) / len(own), mutant) for k, mutant in enumerate(own)]
    return [mutant for _, mutant in sorted(places)]


def changed_functions(path: str, before: str, after: str) -> list[tuple[CodeType, CodeType]] | None:
    """The outermost functions that differ, as they were and are; None if other code differs too."""
    return differing(compiled(before, path), compiled(after, path))


def compiled(source: str, path: str) -> CodeType:
    """The code of a source; the warnings of the compiler, which tests make errors, are no news."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return compile(source, path, "exec", dont_inherit=True)


def differing(before: CodeType, after: CodeType) -> list[tuple[CodeType, CodeType]] | None:
    if bare(before) != bare(after):
        return None
    found: list[tuple[CodeType, CodeType]] = []
    for old, new in zip(inner(before), inner(after), strict=True):
        if not same(old, new):
            parts = [(old, new)] if old.co_flags & CO_OPTIMIZED else differing(old, new)
            if parts is None:
                return None
            found += parts
    return found


def inner(code: CodeType) -> list[CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def bare(code: CodeType) -> CodeType:
    """Without places in the source and the code of what is inside."""
    constants = tuple(None if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_consts=constants, co_linetable=b"", co_firstlineno=1)


def same(old: CodeType, new: CodeType) -> bool:
    return (
        bare(old) == bare(new)
        and len(inner(old)) == len(inner(new))
        and all(map(same, inner(old), inner(new)))
    )
